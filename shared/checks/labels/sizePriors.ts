/** How usual the size of a label is for a class, and which class it would be more usual for. */
import type { Vec3 } from '../../model/pose.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';
import type { ClassPrior, Spread } from '../priors.ts';

export const axisNames = ['length', 'width', 'height'] as const;
export type AxisName = (typeof axisNames)[number];

/** Of a normal spread, the standard deviation over the median absolute deviation. */
const deviationOfMad = 1.4826;
/** Shares: lots drawn from templates have no spread at all, which says nothing of the next lot. */
const leastDeviation = 0.06;

/** One extent held against its prior. */
export interface AxisFit {
  readonly axis: AxisName;
  readonly extent: number;
  readonly usual: number;
  /** Robust deviations of the logarithm from the usual one; negative = smaller. */
  readonly z: number;
  /** Natural logarithm's deviation that stands for one. */
  readonly deviation: number;
}

/** In the order of `axisNames`. Sizes are compared as ratios: half and double lie equally far from the usual one. */
export function axisFits(size: Vec3, className: string, prior: ClassPrior): AxisFit[] {
  const fits = fitsOf(size, prior);
  // Whether a barrier's long side is its length or its width is the vendor's custom, not a question of size.
  if (motionLimits(className)?.kind !== 'still') return fits;
  const [across, along, up] = fitsOf([size[1], size[0], size[2]], prior);
  const turned: AxisFit[] = [{ ...along!, axis: 'length' }, { ...across!, axis: 'width' }, up!];
  return unlikeliness(turned) < unlikeliness(fits) ? turned : fits;
}

function fitsOf(size: Vec3, { size: spreads }: ClassPrior): AxisFit[] {
  return axisNames.map((axis, at) => {
    const [extent, spread] = [size[at]!, spreads[at]!];
    const deviation = deviationOf(spread);
    return { axis, extent, usual: spread.median, deviation, z: Math.log(extent / spread.median) / deviation };
  });
}

function deviationOf({ median, mad }: Spread): number {
  return Math.max(leastDeviation, (deviationOfMad * mad) / median);
}

export function farthest(fits: readonly AxisFit[]): AxisFit {
  return fits.reduce((worst, fit) => (Math.abs(fit.z) > Math.abs(worst.z) ? fit : worst));
}

/** The side that is usually the longest. */
function longest(fits: readonly AxisFit[]): AxisFit {
  return fits.reduce((most, fit) => (fit.usual > most.usual ? fit : most));
}

/** Twice the negative logarithm of the density of the size under the prior, up to a constant. */
function unlikeliness(fits: readonly AxisFit[]): number {
  return fits.reduce((sum, { z, deviation }) => sum + z * z + 2 * Math.log(deviation), 0);
}

export interface OtherClass {
  readonly className: string;
  /** Natural logarithm of how many times likelier the size is for this class. */
  readonly logOdds: number;
}

/** A label fits another class only where none of its extents lies farther from that class's usual ones. */
const mostDeviations = 2;
/**
 * Deviation of the longest side above which a class holds things of many sizes (trucks, machines): whatever fits one of them
 * is no sign of it, and what does not fit speaks against it half as loudly. Above the second one it holds anything.
 */
const varied = { many: 0.4, any: 0.43 } as const;

/** Of the classes told, the one whose objects have this size most; null where none has it usually. */
export function likelierClass(
  size: Vec3,
  own: readonly AxisFit[],
  others: Iterable<readonly [className: string, prior: ClassPrior]>,
): OtherClass | null {
  const spread = longest(own).deviation;
  if (spread > varied.any) return null;
  const weight = spread > varied.many ? 0.5 : 1;
  let best: OtherClass | null = null;
  for (const [className, prior] of others) {
    const fits = axisFits(size, className, prior);
    if (Math.abs(farthest(fits).z) > mostDeviations || longest(fits).deviation > varied.many) continue;
    const logOdds = (weight * (unlikeliness(own) - unlikeliness(fits))) / 2;
    if (best === null || logOdds > best.logOdds) best = { className, logOdds };
  }
  return best;
}
