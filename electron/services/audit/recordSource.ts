/**
 * A record from elsewhere, as a folder or as a bundle. Nothing in a bundle is trusted: names and sizes are checked
 * before anything is unpacked, and nothing is unpacked to a path that the bundle chose.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { type RecordReport, verifyRecord } from '../../../shared/audit/verifyRecord.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../../shared/base/problem.ts';
import { safeSegments } from '../confine.ts';
import { verifyEd25519 } from '../deviceKey.ts';
import { isMissing, readProblem } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';
import { journalName } from './journalFile.ts';
import { maxPictureBytes, readPicture } from './pictures.ts';

export interface RecordSource {
  readonly journal: Uint8Array;
  /** The picture of that name, or null where there is none. */
  picture(hash: string): Promise<Uint8Array | null>;
}

/** Largest bundle that is read, and what it may unpack to. */
const maxBundleBytes = 1024 * 1024 * 1024;
const maxJournalBytes = 512 * 1024 * 1024;
const picturePattern = /^pictures\/([0-9a-f]{64})\.png$/;

/** Problems: `audit-missing`, `file-unreadable`, `bundle-unreadable`, `bundle-too-large`, `bundle-path-unsafe`. */
export async function openRecord(file: string): Promise<Result<RecordSource>> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return done(await folderRecord(file));
    if (found.size > maxBundleBytes) return failed(tooLarge(file));
    return done(bundleRecord(await readFile(file), file));
  } catch (error) {
    if (isMissing(error)) return failed({ code: 'audit-missing', severity: 'error', path: file });
    return failed(readProblem('file', file, error));
  }
}

async function folderRecord(folder: string): Promise<RecordSource> {
  return {
    journal: await readFile(path.join(folder, journalName)),
    picture: (hash) => readPicture(folder, hash),
  };
}

function bundleRecord(bytes: Uint8Array, file: string): RecordSource {
  let unpacked = 0;
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (safeSegments(name.replace(/\/$/, '')) === null) {
      throw new ProblemError({ code: 'bundle-path-unsafe', severity: 'error', path: name.slice(0, 300) });
    }
    const limit = name === journalName ? maxJournalBytes : picturePattern.test(name) ? maxPictureBytes : 0;
    if (limit === 0) return false;
    unpacked += originalSize;
    if (originalSize > limit || unpacked > maxBundleBytes) throw new ProblemError(tooLarge(file));
    return true;
  };
  const files = unpack(bytes, file, wanted);
  const journal = files[journalName];
  if (journal === undefined) throw new ProblemError(unreadable(file));
  return { journal, picture: async (hash) => files[`pictures/${hash}.png`] ?? null };
}

/** What a file unpacks to never grows past the size its entry states, so the checks on those hold. */
function unpack(bytes: Uint8Array, file: string, filter: (info: UnzipFileInfo) => boolean) {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    // The library throws plain errors with a number for whatever is wrong in a zip.
    throw error instanceof ProblemError ? error : new ProblemError(unreadable(file));
  }
}

/** Checks the whole record: chain, signatures, pictures, rules. */
export async function checkRecord(source: RecordSource, pinnedKey: string | null): Promise<RecordReport> {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.journal).split('\n');
  // The hashes are needed at once, but only of pictures that events name: a first pass finds these.
  const asked = new Map<string, string | null>();
  const collect = (named: string): null => {
    asked.set(named, null);
    return null;
  };
  verifyRecord({ lines, pinnedKey, pictureHash: collect }, sha256Hex, verifyEd25519);
  for (const named of asked.keys()) {
    const bytes = await source.picture(named);
    asked.set(named, bytes === null ? null : sha256Hex(bytes));
  }
  const pictureHash = (named: string): string | null => asked.get(named) ?? null;
  return verifyRecord({ lines, pinnedKey, pictureHash }, sha256Hex, verifyEd25519);
}

function unreadable(file: string) {
  return { code: 'bundle-unreadable', severity: 'error', path: file } as const;
}

function tooLarge(file: string) {
  const params = { maxBytes: maxBundleBytes };
  return { code: 'bundle-too-large', severity: 'error', path: file, params } as const;
}
