/** What auditors saw of the errors that were put in, for the part of the report that says how the audit was judged. */
import {
  type AuditorResult,
  auditorLimits,
  auditorResults,
  type LimitState,
  type SeedTally,
  type Share,
  seedFates,
} from '../../audit/seedResults.ts';
import type { ReportContext } from './context.ts';
import { html, type Markup, type MarkupValue, table } from './markup.ts';

/** Nothing where none were put in. Before the signature only that there are some: the report may be read by auditors. */
export function knownErrors({ state, words }: ReportContext): Markup | null {
  const { seeds, seedVerdicts, phase } = state;
  if (seeds.length + seedVerdicts.length === 0) return null;
  const title = html`<h3>${words('seeds.title')}</h3>`;
  if (phase !== 'signed')
    return html`${title}<p>${words('seeds.report.sealed', { count: seeds.length })}</p>`;
  const results = auditorResults(state, seedVerdicts);
  const count = new Set(seedVerdicts.map(({ seed, shown }) => `${seed} ${shown.unit}`)).size;
  return html`${title}<p>${words('seeds.report.lead', { count })}</p>
${results.length === 0 ? null : [peopleTable(results, words), talliesTable(results, words)]}
<p class="note">${words('seeds.ownLabel')}</p>`;
}

type Words = ReportContext['words'];

function peopleTable(results: readonly AuditorResult[], words: Words): Markup {
  const limits = ['miss', 'effectiveness', 'falseAlarm'] as const;
  return table(
    [
      words('seeds.report.person'),
      words('seeds.fate.shown'),
      ...limits.map((name) => words(`seeds.report.${name}Limit`, { limit: 100 * auditorLimits[name] })),
    ],
    results.map((result): MarkupValue[] => [
      `${result.by.name} · ${words(`audit.role.${result.by.role}`)}`,
      result.shown,
      ...limits.map((name) => shareText(result[name], result[`${name}Limit`], words)),
    ]),
    [1],
  );
}

function shareText({ count, of, interval }: Share, state: LimitState, words: Words): string {
  if (interval === null) return words('seeds.nothing');
  const tenths = (share: number): string => (100 * share).toFixed(1);
  return words('seeds.report.cell', {
    share: words('seeds.share', { count, of }),
    interval: words('seeds.interval', { lower: tenths(interval.lower), upper: tenths(interval.upper) }),
    state: words(`seeds.limit.${state}`),
  });
}

/** Everybody together, by what the error was and by how large it was. */
function talliesTable(results: readonly AuditorResult[], words: Words): Markup {
  const columns = ['shown', ...seedFates] as const;
  const rows = new Map<string, SeedTally[]>();
  const add = (name: string, tally: SeedTally): void => {
    rows.set(name, [...(rows.get(name) ?? []), tally]);
  };
  for (const { byKind } of results) for (const row of byKind) add(words(`seeds.kind.${row.kind}`), row);
  for (const { bySize } of results) for (const row of bySize) add(words(`seeds.size.${row.size}`), row);
  return table(
    [words('seeds.byKind'), ...columns.map((fate) => words(`seeds.fate.${fate}`))],
    Array.from(rows, ([name, tallies]): MarkupValue[] => [
      name,
      ...columns.map((fate) => tallies.reduce((sum, tally) => sum + tally[fate], 0)),
    ]),
    columns.map((_fate, at) => at + 1),
  );
}
