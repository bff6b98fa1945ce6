/** Pictures in a spec from outside: small PNGs pass, anything else does not, and old specs stay as they are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/audit/canonicalJson.ts';
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import {
  isSmallPng,
  mostPictureLetters,
  mostSpecPictureLetters,
  rulePictureSchema,
} from '../../../shared/audit/rulePicture.ts';

const shipped = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../assets/qa-spec.default.json'), 'utf8'),
) as { classes: { name: string; pictures?: { title: object; data: string }[] }[] };

/** The first bytes of a PNG of this size; what follows is not looked at. */
function png(width: number, height: number, body = 24): string {
  const bytes = Buffer.alloc(33 + body);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

describe('a picture of a rule', () => {
  it.each([
    ['of modest size', png(320, 150), true],
    ['of the largest size', png(1024, 1024), true],
    ['wider than that', png(1025, 10), false],
    ['of four thousand million lines', png(10, 0xffffffff), false],
    ['of no size', png(0, 10), false],
    ['an SVG, which may hold a script', `data:image/svg+xml;base64,${btoa('<svg onload="x"/>')}`, false],
    [
      'an SVG that says it is a PNG',
      `data:image/png;base64,${btoa('<svg xmlns="http://www.w3.org"/>')}`,
      false,
    ],
    ['somewhere else', 'https://example.org/picture.png', false],
    ['with something behind it', `${png(10, 10)}" onerror="x`, false],
    ['with a line break', `${png(10, 10)}\n`, false],
    ['cut off in its header', png(10, 10).slice(0, 40), false],
    ['empty', 'data:image/png;base64,', false],
  ])('%s', (_what, data, isTaken) => {
    expect(isSmallPng(data)).toBe(isTaken);
    const read = rulePictureSchema.safeParse({ title: { en: 'a', zh: 'b' }, data });
    expect(read.success).toBe(isTaken);
  });

  it('too long is refused, however small it says it is', () => {
    const data = png(10, 10, mostPictureLetters);
    expect(isSmallPng(data)).toBe(true);
    expect(rulePictureSchema.safeParse({ title: { en: 'a', zh: 'b' }, data }).success).toBe(false);
  });
});

describe('the spec', () => {
  it('that ships shows what a car, a truck and a cyclist are', () => {
    const spec = qaSpecSchema.parse(shipped);
    const drawn = spec.classes.flatMap(({ name, pictures = [] }) => pictures.map(() => name));
    expect(drawn).toEqual(['car', 'car', 'truck', 'cyclist']);
  });

  it('without pictures is read as it always was: nothing is added to what is hashed', () => {
    const plain = {
      ...shipped,
      classes: shipped.classes.map(({ pictures: _pictures, ...entry }) => entry),
    };
    const read = qaSpecSchema.parse(plain);
    expect(canonicalJson(read)).not.toContain('pictures');
    expect(canonicalJson(qaSpecSchema.parse(shipped))).toContain('data:image/png');
  });

  it('takes so many letters of pictures together and not more', () => {
    const title = { en: 'a', zh: 'b' };
    const data = png(10, 10, 60_000);
    const most = Math.floor(mostSpecPictureLetters / data.length);
    const withPictures = (count: number) => {
      let left = count;
      return {
        ...shipped,
        classes: shipped.classes.map(({ pictures: _pictures, ...entry }) => {
          const here = Math.min(4, left);
          left -= here;
          return { ...entry, pictures: Array.from({ length: here }, () => ({ title, data })) };
        }),
      };
    };
    expect(qaSpecSchema.safeParse(withPictures(most)).success).toBe(true);
    expect(qaSpecSchema.safeParse(withPictures(most + 1)).success).toBe(false);
  });
});
