/** What was looked at beside the sample: how many, named by whom or what, what was found, and what it may not say. */
import type { Target } from '../../audit/events.ts';
import type { QueuedTarget, TargetDraw } from '../../audit/state.ts';
import { type TargetStanding, targetStanding } from '../../audit/targetStanding.ts';
import { isInSample } from '../../audit/targets.ts';
import { timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { html, type Markup, type MarkupValue, section, table } from './markup.ts';

const sources: readonly Target['source'][] = ['auditor', 'check', 'model', 'draw'];

export function targetsSection(context: ReportContext): Markup | null {
  const { state, words } = context;
  if (state.targets.size === 0) return null;
  const all = [...state.targets.values()].map(
    (queued): Row => ({ queued, standing: targetStanding(state, queued) }),
  );
  const bySource = sources
    .map((source) => ({ source, rows: all.filter(({ queued }) => queued.target.source === source) }))
    .filter(({ rows }) => rows.length > 0);
  const say = (key: string, params = {}): string => words(`targets.report.${key}`, params);
  const isPicked = all.some(({ queued }) => queued.target.probability === null);
  const isOverlapping = all.some(({ queued }) => isInSample(state, queued.target));
  return section(
    words('targets.title'),
    html`<p>${say('lead')}</p>`,
    table(
      ['from', 'by', 'queued', 'inSample', 'judged', 'found', 'left'].map((name) => say(name)),
      [
        ...bySource.map(({ source, rows }) => tableRow(say(`sources.${source}`), rows, context)),
        ...(bySource.length > 1 ? [tableRow(say('all'), all, context)] : []),
      ],
      [2, 3, 4, 5, 6],
    ),
    isPicked ? html`<p class="note">${say('picked')}</p>` : null,
    state.targetDraws.map((draw) => html`<p class="note">${drawSentence(draw, context)}</p>`),
    isOverlapping ? html`<p class="note">${say('overlap')}</p>` : null,
  );
}

interface Row {
  readonly queued: QueuedTarget;
  readonly standing: TargetStanding;
}

function tableRow(name: string, rows: readonly Row[], { state }: ReportContext): MarkupValue[] {
  const count = (isIt: (row: Row) => boolean): number => rows.filter(isIt).length;
  const people = [...new Set(rows.map(({ queued }) => queued.by.name))];
  const left = count(({ standing }) => standing === 'unjudged');
  return [
    name,
    people.join(', '),
    rows.length,
    count(({ queued }) => isInSample(state, queued.target)),
    rows.length - left,
    html`<strong>${count(({ standing }) => standing === 'bad')}</strong>`,
    left,
  ];
}

function drawSentence(draw: TargetDraw, { state, words }: ReportContext): string {
  const count = [...state.targets.values()].filter(({ seq }) => seq === draw.seq).length;
  const { seq: _seq, by, at, weights, ...stated } = draw;
  return words('targets.report.drawn', {
    ...stated,
    count,
    name: by.name,
    at: timeText(at),
    weights: weightsName(weights, words),
  });
}

/** `few points inside`, or the name of the file that gave the weights. */
function weightsName(weights: string, words: ReportContext['words']): string {
  const key = `targets.draw.ways.${weights}`;
  const named = words(key);
  return named === key ? weights : named;
}
