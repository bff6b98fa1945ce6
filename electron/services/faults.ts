/** Turns what the operating system says into problems a person can read. Only errors with a system code qualify. */
import type { Problem } from '../../shared/base/problem.ts';
import { ProblemError } from '../../shared/base/problem.ts';

/** The system's own code (`ENOENT`, `ENOSPC` …), or null for anything that is a bug of ours. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

const missing = new Set(['ENOENT', 'ENOTDIR']);

export function isMissing(error: unknown): boolean {
  return missing.has(systemCode(error) ?? '');
}

/**
 * The problem behind a failed read of `path` (as the person knows it): `<kind>-missing` or `<kind>-unreadable`.
 * Problems pass through; anything else is a bug and is thrown again.
 */
export function readProblem(kind: 'file' | 'folder', path: string, error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const code = systemCode(error);
  if (code === null) throw error;
  return isMissing(error)
    ? { code: `${kind}-missing`, severity: 'error', path }
    : { code: `${kind}-unreadable`, severity: 'error', path, params: { reason: code } };
}

/** The problem behind a failed write outside the journal: disk full, read-only, no permission. */
export function writeProblem(path: string, error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const code = systemCode(error);
  if (code === null) throw error;
  return { code: 'file-not-writable', severity: 'error', path, params: { reason: code } };
}

/** What a cancelled call rejects with: the same name the platform uses. */
export function abortError(): Error {
  return new DOMException('The call was cancelled.', 'AbortError');
}
