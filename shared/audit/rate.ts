/** A rate with its limits, and what the limits rest on. */
import { type Bound, type Limits, stratifiedLimits, unequalLimits } from '../sampling/effectiveLimits.ts';
import type { StratumCount } from '../sampling/estimates.ts';
import {
  clopperPearson,
  defectsPerHundred,
  finiteLotUpper,
  lotLimits,
  shareLimits,
} from '../sampling/intervals.ts';

/** Of every interval shown. */
export const confidence = 0.95;

/**
 * `found` of `judged`, and what may be true, as shares (0..1; defects a unit where defects are counted). Open units
 * count as good for the lower limit and as bad for the upper one. With nothing found the upper limit is one-sided.
 */
export interface Rate {
  readonly found: number;
  readonly judged: number;
  readonly open: number;
  /** The estimate: `found` over all, weighted where units had different chances. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  readonly bound: Bound;
}

/** How one unit counts: 1 bad, 0 good; an open one may be either. */
export interface Weighed {
  readonly y: 0 | 1;
  readonly isOpen: boolean;
  readonly probability: number;
  readonly stratum: string;
}

/** Whole strata of the lot, by name. */
export type StrataSizes = readonly { readonly name: string; readonly population: number }[];

/** Exact limits of a real lot from units drawn one by one. `judged + open` must be above zero. */
export function lotRate(lot: number, found: number, judged: number, open: number): Rate {
  const n = judged + open;
  const worst = Math.min(n, found + open);
  const upper =
    found === 0 ? finiteLotUpper(lot, n, worst, confidence).rate : lotLimits(lot, n, worst, confidence).upper;
  const { lower } = lotLimits(lot, n, found, confidence);
  const bound = n === lot ? 'all-judged' : 'finite-lot';
  return { found, judged, open, share: found / n, lower, upper, bound };
}

/** Exact limits where nobody knows how many there are in all. `judged + open` must be above zero. */
export function plainRate(found: number, judged: number, open: number): Rate {
  const n = judged + open;
  const worst = Math.min(n, found + open);
  const upper =
    found === 0
      ? clopperPearson(worst, n, confidence, 'upper').upper
      : shareLimits(worst, n, confidence).upper;
  const { lower } = shareLimits(found, n, confidence);
  return { found, judged, open, share: found / n, lower, upper, bound: 'one-by-one' };
}

/** Defects a unit (Garwood); an open unit may hold any number, so there must be none. */
export function defectRate(found: number, judged: number): Rate {
  const side = found === 0 ? 'upper' : 'two';
  const { lower, upper } = defectsPerHundred(found, judged, confidence, side);
  return {
    found,
    judged,
    open: 0,
    share: found / judged,
    lower: lower / 100,
    upper: upper / 100,
    bound: 'defect-counts',
  };
}

/**
 * A rate of units that need not have had the same chance of being drawn: exact where they had, by strata where these
 * are given whole, else through the chances. `null` where the units say nothing of the spread.
 */
export function weighedRate(units: readonly Weighed[], strata: StrataSizes | null): Rate | null {
  const open = units.filter(({ isOpen }) => isOpen).length;
  const found = units.filter(({ y, isOpen }) => y === 1 && !isOpen).length;
  if (units.length === 0) return null;
  if (strata === null && areAlike(units)) return plainRate(found, units.length - open, open);
  const good = limitsOf(units, strata, 0, confidence);
  // With nothing found only the upper side is open, whatever the open units turn out to be.
  const asked = found === 0 ? 2 * confidence - 1 : confidence;
  const bad = open === 0 ? good : limitsOf(units, strata, 1, asked);
  if (!good || !bad) return null;
  const { rate: share, lower, bound } = good;
  return { found, judged: units.length - open, open, share, lower, upper: bad.upper, bound };
}

function areAlike(units: readonly Weighed[]): boolean {
  const first = units[0]!.probability;
  return units.every(({ probability }) => Math.abs(probability - first) <= 1e-9 * first);
}

/** Open units taken as good (0) or as bad (1). */
function limitsOf(
  units: readonly Weighed[],
  strata: StrataSizes | null,
  open: 0 | 1,
  asked: number,
): Limits | null {
  const y = units.map((unit) => (unit.isOpen ? open : unit.y));
  if (strata === null)
    return unequalLimits(
      units.map(({ probability }) => probability),
      y,
      asked,
    );
  return stratifiedLimits(stratumCounts(units, y, strata), asked);
}

/** Units of each stratum and the bad ones among them; `y` in the order of `units`. */
export function stratumCounts(
  units: readonly Pick<Weighed, 'stratum'>[],
  y: readonly number[],
  strata: StrataSizes,
): StratumCount[] {
  const counts = new Map(strata.map(({ name }) => [name, { drawn: 0, defects: 0 }]));
  for (const [at, { stratum }] of units.entries()) {
    const count = counts.get(stratum);
    if (!count) continue;
    count.drawn += 1;
    count.defects += y[at]!;
  }
  return strata.map(({ name, population }) => ({ population, ...counts.get(name)! }));
}
