/** Decoders against bytes that numcodecs 0.16, Python's lzma and cbor2 wrote (golden.json), and against damage. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { decodeBlosc, unshuffleBits, unshuffleBytes } from '../../../../shared/readers/zarr/blosc.ts';
import { decodeCbor } from '../../../../shared/readers/zarr/cbor.ts';
import { decodeXz } from '../../../../shared/readers/zarr/xz.ts';
import { decompressChunk } from '../../../../shared/readers/zarr/zarrCompressors.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const golden: Record<string, string> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'golden.json'), 'utf8'),
);
const bytesOf = (name: string) => new Uint8Array(Buffer.from(golden[name]!, 'base64'));

/** What the Python script that made the golden bytes packed. */
const plain: Record<string, Uint8Array> = {
  i4: new Uint8Array(Int32Array.from({ length: 1000 }, (_, i) => (i * 7) % 251).buffer),
  u8: new Uint8Array(
    BigUint64Array.from({ length: 1000 }, (_, i) => BigInt(i) * 1000n + 1700000000000000n).buffer,
  ),
  u2: new Uint8Array(Uint16Array.from({ length: 1000 }, (_, i) => Math.floor(i / 3)).buffer),
  odd: new Uint8Array(Int32Array.from({ length: 5003 }, (_, i) => (i * 13) % 1021).buffer),
  tiny: new Uint8Array(Float32Array.of(0, 1, 2).buffer),
};

describe('blosc', () => {
  const names = Object.keys(golden).filter((name) => /^(i4|u8|u2|odd|tiny)-/.test(name));

  test('golden containers are many', () => expect(names.length).toBeGreaterThan(30));

  test.each(names)('%s', (name) => {
    const expected = plain[name.split('-')[0]!]!;
    const output = new Uint8Array(expected.length);
    expect(decodeBlosc(bytesOf(name), output)).toBeNull();
    expect(output).toEqual(expected);
  });

  test('bits and bytes come back from a slow shuffle of the same', () => {
    const { next: random } = seededRandom(7);
    for (const [elementBytes, count] of [
      [1, 16],
      [2, 24],
      [4, 64],
      [8, 40],
      [12, 8],
    ] as const) {
      const original = Uint8Array.from({ length: elementBytes * count }, () => Math.floor(random() * 256));
      const bits = new Uint8Array(original.length);
      const shuffled = new Uint8Array(original.length);
      for (let i = 0; i < count; i++) {
        for (let byte = 0; byte < elementBytes; byte++) {
          const value = original[i * elementBytes + byte]!;
          shuffled[byte * count + i] = value;
          for (let bit = 0; bit < 8; bit++) {
            if ((value >> bit) & 1) bits[((byte * 8 + bit) * count) / 8 + (i >> 3)]! |= 1 << (i & 7);
          }
        }
      }
      const output = new Uint8Array(original.length);
      unshuffleBits(bits, output, elementBytes);
      expect(output).toEqual(original);
      unshuffleBytes(shuffled, output, elementBytes);
      expect(output).toEqual(original);
    }
  });

  test('damaged containers end in a reason or in wrong bytes, never in a throw', () => {
    const { next: random } = seededRandom(11);
    const output = new Uint8Array(plain.i4!.length);
    for (let round = 0; round < 3000; round++) {
      const bytes = bytesOf(names[round % names.length]!).slice();
      for (let i = 0; i < 4; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
      expect(() => decodeBlosc(cut, output)).not.toThrow();
    }
  });
});

describe('compressors', () => {
  test.each(['zstd', 'gzip', 'zlib', 'lz4'])('%s', (id) => {
    expect(decompressChunk({ id }, bytesOf(id), 4000)).toEqual(plain.i4);
  });

  test('a chunk of another size, an unknown compressor and a bomb are refused', () => {
    for (const id of ['zlib', 'gzip', 'zstd', 'lz4']) {
      for (const size of [3996, 4004])
        expect(typeof decompressChunk({ id }, bytesOf(id), size)).toBe('string');
    }
    expect(decompressChunk({ id: 'bz2' }, new Uint8Array(4), 4)).toBe('compressor bz2');
    expect(typeof decompressChunk(null, new Uint8Array(3), 4)).toBe('string');
  });
});

describe('xz', () => {
  const sha256 = async (bytes: Uint8Array) =>
    Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');

  test.each([
    ['xz-mixed', '43b1c97e31393349b1c5ab794bfa16580b99a0a3be29839275c36a351d290ff4'],
    ['xz-noise', '9761aadae8c7f3c70a75d11f6df38176e791f417341de69e6134e085eaaafe31'],
  ])('%s as Python packed it', async (name, digest) => {
    const result = decodeXz(bytesOf(name), 1 << 20, 'a', 'b');
    expect(result.ok && (await sha256(result.value))).toBe(digest);
  });

  test('nothing grows beyond what is allowed', () => {
    const result = decodeXz(bytesOf('xz-mixed'), 1000, 'a.itar', 'byte 5');
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'xz-broken', path: 'a.itar', place: 'byte 5' },
    });
  });

  test('damage is a problem or other bytes, never a throw', () => {
    const { next: random } = seededRandom(3);
    for (let round = 0; round < 3000; round++) {
      const bytes = bytesOf(round % 2 ? 'xz-cbor' : 'xz-mixed').slice();
      for (let i = 0; i < 3; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
      expect(() => decodeXz(cut, 1 << 20, 'a', 'b')).not.toThrow();
    }
  });
});

describe('cbor', () => {
  test('what cbor2 wrote, through xz', () => {
    const bytes = decodeXz(bytesOf('xz-cbor'), 1 << 20, 'a', 'b');
    const value = bytes.ok && decodeCbor(bytes.value, 'a', 'b');
    expect(value).toMatchObject({
      ok: true,
      value: {
        sizes: Array.from({ length: 300 }, (_, i) => i * 3),
        offset_datas: Array.from({ length: 300 }, (_, i) => i * 512),
        f: 1.5,
        h: [1e300, -0.25, true, null],
        neg: -5,
        big: 2 ** 63,
      },
    });
  });

  test('a key __proto__ is a key like others', () => {
    const result = decodeCbor(Uint8Array.of(0xa1, 0x69, ...Buffer.from('__proto__'), 0x81, 0x01), 'a', 'b');
    expect(result.ok && Object.keys(result.value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)[0]).toBeUndefined();
  });

  test.each([
    ['a list of 2^40 items', [0x9b, 0, 0, 1, 0, 0, 0, 0, 0]],
    ['text longer than the file', [0x7a, 0xff, 0xff, 0xff, 0xff]],
    ['nesting without end', new Array(5000).fill(0x81)],
    ['a list that never ends', [0x9f, 1, 2]],
    ['nothing', []],
  ])('%s', (_, bytes) => {
    expect(decodeCbor(Uint8Array.from(bytes), 'a', 'b')).toMatchObject({ problem: { code: 'cbor-broken' } });
  });

  test('random values come back', () => {
    const { next: random } = seededRandom(5);
    const make = (depth: number): unknown => {
      const pick = Math.floor(random() * (depth > 3 ? 5 : 7));
      if (pick === 0) return Math.floor(random() * 2 ** 40);
      if (pick === 1) return -Math.floor(random() * 1000) - 1;
      if (pick === 2) return random() * 1e6;
      if (pick === 3) return `t${random()}`;
      if (pick === 4) return random() < 0.5;
      const items = Array.from({ length: 3 }, () => make(depth + 1));
      return pick === 5 ? items : { a: items[0], b: items[1] };
    };
    for (let round = 0; round < 200; round++) {
      const value = make(0);
      const result = decodeCbor(encode(value), 'a', 'b');
      expect(result.ok && JSON.stringify(result.value)).toBe(JSON.stringify(value));
    }
  });
});
