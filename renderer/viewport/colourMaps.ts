/**
 * Colours that carry a number. Three maps to choose from, each with lightness that rises all the way, so that all of
 * them can be read with the common colour deficiencies and none can be taken for the red of a reject. Each is given
 * by published values at even steps and interpolated between them.
 */
import type { Settings } from '../../shared/host/contract.ts';

export type ColourMapName = Settings['colourMap'];
export type Rgb = readonly [red: number, green: number, blue: number];

const knots: Readonly<Record<ColourMapName, readonly number[]>> = {
  /** Van der Walt and Smith, matplotlib 1.5: every tenth. */
  viridis: [
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
    0xfde725,
  ],
  /** Nunez, Anderton and Renslow, PLoS ONE 13(7), 2018: every seventeenth of its 256 values. */
  cividis: [
    0x00224e, 0x002e6c, 0x1e3a6f, 0x35456c, 0x47516c, 0x575d6d, 0x666970, 0x757575, 0x848279, 0x948e77,
    0xa59c74, 0xb7a96e, 0xc8b866, 0xdbc75a, 0xeed649, 0xfee838,
  ],
  /** sRGB's own steps are already even to the eye, nearly. */
  grey: [0x000000, 0xffffff],
};

export function rgbOf(hex: number): Rgb {
  return [((hex >> 16) & 255) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

/** The map at t in [0, 1] (clamped), sRGB components in [0, 1]. */
export function mapColour(map: ColourMapName, t: number): Rgb {
  const steps = knots[map];
  const place = Math.min(1, Math.max(0, t)) * (steps.length - 1);
  const low = Math.min(steps.length - 2, Math.floor(place));
  const a = rgbOf(steps[low]!);
  const b = rgbOf(steps[low + 1]!);
  const mix = place - low;
  return [a[0] + mix * (b[0] - a[0]), a[1] + mix * (b[1] - a[1]), a[2] + mix * (b[2] - a[2])];
}

/**
 * The part of a map that stands out from the background: on a dark ground the darkest colours would vanish, on a
 * bright one the lightest.
 */
export function usedPart(map: ColourMapName, isDark: boolean): readonly [from: number, to: number] {
  if (map === 'grey') return isDark ? [0.34, 0.92] : [0.06, 0.62];
  if (map === 'cividis') return isDark ? [0.3, 0.92] : [0, 0.7];
  return isDark ? [0.22, 0.88] : [0, 0.72];
}

/** Texels of a ramp. */
export const rampSize = 256;

/** Writes one sRGB colour as an opaque texel. */
export function setTexel(bytes: Uint8Array, texel: number, colour: Rgb): void {
  for (let channel = 0; channel < 3; channel++)
    bytes[4 * texel + channel] = Math.round(255 * colour[channel]!);
  bytes[4 * texel + 3] = 255;
}

/** The part [from, to] of a map as RGBA bytes. */
export function rampBytes(map: ColourMapName, from: number, to: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let texel = 0; texel < rampSize; texel++) {
    setTexel(bytes, texel, mapColour(map, from + ((to - from) * texel) / (rampSize - 1)));
  }
  return bytes;
}
