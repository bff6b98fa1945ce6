/** The share of bad units by class, range band, scene and defect code, each with its limits. */

import { groupedBy } from '../base/groupedBy.ts';
import { hypergeometricTails } from '../sampling/distributions.ts';
import { isWholeDrawJudged, type JudgedUnit, judgedUnits } from './judgedUnits.ts';
import { confidence, lotRate, type Rate, type Weighed, weighedRate } from './rate.ts';
import type { AuditState } from './state.ts';

export const groupings = ['class', 'range', 'scene', 'code'] as const;
export type Grouping = (typeof groupings)[number];

export interface GroupRate extends Rate {
  /** Class, scene or code by name; `from-to` in metres, or `from-` for what lies beyond the last band. */
  readonly key: string;
  /** Set where the group differs from the whole even when it is taken into account how many groups are compared. */
  readonly standsOut: 'above' | 'below' | null;
}

export interface GroupRates {
  readonly by: Grouping;
  /** Range bands from near to far, all others from the worst to the best. */
  readonly groups: readonly GroupRate[];
  /** Units with any defect, over all groups. */
  readonly overall: Rate;
  readonly units: number;
}

/**
 * `null` where nothing may be estimated yet, or the units have no such property. For codes a group is the units that
 * carry the code, out of all; else it is the bad units out of those of the group.
 */
export function groupRates(state: AuditState, by: Grouping): GroupRates | null {
  const units = judgedUnits(state);
  const overall = units.length === 0 ? null : overallRate(state, units);
  if (!overall) return null;
  // The chances hold for the draw as a whole; a part of the drawn order holds every unit with the same chance.
  const areWeighed = isWholeDrawJudged(state);
  const weigh = (unit: JudgedUnit, isBad: boolean): Weighed => ({
    y: isBad ? 1 : 0,
    isOpen: unit.standing.kind === 'open',
    probability: areWeighed ? unit.unit.probability : 1,
    stratum: unit.unit.stratum,
  });
  const rows = by === 'code' ? codeRows(units, weigh) : propertyRows(state, units, by, weigh);
  if (rows === null || rows.length === 0) return null;
  const isWholeLot = units.length === state.sample!.labels.population;
  const groups = rows.flatMap(([key, members]): GroupRate[] => {
    const rate = isWholeLot ? wholeRate(members) : weighedRate(members, null);
    return rate
      ? [{ key, ...rate, standsOut: standsOut(rate, overall, by === 'code' ? 0 : rows.length) }]
      : [];
  });
  return { by, groups: by === 'range' ? groups : groups.sort(worstFirst), overall, units: units.length };
}

function overallRate(state: AuditState, units: readonly JudgedUnit[]): Rate | null {
  const { labels } = state.sample!;
  const open = units.filter(({ standing }) => standing.kind === 'open').length;
  const found = units.filter(({ standing }) => standing.kind === 'defective').length;
  const simple = lotRate(labels.population, found, units.length - open, open);
  if (labels.draw?.design !== 'stratified' || !labels.strata || !isWholeDrawJudged(state)) return simple;
  const weighed = units.map(({ unit, standing }) => ({
    y: standing.kind === 'defective' ? (1 as const) : (0 as const),
    isOpen: standing.kind === 'open',
    ...unit,
  }));
  return weighedRate(weighed, labels.strata) ?? simple;
}

/** Every unit of the group is judged: its rate is known. */
function wholeRate(members: readonly Weighed[]): Rate {
  const open = members.filter(({ isOpen }) => isOpen).length;
  const found = members.filter(({ y, isOpen }) => y === 1 && !isOpen).length;
  return lotRate(members.length, found, members.length - open, open);
}

type Rows = readonly (readonly [string, readonly Weighed[]])[];

function codeRows(units: readonly JudgedUnit[], weigh: (unit: JudgedUnit, isBad: boolean) => Weighed): Rows {
  const codes = new Set(units.flatMap((unit) => unit.codes));
  return [...codes].map((code) => [code, units.map((unit) => weigh(unit, unit.codes.includes(code)))]);
}

function propertyRows(
  state: AuditState,
  units: readonly JudgedUnit[],
  by: Exclude<Grouping, 'code'>,
  weigh: (unit: JudgedUnit, isBad: boolean) => Weighed,
): Rows | null {
  const bands = rangeBands(state);
  const keyOf = ({ unit }: JudgedUnit): string | null => {
    if (by === 'class') return unit.className;
    if (by === 'scene') return unit.scene;
    return unit.rangeMeters === undefined ? null : bandOf(bands, unit.rangeMeters);
  };
  const keyed = units.map((unit) => ({ key: keyOf(unit), unit }));
  // Where only some units say it, those that do are no fair part of the sample.
  if (keyed.some(({ key }) => key === null)) return null;
  const groups = groupedBy(keyed, ({ key }) => key!);
  const rows = [...groups].map(
    ([key, members]) =>
      [key, members.map(({ unit }) => weigh(unit, unit.standing.kind === 'defective'))] as const,
  );
  return by === 'range' ? rows.sort(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b)) : rows;
}

/** The spec's own edges, ascending; what lies beyond the last is a band too. */
function rangeBands(state: AuditState): readonly number[] {
  const edges = state.spec?.spec.search.rangeBandsMeters ?? [];
  return [...new Set(edges)].sort((a, b) => a - b);
}

function bandOf(edges: readonly number[], range: number): string {
  const to = edges.findIndex((edge) => range < edge);
  if (to < 0) return `${edges.at(-1) ?? 0}-`;
  return `${to === 0 ? 0 : edges[to - 1]}-${edges[to]}`;
}

/**
 * Whether a group has more or fewer bad units than chance would deal it out of all that were found (Fisher's exact
 * test, the risk of a false alarm shared out over the comparisons after Bonferroni).
 */
function standsOut(rate: Rate, overall: Rate, compared: number): GroupRate['standsOut'] {
  const all = overall.judged + overall.open;
  const n = rate.judged + rate.open;
  if (compared < 2 || n === all) return null;
  const risk = (1 - confidence) / 2 / compared;
  const dealt = { lot: all, defectives: overall.found, n };
  if (rate.found > 0 && hypergeometricTails(rate.found - 1, dealt).upper <= risk) return 'above';
  return hypergeometricTails(rate.found, dealt).lower <= risk ? 'below' : null;
}

function worstFirst(a: GroupRate, b: GroupRate): number {
  return b.share - a.share || b.judged - a.judged || (a.key < b.key ? -1 : 1);
}
