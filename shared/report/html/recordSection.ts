/** What is not settled, what became of older findings, and what the record itself can prove. */
import { askedFor, cellStandings, isUnjudged, type Standing, unitStandings } from '../../audit/outcome.ts';
import { defectTitle } from '../findingColumns.ts';
import { timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { facts, hash, html, type Markup, type MarkupValue, section, table } from './markup.ts';

/** A report on an unfinished audit must not be a list of everything still to do. */
const mostRows = 200;

export function unsettledSection(context: ReportContext): Markup | null {
  const { state, say } = context;
  if (!state.sample) return null;
  const asked = askedFor(state);
  const rows = [
    ...unsettled(state.sample.labels.units, unitStandings(state), asked.labels, context),
    ...unsettled(state.sample.cells.units, cellStandings(state), asked.cells, context),
  ];
  if (rows.length === 0) return section(say('unsettled.title'), html`<p>${say('unsettled.none')}</p>`);
  return section(
    say('unsettled.title'),
    table(
      ['unit', 'state', 'fault', 'comment'].map((name) => say(`unsettled.${name}`)),
      rows.slice(0, mostRows),
    ),
    rows.length > mostRows ? html`<p>${say('unsettled.more', { count: rows.length - mostRows })}</p>` : null,
  );
}

function unsettled(
  units: readonly { readonly id: string }[],
  standings: readonly Standing[],
  asked: number,
  { state, say, words, language }: ReportContext,
): MarkupValue[][] {
  const spec = state.spec?.spec ?? null;
  return units.flatMap(({ id }, at) => {
    const standing = standings[at]!;
    if (standing.kind === 'good' || standing.kind === 'defective') return [];
    // What a plan that stopped never asked for is not left to do.
    if (at >= asked && isUnjudged(standing)) return [];
    const verdict = state.verdicts.get(id);
    const comment = verdict?.comment ?? state.cellVerdicts.get(id)?.comment ?? '';
    const faults = (verdict?.defects ?? []).map(({ code }) => `${code} ${defectTitle(spec, code, language)}`);
    const word =
      standing.kind === 'on-hold'
        ? words('audit.verdict.sensor-limited')
        : standing.why === 'unjudged' || standing.why === 'disagreement'
          ? say(`unsettled.${standing.why}`)
          : words(`audit.verdict.${standing.why}`);
    return [[id, word, faults.join(', '), comment]];
  });
}

export function oldFindingsSection({ state, say }: ReportContext): Markup | null {
  if (state.oldFindings.size === 0) return null;
  return section(
    say('old.title'),
    table(
      ['finding', 'result', 'note'].map((name) => say(`old.${name}`)),
      [...state.oldFindings].map(([finding, { isFixed, note }]) => [
        finding,
        say(isFixed ? 'old.fixed' : 'old.notFixed'),
        note,
      ]),
    ),
  );
}

export function recordSection({ state, say, words }: ReportContext): Markup {
  return section(
    say('record.title'),
    html`<p>${say('record.lead')}</p>`,
    facts([
      [say('record.entries'), state.seq],
      [say('record.head'), hash(state.head)],
    ]),
    state.dispositions.map(
      (signed) =>
        html`<h3>${say('record.signature', { seq: signed.seq })}</h3>${facts([
          [say('record.disposition'), words(`audit.disposition.${signed.disposition}`)],
          [
            say('record.by'),
            `${signed.by.name}, ${words(`audit.role.${signed.by.role}`)}, ${timeText(signed.at)}`,
          ],
          [say('record.key'), hash(signed.publicKey)],
        ])}`,
    ),
    html`<p class="note">${say('record.check')}</p>`,
  );
}
