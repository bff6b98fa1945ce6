import { describe, expect, it } from 'vitest';
import { Damage } from '../../../../shared/readers/arrow/damage.ts';
import { widenHalves } from '../../../../shared/readers/arrow/halfFloats.ts';
import { unpackLz4Frame } from '../../../../shared/readers/arrow/lz4Frame.ts';
import { xxHash32 } from '../../../../shared/readers/arrow/xxHash32.ts';
import { unpackZstdFrame } from '../../../../shared/readers/arrow/zstdFrame.ts';
import { packLz4Frame } from '../../../support/lz4Fixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { xxHash32Oracle } from '../../../support/xxHashFixture.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Runs, repeats at all distances and noise, so that every kind of LZ4 sequence comes up. */
function madeBytes(seed: number, length: number): Uint8Array {
  const random = seededRandom(seed);
  const out: number[] = [];
  while (out.length < length) {
    const kind = random.integer(0, 2);
    const run = random.integer(1, 700);
    if (kind === 0) for (let i = 0; i < run; i++) out.push(random.integer(0, 255));
    else if (kind === 1) out.push(...new Array<number>(run).fill(random.integer(0, 255)));
    else {
      const back = random.integer(1, Math.max(1, Math.min(out.length, 60_000)));
      for (let i = 0; i < run && out.length >= back; i++) out.push(out[out.length - back]!);
    }
  }
  return Uint8Array.from(out.slice(0, length));
}

describe('xxHash32', () => {
  it('gives the published values', () => {
    expect(xxHash32(bytesOf(''))).toBe(0x02cc5d05);
    expect(xxHash32(bytesOf('a'))).toBe(0x550d7456);
    expect(xxHash32(bytesOf('abc'))).toBe(0x32d153ff);
    expect(xxHash32(bytesOf('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
  });

  it('agrees with a slow oracle at every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = madeBytes(length, length);
      expect(xxHash32(bytes), `length ${length}`).toBe(xxHash32Oracle([...bytes]));
    }
  });
});

describe('LZ4 frames', () => {
  it.each([
    ['independent blocks', { blockBytes: 3000 }],
    ['linked blocks', { blockBytes: 3000, isLinked: true }],
    ['all checks', { blockBytes: 5000, blockChecksum: true, contentSize: true, contentChecksum: true }],
    ['stored blocks', { blockBytes: 4000, isStored: true, blockChecksum: true }],
  ])('come back whole: %s', (_, options) => {
    for (let seed = 1; seed <= 12; seed++) {
      const input = madeBytes(seed, 1000 * seed + seed);
      const packed = packLz4Frame(input, options);
      expect(unpackLz4Frame(packed, input.length, 'x')).toEqual(input);
    }
  });

  it('a match may repeat what it is just writing', () => {
    const input = new Uint8Array(5000).fill(7);
    const packed = packLz4Frame(input);
    expect(packed.length).toBeLessThan(100);
    expect(unpackLz4Frame(packed, 5000, 'x')).toEqual(input);
  });

  it('every flipped bit is noticed where a checksum covers it', () => {
    const input = madeBytes(5, 600);
    const packed = packLz4Frame(input, { blockChecksum: true, contentSize: true, contentChecksum: true });
    let noticed = 0;
    for (let bit = 0; bit < 8 * packed.length; bit++) {
      const damaged = packed.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      try {
        expect(unpackLz4Frame(damaged, input.length, 'x')).toEqual(input);
      } catch (error) {
        expect(error).toBeInstanceOf(Damage);
        noticed++;
      }
    }
    // Reserved bits of the block size byte are covered by the header checksum, so nothing goes unseen.
    expect(noticed).toBe(8 * packed.length);
  });

  it('cuts, wrong lengths and matches before the start are damage', () => {
    const input = madeBytes(9, 2000);
    const packed = packLz4Frame(input);
    for (let end = 0; end < packed.length; end++) {
      expect(() => unpackLz4Frame(packed.subarray(0, end), input.length, 'x')).toThrow(Damage);
    }
    expect(() => unpackLz4Frame(packed, input.length - 1, 'x')).toThrow(Damage);
    expect(() => unpackLz4Frame(packed, input.length + 1, 'x')).toThrow(Damage);
    // A block of one literal and a match two bytes back.
    const tooFar = [0x10, 65, 2, 0];
    const header = [...packLz4Frame(new Uint8Array(0)).subarray(0, 7)];
    expect(() =>
      unpackLz4Frame(Uint8Array.from([...header, 4, 0, 0, 0, ...tooFar, 0, 0, 0, 0]), 5, 'x'),
    ).toThrow(Damage);
  });

  it('random damage never throws anything else', () => {
    const random = seededRandom(20);
    const packed = packLz4Frame(madeBytes(3, 3000), { blockBytes: 700, isLinked: true });
    for (let round = 0; round < 3000; round++) {
      const damaged = packed.slice();
      for (let i = random.integer(1, 6); i > 0; i--)
        damaged[random.integer(7, damaged.length - 1)] = random.integer(0, 255);
      try {
        unpackLz4Frame(damaged, 3000, 'x');
      } catch (error) {
        expect(error).toBeInstanceOf(Damage);
      }
    }
  });
});

describe('Zstandard frames', () => {
  /** Written by Node 24's own zlib: 64 doubles, floor(i / 7) * 1.5. */
  const packed = Uint8Array.from(
    atob('KLUv/WAAAU0BAHgAAPg/AAhAEhgeIiUoK0AKAASnEJxHcDKCUwjOIzjZwNmthAXtiASw'),
    (letter) => letter.charCodeAt(0),
  );
  const values = Float64Array.from({ length: 64 }, (_, i) => Math.floor(i / 7) * 1.5);

  it('come back whole', () => {
    expect(new Float64Array(unpackZstdFrame(packed, 512, 'x').buffer)).toEqual(values);
  });

  it('stated lengths, cuts and damage are told apart from the content', () => {
    expect(() => unpackZstdFrame(packed, 511, 'x')).toThrow(Damage);
    expect(() => unpackZstdFrame(packed.subarray(0, 20), 512, 'x')).toThrow(Damage);
    expect(() => unpackZstdFrame(new Uint8Array(20), 512, 'x')).toThrow(Damage);
    const random = seededRandom(4);
    for (let round = 0; round < 2000; round++) {
      const damaged = packed.slice();
      damaged[random.integer(4, damaged.length - 1)] = random.integer(0, 255);
      try {
        unpackZstdFrame(damaged, 512, 'x');
      } catch (error) {
        expect(error).toBeInstanceOf(Damage);
      }
    }
  });
});

describe('half floats', () => {
  it('are widened exactly', () => {
    const halves = Uint16Array.of(
      0x0000,
      0x8000,
      0x3c00,
      0xc000,
      0x7bff,
      0x0001,
      0x03ff,
      0x0400,
      0x3555,
      0x7c00,
      0xfc00,
    );
    const expected = [
      ...[0, -0, 1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 0.333251953125],
      ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ];
    expect([...widenHalves(halves)]).toEqual(expected);
    expect(Object.is(widenHalves(halves)[1], -0)).toBe(true);
    expect(widenHalves(Uint16Array.of(0x7e00))[0]).toBeNaN();
  });
});
