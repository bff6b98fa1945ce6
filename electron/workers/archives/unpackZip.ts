/** Unpacks a zip file by file, each streamed from its place, checked by its CRC. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type Problem, ProblemError } from '../../../shared/base/problem.ts';
import { readSpan } from '../../services/diskFolder.ts';
import type { Unpack } from './unpackArchive.ts';
import { placeOf, tooLarge, writeEntry } from './writeEntry.ts';
import { readZipDirectory, type ZipEntry } from './zipDirectory.ts';

const localBytes = 30;

export const unpackZip: Unpack = async (archive, { folder, context, maxBytes }) => {
  const handle = await open(archive, 'r');
  try {
    const entries = (await readZipDirectory(handle, archive)).filter(({ isFile }) => isFile);
    const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > maxBytes) throw new ProblemError(tooLarge(archive));
    // Every name is checked before the first byte is written.
    const places = entries.map(({ name }) => placeOf(folder, name));
    const problems: Problem[] = [];
    for (const [at, entry] of entries.entries()) {
      context.signal.throwIfAborted();
      const problem = await unpackEntry(handle, entry, places[at]!);
      if (problem !== null) problems.push(problem);
      context.onProgress({ step: 'unpacking', done: at + 1, total: entries.length });
    }
    return problems;
  } finally {
    await handle.close();
  }
};

/** The entry's problem where it cannot be unpacked; its file is not left behind then. */
async function unpackEntry(handle: FileHandle, entry: ZipEntry, file: string): Promise<Problem | null> {
  const damaged: Problem = { code: 'archive-file-damaged', severity: 'error', path: entry.name };
  if (entry.isEncrypted || (entry.method !== 0 && entry.method !== 8)) {
    return { ...damaged, code: 'archive-file-not-readable' };
  }
  const local = Buffer.from(await readSpan(handle, entry.offset, entry.offset + localBytes));
  if (local.length < localBytes || local.readUInt32LE(0) !== 0x04034b50) return damaged;
  const start = entry.offset + localBytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = spanOf(handle, start, start + entry.packedBytes);
  try {
    const decoder = entry.method === 8 ? createInflateRaw() : new PassThrough();
    const written = await writeEntry(file, packed, entry.bytes, decoder);
    if (written.bytes === entry.bytes && written.crc === entry.crc) return null;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  await rm(file, { force: true });
  return damaged;
}

const chunkBytes = 1 << 20;

async function* spanOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += chunkBytes) {
    yield await readSpan(handle, at, Math.min(at + chunkBytes, end));
  }
}

/** What zlib says of bad bytes, and what an entry is told that grows past its stated size. */
function isDamage(error: unknown): boolean {
  if (error instanceof ProblemError) return error.problem.code === 'archive-too-large';
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}
