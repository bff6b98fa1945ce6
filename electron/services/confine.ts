/**
 * Keeps a path inside a root. A relative path is taken apart before it touches the disk, and what it resolves to,
 * links followed, is compared with the root's real place after. Both must hold.
 */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import { readProblem } from './faults.ts';

/** True where `candidate` is `root` or lies below it; both absolute and real. */
export function isInside(root: string, candidate: string): boolean {
  const relative = path.relative(root, candidate);
  return (
    relative === '' ||
    (!path.isAbsolute(relative) && relative !== '..' && !relative.startsWith(`..${path.sep}`))
  );
}

/** Windows gives meaning to `:` (drives, streams) and drops trailing dots and spaces. */
const windowsTrap = /:|[. ]$/;

/** The parts of a `/`-separated relative path, or null where any of them could lead elsewhere. */
export function safeSegments(relative: string): readonly string[] | null {
  if (relative === '' || relative.includes('\0') || relative.includes('\\')) return null;
  const segments = relative.split('/');
  const isSafe = segments.every(
    (segment) =>
      segment !== '' &&
      segment !== '.' &&
      segment !== '..' &&
      !(process.platform === 'win32' && windowsTrap.test(segment)),
  );
  return isSafe ? segments : null;
}

/**
 * Real absolute path of `relative` inside `root` (itself real). Problems: `path-outside-root`, `file-missing`,
 * `file-unreadable`.
 */
export async function resolveInside(root: string, relative: string): Promise<Result<string>> {
  const outside = failed<string>({ code: 'path-outside-root', severity: 'error', path: printable(relative) });
  const segments = safeSegments(relative);
  if (segments === null) return outside;
  try {
    const real = await realpath(path.join(root, ...segments));
    return isInside(root, real) ? done(real) : outside;
  } catch (error) {
    return failed(readProblem('file', relative, error));
  }
}

/** A hostile path as something that can be shown and logged. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replace(/[\u0000-\u001f\u007f]/g, '\ufffd').slice(0, 300);
}
