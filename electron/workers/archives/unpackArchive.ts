/**
 * A delivery that came as an archive: unpacked once into the cache, and read there like any folder. The archive is
 * outside input: names must stay inside, links are not followed, and nothing grows past what it stated.
 */
import { createHash } from 'node:crypto';
import { open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from '../../../shared/base/door.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { problemSchema } from '../../../shared/host/contract.ts';
import { readSpan } from '../../services/diskFolder.ts';
import { makeFolder, writeDurably } from '../../services/durable.ts';
import { isMissing, readProblem, writeProblem } from '../../services/faults.ts';
import { parseJson } from '../../services/jsonFile.ts';
import type { JobContext } from '../job.ts';
import { unpackTar } from './unpackTar.ts';
import { unpackZip } from './unpackZip.ts';

export interface ArchiveTarget {
  /** Folder to unpack into; exists. */
  readonly folder: string;
  readonly context: JobContext;
  /** Bytes the whole archive may unpack to. */
  readonly maxBytes: number;
}

/** What could not be unpacked; everything else was. */
export type UnpackProblems = readonly Problem[];

export type Unpack = (archive: string, target: ArchiveTarget) => Promise<UnpackProblems>;

/** Sensor data hardly shrinks and text shrinks tenfold; a bomb shrinks a thousandfold. */
const mostGrowth = 200;
const smallestLimit = 64 * 1024 * 1024;

/** How to unpack a file, told from its first bytes; null where it is no archive of a kind that is read here. */
async function archiveKind(file: string): Promise<Unpack | null> {
  const handle = await open(file, 'r');
  try {
    const start = await readSpan(handle, 0, 512);
    const text = Buffer.from(start).toString('latin1');
    if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return unpackZip;
    if (text.startsWith('\x1f\x8b') || text.slice(257, 262) === 'ustar') return unpackTar;
    return null;
  } finally {
    await handle.close();
  }
}

export interface UnpackedArchive {
  /** The delivery's folder: the archive's only folder, or its top. */
  readonly folder: string;
  readonly problems: UnpackProblems;
}

/** What was wrong with an archive is kept beside what came out of it, and says that unpacking had ended. */
const problemsSchema = z.array(problemSchema);

/**
 * The folder to read instead of `named` where that is an archive, else `named` itself. Problems: `archive-damaged`,
 * `archive-path-unsafe`, `archive-too-large`, `file-not-writable`, and those of reading the file.
 */
export async function unpacked(
  named: string,
  cacheFolder: string,
  context: JobContext,
): Promise<Result<UnpackedArchive>> {
  try {
    const archive = await realpath(named);
    const found = await stat(archive);
    const unpack = found.isFile() ? await archiveKind(archive) : null;
    if (unpack === null) return done({ folder: named, problems: [] });
    const identity = `${context.codeHash}\0${archive}\0${found.size}\0${found.mtimeMs}`;
    const name = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    const folder = path.join(cacheFolder, 'archives', name);
    const known = await readProblems(`${folder}.json`);
    if (known !== null) return done({ folder: await onlyFolder(folder), problems: known });
    const maxBytes = Math.max(smallestLimit, found.size * mostGrowth);
    return await unpackInto(folder, archive, unpack, { context, maxBytes });
  } catch (error) {
    return failed(readProblem('file', named, error));
  }
}

async function unpackInto(
  folder: string,
  archive: string,
  unpack: Unpack,
  limits: Omit<ArchiveTarget, 'folder'>,
): Promise<Result<UnpackedArchive>> {
  const partial = `${folder}.${process.pid}.partial`;
  try {
    await makeFolder(partial);
    const problems = await unpack(archive, { ...limits, folder: partial });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    await writeDurably(`${folder}.json`, JSON.stringify(problems));
    return done({ folder: await onlyFolder(folder), problems });
  } catch (error) {
    return failed(writeProblem(folder, error));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function readProblems(file: string): Promise<UnpackProblems | null> {
  try {
    const parsed = problemsSchema.safeParse(parseJson(await readFile(file, 'utf8')));
    return parsed.success ? (parsed.data as Problem[]) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Archives are mostly made of one folder, and that is the delivery. */
async function onlyFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.') && name !== '__MACOSX');
  const [only] = visible;
  return visible.length === 1 && only!.isDirectory() ? onlyFolder(path.join(folder, only!.name)) : folder;
}
