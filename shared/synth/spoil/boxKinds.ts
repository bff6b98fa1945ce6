/** Faults of a cuboid's place, size and heading: so many times what is tolerated of the true label in each frame. */
import { fromBoxAxes } from '../../geometry/boxAxes.ts';
import type { CuboidShape } from '../../geometry/cuboid.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { LabelKind } from './kinds.ts';
import type { SpoilObject } from './objects.ts';
import type { SpoilAmount } from './plan.ts';
import { drawSpan, drawTimes } from './spans.ts';
import { turned } from './turns.ts';
import type { Order, Tolerance, Workbench } from './workbench.ts';

/** No side is made smaller than this share of what it was. */
const smallestShare = 0.4;
/** Farther nothing is turned; half a turn is a kind of its own. */
const widestTurn = (80 * Math.PI) / 180;
/** No agreement says what tilt it tolerates: what it tolerates of the heading, and no more than this. */
const usualTilt = (5 * Math.PI) / 180;
/** A footprint this much longer than wide says which way it lies. */
const elongated = 1.3;
/** What is allowed to lie this far off in its heading has none that anybody would see turned about. */
const loosestHeading = Math.PI / 6;

/** What stays the same in all frames of one fault. */
interface Slip {
  readonly times: number;
  readonly sign: 1 | -1;
  /** Which end of a side moves when it is resized. */
  readonly end: 1 | -1;
}

interface Changed {
  readonly shape: CuboidShape;
  /** As it came out: a side that could not be cut so far is cut by less. */
  readonly times: number;
  readonly amount: SpoilAmount;
}

type Change = (shape: CuboidShape, tolerance: Tolerance, slip: Slip) => Changed | null;

const axisNames = ['x', 'y', 'z'] as const;
const sideNames = ['length', 'width', 'height'] as const;
type Axis = 0 | 1 | 2;

function along(axis: Axis, meters: number): Vec3 {
  return [axis === 0 ? meters : 0, axis === 1 ? meters : 0, axis === 2 ? meters : 0];
}

const shift =
  (axis: Axis): Change =>
  (shape, { centerMeters }, { times, sign }) => {
    const meters = sign * times * centerMeters;
    const center = fromBoxAxes(shape, along(axis, meters));
    return { shape: { ...shape, center }, times, amount: { axis: axisNames[axis], meters } };
  };

/** One face is drawn too far out or too far in; the opposite one stays where it was. */
const resize =
  (axis: Axis): Change =>
  (shape, { sizeMeters }, { times, sign, end }) => {
    const wanted = times * sizeMeters[axis];
    const isCut = sign < 0 && wanted <= (1 - smallestShare) * shape.size[axis];
    const meters = isCut ? -wanted : wanted;
    const size = shape.size.map((extent, side) => (side === axis ? extent + meters : extent));
    const center = fromBoxAxes(shape, along(axis, (end * meters) / 2));
    return {
      shape: { ...shape, size: size as never, center },
      times,
      amount: { side: sideNames[axis], meters },
    };
  };

/** Every side longer, or every side shorter, about the same centre. */
const scale =
  (sign: 1 | -1): Change =>
  (shape, { sizeMeters }, { times }) => {
    const most =
      sign > 0
        ? times
        : Math.min(...shape.size.map((extent, axis) => ((1 - smallestShare) * extent) / sizeMeters[axis]!));
    const made = Math.min(times, most);
    if (!(made >= 1)) return null;
    const size = shape.size.map((extent, axis) => extent + sign * made * sizeMeters[axis]!);
    const amount = {
      length: sign * made * sizeMeters[0],
      width: sign * made * sizeMeters[1],
      height: sign * made * sizeMeters[2],
    };
    return { shape: { ...shape, size: size as never }, times: made, amount };
  };

const yaw: Change = (shape, { yawRadians }, { times, sign }) => {
  const made = Math.min(times, widestTurn / yawRadians);
  if (!(made >= 1)) return null;
  const radians = sign * made * yawRadians;
  return { shape: turned(shape, 2, radians), times: made, amount: { radians } };
};

const flip: Change = (shape, { yawRadians }) => {
  if (shape.size[0] < elongated * shape.size[1] || yawRadians > loosestHeading) return null;
  return { shape: turned(shape, 2, Math.PI), times: Math.PI / yawRadians, amount: { radians: Math.PI } };
};

/** About the cuboid's length or across it. */
const tilt: Change = (shape, { yawRadians }, { times, sign, end }) => {
  const radians = sign * times * Math.min(yawRadians, usualTilt);
  const axis = end > 0 ? 0 : 1;
  return { shape: turned(shape, axis, radians), times, amount: { axis: axisNames[axis], radians } };
};

/** Straight up or down in the frame's space, so far that nobody calls it standing on the ground. */
const lift =
  (sign: 1 | -1): Change =>
  (shape, { centerMeters }, { times }) => {
    const meters = sign * times * centerMeters;
    const [x, y, z] = shape.center;
    return { shape: { ...shape, center: [x, y, z + meters] }, times, amount: { axis: 'up', meters } };
  };

const changes = {
  'shift-x': shift(0),
  'shift-y': shift(1),
  'shift-z': shift(2),
  'resize-length': resize(0),
  'resize-width': resize(1),
  'resize-height': resize(2),
  yaw,
  flip,
  tilt,
  loose: scale(1),
  cut: scale(-1),
  floating: lift(1),
  sunk: lift(-1),
} satisfies Partial<Record<LabelKind, Change>>;
export type BoxKind = keyof typeof changes;

/** Puts a fault of a box kind into an object; false where none of its labels lends itself to it. */
export function spoilBoxes(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const change = changes[order.kind as BoxKind];
  const { random } = order;
  const rows = object.rows.filter((row) => bench.isVisible(row) && bench.tolerance(row) !== null);
  if (rows.length === 0) return false;
  const slip: Slip = {
    times: drawTimes(order.size, random),
    sign: random.chance(0.5) ? 1 : -1,
    end: random.chance(0.5) ? 1 : -1,
  };
  const span = drawSpan(rows, bench.plan.spans, random);
  const made = span.flatMap((row) => {
    const changed = change(bench.draft.shape(row), bench.tolerance(row)!, slip);
    return changed === null || (order.size === 'gross' && changed.times < 2) ? [] : [{ row, ...changed }];
  });
  if (made.length === 0) return false;
  const mark = bench.startFault(order);
  for (const { row, shape, times, amount } of made) {
    bench.draft.setShape(row, shape);
    mark({ row }, times, amount);
  }
  return true;
}

export const boxKinds = Object.keys(changes) as readonly BoxKind[];
