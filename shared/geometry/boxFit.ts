/**
 * Fits a box to the points of its object, as a suggestion to a person: the ground is taken off, what belongs to the
 * object grows from the points inside the box, the heading is searched near the one that stands (so its sense stays),
 * faces the sensor sees are set to the points, and what it cannot see is kept: a side without points is not empty,
 * only unseen. Everything is along the given box's own axes, metres and radians.
 */
import type { Vec3 } from '../model/pose.ts';
import type { BoxDifference } from './boxDelta.ts';
import { type Ground, groundUnder } from './boxFitGround.ts';
import { bestHeading } from './boxFitHeading.ts';
import { type ObjectPoints, objectPoints } from './boxFitObject.ts';
import { fitSpan, type Span } from './boxFitSpan.ts';

export interface FitInput {
  /** Along, across, up of each point around the box, from its centre. */
  readonly points: Float32Array;
  /** Of the box that stands: length, width, height. */
  readonly size: Vec3;
  /** Mean size of the class; null where it is not known. */
  readonly typicalSize: Vec3 | null;
  /** The sensor's place in the same axes. */
  readonly sensor: Vec3;
}

/** Why the proposal is as it is, and what of it is not from points. */
export type FitReason =
  | 'heading-kept'
  | 'length-kept'
  | 'width-kept'
  | 'height-kept'
  | 'ground-unseen'
  | 'neighbour-near';

export type BoxFit =
  | {
      readonly ok: true;
      /** What the given box would have to change by. */
      readonly delta: BoxDifference;
      /** True where the points say nearly all of it. */
      readonly isSure: boolean;
      readonly reasons: readonly FitReason[];
      /** Points it rests on. */
      readonly points: number;
    }
  | { readonly ok: false; readonly reason: 'few-points'; readonly points: number };

/** Below this ground area nothing has sides: people, cycles, cones keep their heading. Square metres. */
const sidelessArea = 2.5;
/** Below this length on both sides few points are enough. */
const smallMeters = 1.2;
/** Fewest points of the object that a proposal rests on, large objects and small ones. */
const fewest = { large: 15, small: 16 } as const;

export function fitBox({ points, size, typicalSize, sensor }: FitInput): BoxFit {
  const isSmall = Math.max(size[0], size[1]) < smallMeters;
  const ground = groundUnder(points, size);
  const object = objectPoints(points, size, typicalSize, ground);
  if (object.count < (isSmall ? fewest.small : fewest.large)) {
    return { ok: false, reason: 'few-points', points: object.count };
  }
  const reasons: FitReason[] = [];
  const hasSides = size[0] * size[1] >= sidelessArea;
  const yaw = hasSides ? bestHeading(object.along, object.across, object.count) : null;
  if (yaw === null && hasSides) reasons.push('heading-kept');
  const turn = yaw ?? 0;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const u = new Float64Array(object.count);
  const v = new Float64Array(object.count);
  for (let at = 0; at < object.count; at++) {
    u[at] = cos * object.along[at]! + sin * object.across[at]!;
    v[at] = cos * object.across[at]! - sin * object.along[at]!;
  }
  const seenFrom = [cos * sensor[0] + sin * sensor[1], cos * sensor[1] - sin * sensor[0]] as const;
  const length = fitSpan(u.sort(), size[0], typicalSize?.[0] ?? null, seenFrom[0]);
  const width = fitSpan(v.sort(), size[1], typicalSize?.[1] ?? null, seenFrom[1]);
  const upright = fitUpright(object, size, ground);
  if (length.isKept) reasons.push('length-kept');
  if (width.isKept) reasons.push('width-kept');
  if (upright.isKept) reasons.push('height-kept');
  if (!ground.isSeen) reasons.push('ground-unseen');
  if (object.isCut) reasons.push('neighbour-near');
  const middle = [(length.low + length.high) / 2, (width.low + width.high) / 2] as const;
  return {
    ok: true,
    delta: {
      along: cos * middle[0] - sin * middle[1],
      across: sin * middle[0] + cos * middle[1],
      up: (upright.low + upright.high) / 2,
      length: length.high - length.low - size[0],
      width: width.high - width.low - size[1],
      height: upright.high - upright.low - size[2],
      yaw: turn,
    },
    isSure:
      object.count >= (isSmall ? 25 : 60) && !object.isCut && ground.isSeen && (!hasSides || yaw !== null),
    reasons,
    points: object.count,
  };
}

/** A roof: so large a share of the points within so little of the highest, over so much of the length. */
const roof = { band: 0.12, share: 0.05, spread: 0.3 } as const;
/** The top stands a little above the points on it, metres. */
const topSlack = 0.02;

/** Stands on the ground where that is seen; the top comes down to the points only where they make a roof. */
function fitUpright({ along, up, count }: ObjectPoints, [length, , height]: Vec3, ground: Ground): Span {
  const half = height / 2;
  const low = ground.isSeen ? ground.height : -half;
  const sorted = up.slice(0, count).sort();
  const top = sorted[Math.max(0, count - 1 - Math.floor(0.005 * count))]!;
  const keptTop = low + height;
  if (top > keptTop) return { low, high: top + topSlack, isKept: false };
  let near = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < count; at++) {
    if (up[at]! < top - roof.band) continue;
    near++;
    first = Math.min(first, along[at]!);
    last = Math.max(last, along[at]!);
  }
  // The highest ring on a wall is a line across: a roof reaches along as well.
  const isRoof = near >= 3 && near >= roof.share * count && last - first >= roof.spread * length;
  // A roof far below the kept top is the bonnet of something half hidden.
  if (isRoof && top - low >= 0.75 * height) return { low, high: top + topSlack, isKept: false };
  // The top that stands is the likelier where it is not contradicted; else the height is.
  return { low, high: Math.max(top, Math.abs(half - keptTop) < 0.1 ? half : keptTop), isKept: true };
}
