import { describe, expect, it } from 'vitest';
import { readImageSize, tooManyPixels } from '../../../shared/readers/images/imageSize.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const png = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ...[0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 0xc8, 0, 0, 1, 0x72, 8, 2, 0, 0, 0],
]);

/** SOI, an APP1 segment, a fill byte, a Huffman table, then the frame header of a progressive picture. */
const jpeg = Uint8Array.from([
  ...[0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4],
  ...[0xff, 0xff, 0xc4, 0, 4, 0, 0],
  ...[0xff, 0xc2, 0, 17, 8, 0x03, 0x84, 0x06, 0x40, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
]);

describe('image size', () => {
  it('reads PNG and JPEG headers', () => {
    expect(readImageSize(png)).toEqual({ width: 1224, height: 370, type: 'png' });
    expect(readImageSize(jpeg)).toEqual({ width: 1600, height: 900, type: 'jpeg' });
  });

  it('answers null for cut or foreign bytes and never throws', () => {
    expect(readImageSize(new Uint8Array(0))).toBeNull();
    expect(readImageSize(png.subarray(0, 20))).toBeNull();
    expect(readImageSize(jpeg.subarray(0, 20))).toBeNull();
    expect(readImageSize(new TextEncoder().encode('GIF89a, not one of ours at all'))).toBeNull();
    for (let seed = 1; seed <= 500; seed++) {
      const random = seededRandom(seed);
      const bytes = (random.integer(0, 1) ? png : jpeg).slice();
      for (let i = 0; i < 4; i++) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      expect(
        () => readImageSize(bytes.subarray(0, random.integer(0, bytes.length + 1 - 1))),
        `seed ${seed}`,
      ).not.toThrow();
    }
  });

  it('refuses what states more pixels than can be held', () => {
    const size = (width: number, height: number) => ({ width, height, type: 'png' as const });
    expect(tooManyPixels(size(8000, 8000), 'a.png')).toBeNull();
    expect(tooManyPixels(size(100_000, 100_000), 'a.png')).toMatchObject({
      code: 'image-too-large',
      path: 'a.png',
      params: { width: 100_000, height: 100_000, megapixels: 64 },
    });
    expect(tooManyPixels(size(1, 0xffff_ffff), 'a.png')?.code).toBe('image-too-large');
  });
});
