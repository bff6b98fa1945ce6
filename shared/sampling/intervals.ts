/** Confidence intervals of a rate from counts: exact for binomial, Poisson and a finite lot, and Wilson's score. */
import { inverseBeta } from './betaFunctions.ts';
import { inverseGamma, normalQuantile } from './gammaFunctions.ts';
import { defectivesAcceptedAbove } from './operatingCharacteristic.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export type IntervalSide = 'two' | 'upper';

/** Error probability on each bounded side. */
function tailProbability(confidence: number, side: IntervalSide): number {
  return side === 'two' ? (1 - confidence) / 2 : 1 - confidence;
}

/** Exact interval of a share from x successes in n trials (Clopper and Pearson 1934). Upper side only: lower is 0. */
export function clopperPearson(
  x: number,
  n: number,
  confidence: number,
  side: IntervalSide = 'two',
): Interval {
  const tail = tailProbability(confidence, side);
  return {
    lower: side === 'upper' || x === 0 ? 0 : inverseBeta(x, n - x + 1, tail, 'lower'),
    upper: x === n ? 1 : x === 0 ? -Math.expm1(Math.log(tail) / n) : inverseBeta(x + 1, n - x, tail, 'upper'),
  };
}

/** Score interval of a share (Wilson 1927): shorter, holds its confidence on average only. */
export function wilson(x: number, n: number, confidence: number, side: IntervalSide = 'two'): Interval {
  const z = -normalQuantile(tailProbability(confidence, side));
  const p = x / n;
  const scale = 1 + (z * z) / n;
  const center = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    lower: side === 'upper' || x === 0 ? 0 : Math.max(0, center - half),
    upper: x === n ? 1 : Math.min(1, center + half),
  };
}

/** Exact interval of defects per hundred units from x defects on n units (Garwood 1936); may exceed 100. */
export function defectsPerHundred(
  x: number,
  n: number,
  confidence: number,
  side: IntervalSide = 'two',
): Interval {
  const tail = tailProbability(confidence, side);
  return {
    lower: side === 'upper' || x === 0 ? 0 : (100 * inverseGamma(x, tail, 'lower')) / n,
    upper: (100 * inverseGamma(x + 1, tail, 'upper')) / n,
  };
}

/**
 * One-sided bound for a real lot: the largest number of nonconforming units under which x or fewer in a sample of
 * n still has probability above 1 - confidence.
 */
export function finiteLotUpper(
  lot: number,
  n: number,
  x: number,
  confidence: number,
): { defectives: number; rate: number } {
  const defectives = defectivesAcceptedAbove(1 - confidence, n, x, lot);
  return { defectives, rate: defectives / lot };
}

/**
 * Two-sided limits for a real lot, each side with half of the risk: shares of nonconforming units that x among n drawn
 * do not speak against. Where the whole lot was drawn both are the share that was found. The lower limit is the upper
 * one of the good units, seen from the other end.
 */
export function finiteLotLimits(lot: number, n: number, x: number, confidence: number): Interval {
  const oneSided = 1 - (1 - confidence) / 2;
  const mostGood = finiteLotUpper(lot, n, n - x, oneSided).defectives;
  return { lower: (lot - mostGood) / lot, upper: finiteLotUpper(lot, n, x, oneSided).rate };
}

/**
 * Limits of a share as they are told to people: exact on both sides, and where nothing (or nothing but) was found
 * with the whole risk on the one side that is open, so that "0 found, at most 3.7 %" of 80 holds at 95 %. `n` may be
 * an effective number of units.
 */
export function shareLimits(x: number, n: number, confidence: number): Interval {
  if (x === 0) return clopperPearson(0, n, confidence, 'upper');
  if (x === n) return { lower: 1 - clopperPearson(0, n, confidence, 'upper').upper, upper: 1 };
  return clopperPearson(x, n, confidence);
}

/** The same for a real lot. */
export function lotLimits(lot: number, n: number, x: number, confidence: number): Interval {
  if (x === 0) return { lower: 0, upper: finiteLotUpper(lot, n, 0, confidence).rate };
  if (x === n) return { lower: 1 - finiteLotUpper(lot, n, 0, confidence).rate, upper: 1 };
  return finiteLotLimits(lot, n, x, confidence);
}
