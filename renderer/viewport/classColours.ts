/**
 * Colours that name something: a class, an object, a point-wise class. Muted, without the red of a reject and the
 * accent's yellow, and chosen so that any two stay apart with protanopia, deuteranopia and tritanopia as well.
 */
import type { PointClass } from '../../shared/model/delivery.ts';
import { pointClassCodes } from '../workers/protocol.ts';
import { type Rgb, rampSize, rgbOf, setTexel } from './colourMaps.ts';

/** By place in the spec or delivery; the same hue stands lighter on a dark ground and darker on a bright one. */
const onDark = [
  0x7ba0ed, 0xf6ab6b, 0x85e3ec, 0xa27e62, 0xc1adbc, 0x737fce, 0xcbd7ac, 0xcb9467, 0x9b94a9, 0xa0bef9,
];
const onBright = [
  0x2f4f94, 0x9d580c, 0x278d96, 0x513217, 0x6f5d6a, 0x2c3077, 0x78835a, 0x764516, 0x4d4759, 0x516ba0,
];

/** Codes in a byte, without 0, which stands for "in no label". */
const codes = 255;

/** Code of a class in the membership bytes: 1..255. */
export function classCode(classIndex: number): number {
  return 1 + (classIndex % codes);
}

export function classColour(classIndex: number, isDark: boolean): Rgb {
  const hues = isDark ? onDark : onBright;
  return rgbOf(hues[classIndex % hues.length]!);
}

/** One RGBA texel for each of the 256 membership codes; code 0 gets `none`. */
export function classRampBytes(none: Rgb, isDark: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let code = 0; code < rampSize; code++) {
    setTexel(bytes, code, code === 0 ? none : classColour(code - 1, isDark));
  }
  return bytes;
}

/**
 * Code of an object, 1..255: of its track, so that it keeps its colour from frame to frame; an object without one
 * goes by its row.
 */
export function instanceCode(track: number | null, row: number): number {
  return 1 + ((track ?? row) % codes);
}

/** Twice the palette: the second round is half way to white, or to black on a bright ground. */
export function instanceColour(code: number, isDark: boolean): Rgb {
  const own = classColour(code - 1, isDark);
  if (Math.floor((code - 1) / onDark.length) % 2 === 0) return own;
  const towards = isDark ? 1 : 0;
  return [(own[0] + towards) / 2, (own[1] + towards) / 2, (own[2] + towards) / 2];
}

/** One RGBA texel for each of the 256 instance codes; code 0 gets `none`. */
export function instanceRampBytes(none: Rgb, isDark: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let code = 0; code < rampSize; code++) {
    setTexel(bytes, code, code === 0 ? none : instanceColour(code, isDark));
  }
  return bytes;
}

/**
 * One RGBA texel for each code of `pointClassCodes`: the colour the format states, else one of ours; `none`
 * for values that have no name.
 */
export function pointClassRampBytes(
  named: readonly PointClass[],
  none: Rgb,
  isDark: boolean,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * rampSize);
  for (let code = 0; code < rampSize; code++) setTexel(bytes, code, none);
  const codeOf = pointClassCodes(named.map(({ value }) => value));
  for (const { value, colour } of named) {
    const code = codeOf.get(value);
    if (code === undefined) continue;
    if (colour) bytes.set(colour, 4 * code);
    else setTexel(bytes, code, classColour(value, isDark));
  }
  return bytes;
}
