/** Clouds that are a file of their own: bytes or a byte source in, a `Sweep` ready for the GPU out. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { failed, ProblemError } from '../../base/problem.ts';
import { decodeBinCloud } from './binCloud.ts';
import type { BufferPool } from './bufferPool.ts';
import { freshBuffers } from './bufferPool.ts';
import { decodePcdBody } from './pcdBody.ts';
import { PCD_HEADER_LIMIT, parsePcdHeader } from './pcdHeader.ts';
import type { SweepReading } from './sweepRows.ts';

export type { SweepReading } from './sweepRows.ts';

/** Encodings of such files. */
export type PlainEncoding = 'pcd' | 'bin4' | 'bin5';

/** Enough for the header of nearly every file. */
const FIRST_READ = 2048;

function decode(
  bytes: Uint8Array,
  encoding: PlainEncoding,
  path: string,
  pool: BufferPool,
): Result<SweepReading> {
  if (encoding !== 'pcd') return decodeBinCloud(bytes, encoding, path, pool);
  const header = parsePcdHeader(bytes, path);
  if (!header.ok) return header;
  return decodePcdBody(header.value, bytes.subarray(header.value.bodyOffset), path, pool);
}

async function readSource(
  source: ByteSource,
  encoding: PlainEncoding,
  path: string,
  pool: BufferPool,
): Promise<Result<SweepReading>> {
  if (encoding !== 'pcd') return decodeBinCloud(await source.slice(0, source.length), encoding, path, pool);
  let header = parsePcdHeader(await source.slice(0, FIRST_READ), path);
  if (!header.ok && header.problem.code === 'pcd-header-missing' && source.length > FIRST_READ) {
    header = parsePcdHeader(await source.slice(0, PCD_HEADER_LIMIT), path);
  }
  if (!header.ok) return header;
  // The body is read on its own, so that it starts at the front of its buffer: aligned, whatever the header's length.
  const body = await source.slice(header.value.bodyOffset, source.length);
  return decodePcdBody(header.value, body, path, pool);
}

/** Decodes a whole file that is in memory. Same answer as `readSweep`, at once. */
export function decodeSweep(
  bytes: Uint8Array,
  encoding: PlainEncoding,
  path: string,
  pool: BufferPool = freshBuffers,
): Result<SweepReading> {
  try {
    return decode(bytes, encoding, path, pool);
  } catch (error) {
    return tooLarge(error, path);
  }
}

/**
 * Reads the points of one file. Input bytes are never written to; float-only clouds come back as a view over them
 * where they lie on a multiple of four (then `sweep.interleaved.buffer` is the input's own buffer), everything else
 * in a buffer of `pool`, to be released there by whoever is done with the sweep. Damage gives a problem beside the
 * whole points that exist; a file without a usable point layout fails.
 */
export async function readSweep(
  source: ByteSource | Uint8Array,
  encoding: PlainEncoding,
  path: string,
  pool: BufferPool = freshBuffers,
): Promise<Result<SweepReading>> {
  try {
    if (source instanceof Uint8Array) return decode(source, encoding, path, pool);
    return await readSource(source, encoding, path, pool);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    return tooLarge(error, path);
  }
}

/** A buffer that the machine cannot give is trouble with this file; anything else thrown here is a bug. */
function tooLarge(error: unknown, path: string): Result<SweepReading> {
  if (!(error instanceof RangeError)) throw error;
  return failed({ code: 'cloud-too-large', severity: 'error', path });
}
