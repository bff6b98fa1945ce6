/** Zstandard against frames that the reference implementation wrote (golden.json, by numcodecs), and against damage. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeZstd } from '../../../../shared/readers/zstd/zstd.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { joined } from '../../../support/zarrFixture.ts';

interface Golden {
  readonly size: number;
  readonly sha: string;
  /** By level of compression, base64. */
  readonly packed: Readonly<Record<string, string>>;
}

const golden: Record<string, Golden> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'golden.json'), 'utf8'),
);
const cases = Object.entries(golden).flatMap(([name, { size, sha, packed }]) =>
  Object.entries(packed).map(([level, text]) => ({
    name: `${name} at level ${level}`,
    size,
    sha,
    bytes: new Uint8Array(Buffer.from(text, 'base64')),
  })),
);
/** A frame of which one byte was changed; the tables it describes have more rare symbols than places. */
const HANG =
  'KLUv/WCgDuUMAKa+Yw0Q+P8H//+/AymllDIFXgBfAF8Aw3qqi/qmU3qjG/qf43mcq/mYc3mVO/mRA3mOy/iKk3iHW/iDI3iA693dzx3cs13al53Ye93WXx3VQ13TJ53RC93P7xzO01zMt5zKm9zIfxzHY1zFR5zDK9zBDxzAB+eczcvcy68cypNcyHecxlvcxD8cwyNcwQec7/Ce7uK+7dTe7Mb+67ge66o+6pxe6Y5+6ICe53K+5mTe5Vb+5Ege5Do+4yxe4h5+4RCe4AK+93dH93DX9mln9mL39VsDNv7iKB7iGj7hDF7gfpf3dSf3brf2Z0f2YNf1WWf1Uvf0S4f0RBf0PafzNjfzL8fHKFfyIefxGnfxEwfxDJfwBSfwvse7uo87t1e7sx87sOe6rK86qXe6pT86oge6ngPb3dy/HdujXdmHnddr3dVPHdQzXdIXndD73M7fHM3DXMunnMmL3MdvHMZTXMQ3nMIb3MD/Pu/sXu7efpLQnuzCvuu03uqm/umYHumKPuh8XudufuZgnuVSvuRE3uMBAgCtey88oB7MpQE=';
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');

test.each(cases)('$name', async ({ size, sha, bytes }) => {
  const output = new Uint8Array(size);
  expect(decodeZstd(bytes, output)).toBeNull();
  expect(await sha256(output)).toBe(sha);
});

test('frames one behind the other, with one to skip between them', () => {
  const { bytes, size } = cases.find(({ name }) => name === 'text at level 3')!;
  const skip = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9);
  const output = new Uint8Array(2 * size);
  expect(decodeZstd(joined([bytes, skip, bytes]), output)).toBeNull();
  expect(output.subarray(0, size)).toEqual(output.subarray(size));
});

describe('damage', () => {
  test('an output too short or too long is told', () => {
    for (const { bytes, size } of cases.filter((one) => one.size > 0)) {
      for (const wrong of [size - 1, size + 1])
        expect(decodeZstd(bytes, new Uint8Array(wrong))).not.toBeNull();
    }
  });

  test('a frame cut anywhere is told', () => {
    const { bytes, size } = cases.find(({ name }) => name === 'mixed at level 19')!;
    for (let end = 1; end < bytes.length; end++) {
      expect(decodeZstd(bytes.subarray(0, end), new Uint8Array(size)), `${end}`).not.toBeNull();
    }
  });

  test('changed bytes end, in a reason or in other bytes', () => {
    const { next: random } = seededRandom(43);
    for (let round = 0; round < 4000; round++) {
      const { bytes, size } = cases[round % cases.length]!;
      const changed = bytes.slice();
      for (let i = 0; i < 3; i++)
        changed[Math.floor(random() * Math.min(200, changed.length))] = Math.floor(random() * 256);
      expect(() => decodeZstd(changed, new Uint8Array(Math.min(size, 20_000)))).not.toThrow();
    }
  });

  test('the bytes that keep a common library busy for ever', () => {
    const bytes = new Uint8Array(Buffer.from(HANG, 'base64'));
    expect(decodeZstd(bytes, new Uint8Array(4000))).not.toBeNull();
  });
});
