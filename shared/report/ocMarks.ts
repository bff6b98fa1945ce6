/** The two risks of a plan as they are marked on its curve, on screen and on paper. */
import type { Translate } from '../messages/translate.ts';
import type { PlanFacts } from '../sampling/planFacts.ts';
import type { SamplingPlan } from '../sampling/samplingPlan.ts';
import type { OcMark } from './charts/ocCurve.ts';

export interface OcMarks {
  /** Null where the plan names no quality that should pass. */
  readonly producer: OcMark | null;
  readonly consumer: OcMark | null;
}

/** `t` takes whole keys; `percent` writes a share as the reader's language does. */
export function ocMarks(
  plan: SamplingPlan,
  facts: PlanFacts,
  t: Translate,
  percent: (share: number) => string,
): OcMarks {
  const { producerRisk, producerRate, consumerRisk, consumerRate } = facts;
  const perHundred = (rate: number): string =>
    plan.model === 'poisson' ? String(Number((100 * rate).toPrecision(3))) : percent(rate);
  const producer =
    producerRisk === null || producerRate === null
      ? null
      : {
          p: producerRate,
          pa: 1 - producerRisk,
          text:
            plan.aql === null
              ? t('designer.producerMark', { risk: percent(producerRisk), rate: perHundred(producerRate) })
              : t('report.plan.producer', { risk: percent(producerRisk), aql: plan.aql }),
        };
  return {
    producer,
    consumer: {
      p: consumerRate,
      pa: consumerRisk,
      text: t('report.plan.consumer', { risk: percent(consumerRisk), rate: perHundred(consumerRate) }),
    },
  };
}
