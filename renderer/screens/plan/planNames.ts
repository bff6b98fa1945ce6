/** Short names of plans that stand side by side: the letter on their curve, and what they draw and accept. */
import type { Translate } from '../../../shared/messages/translate.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { count } from '../../ui/format.ts';

export const planLetters = ['A', 'B', 'C'] as const;

/** The first is the plan at hand. */
export function curveNames(plans: readonly SamplingPlan[], t: Translate): string[] {
  return plans.map((plan, at) =>
    t('designer.curveName', {
      letter: planLetters[at],
      which: t(at === 0 ? 'designer.this' : 'designer.pinned'),
      words: `${t(`designer.schemes.${plan.scheme}`)} ${shortNumbers(plan)}`,
    }),
  );
}

/** `125, 5/6`; the stages of a double plan one after the other; the last unit of a sequential one. */
export function shortNumbers({
  sampleSize,
  acceptanceNumber,
  rejectionNumber,
  double,
}: SamplingPlan): string {
  if (double) {
    const { n1, ac1, re1, n2, ac2, re2 } = double;
    return `${count(n1)}, ${ac1}/${re1} + ${count(n2)}, ${ac2}/${re2}`;
  }
  return `${count(sampleSize)}, ${acceptanceNumber}/${rejectionNumber}`;
}
