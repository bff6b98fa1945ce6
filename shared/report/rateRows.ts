/** Rates as rows of a figure, in words and numbers: the screen and the printed report say the same. */
import type { CombinedEstimate } from '../audit/combinedEstimate.ts';
import { type SeverityEstimate, severityEstimates, type WithheldEstimate } from '../audit/estimates.ts';
import type { GroupRate, GroupRates } from '../audit/groupRates.ts';
import { usedUnits } from '../audit/judgedUnits.ts';
import type { MissedRate, MissedRates } from '../audit/missedRates.ts';
import type { Rate } from '../audit/rate.ts';
import { specClass } from '../audit/specLookup.ts';
import type { AuditState } from '../audit/state.ts';
import { weightKinds } from '../audit/targetWeights.ts';
import type { Translate } from '../messages/translate.ts';
import type { IntervalReference, IntervalRow } from './charts/intervalChart.ts';
import { defectTitle, type SpecLanguage } from './findingColumns.ts';

export interface RateWords {
  readonly state: AuditState;
  readonly words: Translate;
  readonly percent: (share: number) => string;
  readonly language: SpecLanguage;
}

/** Groups of fewer units are drawn faint. */
export const fewUnits = 20;

export function rateRow(name: string, rate: Rate, { words, percent }: RateWords): IntervalRow {
  const n = rate.judged + rate.open;
  const numbers = { found: rate.found, n, lower: percent(rate.lower), upper: percent(rate.upper) };
  const isWhole = rate.bound === 'all-judged' && rate.open === 0;
  const row =
    rate.found === 0
      ? words(isWhole ? 'rates.rowWholeNone' : 'rates.rowNone', numbers)
      : words(isWhole ? 'rates.rowWhole' : 'rates.row', { ...numbers, rate: percent(rate.share) });
  return {
    label: name,
    text: rate.open > 0 ? words('rates.rowOpen', { row, open: rate.open }) : row,
    found: rate.found === 0 ? null : rate.share,
    lower: rate.lower,
    upper: rate.upper,
    limit: null,
    isFaint: n < fewUnits,
  };
}

export function planName(
  { severity, sample }: Pick<SeverityEstimate, 'severity' | 'sample'>,
  words: Translate,
): string {
  return words('report.rates.rowLabel', {
    severity: words(`audit.severity.${severity}`),
    sample: words(`audit.sample.${sample}`),
  });
}

/** One row a plan that has an interval. */
export function severityRows(context: RateWords): IntervalRow[] {
  const { words, state } = context;
  return severityEstimates(state).map((estimate) => {
    const name = planName(estimate, words);
    const isCount = estimate.bound === 'defect-counts';
    return rateRow(isCount ? `${name} (${words('rates.perHundred')})` : name, estimate, context);
  });
}

export function withheldSentence({ why, ...estimate }: WithheldEstimate, words: Translate): string {
  const { judged, sampleSize: n } = estimate;
  return words(`rates.withheld.${why}`, { name: planName(estimate, words), judged, n });
}

/** `24.9-60` as `24.9 to 60 m`; `60-` as `beyond 60 m`. */
export function bandName(key: string, words: Translate): string {
  const [from, to] = key.split('-');
  return to ? words('rates.band', { from: from!, to }) : words('rates.beyond', { from: from! });
}

function groupName({ by }: GroupRates, { key }: GroupRate, { state, words, language }: RateWords): string {
  const spec = state.spec?.spec ?? null;
  if (by === 'range') return bandName(key, words);
  if (by === 'code') return `${key}  ${defectTitle(spec, key, language)}`;
  if (by === 'scene') return shortened(key);
  return key === '' ? words('rates.noClass') : ((spec && specClass(spec, key)?.title[language]) ?? key);
}

/** Scene ids may be hashes; their end tells them apart as well as their beginning does. */
function shortened(name: string): string {
  return name.length <= 26 ? name : `${name.slice(0, 12)}…${name.slice(-12)}`;
}

/** The groups, the first `most` of them; range bands are never left out. */
export function groupRows(rates: GroupRates, most: number, context: RateWords): IntervalRow[] {
  const shown = rates.by === 'range' ? rates.groups : rates.groups.slice(0, most);
  return shown.map((group) => ({
    ...rateRow(groupName(rates, group, context), group, context),
    apart: group.standsOut,
  }));
}

export function overallReference({ overall }: GroupRates, { words, percent }: RateWords): IntervalReference {
  const { share, lower, upper, found } = overall;
  const text =
    found === 0
      ? words('rates.allNone', { upper: percent(upper) })
      : words('rates.all', { rate: percent(share) });
  return { share, lower, upper, text };
}

/** What the limits of the groups rest on, each kind said once. */
export function limitNotes(figures: readonly GroupRates[], { state, words }: RateWords): string[] {
  const groups = figures.flatMap((figure) => figure.groups);
  const kinds = [...new Set(groups.map(({ bound }) => bound))];
  const drawn = state.sample?.labels.units ?? [];
  const used = usedUnits(state);
  const notes = kinds.map((kind) => words(`rates.bound.${kind}`));
  if (used < drawn.filter(({ id }) => state.verdicts.has(id)).length) {
    notes.unshift(words('rates.restsOn', { n: used }));
  }
  const isAnyThin = groups.some(
    (group) => group.judged + group.open < fewUnits && group.bound !== 'all-judged',
  );
  return isAnyThin ? [...notes, words('rates.few', { few: fewUnits })] : notes;
}

/** How many comparisons a figure makes, and what stands out; nothing where nothing is left to chance. */
export function comparisonNotes({ by, groups }: GroupRates, confidence: number, words: Translate): string[] {
  if (by === 'code' || groups.length < 2 || groups.every(({ bound }) => bound === 'all-judged')) return [];
  const isApart = groups.some(({ standsOut }) => standsOut !== null);
  return [
    words('rates.many', { count: groups.length, confidence: 100 * confidence }),
    words(isApart ? 'rates.standsOut' : 'rates.standsOutNone'),
  ];
}

/** All cells first, then by distance where the cells have any. */
export function missedRows({ overall, byRange }: MissedRates, context: RateWords): IntervalRow[] {
  if (!overall) return [];
  return [
    rateRow(context.words('rates.missed.all'), overall, context),
    ...byRange.map(({ key, ...rate }) => rateRow(bandName(key, context.words), rate, context)),
  ];
}

export function missedNote(rate: MissedRate, rho: number, words: Translate): string {
  if (rate.bound === 'all-judged') return words('rates.bound.all-judged');
  if (rate.effectiveN === null) return words('rates.missed.oneCell');
  return words('rates.missed.note', { n: rate.judged, effective: Math.floor(rate.effectiveN), rho });
}

/** The sample, each draw of targets, and both together where they may be combined. */
export function combinedRows(estimate: CombinedEstimate, context: RateWords): IntervalRow[] {
  const { words, percent } = context;
  const { sample, targets, combined } = estimate;
  const together = combined && {
    label: words('rates.combined.together'),
    text: words(combined.rate === 0 ? 'rates.combined.atMost' : 'rates.combined.between', {
      rate: percent(combined.rate),
      lower: percent(combined.lower),
      upper: percent(combined.upper),
    }),
    found: combined.rate === 0 ? null : combined.rate,
    lower: combined.lower,
    upper: combined.upper,
    limit: null,
  };
  return [
    ...(sample ? [rateRow(words('rates.combined.sample'), sample, context)] : []),
    ...targets.map(({ rate, weights }) => rateRow(drawName(weights, words), rate, context)),
    ...(together ? [together] : []),
  ];
}

/** How the targets were drawn, as the queue itself calls it. */
function drawName(weights: string, words: Translate): string {
  const isKind = (weightKinds as readonly string[]).includes(weights);
  return words(`targets.drawn.${isKind ? weights : 'file'}`, { name: weights });
}

/** Sentences below the figure: totals, and why two estimates stand side by side. */
export function combinedNotes(estimate: CombinedEstimate, { state, words }: RateWords): string[] {
  const { targets, combined, sample, unfinished } = estimate;
  const notes = targets.map(({ weights, total, totalSe, population }) =>
    words('rates.combined.total', {
      name: drawName(weights, words),
      total: total.toFixed(0),
      population,
      se: totalSe === null ? '?' : totalSe.toFixed(0),
    }),
  );
  if (unfinished > 0) notes.push(words('rates.combined.unfinished', { count: unfinished }));
  if (combined !== null || sample === null || targets.length === 0) return notes;
  const why = targets.some(({ isSameLot }) => !isSameLot)
    ? 'otherLot'
    : state.sample?.labels.draw?.design === 'stratified'
      ? 'byStrata'
      : 'open';
  return [...notes, words(`rates.combined.${why}`)];
}
