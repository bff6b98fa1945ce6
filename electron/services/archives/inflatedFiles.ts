/**
 * Deflated files of archives as bytes with ranges. A deflated stream can only be read from its start, so it is inflated
 * once: into memory where it is small, else into a file of the cache, which is bounded and may be emptied at any time.
 */
import { createHash, randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ProblemError } from '../../../shared/base/problem.ts';
import { makeRoom, markUsed } from '../cacheBudget.ts';
import { makeFolder } from '../durable.ts';
import { isMissing, writeProblem } from '../faults.ts';
import { bytesOfHandle, inChunks, type OpenBytes } from '../openBytes.ts';
import type { ArchiveMember } from './archive.ts';
import { contentOf, inflateAtOnce } from './inflate.ts';

/** Labels, images and most sweeps are below; 64 of them may be open at once. */
const inMemoryBytes = 4 * 1024 * 1024;

/** Takes `packed` (the member's bytes in the archive) over. `shown` is the path that problems name. */
export async function openInflated(
  packed: OpenBytes,
  member: ArchiveMember,
  shown: string,
  cacheFolder: string,
): Promise<OpenBytes> {
  const bytes =
    Math.max(member.bytes, packed.length) <= inMemoryBytes
      ? inMemory(await inflateAtOnce(packed, member, shown))
      : await inCache(packed, member, shown, cacheFolder);
  return {
    length: bytes.length,
    identity: `${packed.identity}-inflated`,
    stamp: async () => ({ size: bytes.length, modifiedMs: (await packed.stamp()).modifiedMs }),
    slice: (start, end) => bytes.slice(start, end),
    stream: () => inChunks(bytes),
    async close() {
      await bytes.close();
      await packed.close();
    },
  };
}

type HeldBytes = Pick<OpenBytes, 'length' | 'slice' | 'close'>;

function inMemory(whole: Buffer): HeldBytes {
  return {
    length: whole.length,
    slice: async (start, end) => new Uint8Array(whole.subarray(Math.max(0, start), Math.max(0, end))),
    close: async () => undefined,
  };
}

/** Two that ask at the same moment wait for the same work. */
const underWay = new Map<string, Promise<void>>();

async function inCache(
  packed: OpenBytes,
  member: ArchiveMember,
  shown: string,
  cacheFolder: string,
): Promise<HeldBytes> {
  const name = createHash('sha256').update(`${packed.identity}\0${shown}`).digest('hex').slice(0, 32);
  const file = path.join(cacheFolder, 'inflated', name);
  const kept = await openKept(file, shown);
  if (kept !== null) return kept;
  const work = underWay.get(file) ?? inflateTo(file, packed, member, shown, cacheFolder);
  underWay.set(file, work);
  try {
    await work;
  } finally {
    underWay.delete(file);
  }
  const made = await openKept(file, shown);
  if (made === null) throw new ProblemError({ code: 'file-missing', severity: 'error', path: shown });
  return made;
}

async function openKept(file: string, shown: string): Promise<HeldBytes | null> {
  try {
    const handle = await open(file, 'r');
    await markUsed(file);
    return await bytesOfHandle(handle, shown);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function inflateTo(
  file: string,
  packed: OpenBytes,
  member: ArchiveMember,
  shown: string,
  cacheFolder: string,
): Promise<void> {
  const partial = `${file}.${randomBytes(6).toString('hex')}.partial`;
  try {
    await makeFolder(path.dirname(file));
    await makeRoom(cacheFolder, member.bytes);
    const handle = await open(partial, 'w');
    try {
      await handle.writeFile(contentOf(packed, member, shown));
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw new ProblemError(writeProblem(shown, error));
  }
}
