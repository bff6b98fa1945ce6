/**
 * Archives that are looked into, each listed once: a zip or a tar is read where it lies, a tar.gz is unpacked into the
 * cache first. An archive is known by its bytes' identity, so one that changed is listed anew.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry } from '../../../shared/base/bytes.ts';
import { z } from '../../../shared/base/door.ts';
import { type Problem, ProblemError } from '../../../shared/base/problem.ts';
import { problemSchema } from '../../../shared/host/contract.ts';
import { cacheBudgetBytes, makeRoom, markUsed } from '../cacheBudget.ts';
import { openConfined } from '../diskFile.ts';
import { makeFolder, writeDurably } from '../durable.ts';
import { isMissing, writeProblem } from '../faults.ts';
import { parseJson } from '../jsonFile.ts';
import { bytesOfHandle, type OpenBytes, stretchOf } from '../openBytes.ts';
import { walkFolder } from '../walkFolder.ts';
import { type ArchiveListing, archiveTrouble } from './archive.ts';
import { contentOf } from './inflate.ts';
import { openInflated } from './inflatedFiles.ts';
import { type ArchiveName, archiveKind, listArchive } from './listArchive.ts';
import { type UnpackOptions, unpackTarGz } from './unpackTar.ts';
import { contentStart } from './zipDirectory.ts';

/** An archive that was listed. */
export interface OpenedArchive {
  /** Paths inside the archive, in code-unit order; times are the archive's own. */
  readonly entries: readonly FileEntry[];
  readonly problems: readonly Problem[];
  /** The folder that all of it lies in, with the trailing `/`, or '': mostly that is the delivery. */
  readonly onlyFolder: string;
  /**
   * Takes `carrier`, the archive's own bytes, over and closes it with what is answered, or at once where this rejects:
   * ProblemError `file-missing`, `archive-file-damaged`. `shown` is the path that problems name.
   */
  open(carrier: OpenBytes, inside: string, shown: string): Promise<OpenBytes>;
}

export interface ArchiveShelf {
  /** Null where the bytes are no archive. Rejects with ProblemError where they are one that cannot be listed. */
  look(carrier: OpenBytes, name: ArchiveName): Promise<OpenedArchive | null>;
}

export type ShelfOptions = Omit<UnpackOptions, 'mostBytes'>;

/** Listings of large archives are large themselves; more at once nobody reads from. */
const mostKept = 32;

export function createArchiveShelf(cacheFolder: string, options: ShelfOptions = {}): ArchiveShelf {
  const known = new Map<string, Promise<OpenedArchive | null>>();

  async function list(carrier: OpenBytes, name: ArchiveName): Promise<OpenedArchive | null> {
    const kind = await archiveKind(carrier);
    if (kind === null) return null;
    if (kind === 'tar.gz') return unpackedArchive(carrier, name, cacheFolder, options);
    const { modifiedMs } = await carrier.stamp();
    return inPlace(await listArchive(carrier, kind, name), modifiedMs, cacheFolder);
  }

  return {
    look(carrier, name) {
      const key = `${carrier.identity}\0${name.prefix}`;
      const listed = known.get(key) ?? list(carrier, name);
      known.delete(key);
      known.set(key, listed);
      listed.catch(() => known.delete(key));
      const [oldest] = known.keys();
      if (known.size > mostKept) known.delete(oldest!);
      return listed;
    },
  };
}

function inPlace(
  { files, problems }: ArchiveListing,
  modifiedMs: number,
  cacheFolder: string,
): OpenedArchive {
  async function openMember(carrier: OpenBytes, inside: string, shown: string): Promise<OpenBytes> {
    const member = files.get(inside);
    if (member === undefined) throw archiveTrouble('file-missing', shown);
    // Only a zip repeats the member's header in front of its content.
    const start = member.crc === null ? member.start : await contentStart(carrier, member);
    if (start === null) throw archiveTrouble('archive-file-damaged', shown);
    const packed = stretchOf(carrier, start, start + member.packedBytes);
    if (member.packing === 'deflated') {
      const opened = await openInflated(packed, member, shown, cacheFolder);
      return { ...opened, stream: () => contentOf(packed, member, shown) };
    }
    return { ...packed, stream: () => contentOf(packed, member, shown) };
  }

  const entries = [...files].map(([inside, { bytes }]) => ({ path: inside, size: bytes, modifiedMs }));
  return {
    entries,
    problems,
    onlyFolder: onlyFolderOf(entries),
    open: (carrier, inside, shown) => closingOnFault(carrier, () => openMember(carrier, inside, shown)),
  };
}

const documentSchema = z.object({ bytes: z.number(), problems: z.array(problemSchema) });

async function unpackedArchive(
  carrier: OpenBytes,
  name: ArchiveName,
  cacheFolder: string,
  options: ShelfOptions,
): Promise<OpenedArchive> {
  const { modifiedMs } = await carrier.stamp();
  const identity = createHash('sha256').update(`${carrier.identity}\0${name.prefix}`).digest('hex');
  const folder = path.join(cacheFolder, 'archives', identity.slice(0, 32));
  const document = `${folder}.json`;
  const problems =
    (await readDocument(document)) ?? (await unpackInto(folder, carrier, name, cacheFolder, options));
  await markUsed(document);
  const { entries } = await walkFolder(folder);
  return {
    entries: entries.map((entry) => ({ ...entry, modifiedMs })),
    problems,
    onlyFolder: onlyFolderOf(entries),
    open: (carrier, inside, shown) =>
      closingOnFault(carrier, async () => {
        const bytes = await bytesOfHandle(await openConfined(folder, inside, shown), shown);
        await markUsed(document);
        return {
          ...bytes,
          stamp: async () => ({ size: bytes.length, modifiedMs: (await carrier.stamp()).modifiedMs }),
          async close() {
            await bytes.close();
            await carrier.close();
          },
        };
      }),
  };
}

async function unpackInto(
  folder: string,
  carrier: OpenBytes,
  name: ArchiveName,
  cacheFolder: string,
  options: ShelfOptions,
): Promise<readonly Problem[]> {
  const partial = `${folder}.${randomBytes(6).toString('hex')}.partial`;
  try {
    await makeFolder(partial);
    const mostBytes = cacheBudgetBytes();
    await makeRoom(cacheFolder, carrier.length, mostBytes);
    const problems = await unpackTarGz(carrier, name, partial, { ...options, mostBytes });
    const { entries } = await walkFolder(partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    const bytes = entries.reduce((sum, { size }) => sum + size, 0);
    // Says that unpacking had ended, and what it found.
    await writeDurably(`${folder}.json`, JSON.stringify({ bytes, problems }));
    await makeRoom(cacheFolder, 0);
    return problems;
  } catch (error) {
    throw new ProblemError(writeProblem(name.shown, error));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function readDocument(file: string): Promise<readonly Problem[] | null> {
  try {
    const parsed = documentSchema.safeParse(parseJson(await readFile(file, 'utf8')));
    return parsed.success ? (parsed.data.problems as Problem[]) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** What systems put beside the folder for themselves does not count. */
function onlyFolderOf(entries: readonly FileEntry[]): string {
  const visible = entries.filter(({ path: name }) => !/(^|\/)(\.|__MACOSX\/)/.test(name));
  let prefix = '';
  for (;;) {
    const end = visible[0]?.path.indexOf('/', prefix.length) ?? -1;
    if (end < 0) return prefix;
    const next = visible[0]!.path.slice(0, end + 1);
    if (!visible.every(({ path: name }) => name.startsWith(next))) return prefix;
    prefix = next;
  }
}

async function closingOnFault(carrier: OpenBytes, open: () => Promise<OpenBytes>): Promise<OpenBytes> {
  try {
    return await open();
  } catch (error) {
    await carrier.close();
    throw error;
  }
}
