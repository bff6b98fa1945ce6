/** Where a command writes: a new or empty folder that its caller named. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure, ExitCode } from './exitCodes.ts';

/** Makes the folder where it is not there; refuses one that holds anything. */
export async function requireEmpty(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length === 0) return;
  } catch (error) {
    throw new CommandFailure(ExitCode.badInput, 'cannotWrite', {
      path: folder,
      reason: (error as Error).message,
    });
  }
  throw new CommandFailure(ExitCode.badArguments, 'notEmpty', { path: folder });
}

/** Writes a new file below the folder. */
export async function writeInto(
  folder: string,
  file: string,
  content: Uint8Array | Iterable<string>,
): Promise<void> {
  const target = path.join(folder, ...file.split('/'));
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content, { flag: 'wx' });
  } catch (error) {
    throw new CommandFailure(ExitCode.badInput, 'cannotWrite', {
      path: target,
      reason: (error as Error).message,
    });
  }
}
