/**
 * The sample's estimate beside that of targets which were drawn with known chances. Targets that somebody picked have
 * no chance that anyone could state; they find what to fix and never enter an estimate.
 */
import { effectiveLimits, type Limits, unequalLimits, weightedSize } from '../sampling/effectiveLimits.ts';
import { estimateUnequal } from '../sampling/estimates.ts';
import { shareLimits } from '../sampling/intervals.ts';
import { groupRates } from './groupRates.ts';
import { judgedUnits } from './judgedUnits.ts';
import { confidence, type Rate } from './rate.ts';
import type { AuditState, TargetDraw } from './state.ts';
import { targetStanding } from './targetStanding.ts';

export interface TargetEstimate {
  readonly seq: number;
  /** What made a unit more likely. */
  readonly weights: string;
  readonly population: number;
  /** Share of bad units by Hajek, and its limits; open targets count both ways. */
  readonly rate: Rate;
  /** Bad units in all, by Horvitz and Thompson, and its standard error. */
  readonly total: number;
  readonly totalSe: number | null;
  /** Units of equal chance that tell as much, whatever was found. */
  readonly effectiveN: number;
  /** Whether it was drawn from the very units the sample was drawn from, so that the two may be combined. */
  readonly isSameLot: boolean;
}

export interface CombinedEstimate {
  /** Units with any defect, from the sample alone; null where the sample says nothing yet. */
  readonly sample: Rate | null;
  readonly targets: readonly TargetEstimate[];
  /** Draws of which targets are still to be judged: they wait, since what is left may not be like what is done. */
  readonly unfinished: number;
  /** Both together, each weighted by the units it is worth; null where they do not speak of the same lot. */
  readonly combined: Limits | null;
}

/** `null` where no targets were drawn with known chances. */
export function combinedEstimate(state: AuditState): CombinedEstimate | null {
  if (state.targetDraws.length === 0) return null;
  const draws = state.targetDraws.map((draw) => estimateOf(state, draw));
  const targets = draws.flatMap((draw) => draw ?? []);
  const sample = groupRates(state, 'class')?.overall ?? groupRates(state, 'scene')?.overall ?? null;
  return {
    sample,
    targets: targets.map(({ se: _se, ...estimate }) => estimate),
    unfinished: draws.filter((draw) => draw === null).length,
    combined:
      sample &&
      combine(
        state,
        sample,
        targets.filter(({ isSameLot }) => isSameLot),
      ),
  };
}

interface Drawn extends TargetEstimate {
  readonly se: number | null;
}

/** `null` while a unit of the draw is not judged anywhere, since what is left may not be like what is done. */
function estimateOf(state: AuditState, draw: TargetDraw): Drawn | null {
  // What was drawn with a known chance cannot be taken out of the queue again, so these are all of the draw.
  const drawn = [...state.targets.values()].filter(({ seq }) => seq === draw.seq);
  const known = drawn.flatMap((queued) => {
    const { probability } = queued.target;
    const standing = targetStanding(state, queued);
    return probability === null || standing === 'unjudged' ? [] : [{ probability, standing }];
  });
  if (known.length < drawn.length) return null;
  const counted = known.filter(({ standing }) => standing !== 'on-hold');
  const probability = counted.map((one) => one.probability);
  const good = counted.map(({ standing }) => (standing === 'bad' ? 1 : 0));
  const bad = counted.map(({ standing }) => (standing === 'good' ? 0 : 1));
  const lower = unequalLimits(probability, good, confidence);
  const upper = unequalLimits(probability, bad, confidence);
  if (!lower || !upper) return null;
  const { total, totalSe, se } = estimateUnequal(probability, good);
  const open = counted.filter(({ standing }) => standing === 'open').length;
  return {
    seq: draw.seq,
    weights: draw.weights,
    population: draw.population,
    rate: {
      found: good.filter((y) => y === 1).length,
      judged: counted.length - open,
      open,
      share: lower.rate,
      lower: lower.lower,
      upper: upper.upper,
      bound: lower.bound,
    },
    total,
    totalSe,
    se,
    effectiveN: weightedSize(probability),
    isSameLot: draw.populationHash === state.sample?.labels.populationHash,
  };
}

/**
 * Weights that do not depend on what was found, so that none is favoured for having found little; the variances of
 * independent draws add up. With open units on either side nothing is combined.
 */
function combine(state: AuditState, sample: Rate, targets: readonly Drawn[]): Limits | null {
  if (state.sample?.labels.draw?.design === 'stratified') return null;
  if (targets.length === 0 || sample.open > 0 || targets.some(({ rate }) => rate.open > 0)) return null;
  const n = judgedUnits(state).length;
  const parts = [
    { share: sample.share, variance: (sample.share * (1 - sample.share)) / Math.max(1, n - 1), worth: n },
    ...targets.map(({ rate, se, effectiveN }) => ({
      share: rate.share,
      variance: (se ?? 0) ** 2,
      worth: effectiveN,
    })),
  ];
  const worth = parts.reduce((sum, part) => sum + part.worth, 0);
  const share = parts.reduce((sum, part) => sum + (part.share * part.worth) / worth, 0);
  const variance = parts.reduce((sum, part) => sum + part.variance * (part.worth / worth) ** 2, 0);
  const degrees = Math.floor(worth) - parts.length;
  const measured = effectiveLimits({ rate: share, se: Math.sqrt(variance), degrees }, worth, confidence);
  if (measured) return measured;
  return {
    rate: share,
    ...shareLimits(share > 0 ? worth : 0, worth, confidence),
    bound: 'none-found',
    effectiveN: worth,
  };
}
