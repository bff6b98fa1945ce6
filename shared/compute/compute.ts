/**
 * Every number the app shows, for anyone to recompute: `compute(quantity, input)`. Adding a quantity is one line
 * in the list below.
 */
import { done, type Result } from '../base/problem.ts';
import { refused } from '../sampling/refused.ts';
import { alpha, kappa } from './agreement.ts';
import { chart } from './charts.ts';
import { aoq, discovery, oc } from './curves.ts';
import { estimate } from './estimates.ts';
import { finiteUpper, interval } from './intervals.ts';
import { iou } from './overlap.ts';
import { planSearch, switching } from './plans.ts';
import type { Quantity } from './quantity.ts';
import { ap, tracking } from './scores.ts';
import { ocDouble, sprt } from './stagedPlans.ts';

const quantities: readonly Quantity[] = [
  ...[oc, ocDouble, aoq, planSearch, discovery, sprt, interval, finiteUpper, estimate, switching],
  ...[kappa, alpha, iou, ap, tracking, chart],
];

export const quantityNames: readonly string[] = quantities.map(({ name }) => name);

/**
 * The quantity for one input, or for an array of inputs as an array of answers in the same order; one input that
 * does not fit refuses them all, and says which. Problems: `compute-unknown-quantity`, `compute-input-invalid`,
 * and those of the quantity itself.
 */
export function compute(name: string, input: unknown): Result<unknown> {
  const found = quantities.find((quantity) => quantity.name === name);
  if (!found) return refused('compute-unknown-quantity', { quantity: name, known: quantityNames.join(', ') });
  if (!Array.isArray(input)) return found.answer(input, '');
  const answers: unknown[] = [];
  for (const [index, item] of input.entries()) {
    const answer = found.answer(item, `/${index}`);
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  return done(answers);
}
