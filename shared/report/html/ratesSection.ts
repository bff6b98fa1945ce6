/** What the samples say about the lot: rates with their limits, where the defects are, and what few scenes are worth. */

import { clusterFacts } from '../../audit/clusters.ts';
import { combinedEstimate } from '../../audit/combinedEstimate.ts';
import { type SeverityEstimate, severityEstimates, withheldEstimates } from '../../audit/estimates.ts';
import { type GroupRates, groupings, groupRates } from '../../audit/groupRates.ts';
import { cellRho, missedRates } from '../../audit/missedRates.ts';
import { confidence } from '../../audit/rate.ts';
import { paperPalette } from '../charts/frame.ts';
import { type IntervalReference, type IntervalRow, intervalChart } from '../charts/intervalChart.ts';
import { clusterWords, largestPlan, measuredRows } from '../clusterWords.ts';
import {
  combinedNotes,
  combinedRows,
  comparisonNotes,
  groupRows,
  limitNotes,
  missedNote,
  missedRows,
  overallReference,
  planName,
  severityRows,
  withheldSentence,
} from '../rateRows.ts';
import type { ReportContext } from './context.ts';
import { chart, html, type Markup, section, table } from './markup.ts';

/** Rows of one printed figure; the rest is in the table of estimates. */
const mostRows = 16;

export function ratesSection(context: ReportContext): Markup | null {
  const { state, say, words } = context;
  if (!state.sample) return null;
  const estimates = severityEstimates(state);
  const withheld = withheldEstimates(state);
  const title = say('rates.title');
  if (estimates.length + withheld.length === 0) return section(title, html`<p>${say('rates.tooEarly')}</p>`);
  const open = Math.max(0, ...estimates.map((estimate) => estimate.open));
  const rows = severityRows(context);
  return section(
    title,
    rows.length > 0 ? html`<p>${say('rates.lead', { confidence: 100 * confidence })}</p>` : null,
    figure(title, say('rates.axis'), rows),
    lotSentences(estimates, context),
    withheld.length > 0
      ? html`<ul>${withheld.map((one) => html`<li>${withheldSentence(one, words)}</li>`)}</ul>`
      : null,
    open > 0 ? html`<p class="note">${say('rates.openWidens', { open })}</p>` : null,
    boundNotes(estimates, context),
    missedPart(context),
  );
}

function figure(
  title: string,
  axisLabel: string,
  rows: readonly IntervalRow[],
  reference?: IntervalReference,
): Markup | null {
  if (rows.length === 0) return null;
  const drawn = { title, axisLabel, rows, width: 900, palette: paperPalette };
  return html`<figure>${chart(intervalChart(reference ? { ...drawn, reference } : drawn))}</figure>`;
}

function lotSentences(
  estimates: readonly SeverityEstimate[],
  { say, words, percent }: ReportContext,
): Markup | null {
  const items = estimates.flatMap(({ lotSize, lotUpper, ...estimate }) => {
    if (!lotUpper) return [];
    const value = say(lotUpper.defectives === 0 ? 'rates.lotNone' : 'rates.lotUpper', {
      confidence: 100 * confidence,
      lot: lotSize,
      defectives: lotUpper.defectives,
      rate: percent(lotUpper.rate),
    });
    return [html`<li>${say('named', { name: planName(estimate, words), value })}</li>`];
  });
  return items.length > 0 ? html`<ul>${items}</ul>` : null;
}

/** What the limits rest on, each kind said once. */
function boundNotes(estimates: readonly SeverityEstimate[], { state, words }: ReportContext): Markup {
  const kinds = [...new Set(estimates.map(({ bound }) => bound))];
  const lot = state.sample!.labels.population;
  const isByStrata = state.sample!.labels.draw?.design === 'stratified';
  return html`${kinds.map((kind) => html`<p class="note">${words(`rates.bound.${kind}`, { lot })}</p>`)}
${isByStrata ? html`<p class="note">${words('rates.strata')}</p>` : null}`;
}

function missedPart(context: ReportContext): Markup | null {
  const { state, words } = context;
  const missed = missedRates(state);
  const heading = html`<h3>${words('rates.missed.title')}</h3>`;
  if (!missed) return html`${heading}<p>${words('rates.missed.waiting')}</p>`;
  if (!missed.overall) return null;
  const left = missed.leftOut;
  return html`${heading}<p>${words('rates.missed.lead', { cells: missed.overall.cells })}</p>
${figure(words('rates.missed.title'), words('rates.missed.axis'), missedRows(missed, context))}
<p class="note">${missedNote(missed.overall, cellRho, words)}</p>
${left > 0 ? html`<p class="note">${words('rates.missed.leftOut', { count: left })}</p>` : null}`;
}

/** Defect rates by class, distance, scene and code, one figure each. */
export function groupsSection(context: ReportContext): Markup | null {
  const { state, words } = context;
  if (!state.sample) return null;
  const figures = groupings.flatMap((by) => groupRates(state, by) ?? []);
  const title = words('rates.title');
  if (figures.length === 0) return section(title, html`<p>${words('rates.waiting')}</p>`);
  return section(
    title,
    html`<p>${words('rates.lead', { confidence: 100 * confidence })}</p>`,
    figures.map((rates) => groupFigure(rates, context)),
    html`<p class="note">${limitNotes(figures, context).join(' ')}</p>`,
  );
}

function groupFigure(rates: GroupRates, context: ReportContext): Markup {
  const { words } = context;
  const name = words(`rates.by.${rates.by}`);
  const rows = groupRows(rates, mostRows, context);
  const left = rates.groups.length - rows.length;
  const notes = comparisonNotes(rates, confidence, words);
  return html`<h3>${name}</h3>${figure(name, words('rates.axis'), rows, overallReference(rates, context))}
${left > 0 ? html`<p class="note">${words('rates.more', { count: left })}</p>` : null}
${notes.length > 0 ? html`<p class="note">${notes.join(' ')}</p>` : null}`;
}

/** What units of few scenes are worth, with the design effects that were measured. */
export function clustersSection({ state, words }: ReportContext): Markup | null {
  const facts = clusterFacts(state);
  if (!facts || !state.sample) return null;
  const { unit, plans } = state.sample.labels;
  const { isWarning, lead, lines } = clusterWords(facts, { unit, plan: largestPlan(plans) }, words);
  const rows = measuredRows(facts, words);
  const head = ['severity', 'found', 'deff', 'effective', 'trackDeff'];
  return section(
    words('rates.clusters.title'),
    isWarning
      ? html`<div class="warning"><p><strong>${lead}</strong></p>${lines.map((line) => html`<p>${line}</p>`)}</div>`
      : html`<p>${lead}</p>${lines.map((line) => html`<p>${line}</p>`)}`,
    rows.length === 0
      ? null
      : html`${table(
          head.map((name) => words(`rates.clusters.${name}`)),
          rows,
          [1, 2, 3, 4],
        )}<p class="note">${words('rates.clusters.few')}</p>`,
  );
}

/** Targets that were drawn with known chances, beside the sample; nothing where there are none. */
export function combinedSection(context: ReportContext): Markup | null {
  const { state, words } = context;
  const estimate = combinedEstimate(state);
  if (!estimate) return null;
  const title = words('rates.combined.title');
  return section(
    title,
    html`<p>${words('rates.combined.lead')}</p>`,
    figure(title, words('rates.axis'), combinedRows(estimate, context)),
    combinedNotes(estimate, context).map((note) => html`<p class="note">${note}</p>`),
  );
}
