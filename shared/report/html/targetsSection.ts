/** What was looked at beside the sample: how many, named by whom or what, what was found, and what it may not say. */
import type { Target } from '../../audit/events.ts';
import type { QueuedTarget, TargetDraw } from '../../audit/state.ts';
import { type TargetStanding, targetStanding } from '../../audit/targetStanding.ts';
import { isInSample } from '../../audit/targets.ts';
import { weightKinds } from '../../audit/targetWeights.ts';
import { timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { facts, hash, html, type Markup, type MarkupValue, section, table } from './markup.ts';

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
    state.targetDraws.map((draw) => drawFacts(draw, context)),
    state.targetDraws.length > 0 ? html`<p class="note">${say('chances')}</p>` : null,
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

/** All that a third person needs to draw the same units again. */
function drawFacts(draw: TargetDraw, { state, words }: ReportContext): Markup {
  const say = (key: string, params = {}): string => words(`targets.report.${key}`, params);
  const count = [...state.targets.values()].filter(({ seq }) => seq === draw.seq).length;
  const { by, at, population, weights, prng, seed, populationHash, weightsHash } = draw;
  const isOwn = weightKinds.some((kind) => kind === weights);
  return html`<h3>${say('drawn', { name: by.name, at: timeText(at) })}</h3>${facts([
    [say('units'), say('unitsOf', { count, population })],
    [say('weights'), isOwn ? say(`weigh.${weights}`) : say('weigh.file', { name: weights })],
    [say('method'), say('madow')],
    [say('prng'), prng],
    [say('seed'), hash(seed)],
    [say('populationHash'), hash(populationHash)],
    [say('weightsHash'), hash(weightsHash)],
  ])}`;
}
