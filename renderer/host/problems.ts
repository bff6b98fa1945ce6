/** What a caught error means to a person: expected trouble as it came, a cancelled call as null, a bug by its message. */
import { type Problem, ProblemError } from '../../shared/base/problem.ts';

export function problemOf(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  console.error(error);
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', severity: 'error', path: '', params: { message } };
}
