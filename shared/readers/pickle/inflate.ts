/** gzip unpacked piece by piece, so that a bomb is noticed while it grows and not when it has. */
import { Gunzip } from 'fflate';
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';

/** A frame of either lidar unpacks to about 10 MB. */
const MOST_UNPACKED = 128 * 1024 * 1024;
/** Packed bytes handed over at once: what they can become (a thousandfold) is the overshoot. */
const STEP = 1 << 15;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Fails with `gzip-broken` or `gzip-too-large`. */
export function inflate(packed: Uint8Array, path: string, most: number = MOST_UNPACKED): Result<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  const stream = new Gunzip((piece, isLast) => {
    pieces.push(piece);
    length += piece.length;
    isWhole ||= isLast;
  });
  try {
    for (let at = 0; at < packed.length && length <= most; at += STEP) {
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    }
  } catch {
    // fflate's own errors for damage; what they say is in no language of ours.
    isWhole = false;
  }
  if (length > most)
    return failed({ code: 'gzip-too-large', severity: 'error', path, params: { bytes: most } });
  if (!isWhole) return failed({ code: 'gzip-broken', severity: 'error', path });
  const unpacked = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    unpacked.set(piece, at);
    at += piece.length;
  }
  return done(unpacked);
}
