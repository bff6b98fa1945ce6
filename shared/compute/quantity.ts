/**
 * A quantity of `compute`: a name, a parser for its input and the function that answers. The input comes from a
 * file that anyone may have written, so it is parsed once here and never looked at again as unknown.
 */
import { z } from '../base/door.ts';
import { done, type Result } from '../base/problem.ts';
import { refused } from '../sampling/refused.ts';

export interface Quantity {
  readonly name: string;
  /** `place` is where in the document the input stands (`/3`), for messages. */
  answer(input: unknown, place: string): Result<unknown>;
}

/** `run` gets only what the schema lets through, and answers with a value or with a problem of its own. */
export function quantity<Input>(
  name: string,
  schema: z.ZodType<Input>,
  run: (input: Input) => object | Result<object>,
): Quantity {
  return {
    name,
    answer: (input, place) => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) {
        const { path, message } = deepest(parsed.error.issues);
        const field = [place, ...path.map(String)].join('/');
        return refused('compute-input-invalid', { quantity: name, field: field || '/', reason: message });
      }
      const answer = run(parsed.data);
      return isResult(answer) ? answer : done(answer);
    },
  };
}

function isResult(answer: object | Result<object>): answer is Result<object> {
  return 'ok' in answer;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The first issue; where it says that no variant fits, the first one of the variant that came nearest. */
function deepest(issues: readonly z.core.$ZodIssue[]): Issue {
  const issue = issues[0]!;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0]!;
  const inner = deepest(nearest);
  return { path: [...issue.path, ...inner.path], message: inner.message };
}

/** The numbers that schemas of quantities are made of. */
export const whole = z.number().int().nonnegative().max(1e9);
export const count = z.number().int().positive().max(1e9);
/** Strictly between 0 and 1: a confidence, a risk. */
export const fraction = z.number().gt(0).lt(1);
export const share = z.number().min(0).max(1);
export const finite = z.number();
export const positive = z.number().positive();
