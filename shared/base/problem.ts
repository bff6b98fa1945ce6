/**
 * A problem is trouble that was to be expected: a truncated file, a missing image, a plan that does not exist.
 * It is a value, never an exception. The sentence a person reads is made from `code` and `params` by the
 * message catalogue (`problems.<code>`), so that it can be said in every language.
 */
export type Severity = 'error' | 'warning' | 'info';

export interface Problem {
  /** Stable, kebab-case, e.g. `pcd-body-truncated`. Also the key of its sentence in the catalogue. */
  readonly code: string;
  readonly severity: Severity;
  /** Path inside the delivery with `/` separators, or '' when the problem belongs to no file. */
  readonly path: string;
  /** Where inside the file: `line 12`, `byte 4096`, `/openlabel/frames/3`. */
  readonly place?: string;
  /** Numbers and words the sentence needs. */
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The value, or the reason why there is none. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function failed<Value = never>(problem: Problem): Result<Value> {
  return { ok: false, problem };
}

/** Carries a problem through code that can only throw (streams, workers). The door that catches it unwraps it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}${problem.path ? `: ${problem.path}` : ''}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
