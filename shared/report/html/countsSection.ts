/** Counts against acceptance numbers. */
import type { SeverityCount } from '../../audit/events.ts';
import { planOutcome } from '../../audit/outcome.ts';
import { countWords, planOfCount } from '../courseWords.ts';
import { type ReportContext, sign } from './context.ts';
import { html, type Markup, section, table } from './markup.ts';

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

function countRow(count: SeverityCount, { state, words }: ReportContext) {
  const { outcome } = count;
  const { units, limits, notes } = countWords(count, planOfCount(state, count), words);
  return [
    words(`audit.sample.${count.sample}`),
    severityMark(count.severity, words(`audit.severity.${count.severity}`)),
    units,
    count.judged,
    html`<strong>${count.defective}</strong>`,
    limits.map((limit) => html`<div>${limit}</div>`),
    count.open,
    count.onHold,
    html`<span class="state state-${outcome}">${sign(signOf[outcome], 14)}${words(`audit.outcome.${outcome}`)}</span>${notes.map((note) => html`<br><small>${note}</small>`)}`,
  ];
}

export function severityMark(severity: string, word: string): Markup {
  return html`<span class="severity severity-${severity}">${word}</span>`;
}
