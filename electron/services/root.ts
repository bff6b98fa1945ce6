/**
 * A root whose files can be opened by their relative paths: a folder of the disk, or an archive in the place of one.
 * Either may hold archives, and a path goes into one behind the mark `!/`.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ArchiveContent, archiveMark, type FileEntry } from '../../shared/base/bytes.ts';
import { ProblemError } from '../../shared/base/problem.ts';
import { archiveTrouble } from './archives/archive.ts';
import type { ArchiveShelf, OpenedArchive } from './archives/archiveShelf.ts';
import { openConfined, openRegular } from './diskFile.ts';
import { bytesOfHandle, type OpenBytes } from './openBytes.ts';

export interface Root {
  /** Rejects with ProblemError `file-missing`, `file-unreadable`, `path-outside-root` or one of archives. */
  open(relative: string): Promise<OpenBytes>;
  /** As `Folder.openArchive`. */
  archive(relative: string): Promise<ArchiveContent>;
}

/** Archives in archives: deeper than this nobody packs, and a chain could go on for ever. */
const deepestArchive = 3;

/** `real` is the real absolute path of a folder, or of an archive that stands for one. */
export async function openRoot(real: string, shelf: ArchiveShelf): Promise<Root> {
  if (!(await stat(real)).isFile()) return rootOver((relative) => openOnDisk(real, relative), shelf);
  return rootOver(async (relative) => {
    const carrier = await openArchiveFile(real);
    const archive = await lookedInto(carrier, () => shelf.look(carrier, { shown: real, prefix: '' }));
    if (archive === null) throw archiveTrouble('file-changed', path.basename(real));
    return archive.open(carrier, archive.onlyFolder + relative, relative);
  }, shelf);
}

/** What the archive at `real` holds, as a root; null where it is none. */
export async function listArchiveRoot(real: string, shelf: ArchiveShelf): Promise<ArchiveContent | null> {
  const carrier = await openArchiveFile(real);
  try {
    const archive = await shelf.look(carrier, { shown: real, prefix: '' });
    if (archive === null) return null;
    const { onlyFolder } = archive;
    const inside = archive.entries.filter((entry) => entry.path.startsWith(onlyFolder));
    const entries = inside.map((entry) => ({ ...entry, path: entry.path.slice(onlyFolder.length) }));
    return { entries, problems: archive.problems };
  } finally {
    await carrier.close();
  }
}

function rootOver(openPlain: (relative: string) => Promise<OpenBytes>, shelf: ArchiveShelf): Root {
  async function open(relative: string, depth = 0): Promise<OpenBytes> {
    try {
      return await openPlain(relative);
    } catch (error) {
      // A folder may really be called `a.zip!`; only what is not there as such lies in an archive.
      if (depth >= deepestArchive || !isMissing(error)) throw error;
      return (await openInArchive(relative, depth)) ?? reject(error);
    }
  }

  /** Null where no part of the path in front of a mark is a file. */
  async function openInArchive(relative: string, depth: number): Promise<OpenBytes | null> {
    for (let at = relative.lastIndexOf(archiveMark); at > 0; at = relative.lastIndexOf(archiveMark, at - 1)) {
      const shown = relative.slice(0, at);
      const carrier = await open(shown, depth + 1).catch(nullWhereMissing);
      if (carrier === null) continue;
      const archive = await lookedInto(carrier, () => lookAt(carrier, shown));
      return archive.open(carrier, relative.slice(at + archiveMark.length), relative);
    }
    return null;
  }

  async function lookAt(carrier: OpenBytes, shown: string): Promise<OpenedArchive> {
    const archive = await shelf.look(carrier, { shown, prefix: shown + archiveMark });
    if (archive === null) throw archiveTrouble('archive-not-known', shown);
    return archive;
  }

  return {
    open: (relative) => open(relative),
    async archive(relative) {
      const carrier = await open(relative);
      try {
        const { entries, problems } = await lookAt(carrier, relative);
        const named = (entry: FileEntry): FileEntry => ({
          ...entry,
          path: relative + archiveMark + entry.path,
        });
        return { entries: entries.map(named), problems };
      } finally {
        await carrier.close();
      }
    },
  };
}

async function openOnDisk(root: string, relative: string): Promise<OpenBytes> {
  return bytesOfHandle(await openConfined(root, relative), relative);
}

async function openArchiveFile(real: string): Promise<OpenBytes> {
  const shown = path.basename(real);
  return bytesOfHandle(await openRegular(real, shown), shown);
}

async function lookedInto<Value>(carrier: OpenBytes, look: () => Promise<Value>): Promise<Value> {
  try {
    return await look();
  } catch (error) {
    await carrier.close();
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'file-missing';
}

function nullWhereMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

function reject(error: unknown): never {
  throw error;
}
