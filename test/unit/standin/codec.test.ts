/** The text form of IPC values keeps what the structured clone algorithm keeps. */
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../support/electron/codec.ts';

const roundTrip = (value: unknown) => decode(encode(value));

describe('values as text', () => {
  const buffer = Uint8Array.from({ length: 16 }, (_, index) => index * 16).buffer;
  it.each([
    [
      'numbers JSON has no word for',
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.1],
    ],
    ['nothing in its two kinds', [undefined, null]],
    ['big integers', [2n ** 80n, -1n]],
    ['text of every plane', ['长度', '\u0000', '😀', '\ud800']],
    ['dates, also invalid ones', [new Date(0), new Date(Number.NaN)]],
    ['expressions', [/a.b/giu]],
    ['maps and sets with keys of any kind', [new Map<unknown, unknown>([[{ a: 1 }, new Set([1, 'x'])]])]],
    [
      'buffers',
      [buffer, new Float64Array(buffer), new DataView(buffer, 4, 4), new Uint16Array(buffer, 2, 3)],
    ],
    ['objects in objects', [{ a: [{ b: {} }], 'key with space': 1 }]],
  ])('keeps %s', (_title, value) => {
    expect(roundTrip(value)).toEqual(structuredClone(value));
  });

  it('keeps large bytes', () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, index) => (index * 7) % 256);
    expect(Buffer.compare(roundTrip(bytes) as Uint8Array, bytes)).toBe(0);
  });

  it('keeps what an error says', () => {
    const error = roundTrip(new RangeError('too far')) as Error;
    expect([error instanceof Error, error.name, error.message]).toEqual([true, 'RangeError', 'too far']);
  });

  it('keeps one object one object, and cycles', () => {
    const shared = { x: 1 };
    const value: Record<string, unknown> = { first: shared, second: shared };
    value.self = value;
    const copy = roundTrip(value) as Record<string, unknown>;
    expect(copy.first).toBe(copy.second);
    expect(copy.self).toBe(copy);
  });

  it('does not let a key reach the prototype', () => {
    const value = JSON.parse('{ "__proto__": { "polluted": true } }');
    const copy = roundTrip(value) as Record<string, unknown>;
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(copy.polluted).toBeUndefined();
  });

  it.each([
    ['functions', () => undefined],
    ['symbols', Symbol('x')],
    ['promises', Promise.resolve()],
    ['members that cannot', { deep: [() => undefined] }],
  ])('refuses %s', (_title, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });
});
