/**
 * How far a check is to be believed here, learned from what people answered. The share of its findings that were
 * defects is estimated with a Beta prior, so that two unlucky answers do not silence a check and two lucky ones do not
 * crown it: the mean of Beta(4 + defects, 1 + others). Before any answer that is 0.8, and the prior weighs as much as
 * five answers.
 *
 * Answers to an earlier version of a check say nothing about this one and are not counted.
 */
import type { CheckId } from './checkIds.ts';

export interface CheckAnswer {
  readonly check: CheckId;
  readonly version: number;
  /** `dismissed` and `normal` are both no defects; only the reason differs. */
  readonly answer: 'defect' | 'dismissed' | 'normal';
}

export interface Precision {
  readonly defects: number;
  readonly answers: number;
  /** Mean of the Beta distribution, in (0, 1). */
  readonly estimate: number;
}

export const priorDefects = 4;
export const priorOthers = 1;

export function precisionOf(defects: number, answers: number): Precision {
  const estimate = (priorDefects + defects) / (priorDefects + priorOthers + answers);
  return { defects, answers, estimate };
}

export type PrecisionByCheck = ReadonlyMap<CheckId, Precision>;

/** By check, of those that were answered at all. `versions`: of the checks as they run now. */
export function learnedPrecision(
  answers: Iterable<CheckAnswer>,
  versions: ReadonlyMap<CheckId, number>,
): PrecisionByCheck {
  const counts = new Map<CheckId, [defects: number, answers: number]>();
  for (const { check, version, answer } of answers) {
    if (versions.get(check) !== version) continue;
    const count = counts.get(check) ?? [0, 0];
    count[0] += answer === 'defect' ? 1 : 0;
    count[1]++;
    counts.set(check, count);
  }
  return new Map([...counts].map(([check, count]) => [check, precisionOf(...count)]));
}
