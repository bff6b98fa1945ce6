/**
 * Evidence pictures of an audit, named by their hash. They yield to verdicts: a picture that cannot be written is a
 * problem of its own and never keeps a verdict from being recorded.
 */
import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { makeFolder, writeDurably } from '../durable.ts';
import { isMissing, readProblem, systemCode } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';

export const maxPictureBytes = 4 * 1024 * 1024;
const hashPattern = /^[0-9a-f]{64}$/;
const pngMagic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function picturesFolder(auditFolder: string): string {
  return path.join(auditFolder, 'pictures');
}

export function pictureFile(auditFolder: string, hash: string): string {
  return path.join(picturesFolder(auditFolder), `${hash}.png`);
}

/** Whether `bytes` are a picture of that name. Problems: `picture-too-large`, `picture-not-png`, `picture-hash-differs`. */
export function checkPicture(hash: string, bytes: Uint8Array): Result<null> {
  const refuse = (code: string): Result<null> =>
    failed({ code, severity: 'error', path: `${hash.slice(0, 64)}.png` });
  if (bytes.length > maxPictureBytes) return refuse('picture-too-large');
  if (!pngMagic.every((byte, at) => bytes[at] === byte)) return refuse('picture-not-png');
  return hashPattern.test(hash) && sha256Hex(bytes) === hash ? done(null) : refuse('picture-hash-differs');
}

/** Stores a picture. Problem `picture-not-writable` where the disk refuses it. */
export async function putPicture(
  auditFolder: string,
  hash: string,
  bytes: Uint8Array,
): Promise<Result<null>> {
  const checked = checkPicture(hash, bytes);
  if (!checked.ok) return checked;
  const file = pictureFile(auditFolder, hash);
  try {
    await makeFolder(picturesFolder(auditFolder));
    await writeDurably(file, bytes);
    return done(null);
  } catch (error) {
    const reason = systemCode(error);
    if (reason === null) throw error;
    return failed({ code: 'picture-not-writable', severity: 'warning', path: file, params: { reason } });
  }
}

export async function openPicture(auditFolder: string, hash: string): Promise<Result<FileHandle>> {
  const name = `${hash.slice(0, 64)}.png`;
  if (!hashPattern.test(hash)) return failed({ code: 'file-missing', severity: 'error', path: name });
  try {
    return done(await open(pictureFile(auditFolder, hash), 'r'));
  } catch (error) {
    return failed(readProblem('file', name, error));
  }
}

/** Hashes of the pictures that are there. */
export async function listPictures(auditFolder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(picturesFolder(auditFolder));
    return names
      .filter((name) => hashPattern.test(name.slice(0, -4)) && name.endsWith('.png'))
      .map((name) => name.slice(0, -4))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The bytes of a stored picture, or null where it is absent. */
export async function readPicture(auditFolder: string, hash: string): Promise<Uint8Array | null> {
  try {
    return await readFile(pictureFile(auditFolder, hash));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
