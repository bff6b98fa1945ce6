/** Bare clouds: little-endian float32 rows with no header, four to a row (KITTI) or five (nuScenes, with the ring). */
import type { Problem, Result } from '../../base/problem.ts';
import { done } from '../../base/problem.ts';
import type { BufferPool } from './bufferPool.ts';
import type { SweepReading } from './sweepRows.ts';
import { floatView, sweepFromFloats } from './sweepRows.ts';

export type BinEncoding = 'bin4' | 'bin5';

export function binRowBytes(encoding: BinEncoding): number {
  return encoding === 'bin4' ? 16 : 20;
}

/** A trailing part of a row is left out and reported (`bin-tail-partial`). */
export function decodeBinCloud(
  bytes: Uint8Array,
  encoding: BinEncoding,
  path: string,
  pool: BufferPool,
): Result<SweepReading> {
  const rowBytes = binRowBytes(encoding);
  const count = Math.floor(bytes.length / rowBytes);
  const stride = rowBytes / 4;
  const problems: Problem[] = [];
  const tail = bytes.length - count * rowBytes;
  if (tail > 0) {
    problems.push({ code: 'bin-tail-partial', severity: 'error', path, params: { bytes: tail, rowBytes } });
  }
  const layout = { count, stride, position: 0, intensity: 3, ring: encoding === 'bin5' ? 4 : -1 };
  const sweep = sweepFromFloats({ ...layout, ...floatView(bytes, count * stride, pool) }, pool);
  return done({ sweep, problems, viewpoint: null });
}

/** Coordinates beyond this many metres are not a lidar's. */
const PLAUSIBLE_METERS = 100_000;

function looksLike(view: DataView, encoding: BinEncoding): boolean {
  const rowBytes = binRowBytes(encoding);
  const rows = Math.floor(view.byteLength / rowBytes);
  for (let row = 0; row < rows; row++) {
    const value = (index: number) => view.getFloat32(row * rowBytes + index * 4, true);
    for (let axis = 0; axis < 3; axis++) {
      // Denormals are what text, images and integers look like as floats.
      const size = Math.abs(value(axis));
      if (size > PLAUSIBLE_METERS || (size !== 0 && size < 1e-12)) return false;
    }
    if (!(value(3) >= 0 && value(3) <= 65_535)) return false;
    if (encoding === 'bin5' && !(Number.isInteger(value(4)) && value(4) >= 0 && value(4) <= 1024))
      return false;
  }
  return rows > 0;
}

/**
 * Tells four from five floats a row by the first rows and the file's length; null when it looks like neither.
 * `head` is the start of the file (a few hundred bytes do), `fileBytes` its whole length.
 */
export function sniffBinCloud(head: Uint8Array, fileBytes: number, path: string): BinEncoding | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const asNamed: BinEncoding = path.toLowerCase().endsWith('.pcd.bin') ? 'bin5' : 'bin4';
  const order: BinEncoding[] = asNamed === 'bin5' ? ['bin5', 'bin4'] : ['bin4', 'bin5'];
  const fits = order.filter((encoding) => looksLike(view, encoding));
  // Five plain rows can pass as four; whole rows decide, then a ring column, then the name.
  const whole = fits.filter((encoding) => fileBytes % binRowBytes(encoding) === 0);
  if (whole.length === 1) return whole[0]!;
  if (fits.includes('bin5')) return 'bin5';
  return fits[0] ?? null;
}
