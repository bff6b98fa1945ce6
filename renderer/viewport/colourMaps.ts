/**
 * Colours that carry a number or a class. The map is viridis (van der Walt and Smith, matplotlib 1.5), given by its
 * published values at every tenth and interpolated between: lightness rises all the way, it stays readable with the
 * common colour deficiencies, and none of it can be taken for the red of a reject.
 */
import type { PointClass } from '../../shared/model/delivery.ts';
import { pointClassCodes } from '../workers/protocol.ts';

const viridisTenths = [
  0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
  0xfde725,
];

/** Classes by their place in the spec or delivery; muted, distinct in lightness and hue, no red, no accent yellow. */
const classHues = [
  0x7cc4ee, 0x3fb39a, 0xb6a4e8, 0xa9b84a, 0x5f93d6, 0xd9b98a, 0x8ad6c8, 0xc3c9d4, 0x7f86d9, 0x6fae6b,
];

export type Rgb = readonly [red: number, green: number, blue: number];

export function rgbOf(hex: number): Rgb {
  return [((hex >> 16) & 255) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

/** Viridis at t in [0, 1] (clamped), components in [0, 1]. */
export function viridis(t: number): Rgb {
  const place = Math.min(1, Math.max(0, t)) * (viridisTenths.length - 1);
  const low = Math.min(viridisTenths.length - 2, Math.floor(place));
  const a = rgbOf(viridisTenths[low]!);
  const b = rgbOf(viridisTenths[low + 1]!);
  const mix = place - low;
  return [a[0] + mix * (b[0] - a[0]), a[1] + mix * (b[1] - a[1]), a[2] + mix * (b[2] - a[2])];
}

export const rampSize = 256;

/**
 * The part [from, to] of the map as RGBA bytes. On a dark ground the darkest blues would vanish and on a bright
 * one the yellows would, so each theme uses the part that stands out from its own.
 */
export function rampBytes(from: number, to: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let i = 0; i < rampSize; i++) {
    const colour = viridis(from + ((to - from) * i) / (rampSize - 1));
    for (let channel = 0; channel < 3; channel++) bytes[4 * i + channel] = Math.round(255 * colour[channel]!);
    bytes[4 * i + 3] = 255;
  }
  return bytes;
}

/** Code of a class in the membership bytes: 1..255, 0 is kept for "in no label". */
export function classCode(classIndex: number): number {
  return 1 + (classIndex % 255);
}

export function classColour(classIndex: number): Rgb {
  return rgbOf(classHues[classIndex % classHues.length]!);
}

/** One RGBA texel for each of the 256 membership codes; code 0 gets `none`. */
export function classRampBytes(none: Rgb): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let code = 0; code < rampSize; code++) {
    const colour = code === 0 ? none : classColour(code - 1);
    for (let channel = 0; channel < 3; channel++)
      bytes[4 * code + channel] = Math.round(255 * colour[channel]!);
    bytes[4 * code + 3] = 255;
  }
  return bytes;
}

/**
 * One RGBA texel for each code of `pointClassCodes`: the colour the format states, else one of ours; `none`
 * for values that have no name.
 */
export function pointClassRampBytes(named: readonly PointClass[], none: Rgb): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let value = 0; value < rampSize; value++) {
    bytes.set(
      none.map((channel) => Math.round(255 * channel)),
      4 * value,
    );
    bytes[4 * value + 3] = 255;
  }
  const codes = pointClassCodes(named.map(({ value }) => value));
  for (const { value, colour } of named) {
    const code = codes.get(value);
    if (code === undefined) continue;
    bytes.set(colour ?? classColour(value).map((channel) => Math.round(255 * channel)), 4 * code);
  }
  return bytes;
}
