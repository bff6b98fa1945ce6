/** How the audit was judged: where people differed, how fast they went, and how far they agree. */
import { type Agreement, pairAgreement, selfAgreement } from '../../audit/agreement.ts';
import { type Disagreement, disagreements } from '../../audit/disagreement.ts';
import { hastyMs, type PersonPace, paceByPerson } from '../../audit/pace.ts';
import type { UnitVerdict } from '../../audit/state.ts';
import { timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { knownErrors } from './knownErrors.ts';
import { html, type Markup, type MarkupValue, section, table } from './markup.ts';

export function differingSection(context: ReportContext): Markup | null {
  const { open, settled } = disagreements(context.state);
  const { say } = context;
  if (open.length + settled.length === 0) return null;
  return section(
    say('differing.title'),
    html`<p>${say('differing.lead')}</p>`,
    table(
      ['unit', 'said', 'ruling'].map((name) => say(`differing.${name}`)),
      [...open, ...settled].map((disagreement) => differingRow(disagreement, context)),
    ),
  );
}

function differingRow({ unit, verdicts, ruling }: Disagreement, context: ReportContext): MarkupValue[] {
  const { say } = context;
  const ruled =
    ruling &&
    html`<strong>${say('differing.ruledBy', {
      verdict: verdictText(ruling, context),
      name: ruling.by.name,
      at: timeText(ruling.at),
    })}</strong>${ruling.comment === '' ? null : html`<br>${ruling.comment}`}`;
  return [
    unit,
    verdicts.map((verdict) => html`<div>${saidText(verdict, context)}</div>`),
    ruled ?? say('differing.open'),
  ];
}

function saidText(verdict: UnitVerdict, context: ReportContext): string {
  return context.say('named', { name: verdict.by.name, value: verdictText(verdict, context) });
}

/** `rejected (DIM major, ATTR minor)`. */
function verdictText({ verdict, defects }: UnitVerdict, { words }: ReportContext): string {
  const word = words(`audit.verdict.${verdict}`);
  const codes = defects.map(({ code, severity }) => `${code} ${words(`audit.severity.${severity}`)}`);
  return codes.length === 0 ? word : `${word} (${codes.join(', ')})`;
}

export function judgingSection(context: ReportContext): Markup | null {
  const { state, say } = context;
  const paces = paceByPerson(state);
  if (paces.length === 0) return null;
  const head = ['person', 'units', 'cells', 'median', 'ninetieth', 'perHour', 'hastyColumn', 'bulkColumn'];
  return section(
    say('judging.title'),
    html`<p>${say('judging.lead')}</p>`,
    table(
      head.map((name) => say(`judging.${name}`)),
      paces.map((pace) => paceRow(pace, context)),
      [1, 2, 3, 4, 5, 6, 7],
    ),
    notes(paces, context),
    html`<h3>${say('judging.agreementTitle')}</h3>`,
    agreementTable(context),
    knownErrors(context),
  );
}

function paceRow(pace: PersonPace, { say, words }: ReportContext): MarkupValue[] {
  const seconds = (milliseconds: number | null): string =>
    milliseconds === null ? '' : say('judging.seconds', { value: (milliseconds / 1000).toFixed(1) });
  return [
    `${pace.by.name} · ${words(`audit.role.${pace.by.role}`)}`,
    pace.units,
    pace.cells,
    seconds(pace.medianMs),
    seconds(pace.ninetiethMs),
    pace.unitsPerHour === null ? '' : pace.unitsPerHour.toFixed(0),
    pace.hasty,
    pace.bulk,
  ];
}

/** What the table's numbers mean for how far the verdicts can be trusted, in a sentence each. */
function notes(paces: readonly PersonPace[], { state, say }: ReportContext): Markup[] {
  const sum = (of: (pace: PersonPace) => number): number =>
    paces.reduce((total, pace) => total + of(pace), 0);
  const [all, blind, hasty, bulk] = [
    sum(({ units }) => units),
    sum((pace) => pace.blind),
    sum((pace) => pace.hasty),
    sum((pace) => pace.bulk),
  ];
  const actions = new Set([...state.opinions.values()].flat().flatMap((verdict) => verdict.bulk?.id ?? []));
  const blindness = blind === 0 ? 'blindNone' : blind === all ? 'blindAll' : 'blindSome';
  return [
    all > 0 ? say(`judging.${blindness}`, { blind, all }) : null,
    hasty > 0 ? say('judging.hasty', { count: hasty, seconds: hastyMs / 1000 }) : null,
    bulk > 0 ? say('judging.bulk', { count: bulk, actions: actions.size }) : null,
  ].flatMap((text) => (text === null ? [] : [html`<p class="note">${text}</p>`]));
}

function agreementTable(context: ReportContext): Markup {
  const { state, say } = context;
  const rows = [
    ...selfAgreement(state).map((row) => ({
      ...row,
      who: say('judging.withHerself', { name: row.by.name }),
    })),
    ...pairAgreement(state).map((row) => ({
      ...row,
      who: say('judging.withOther', { first: row.first.name, second: row.second.name }),
    })),
  ];
  if (rows.length === 0) return html`<p>${say('judging.agreementNone')}</p>`;
  return html`<p>${say('judging.agreementLead')}</p>${table(
    ['who', 'pairs', 'same', 'observed', 'kappa'].map((name) => say(`judging.${name}`)),
    rows.map((row) => agreementRow(row, context)),
    [1, 2, 3, 4],
  )}`;
}

function agreementRow(row: Agreement & { readonly who: string }, { percent }: ReportContext): MarkupValue[] {
  const observed = row.same === 0 ? '0' : percent(row.observed);
  return [row.who, row.pairs, row.same, observed, row.kappa === null ? '–' : row.kappa.toFixed(2)];
}
