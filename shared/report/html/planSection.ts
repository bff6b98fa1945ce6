/** The plans as frozen, their curves, and in one sentence each what they do not promise. */
import type { FrozenPlan } from '../../audit/events.ts';
import { planOfFrozen } from '../../audit/frozenPlan.ts';
import { planFacts, planLimits } from '../../sampling/planFacts.ts';
import type { SamplingPlan } from '../../sampling/samplingPlan.ts';
import { paperPalette } from '../charts/frame.ts';
import { ocCurveChart } from '../charts/ocCurve.ts';
import { ocMarks } from '../ocMarks.ts';
import { planCounts, planNumbers, planParameters, planStandard } from '../planWords.ts';
import { commandsOf } from '../recompute.ts';
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
        planStandard(plan, words),
        planParameters(planOfFrozen(plan), words, context.percent),
        numbers(planOfFrozen(plan), context),
      ]),
    ),
    html`<p class="note">${[...new Set(plans.map(({ plan }) => planCounts(planOfFrozen(plan), words)))].join('; ')}</p>`,
    html`<div class="curves">${plans.map(({ sample, plan }) => curve(sample, plan, context))}</div>`,
    recompute(context),
  );
}

/** One line for each stage or line of the plan. */
function numbers(plan: SamplingPlan, { words }: ReportContext): Markup {
  return html`${planNumbers(plan, words).map((line, at) => html`${at === 0 ? null : html`<br>`}${line}`)}`;
}

function curve(sample: Sample, frozen: FrozenPlan, context: ReportContext): Markup {
  const { say, words, percent } = context;
  const plan = planOfFrozen(frozen);
  const limits = planLimits(plan);
  const facts = planFacts(plan);
  const severity = words(`audit.severity.${frozen.severity}`);
  const title = say('plan.ocTitle', { severity, sample: words(`audit.sample.${sample}`) });
  const drawn = ocCurveChart({
    title,
    xLabel: words(`designer.ocX.${plan.model === 'poisson' ? 'defects' : 'units'}`),
    yLabel: say('plan.ocY'),
    curve: facts.oc,
    lot: facts.ocLot,
    ...ocMarks(plan, facts, words, percent),
    width: 430,
    height: 270,
    palette: paperPalette,
  });
  return html`<figure>${chart(drawn)}<figcaption>${words(limits.key, limits.params)}</figcaption></figure>`;
}

/** What a third person types to come to the same plans, curves and units. */
function recompute(context: ReportContext): Markup {
  const { words, state } = context;
  const lines = commandsOf(state.sample!, state.delivery.path);
  return html`<h3>${words('designer.frozen.recompute')}</h3><p class="note">${words('designer.frozen.recomputeText')}</p>
<pre class="commands">${lines.join('\n')}</pre>`;
}
