/** Asking `compute` in tests. */
import { expect } from 'vitest';
import { compute } from '../../../shared/compute/compute.ts';

export function answer(quantity: string, input: unknown): unknown {
  const result = compute(quantity, input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** Code and field of the refusal, or `null` where there is an answer. */
export function refusal(quantity: string, input: unknown) {
  const result = compute(quantity, input);
  return result.ok ? null : { code: result.problem.code, field: result.problem.params?.field };
}

export const near = (value: number, digits = 6) => expect.closeTo(value, digits);
