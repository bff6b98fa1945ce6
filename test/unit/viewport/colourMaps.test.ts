/**
 * Colours: maps whose lightness rises for every eye, classes that every eye can tell apart. Deficiencies are simulated
 * by the matrices of Machado, Oliveira and Fernandes (IEEE TVCG 15(6), 2009) at full severity, on linear RGB.
 */
import { describe, expect, test } from 'vitest';
import {
  classColour,
  classRampBytes,
  instanceCode,
  instanceColour,
  pointClassRampBytes,
} from '../../../renderer/viewport/classColours.ts';
import { mapColour, type Rgb, rampBytes, rgbOf, usedPart } from '../../../renderer/viewport/colourMaps.ts';

const maps = ['viridis', 'cividis', 'grey'] as const;

/** Rows one after another. */
const eyes: Readonly<Record<string, readonly number[]>> = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    ...[0.152286, 1.052583, -0.204868],
    ...[0.114503, 0.786281, 0.099216],
    ...[-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    ...[0.367322, 0.860646, -0.227968],
    ...[0.280085, 0.672501, 0.047413],
    ...[-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    ...[1.255528, -0.076749, -0.178779],
    ...[-0.078411, 0.930809, 0.147602],
    ...[0.004733, 0.691367, 0.3039],
  ],
};

/** sRGB (IEC 61966-2-1) as the eye gets it, linear. */
function seen(colour: Rgb, eye: readonly number[]): Rgb {
  const linear = colour.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return [0, 3, 6].map((row) => {
    const value = eye[row]! * linear[0]! + eye[row + 1]! * linear[1]! + eye[row + 2]! * linear[2]!;
    return Math.min(1, Math.max(0, value));
  }) as unknown as Rgb;
}

/** CIE L*a*b* under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const apart = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const bytesOf = (colour: Rgb): number[] => colour.map((channel) => Math.round(255 * channel));

describe('maps', () => {
  for (const map of maps) {
    for (const [name, eye] of Object.entries(eyes)) {
      test(`${map}: lightness rises all the way with ${name}`, () => {
        const lightness = Array.from({ length: 101 }, (_, at) => lab(seen(mapColour(map, at / 100), eye))[0]);
        for (let at = 1; at < lightness.length; at++)
          expect(lightness[at]).toBeGreaterThan(lightness[at - 1]!);
      });
    }

    test(`${map}: what is used of it is neither the red of a reject nor lost in the background`, () => {
      for (const isDark of [true, false]) {
        const background = lab(seen(rgbOf(isDark ? 0x171a20 : 0xeceef1), eyes.usual!))[0];
        const [from, to] = usedPart(map, isDark);
        for (let t = from; t <= to; t += 0.01) {
          const [red, green, blue] = mapColour(map, t);
          expect(red > 0.5 && green < 0.4 && blue < 0.4).toBe(false);
          expect(Math.abs(lab(seen([red, green, blue], eyes.usual!))[0] - background)).toBeGreaterThan(15);
        }
      }
    });
  }

  test('published values at the ends and between', () => {
    expect(bytesOf(mapColour('viridis', 0))).toEqual([68, 1, 84]);
    expect(bytesOf(mapColour('viridis', 0.5))).toEqual([33, 145, 140]);
    expect(bytesOf(mapColour('viridis', 1))).toEqual([253, 231, 37]);
    expect(bytesOf(mapColour('cividis', 0))).toEqual([0, 34, 78]);
    // Entry 128 of 256: (0.488697, 0.485318, 0.471008).
    for (const [at, value] of [0.488697, 0.485318, 0.471008].entries()) {
      expect(mapColour('cividis', 128 / 255)[at]).toBeCloseTo(value, 1);
    }
    expect(bytesOf(mapColour('cividis', 1))).toEqual([254, 232, 56]);
  });

  test('a ramp begins and ends with its part of the map', () => {
    const bytes = rampBytes('viridis', 0.2, 0.8);
    expect([...bytes.slice(0, 4)]).toEqual([...bytesOf(mapColour('viridis', 0.2)), 255]);
    expect([...bytes.slice(-4)]).toEqual([...bytesOf(mapColour('viridis', 0.8)), 255]);
  });
});

describe('classes', () => {
  for (const isDark of [true, false]) {
    for (const [name, eye] of Object.entries(eyes)) {
      test(`any two of ten stay apart with ${name}, ${isDark ? 'dark' : 'bright'}`, () => {
        const colours = Array.from({ length: 10 }, (_, at) => lab(seen(classColour(at, isDark), eye)));
        const nearest = Math.min(
          ...colours.flatMap((a, at) => colours.slice(at + 1).map((b) => apart(a, b))),
        );
        expect(nearest).toBeGreaterThan(6);
      });
    }
  }

  const none = rgbOf(0x102030);
  const ramp = pointClassRampBytes(
    [
      { value: 0, name: 'noise', colour: [1, 2, 3] },
      { value: 24, name: 'flat.driveable_surface' },
      { value: 254, name: 'moving-person', colour: [30, 60, 255] },
      { value: 259, name: 'moving-other-vehicle', colour: [0, 0, 250] },
    ],
    none,
    true,
  );
  const texel = (bytes: Uint8Array, code: number) => [...bytes.subarray(4 * code, 4 * code + 4)];
  const opaque = (colour: Rgb) => [...bytesOf(colour), 255];

  test('one opaque texel for each byte; code 0 is in no label', () => {
    for (const bytes of [ramp, classRampBytes(none, true)]) {
      expect(bytes).toHaveLength(4 * 256);
      for (let code = 0; code < 256; code++) expect(texel(bytes, code)[3]).toBe(255);
      expect(texel(bytes, 0)).toEqual(opaque(none));
    }
    expect(texel(classRampBytes(none, true), 3)).toEqual(opaque(classColour(2, true)));
  });

  test('a point class has the colour the format states, else one of ours; a value without a name has none', () => {
    expect(texel(ramp, 1)).toEqual([1, 2, 3, 255]);
    expect(texel(ramp, 2)).toEqual(opaque(classColour(24, true)));
    expect(texel(ramp, 4)).toEqual([0, 0, 250, 255]);
    for (const code of [5, 200, 255]) expect(texel(ramp, code)).toEqual(opaque(none));
  });

  test('an object keeps its colour by its track; twenty in a row differ', () => {
    expect(instanceCode(7, 1)).toBe(instanceCode(7, 900));
    expect(instanceCode(null, 3)).not.toBe(instanceCode(null, 4));
    for (const code of [instanceCode(0, 0), instanceCode(254, 0), instanceCode(255, 0)]) {
      expect(code).toBeGreaterThan(0);
      expect(code).toBeLessThan(256);
    }
    const colours = Array.from({ length: 20 }, (_, at) => instanceColour(at + 1, true).join());
    expect(new Set(colours).size).toBe(20);
  });
});
