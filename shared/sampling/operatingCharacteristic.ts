/**
 * What a single plan (n, Ac) does: the probability of acceptance Pa over the quality of what is submitted, and
 * the quality at which Pa takes a given value.
 */
import { inverseBeta } from './betaFunctions.ts';
import { binomialProbability, binomialTails, hypergeometricTails, poissonTails } from './distributions.ts';
import { inverseGamma } from './gammaFunctions.ts';
import { findRoot } from './rootFinding.ts';

/**
 * `binomial`: p is the share of nonconforming units of a process; `poisson`: p is defects per unit (100 p = DPHU).
 */
export type ProcessModel = 'binomial' | 'poisson';

/** Largest relative distance of two probabilities that count as the same one: a tie is a tie, not a rounding. */
export const tie = 1e-12;

/** Pa of a sample of `n` with at most `ac` nonconforming units (or defects), for a process of quality `p`. */
export function acceptanceProbability(n: number, ac: number, p: number, model: ProcessModel): number {
  return model === 'binomial' ? binomialTails(ac, n, p).lower : poissonTails(ac, n * p).lower;
}

/** Pa for a real lot of `lot` units of which `defectives` are nonconforming. */
export function lotAcceptanceProbability(n: number, ac: number, lot: number, defectives: number): number {
  return hypergeometricTails(ac, { lot, defectives, n: Math.min(n, lot) }).lower;
}

/**
 * The quality that is accepted with probability `pa` in (0, 1): the plan's indifference point at 0.5, its LTPD at
 * 0.1. A plan that accepts everything (Ac >= n) has none below 1: the answer is then 1.
 */
export function rateAcceptedWith(pa: number, n: number, ac: number, model: ProcessModel): number {
  if (model === 'poisson') return inverseGamma(ac + 1, pa, 'upper') / n;
  return ac >= n ? 1 : inverseBeta(ac + 1, n - ac, pa, 'upper');
}

/** The number of nonconforming units that a rate means in a lot; at least this share of the lot is bad. */
export function defectivesAtRate(lot: number, rate: number): number {
  // 0.07 * 100 is 7.000000000000001 in doubles and means 7.
  return Math.min(lot, Math.max(0, Math.ceil(lot * rate * (1 - tie))));
}

/** Largest number of nonconforming units in the lot that is accepted with probability above `pa`. */
export function defectivesAcceptedAbove(pa: number, n: number, ac: number, lot: number): number {
  let [passes, fails] = [Math.min(ac, lot), lot + 1];
  while (fails - passes > 1) {
    const middle = Math.floor((passes + fails) / 2);
    if (lotAcceptanceProbability(n, ac, lot, middle) > pa * (1 + tie)) passes = middle;
    else fails = middle;
  }
  return passes;
}

/**
 * Average outgoing quality and average total inspection. Both hold only where every lot not accepted is inspected
 * in full and corrected.
 */
export function outgoing(lot: number, n: number, ac: number, p: number): { aoq: number; ati: number } {
  const drawn = Math.min(n, lot);
  const pa = acceptanceProbability(drawn, ac, p, 'binomial');
  return { aoq: (pa * p * (lot - drawn)) / lot, ati: drawn + (1 - pa) * (lot - drawn) };
}

/** The largest average outgoing quality there is, and the process quality that brings it about. */
export function outgoingLimit(lot: number, n: number, ac: number): { p: number; aoq: number } {
  if (ac >= n) return { p: 1, aoq: outgoing(lot, n, ac, 1).aoq };
  // Where the derivative of p Pa(p) is zero; Pa falls by n b(ac; n - 1, p).
  const slope = (p: number): number =>
    binomialTails(ac, n, p).lower - p * n * binomialProbability(ac, n - 1, p);
  const p = findRoot(slope, 0, rateAcceptedWith(1e-3, n, ac, 'binomial'));
  return { p, aoq: outgoing(lot, n, ac, p).aoq };
}
