/** The operating characteristic of one plan, with this lot's own points and the two risks. */
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../../shared/messages/translate.ts';
import { type OcMark, ocCurveChart } from '../../../shared/report/charts/ocCurve.ts';
import { percent } from '../../../shared/report/quantities.ts';
import { type PlanFacts, planFacts } from '../../../shared/sampling/planFacts.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';

export function OcCurve({ plan }: { plan: SamplingPlan }) {
  const { t } = useTranslation();
  const facts = planFacts(plan);
  return (
    <Chart
      testId="oc-curve"
      draw={(width) =>
        ocCurveChart({
          title: t('report.plan.lotPoints', { lot: plan.lotSize }),
          xLabel: t('report.plan.ocX'),
          yLabel: t('report.plan.ocY'),
          curve: facts.oc,
          lot: facts.ocLot,
          producer: producerMark(plan, facts, t),
          consumer: consumerMark(plan, facts, t),
          width,
          height: Math.max(280, Math.min(620, Math.round(width * 0.55))),
          palette: screenPalette,
        })
      }
    />
  );
}

function producerMark(plan: SamplingPlan, facts: PlanFacts, t: Translate): OcMark | null {
  if (plan.aql === null || facts.producerRisk === null) return null;
  const risk = percent(facts.producerRisk);
  return {
    p: Number(plan.aql) / 100,
    pa: 1 - facts.producerRisk,
    text: t('report.plan.producer', { risk, aql: plan.aql }),
  };
}

function consumerMark(plan: SamplingPlan, facts: PlanFacts, t: Translate): OcMark | null {
  const p = plan.limitingRate ?? facts.ltpd;
  const text = t('report.plan.consumer', { risk: percent(facts.consumerRisk), rate: percent(p) });
  return { p, pa: facts.consumerRisk, text };
}
