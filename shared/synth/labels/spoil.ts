/** How a box goes wrong: shifted, resized, turned, or named for another class. */
import { cos, roundTo, sin, square } from '../portableMath.ts';
import type { ClassName, UprightBox } from '../world/actor.ts';
import type { DefectAmount, DefectKind } from './defectKinds.ts';
import { type MadeLabel, rangeOf } from './label.ts';

const AXES = ['x', 'y', 'z'] as const;

/** What each class is mistaken for. */
export const confusions: Readonly<Record<ClassName, ClassName>> = {
  car: 'van',
  van: 'truck',
  truck: 'bus',
  bus: 'truck',
  pedestrian: 'cyclist',
  cyclist: 'pedestrian',
  traffic_cone: 'barrier',
  barrier: 'traffic_cone',
};

/** A fault that goes on while its object is labelled, up to and including a frame. */
export interface Fault {
  readonly number: number;
  readonly kind: DefectKind;
  readonly until: number;
  readonly axis: 0 | 1 | 2;
  readonly sign: 1 | -1;
  /** Multiple of the tolerance, or the angle for `turned`. */
  readonly size: number;
}

export interface Spoiled {
  readonly box: UprightBox;
  readonly amount: DefectAmount;
}

/** What the default label spec tolerates in the centre of a box of this class at this range, metres. */
export function centerTolerance(className: ClassName, range: number): number {
  const isVehicle =
    className === 'car' || className === 'van' || className === 'truck' || className === 'bus';
  const step = range <= 30 ? 0 : range <= 60 ? 1 : 2;
  return (isVehicle ? [0.2, 0.3, 0.5] : [0.15, 0.25, 0.4])[step]!;
}

/** The box with a fault of kind `shifted`, `resized` or `turned`. */
export function spoilBox(label: MadeLabel, fault: Fault): Spoiled {
  const { box, className } = label;
  const { center, size, yaw } = box;
  if (fault.kind === 'turned') {
    const radians = fault.sign * fault.size;
    return { box: { ...box, yaw: yaw + radians }, amount: { radians: roundTo(radians, 6) } };
  }
  const axis = AXES[fault.axis];
  const shift = [0, 0, 0];
  if (fault.kind === 'shifted') {
    const meters = fault.sign * fault.size * centerTolerance(className, rangeOf(box));
    shift[fault.axis] = meters;
    return {
      box: { ...box, center: along(center, yaw, shift) },
      amount: { axis, meters: roundTo(meters, 3) },
    };
  }
  // A face is drawn too far out or too far in; the opposite one stays where it was.
  const extent = size[fault.axis];
  const wanted = fault.sign * fault.size * Math.min(0.2, 0.1 * extent + 0.05);
  const meters = Math.max(wanted, -0.45 * extent);
  const resized: [number, number, number] = [size[0], size[1], size[2]];
  resized[fault.axis] = extent + meters;
  shift[fault.axis] = meters / 2;
  return {
    box: { center: along(center, yaw, shift), size: resized, yaw },
    amount: { axis, meters: roundTo(meters, 3) },
  };
}

/** The centre moved along the box's own axes. */
function along(
  center: UprightBox['center'],
  yaw: number,
  shift: readonly number[],
): [number, number, number] {
  const c = cos(yaw);
  const s = sin(yaw);
  return [
    center[0] + c * shift[0]! - s * shift[1]!,
    center[1] + s * shift[0]! + c * shift[1]!,
    center[2] + shift[2]!,
  ];
}

/** Whether the circle around the box comes near that of any label. */
export function touchesAny(box: UprightBox, labels: readonly MadeLabel[]): boolean {
  const radius = (b: UprightBox) => Math.sqrt(square(b.size[0]) + square(b.size[1])) / 2;
  return labels.some(({ box: other }) => {
    const reach = radius(box) + radius(other) + 0.3;
    return square(box.center[0] - other.center[0]) + square(box.center[1] - other.center[1]) < reach * reach;
  });
}
