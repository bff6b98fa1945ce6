/** A file's bytes from the one origin into a pooled buffer. */
import { done, failed, type Problem, type Result } from '../../shared/base/problem.ts';
import type { BufferPool } from '../../shared/readers/clouds/bufferPool.ts';

/** The most that is set aside on the word of a Content-Length; more is made room for as it really arrives. */
const trustedBytes = 64 * 1024 * 1024;

/** The answer's bytes lie at the start of a buffer of `pool`; release it there (or hand it on) when done. */
export async function fetchIntoPool(
  address: string,
  path: string,
  pool: BufferPool,
  signal: AbortSignal,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const response = await reach(address, signal);
  if (response === null || !response.ok || !response.body) return failed(unreachable(path, response));
  const stated = Number(response.headers.get('content-length') ?? 0);
  let buffer = pool.acquire(Math.min(Math.max(stated, 1), trustedBytes));
  let filled = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done: isDone, value } = await reader.read();
      if (isDone) return done(new Uint8Array(buffer, 0, filled));
      if (filled + value.length > buffer.byteLength)
        buffer = grown(pool, buffer, filled, filled + value.length);
      new Uint8Array(buffer).set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    pool.release(buffer);
    if (signal.aborted) throw error;
    return failed(unreachable(path, null));
  }
}

export interface FetchedRange {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes of the whole file. */
  readonly total: number;
}

/** Bytes [start, end) of a file. An empty file answers every range with nothing. */
export async function fetchRange(
  address: string,
  path: string,
  start: number,
  end: number,
  signal: AbortSignal,
): Promise<Result<FetchedRange>> {
  const response = await reach(address, signal, { range: `bytes=${start}-${end - 1}` });
  if (response?.status === 416) return done({ bytes: new Uint8Array(), total: 0 });
  if (!response?.ok) return failed(unreachable(path, response));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const stated = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return done({ bytes, total: stated === undefined ? bytes.length : Number(stated) });
}

/** The file as a Blob, for decoders that want one. */
export async function fetchBlob(address: string, path: string, signal: AbortSignal): Promise<Result<Blob>> {
  const response = await reach(address, signal);
  if (!response?.ok) return failed(unreachable(path, response));
  return done(await response.blob());
}

async function reach(
  address: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Response | null> {
  try {
    return await fetch(address, { signal, headers });
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

function unreachable(path: string, response: Response | null): Problem {
  if (response?.status === 404) return { code: 'sensor-file-missing', severity: 'error', path };
  return {
    code: 'sensor-file-unreachable',
    severity: 'error',
    path,
    params: { status: response?.status ?? 0 },
  };
}

function grown(pool: BufferPool, buffer: ArrayBuffer, filled: number, need: number): ArrayBuffer {
  const larger = pool.acquire(Math.max(need, 2 * buffer.byteLength));
  new Uint8Array(larger).set(new Uint8Array(buffer, 0, filled));
  pool.release(buffer);
  return larger;
}
