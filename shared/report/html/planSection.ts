/** The plans as frozen, their curves, and in one sentence each what they do not promise. */
import type { FrozenPlan } from '../../audit/events.ts';
import { planOfFrozen } from '../../audit/frozenPlan.ts';
import { planFacts, planLimits } from '../../sampling/planFacts.ts';
import { paperPalette } from '../charts/frame.ts';
import { type OcMark, ocCurveChart } from '../charts/ocCurve.ts';
import type { ReportContext } from './context.ts';
import { severityMark } from './countsSection.ts';
import { chart, html, type Markup, section, table } from './markup.ts';

type Sample = 'labels' | 'cells';

export function planSection(context: ReportContext): Markup | null {
  const { say, words, state } = context;
  if (!state.sample) return null;
  const plans = (['labels', 'cells'] as const).flatMap((sample) =>
    state.sample![sample].plans.map((plan) => ({ sample, plan })),
  );
  return section(
    say('plan.title'),
    html`<p>${say('plan.lead')}</p>`,
    table(
      [
        say('counts.sample'),
        say('counts.severity'),
        say('plan.standard'),
        say('plan.parameters'),
        say('plan.numbersTitle'),
      ],
      plans.map(({ sample, plan }) => [
        words(`audit.sample.${sample}`),
        severityMark(plan.severity, words(`audit.severity.${plan.severity}`)),
        standardName(plan, context),
        parameters(plan, context),
        numbers(plan, context),
      ]),
    ),
    html`<div class="curves">${plans.map(({ sample, plan }) => curve(sample, plan, context))}</div>`,
  );
}

function standardName(plan: FrozenPlan, { say }: ReportContext): string {
  if (plan.scheme !== 'c0') return plan.standard;
  return say(plan.limitingRate === null ? 'plan.wholeLot' : 'plan.c0Standard');
}

function parameters(plan: FrozenPlan, { say, percent }: ReportContext): string {
  if (plan.scheme === 'c0' && plan.limitingRate === null) return '–';
  if (plan.limitingRate !== null) {
    return say('plan.c0Parameters', {
      rate: percent(plan.limitingRate),
      confidence: 100 * (plan.confidence ?? 0),
    });
  }
  return say('plan.isoParameters', {
    level: plan.level,
    aql: plan.aql,
    inspection: say(`plan.inspection.${plan.inspection}`),
    letter: plan.codeLetter,
  });
}

function numbers(plan: FrozenPlan, { say }: ReportContext): string {
  const { sampleSize: n, acceptanceNumber: ac, rejectionNumber: re } = plan;
  const text = say('plan.numbers', { n, ac, re });
  return plan.fullInspection ? say('list', { a: text, b: say('plan.full') }) : text;
}

function curve(sample: Sample, plan: FrozenPlan, context: ReportContext): Markup {
  const { say, words, percent } = context;
  const limits = planLimits(planOfFrozen(plan));
  const facts = planFacts(planOfFrozen(plan));
  const severity = words(`audit.severity.${plan.severity}`);
  const title = say('plan.ocTitle', { severity, sample: words(`audit.sample.${sample}`) });
  const drawn = ocCurveChart({
    title,
    xLabel: say('plan.ocX'),
    yLabel: say('plan.ocY'),
    curve: facts.oc,
    lot: facts.ocLot,
    producer: producerMark(plan, facts.producerRisk, context),
    consumer: {
      p: plan.limitingRate ?? facts.ltpd,
      pa: facts.consumerRisk,
      text: say('plan.consumer', {
        risk: percent(facts.consumerRisk),
        rate: percent(plan.limitingRate ?? facts.ltpd),
      }),
    },
    width: 430,
    height: 270,
    palette: paperPalette,
  });
  return html`<figure>${chart(drawn)}<figcaption>${words(limits.key, limits.params)}</figcaption></figure>`;
}

function producerMark(plan: FrozenPlan, risk: number | null, { say, percent }: ReportContext): OcMark | null {
  if (risk === null || plan.aql === null) return null;
  return {
    p: Number(plan.aql) / 100,
    pa: 1 - risk,
    text: say('plan.producer', { risk: percent(risk), aql: plan.aql }),
  };
}
