/** Opens one file of a root on the disk, and nothing outside it. */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { ProblemError } from '../../shared/base/problem.ts';
import { resolveInside } from './confine.ts';
import { readProblem } from './faults.ts';

/**
 * Opens a regular file inside `root` for reading. Rejects with ProblemError that names it as `shown`; never waits on a
 * pipe or a device.
 */
export async function openConfined(root: string, relative: string, shown = relative): Promise<FileHandle> {
  const resolved = await resolveInside(root, relative);
  if (!resolved.ok) throw new ProblemError({ ...resolved.problem, path: shown });
  try {
    return await openRegular(resolved.value, shown);
  } catch (error) {
    throw new ProblemError(readProblem('file', shown, error));
  }
}

/** `real` has no link left in it, so a link put there since is refused by the system. */
export async function openRegular(real: string, shown: string): Promise<FileHandle> {
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new ProblemError({
    code: 'file-unreadable',
    severity: 'error',
    path: shown,
    params: { reason: 'not a regular file' },
  });
}
