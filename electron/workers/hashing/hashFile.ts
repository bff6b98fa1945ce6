/** The SHA-256 of one file of a delivery, as quickly as the system gives its bytes. */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileKey } from '../../../shared/audit/scope.ts';
import { archiveMark } from '../../../shared/base/bytes.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import type { FileRef } from '../../../shared/model/delivery.ts';
import { isInside, safeSegments } from '../../services/confine.ts';
import type { DeliveryBytes } from '../../services/deliveryBytes.ts';
import { systemCode } from '../../services/faults.ts';
import { fileChanged, identityOf } from '../../services/openBytes.ts';
import type { RealRoots } from '../job.ts';
import type { HashLine } from './hashJournal.ts';

export interface HashedFile {
  readonly line: HashLine;
  /** False where the same file under the same identity was hashed before. */
  readonly isNew: boolean;
}

export type HashFile = (file: FileRef, known: ReadonlyMap<string, HashLine>) => Promise<HashedFile>;

const chunk = Buffer.allocUnsafe(1 << 20);

/** Rejects with ProblemError or the system's error where the file cannot be read to its end as it stands. */
export function fileHasher(roots: RealRoots, bytes: DeliveryBytes): HashFile {
  const folders = { delivery: folderOrNull(roots.root), sensors: folderOrNull(roots.sensorsRoot) };

  return async (file, known) => {
    const folder = folders[file.root];
    const before = known.get(fileKey(file));
    // Files of the disk, which are nearly all, are read at once: four ways through the pool of threads take longer
    // than hashing a small file. What lies in an archive is streamed.
    return folder === null || file.path.includes(archiveMark)
      ? hashStream(file, bytes, before)
      : hashOnDisk(folder, file, before);
  };
}

function folderOrNull(root: string | null): string | null {
  return root !== null && statSync(root).isDirectory() ? root : null;
}

async function hashStream(
  file: FileRef,
  all: DeliveryBytes,
  before: HashLine | undefined,
): Promise<HashedFile> {
  const opened = await all.openOnce(file);
  try {
    const { identity, length } = opened;
    if (before?.identity === identity) return { line: before, isNew: false };
    const hash = createHash('sha256');
    for await (const piece of opened.stream()) hash.update(piece);
    return { line: lineOf(file, identity, length, hash), isNew: true };
  } finally {
    await opened.close();
  }
}

/** Without waiting on a pipe or a device, and without following a link in the last part. */
const plainly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Where folders of the root really are: asked once each, since it takes as long as opening a file. */
const realFolders = new Map<string, string>();

function openInside(root: string, file: FileRef): number {
  const segments = safeSegments(file.path);
  if (segments === null) throw outside(file);
  const place = path.join(root, ...segments);
  const parent = path.dirname(place);
  const realParent = realFolders.get(parent) ?? realpathSync.native(parent);
  realFolders.set(parent, realParent);
  if (!isInside(root, realParent)) throw outside(file);
  try {
    return openSync(path.join(realParent, path.basename(place)), plainly);
  } catch (error) {
    if (systemCode(error) !== 'ELOOP') throw error;
  }
  // A link to a file is a file where it stays inside.
  const real = realpathSync.native(place);
  if (!isInside(root, real)) throw outside(file);
  return openSync(real, plainly);
}

function outside({ path: name }: FileRef): ProblemError {
  return new ProblemError({ code: 'path-outside-root', severity: 'error', path: name });
}

function hashOnDisk(folder: string, file: FileRef, before: HashLine | undefined): HashedFile {
  const descriptor = openInside(folder, file);
  try {
    const found = fstatSync(descriptor, { bigint: true });
    if (!found.isFile()) {
      const params = { reason: 'not a regular file' };
      throw new ProblemError({ code: 'file-unreadable', severity: 'error', path: file.path, params });
    }
    const identity = identityOf(found);
    if (before?.identity === identity) return { line: before, isNew: false };
    const hash = createHash('sha256');
    const bytes = Number(found.size);
    for (let read = 0; read < bytes; ) {
      const got = readSync(descriptor, chunk, 0, Math.min(chunk.length, bytes - read), read);
      if (got === 0) throw new ProblemError(fileChanged(file.path));
      hash.update(got === chunk.length ? chunk : chunk.subarray(0, got));
      read += got;
    }
    // A file that was written while it was read has no hash that anyone could check.
    if (identityOf(fstatSync(descriptor, { bigint: true })) !== identity)
      throw new ProblemError(fileChanged(file.path));
    return { line: lineOf(file, identity, bytes, hash), isNew: true };
  } finally {
    closeSync(descriptor);
  }
}

function lineOf({ root, path: name }: FileRef, identity: string, bytes: number, hash: Hash): HashLine {
  return { root, path: name, identity, bytes, sha256: hash.digest('hex') };
}
