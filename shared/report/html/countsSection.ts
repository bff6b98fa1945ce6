/** Counts against acceptance numbers, and the exact limits of what they say about the lot. */
import {
  classRates,
  confidence,
  missedEstimate,
  type Rate,
  type SeverityEstimate,
  severityEstimates,
} from '../../audit/estimates.ts';
import type { SeverityCount } from '../../audit/events.ts';
import { planOutcome } from '../../audit/outcome.ts';
import { paperPalette } from '../charts/frame.ts';
import { type IntervalRow, intervalChart } from '../charts/intervalChart.ts';
import { type ReportContext, sign } from './context.ts';
import { chart, html, type Markup, section, table } from './markup.ts';

const signOf = { met: 'yes', 'not-met': 'no', undecidable: 'open' } as const;

export function countsSection(context: ReportContext): Markup | null {
  const { state, say } = context;
  if (!state.sample) return null;
  const { counts } = planOutcome(state);
  const head = ['sample', 'severity', 'units', 'judged', 'defective', 'limit', 'open', 'onHold', 'outcome'];
  return section(
    say('counts.title'),
    html`<p>${say('counts.lead')}</p>`,
    table(
      head.map((name) => say(`counts.${name}`)),
      counts.map((count) => countRow(count, context)),
      [2, 3, 4, 5, 6, 7],
    ),
    counts.some(({ open }) => open > 0) ? html`<p class="note">${say('counts.openNote')}</p>` : null,
    counts.some(({ onHold }) => onHold > 0) ? html`<p class="note">${say('counts.onHoldNote')}</p>` : null,
  );
}

function countRow(count: SeverityCount, { words }: ReportContext) {
  const { outcome } = count;
  return [
    words(`audit.sample.${count.sample}`),
    severityMark(count.severity, words(`audit.severity.${count.severity}`)),
    count.sampleSize,
    count.judged,
    html`<strong>${count.defective}</strong>`,
    `${count.acceptanceNumber} / ${count.rejectionNumber}`,
    count.open,
    count.onHold,
    html`<span class="state state-${outcome}">${sign(signOf[outcome], 14)}${words(`audit.outcome.${outcome}`)}</span>`,
  ];
}

export function severityMark(severity: string, word: string): Markup {
  return html`<span class="severity severity-${severity}">${word}</span>`;
}

export function ratesSection(context: ReportContext): Markup | null {
  const { state, say } = context;
  if (!state.sample) return null;
  const estimates = severityEstimates(state);
  if (estimates === null) return section(say('rates.title'), html`<p>${say('rates.none')}</p>`);
  const missed = missedEstimate(state);
  const rows = [
    ...estimates.map((estimate) => intervalRow(estimate, severityLabel(estimate, context), context)),
    ...(missed ? [intervalRow(missed, say('rates.missedLabel'), context)] : []),
  ];
  if (rows.length === 0) return section(say('rates.title'), html`<p>${say('rates.tooEarly')}</p>`);
  const title = say('rates.title');
  const open = Math.max(0, ...estimates.map((estimate) => estimate.open));
  return section(
    title,
    html`<p>${say('rates.lead', { confidence: 100 * confidence })}</p>`,
    html`<figure>${chart(intervalChart({ title, axisLabel: say('rates.axis'), rows, width: 900, palette: paperPalette }))}</figure>`,
    html`<ul>${estimates.map((estimate) => html`<li>${lotSentence(estimate, context)}</li>`)}</ul>`,
    open > 0 ? html`<p class="note">${say('rates.openWidens', { open })}</p>` : null,
    missed ? html`<p class="note">${say('rates.missedNote')}</p>` : null,
    classTable(context),
  );
}

function severityLabel({ severity, sample }: SeverityEstimate, { say, words }: ReportContext): string {
  return say('rates.rowLabel', {
    severity: words(`audit.severity.${severity}`),
    sample: words(`audit.sample.${sample}`),
  });
}

function intervalRow(rate: Rate, label: string, { say, percent }: ReportContext): IntervalRow {
  const n = rate.judged + rate.open;
  const text =
    rate.found === 0
      ? say('rates.foundNone', { n, upper: percent(rate.upper) })
      : say('rates.found', {
          found: rate.found,
          n,
          rate: percent(rate.found / n),
          lower: percent(rate.lower),
          upper: percent(rate.upper),
        });
  const found = rate.found === 0 ? null : rate.found / n;
  return { label, text, found, lower: rate.lower, upper: rate.upper, limit: null };
}

function lotSentence(estimate: SeverityEstimate, context: ReportContext): string {
  const { say, percent } = context;
  const { lotSize, lotUpper } = estimate;
  const value = say(lotUpper.defectives === 0 ? 'rates.lotNone' : 'rates.lotUpper', {
    confidence: 100 * confidence,
    lot: lotSize,
    defectives: lotUpper.defectives,
    rate: percent(lotUpper.rate),
  });
  return say('named', { name: severityLabel(estimate, context), value });
}

function classTable(context: ReportContext): Markup | null {
  const { state, say, percent } = context;
  const rates = classRates(state).filter(({ className }) => className !== '');
  if (rates.length === 0) return null;
  const shareOf = ({ found, judged, lower, upper }: Rate): string =>
    found === 0
      ? say('rates.atMost', { upper: percent(upper) })
      : say('rates.between', { rate: percent(found / judged), lower: percent(lower), upper: percent(upper) });
  return html`<h3>${say('rates.byClass')}</h3>${table(
    ['class', 'judged', 'rejected', 'rate'].map((name) => say(`rates.${name}Column`)),
    rates.map((rate) => [rate.className, rate.judged, rate.found, shareOf(rate)]),
    [1, 2],
  )}`;
}
