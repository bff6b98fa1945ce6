/**
 * Heights along a track that step and stay: labels put too high or too low for a while stand on another level than the
 * rest of their track, while the ground rises and falls gently under what moves.
 */
import { median } from '../../scoring/boxResiduals.ts';
import type { TrackMoment } from '../../scoring/trackSeries.ts';

/** Shorter tracks do not show which of their heights is right. */
const fewestMoments = 4;
/** Steps on either side that tell how the ground rises. */
const reach = 4;
/** Slopes that roads have. */
const steepest = 0.15;
/** Levels nearer to each other than this share of the step that makes one are the same. */
const sameShare = 0.5;

export interface HeightLevels {
  /** By moment: metres over (positive) or below the level that most of the track has. */
  readonly off: readonly number[];
  /** Standard deviation of the steps that are none, metres. */
  readonly scatter: number;
}

/**
 * `atLeast`: metres; smaller steps are none. `outOf`: of so many standard deviations of the track's own steps as well.
 * `wrongness`: where something else tells how far off the ground a moment's label stands, metres; NaN where not.
 * Null without places or with too few of them.
 */
export function heightLevels(
  moments: readonly TrackMoment[],
  atLeast: number,
  outOf: number,
  wrongness: (moment: TrackMoment) => number,
): HeightLevels | null {
  if (moments.length < fewestMoments || moments.some(({ place }) => place === null)) return null;
  const steps = stepsOffSlope(moments);
  const scatter = median(steps.map(Math.abs)) / 0.6745;
  const smallest = Math.max(atLeast, outOf * scatter);
  const levels = [0];
  for (const step of steps) levels.push(levels.at(-1)! + (Math.abs(step) > smallest ? step : 0));
  if (levels.every((level) => level === 0)) return { off: levels, scatter };
  const usual = usualLevel(levels, sameShare * smallest, (at) => wrongness(moments[at]!));
  const isSame = (level: number): boolean => Math.abs(level - usual) <= sameShare * smallest;
  return { off: levels.map((level) => (isSame(level) ? 0 : level - usual)), scatter };
}

/** From each moment to the next: by how much the bottom rises more than the ground around it seems to. */
function stepsOffSlope(moments: readonly TrackMoment[]): number[] {
  const rises = moments.slice(1).map((moment, at) => {
    const before = moments[at]!;
    const rise = bottom(moment) - bottom(before);
    const way = Math.hypot(moment.center[0] - before.center[0], moment.center[1] - before.center[1]);
    return { rise, way };
  });
  return rises.map(({ rise, way }, at) => {
    const near = rises.slice(Math.max(0, at - reach), at + reach + 1).filter((other) => other.way > 0.2);
    if (near.length < 3) return rise;
    const slope = median(near.map((other) => other.rise / other.way));
    return rise - Math.max(-steepest, Math.min(steepest, slope)) * way;
  });
}

const bottom = ({ center, size }: TrackMoment): number => center[2] - size[2] / 2;

/** The level of most moments; of two as common, the one whose labels stand nearer to the ground. */
function usualLevel(levels: readonly number[], same: number, wrongness: (at: number) => number): number {
  const alike = (level: number): number[] =>
    levels.flatMap((other, at) => (Math.abs(other - level) <= same ? [at] : []));
  const groundOff = (places: readonly number[]): number => {
    const known = places.map((at) => Math.abs(wrongness(at))).filter((off) => !Number.isNaN(off));
    return known.length === 0 ? Number.NaN : median(known);
  };
  let [best, places] = [levels[0]!, alike(levels[0]!)];
  for (const level of levels) {
    const here = alike(level);
    if (Math.abs(level - best) <= same) continue;
    const [mine, other] = [groundOff(here), groundOff(places)];
    const isNearer = Math.abs(mine - other) > same ? mine < other : here.length > places.length;
    if (isNearer) [best, places] = [level, here];
  }
  return best;
}
