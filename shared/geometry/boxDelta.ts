/**
 * What lies between a label and a box drawn over it: correction less label along the label's own axes, face by face,
 * and how much of the two is shared. A label with pitch or roll is measured in its tilted axes.
 */
import { fromBoxAxes, inBoxAxes } from './boxAxes.ts';
import type { CuboidShape } from './cuboid.ts';
import { boxLength, iou3d, iouFromAbove, writeBox } from './iou.ts';
import {
  conjugate,
  identityRotation,
  multiplyQuaternions,
  normalizeQuaternion,
  quaternionFromYaw,
  wrapAngle,
  yawFromQuaternion,
} from './rotation.ts';

/** Metres along, across and up, sizes in metres, yaw in (-pi, pi], all as correction less label. */
export interface BoxDifference {
  readonly along: number;
  readonly across: number;
  readonly up: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly yaw: number;
}

export function boxDelta(label: CuboidShape, correction: CuboidShape): BoxDifference {
  const [along, across, up] = inBoxAxes(label, correction.center);
  const [length, width, height] = correction.size.map((extent, axis) => extent - label.size[axis]!);
  const turn = multiplyQuaternions(conjugate(label.rotation), correction.rotation);
  const yaw = wrapAngle(yawFromQuaternion(turn));
  return { along, across, up, length: length!, width: width!, height: height!, yaw };
}

/** The box that stands this far from the label: the inverse of `boxDelta` for boxes that share their tilt. */
export function shiftedBy(label: CuboidShape, delta: BoxDifference): CuboidShape {
  const turned = multiplyQuaternions(label.rotation, quaternionFromYaw(delta.yaw));
  return {
    center: fromBoxAxes(label, [delta.along, delta.across, delta.up]),
    size: [label.size[0] + delta.length, label.size[1] + delta.width, label.size[2] + delta.height],
    rotation: normalizeQuaternion(turned) ?? identityRotation,
  };
}

/**
 * Metres by which each face stands outside the label's, in the order of `faceNames`; negative = inside. A correction
 * that is turned counts by the faces that lie nearest: about half a turn its front stands for the label's rear, about
 * a quarter its sides for the label's ends.
 */
export function faceDeltas(label: CuboidShape, correction: CuboidShape): number[] {
  const { along, across, up, yaw } = boxDelta(label, correction);
  const isAcross = Math.abs(Math.round(yaw / (Math.PI / 2))) % 2 === 1;
  const [length, width, height] = correction.size;
  const extents = isAcross ? [width, length, height] : [length, width, height];
  return [along, across, up].flatMap((shift, axis) => {
    const grown = (extents[axis]! - label.size[axis]!) / 2;
    return [grown + shift, grown - shift];
  });
}

/** Shares of the union, in [0, 1]; any tilt is left out of account. */
export interface BoxOverlap {
  readonly fromAbove: number;
  readonly volume: number;
}

export function boxOverlap(a: CuboidShape, b: CuboidShape): BoxOverlap {
  const boxes = new Float64Array(2 * boxLength);
  // Relative to one of them: map coordinates of kilometres cost no digits.
  const center = b.center.map((value, axis) => value - a.center[axis]!);
  writeBox(boxes, 0, [0, 0, 0], a.size, yawFromQuaternion(a.rotation));
  writeBox(boxes, boxLength, center, b.size, yawFromQuaternion(b.rotation));
  return {
    fromAbove: iouFromAbove(boxes, boxes, 0, boxLength),
    volume: iou3d(boxes, boxes, 0, boxLength),
  };
}
