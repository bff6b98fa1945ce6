/**
 * Lenses given by the angle from the axis: fisheye (Kannala and Brandt, 2006) and f-theta. What a lens does to the
 * angle is one rising function each way, `distanceAtAngle` and `angleAtDistance`.
 */
import type { FisheyeModel, FThetaModel } from '../model/camera.ts';
import { firstFold, polynomialAt, polynomialSlopeAt, solveRising } from './solve.ts';

export interface RadialLens {
  /**
   * Distance from the axis in the picture: pixels for f-theta, focal lengths for a fisheye. NaN beyond `reach`
   * where the model is given the other way round.
   */
  readonly distanceAtAngle: (angle: number) => number;
  /** Angle from the axis, radians; `null` beyond `reach`. */
  readonly angleAtDistance: (distance: number) => number | null;
  /** Largest angle the model may be trusted to: what it states, or where it folds back; at most pi. */
  readonly reach: number;
}

/** Angles are found to this, radians: a thousandth of a pixel would be 1e-6 at f = 1000. */
const angleTolerance = 1e-12;

export function radialLensOf(model: FisheyeModel | FThetaModel): RadialLens {
  if (model.kind === 'fisheye') return fromAngle(fisheyePowers(model), statedReach(model.maxAngle));
  const stated = statedReach(model.maxAngle);
  return model.exact === 'angle-to-pixels'
    ? fromAngle(model.angleToPixels, stated)
    : fromDistance(model.pixelsToAngle, model.angleToPixels, stated);
}

function statedReach(maxAngle: number | undefined): number {
  return maxAngle !== undefined && maxAngle > 0 ? Math.min(maxAngle, Math.PI) : Math.PI;
}

/** r = theta (1 + k1 theta^2 + k2 theta^4 + k3 theta^6 + k4 theta^8) as powers of theta. */
function fisheyePowers({ distortion: [k1, k2, k3, k4] }: FisheyeModel): readonly number[] {
  return [0, 1, 0, k1, 0, k2, 0, k3, 0, k4];
}

function fromAngle(powers: readonly number[], stated: number): RadialLens {
  const distanceAtAngle = (angle: number): number => polynomialAt(powers, angle);
  const reach = Math.min(stated, firstFold(distanceAtAngle, Math.PI));
  const farthest = distanceAtAngle(reach);
  return {
    distanceAtAngle,
    angleAtDistance: (distance) =>
      solveRising(
        distanceAtAngle,
        (angle) => polynomialSlopeAt(powers, angle),
        distance,
        [0, reach],
        (distance / farthest) * reach,
        angleTolerance,
      ),
    reach,
  };
}

/** Exact from pixels to angle; the other way it is solved, from where the approximate polynomial points. */
function fromDistance(powers: readonly number[], approximate: readonly number[], stated: number): RadialLens {
  const angleAt = (distance: number): number => polynomialAt(powers, distance);
  const farthest = Math.min(
    distanceWithin(angleAt, stated),
    firstFold(angleAt, distanceWithin(angleAt, stated)),
  );
  const reach = Math.min(stated, angleAt(farthest));
  const slope = (distance: number): number => polynomialSlopeAt(powers, distance);
  return {
    distanceAtAngle: (angle) =>
      solveRising(
        angleAt,
        slope,
        angle,
        [0, farthest],
        polynomialAt(approximate, angle),
        angleTolerance * farthest,
      ) ?? Number.NaN,
    angleAtDistance: (distance) => {
      const angle = angleAt(distance);
      return distance >= 0 && distance <= farthest && angle <= reach ? angle : null;
    },
    reach,
  };
}

/** A distance at which the angle has passed `stated`; where it never does, wider than any picture. */
function distanceWithin(angleAt: (distance: number) => number, stated: number): number {
  let distance = 1;
  while (distance < widestPicture && !(angleAt(distance) >= stated)) distance *= 2;
  return distance;
}

const widestPicture = 65_536;
