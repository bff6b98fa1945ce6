/**
 * Pictures of a rule inside the QA spec: small PNGs as data URLs, so that they are hashed and frozen with the rule
 * they explain. A spec comes from outside, so nothing but such a PNG of modest size passes.
 */
import { z } from '../base/door.ts';

const prefix = 'data:image/png;base64,';
/** Of one picture as text, and of all pictures of a spec together. */
export const mostPictureLetters = 96 * 1024;
export const mostSpecPictureLetters = 1024 * 1024;
/** Decoded, a picture of this size takes 4 MB. */
const mostPixels = 1024;
export const mostPicturesPerClass = 4;

export const rulePictureSchema = z.object({
  title: z.object({ en: z.string().min(1), zh: z.string().min(1) }),
  data: z
    .string()
    .max(mostPictureLetters)
    .refine(isSmallPng, {
      message: `must be a data URL of a PNG of at most ${mostPixels} x ${mostPixels} pixels`,
    }),
});

/** True for `data:image/png;base64,…` whose header states a size within bounds. */
export function isSmallPng(data: string): boolean {
  if (!data.startsWith(prefix) || !/^[A-Za-z0-9+/]+={0,2}$/.test(data.slice(prefix.length))) return false;
  const head = decodeBase64(data.slice(prefix.length, prefix.length + 32));
  if (head.length < 24 || pngStart.some((byte, at) => head[at] !== byte)) return false;
  const [width, height] = [wordAt(head, 16), wordAt(head, 20)];
  return width > 0 && height > 0 && width <= mostPixels && height <= mostPixels;
}

/** Signature, then the length and the name of the first part, which holds the size. */
const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

function wordAt(bytes: readonly number[], at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Whole groups of four letters only: enough for a header. */
function decodeBase64(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at + 3 < text.length; at += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((offset) => Math.max(0, letters.indexOf(text[at + offset]!)));
    const word = (a! << 18) | (b! << 12) | (c! << 6) | d!;
    bytes.push((word >> 16) & 255, (word >> 8) & 255, word & 255);
  }
  return bytes;
}
