/** Bytes that are open for reading: a file of the disk, or a stretch of one that an archive calls a file. */
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../shared/base/bytes.ts';
import { type Problem, ProblemError } from '../../shared/base/problem.ts';
import { readProblem } from './faults.ts';

/** What tells that a file is no longer the one that was listed. */
export interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
}

export interface OpenBytes extends ByteSource {
  /** Differs wherever the content may: see `identityOf`, and the place in an archive. */
  readonly identity: string;
  /** As the carrier states it now. */
  stamp(): Promise<FileStamp>;
  /** All of it once, in order, keeping nothing. Rejects where it does not hold what its carrier states. */
  stream(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const chunkBytes = 1 << 20;

/** Takes the handle over. `shown` is the path that problems name. */
export async function bytesOfHandle(handle: FileHandle, shown: string): Promise<OpenBytes> {
  const found = await handle.stat({ bigint: true });
  const length = Number(found.size);
  const slice = async (start: number, end: number): Promise<Uint8Array> => {
    const [from, to] = clipped(start, end, length);
    try {
      const bytes = await readSpan(handle, from, to);
      if (bytes.length < to - from) throw new ProblemError(fileChanged(shown));
      return bytes;
    } catch (error) {
      throw new ProblemError(readProblem('file', shown, error));
    }
  };
  const fill = async (target: Uint8Array, start: number): Promise<number> => {
    const [from, to] = clipped(start, start + target.length, length);
    try {
      const filled = await fillSpan(handle, target.subarray(0, to - from), from);
      if (filled < to - from) throw new ProblemError(fileChanged(shown));
      return filled;
    } catch (error) {
      throw new ProblemError(readProblem('file', shown, error));
    }
  };
  return {
    length,
    fill,
    identity: identityOf(found),
    async stamp() {
      const found = await handle.stat();
      return { size: found.size, modifiedMs: found.mtimeMs };
    },
    slice,
    stream: () => inChunks({ length, slice }),
    close: () => handle.close(),
  };
}

/**
 * Inode, size, and when content and inode last changed. A program can set the second to what it was, and does so when
 * it copies; it cannot set the third.
 */
export function identityOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].map((part) => part.toString(36)).join('-');
}

/** Bytes [start, end) of `whole`, closed with it. */
export function stretchOf(whole: OpenBytes, start: number, end: number): OpenBytes {
  const length = end - start;
  const slice = (from: number, to: number): Promise<Uint8Array> => {
    const [first, last] = clipped(from, to, length);
    return whole.slice(start + first, start + last);
  };
  return {
    length,
    identity: `${whole.identity}-${start.toString(36)}-${length.toString(36)}`,
    stamp: async () => ({ size: length, modifiedMs: (await whole.stamp()).modifiedMs }),
    slice,
    stream: () => inChunks({ length, slice }),
    close: () => whole.close(),
  };
}

/** A source read from end to end in pieces, so that memory does not grow with it. */
export async function* inChunks({ length, slice }: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += chunkBytes) yield await slice(at, Math.min(at + chunkBytes, length));
}

export function fileChanged(path: string): Problem {
  return { code: 'file-changed', severity: 'error', path };
}

/** Bytes [start, end) of a file; shorter only where the file ends. */
export async function readSpan(
  handle: FileHandle,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  const filled = await fillSpan(handle, bytes, start);
  return filled === bytes.length ? bytes : bytes.subarray(0, filled);
}

/** Fills `bytes` from byte `start` of a file on; answers how many there were. */
async function fillSpan(handle: FileHandle, bytes: Uint8Array, start: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

function clipped(start: number, end: number, length: number): [start: number, end: number] {
  const from = Math.min(Math.max(0, start), length);
  return [from, Math.min(Math.max(from, end), length)];
}
