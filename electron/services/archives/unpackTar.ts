/** Unpacks a gzipped tar into a folder in one pass, file by file. What may not be read is left out and named. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Problem } from '../../../shared/base/problem.ts';
import type { Progress } from '../../../shared/host/contract.ts';
import { ProblemList } from '../../../shared/readers/problemList.ts';
import { systemCode } from '../faults.ts';
import type { OpenBytes } from '../openBytes.ts';
import { type ArchiveMember, archiveTrouble, growthLimit } from './archive.ts';
import { insidePath, nameClashes } from './archiveNames.ts';
import { type ByteQueue, createByteQueue } from './byteQueue.ts';
import { isZlibFault } from './inflate.ts';
import type { ArchiveName } from './listArchive.ts';
import { walkTar } from './tarMembers.ts';

export interface UnpackOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Bytes the cache has for it. */
  readonly mostBytes: number;
}

/** Rejects with ProblemError `archive-too-large` once more came than any delivery packs to, and what the disk says. */
export async function unpackTarGz(
  archive: OpenBytes,
  { shown, prefix }: ArchiveName,
  folder: string,
  { signal, onProgress, mostBytes }: UnpackOptions,
): Promise<readonly Problem[]> {
  const problems = new ProblemList();
  const cut: Problem = { code: 'archive-damaged', severity: 'error', path: shown };
  const written = new Set<string>();
  let room = Math.min(growthLimit(archive.length), mostBytes);

  async function take(queue: ByteQueue, member: ArchiveMember): Promise<void> {
    signal?.throwIfAborted();
    const inside = insidePath(member.name);
    const refusal = inside === null ? 'archive-path-unsafe' : refusals[member.kind];
    if (refusal !== undefined) {
      problems.add({
        code: refusal,
        severity: 'error',
        path: prefix + (inside ?? member.name.slice(0, 300)),
      });
    } else if (member.kind === 'file' && inside !== null) {
      room -= member.bytes;
      if (room < 0) throw archiveTrouble('archive-too-large', shown);
      if (written.has(inside))
        problems.add({ code: 'archive-name-twice', severity: 'error', path: prefix + inside });
      written.add(inside);
      const isWritten = await writeFile(path.join(folder, ...inside.split('/')), queue.span(member.bytes));
      if (!isWritten)
        problems.add({ code: 'archive-file-not-readable', severity: 'error', path: prefix + inside });
      onProgress?.({ step: 'unpacking', done: written.size, total: 0 });
    }
  }

  const read = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    const queue = createByteQueue(source);
    if (!(await walkTar(queue, (member) => take(queue, member)))) problems.add(cut);
  };
  try {
    await pipeline(Readable.from(archive.stream(), { objectMode: false }), createGunzip(), read);
  } catch (error) {
    if (!isZlibFault(error)) throw error;
    problems.add(cut);
  }
  problems.addAll(nameClashes([...written].sort(), prefix));
  return problems.toArray();
}

/** What a path meets that another file of the archive has made otherwise, or that the disk has no name for. */
const nameFaults = new Set(['EISDIR', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EINVAL']);

/** False where the disk cannot have such a file; everything else it says is thrown. */
async function writeFile(file: string, content: AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await pipeline(content, createWriteStream(file));
    return true;
  } catch (error) {
    if (nameFaults.has(systemCode(error) ?? '')) return false;
    throw error;
  }
}

const refusals: Partial<Record<ArchiveMember['kind'], string>> = {
  'not-a-file': 'archive-not-a-file',
  'not-readable': 'archive-file-not-readable',
};
