/** Labels that are not there, and labels where there is nothing. */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { invert, matrixFromPose, multiply, transformPoint } from '../../geometry/matrix.ts';
import { quaternionFromRotation } from '../../geometry/rotation.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';
import type { SpoilObject } from './objects.ts';
import { drawSpan, drawStretch } from './spans.ts';
import { turnAbout, turned } from './turns.ts';
import { type Order, rangeOf, type Workbench } from './workbench.ts';

/** How often a place is looked for before an object is given up. */
const attempts = 40;
/** A ghost stands within this of the sensor, where it can be seen that it is one. */
const ghostRange = [7, 40] as const;
/** So many frames a ghost or a box beside its object lasts at most. */
const longest = 12;

export function spoilMissing(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const rows = object.rows.filter((row) => bench.isVisible(row));
  if (rows.length === 0) return false;
  const mark = bench.startFault(order);
  for (const row of drawSpan(rows, bench.plan.spans, order.random)) {
    bench.draft.remove(row);
    mark({ row }, null, null);
  }
  return true;
}

/** A second label almost where the first one is, under a track of its own. */
export function spoilDuplicate(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { draft } = bench;
  const { random } = order;
  const rows = object.rows.filter((row) => bench.isVisible(row));
  if (rows.length === 0) return false;
  const along = random.between(-0.04, 0.04);
  const across = random.between(-0.04, 0.04);
  const turn = random.between(-0.03, 0.03);
  const track = object.track === NO_TRACK ? NO_TRACK : draft.newTrack();
  const mark = bench.startFault(order);
  for (const row of drawSpan(rows, bench.plan.spans, random)) {
    const shape = draft.shape(row);
    const [x, y, z] = shape.center;
    const center = [x + along * shape.size[0], y + across * shape.size[1], z] as const;
    const copy = turned({ ...shape, center }, 2, turn);
    const added = draft.add(bench.frameOf(row), copy, draft.classIndex[row]!, track, row);
    mark({ added }, null, { of: bench.index.labels.cuboids.id.at(row)! });
  }
  return true;
}

/** A label like one of the object's, standing for a while where nothing of the kind is. */
export function spoilGhost(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { random } = order;
  const near = object.rows.filter((row) => rangeOf(bench.draft.truth(row).center) < 60);
  if (near.length === 0) return false;
  const like = random.pick(near);
  const start = bench.frameOf(like);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const angle = random.between(-Math.PI, Math.PI);
    const range = random.between(...ghostRange);
    const place = standing(bench, like, start, range * cos(angle), range * sin(angle));
    const shape = { ...place, rotation: turnAbout(2, random.between(-Math.PI, Math.PI)) };
    const ground = bench.tools.ground?.(start);
    if (bench.touches(start, shape, -1) || ground?.isSeen(shape) === false) continue;
    const [least, most] = lastingOf(bench, random);
    return addStill(bench, object, order, like, start, shape, random.integer(least, most));
  }
  return false;
}

/** How long what stands still lasts: one frame, or as long as a slip of a labeller. */
function lastingOf({ plan }: Workbench, random: Random): readonly [number, number] {
  return random.chance(plan.spans.frame) ? [1, 1] : [3, longest];
}

/** A shape that stays at its place of the world through the labelled frames that follow, as far as nothing is there. */
function addStill(
  bench: Workbench,
  object: SpoilObject,
  order: Order,
  like: number,
  start: number,
  shape: CuboidShape,
  frames: number,
): boolean {
  const { draft, index } = bench;
  const scene = index.delivery.scenes[object.scene]!;
  const last = scene.frameStart + scene.frameCount;
  const from = bench.worldFromSpace(start);
  const track = object.track === NO_TRACK ? NO_TRACK : draft.newTrack();
  const mark = bench.startFault(order);
  let made = 0;
  for (let frame = start; frame < last && made < frames; frame++) {
    if (index.delivery.frames.at(frame)!.isBetween) continue;
    const to = bench.worldFromSpace(frame);
    const seen = frame === start ? shape : from && to ? carried(shape, from, to) : null;
    if (seen === null || rangeOf(seen.center) < 4 || (made > 0 && bench.touches(frame, seen, -1))) break;
    const added = draft.add(frame, seen, draft.classIndex[like]!, track, like);
    mark({ added }, null, null);
    made++;
  }
  return true;
}

/** What stands still in the world, seen from another frame; null where a pose has no inverse. */
export function carried(
  shape: CuboidShape,
  worldFromA: readonly number[],
  worldFromB: readonly number[],
): CuboidShape | null {
  const back = invert(worldFromB);
  if (back === null) return null;
  const pose = multiply(multiply(back, worldFromA), matrixFromPose(shape.rotation, shape.center));
  return { ...shape, center: [pose[3]!, pose[7]!, pose[11]!], rotation: quaternionFromRotation(pose, 4) };
}

/** The label's shape moved to a place of the frame's space, on the ground there as far as that is known. */
function standing(bench: Workbench, row: number, frame: number, x: number, y: number): CuboidShape {
  const shape = bench.draft.truth(row);
  const ground = bench.tools.ground?.(frame)?.groundAt(x, y) ?? null;
  return { ...shape, center: [x, y, ground === null ? shape.center[2] : ground + shape.size[2] / 2] };
}

/** The label is moved off its object to where nothing is, by the same way in each frame. */
export function spoilEmpty(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { random } = order;
  const rows = object.rows.filter(
    (row) => bench.isVisible(row) && rangeOf(bench.draft.truth(row).center) < 60,
  );
  if (rows.length === 0) return false;
  const span = random.chance(bench.plan.spans.frame)
    ? [random.pick(rows)]
    : drawStretch(rows, random, 2, longest);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const angle = random.between(-Math.PI, Math.PI);
    const meters = random.between(3, 15);
    const made = span.flatMap((row) => {
      const shape = placedOff(bench, row, meters * cos(angle), meters * sin(angle));
      return shape === null ? [] : [{ row, shape }];
    });
    if (made.length < span.length) continue;
    const mark = bench.startFault(order);
    for (const { row, shape } of made) {
      bench.draft.setShape(row, shape);
      const tolerance = bench.tolerance(row);
      mark({ row }, tolerance && meters / tolerance.centerMeters, { meters });
    }
    return true;
  }
  return false;
}

/** So far off in the world, or in the frame's space where there are no poses; null where something is there. */
function placedOff(bench: Workbench, row: number, dx: number, dy: number): CuboidShape | null {
  const frame = bench.frameOf(row);
  const truth = bench.draft.truth(row);
  const pose = bench.worldFromSpace(frame);
  const back = pose && invert(pose);
  let [x, y] = [truth.center[0] + dx, truth.center[1] + dy];
  if (pose && back) {
    const [wx, wy, wz] = transformPoint(pose, truth.center);
    [x, y] = transformPoint(back, [wx + dx, wy + dy, wz]);
  }
  const shape = standing(bench, row, frame, x, y);
  const range = rangeOf(shape.center);
  if (range < 4 || range > 60 || bench.touches(frame, shape, row)) return null;
  const ground = bench.tools.ground?.(frame);
  return ground && !ground.isClear(shape) ? null : shape;
}

/** A label beyond the distance up to which the agreement asks for any. */
export function spoilOutOfRange(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { random } = order;
  const most = bench.rules.maxRangeMeters;
  if (most === null) return false;
  const like = random.pick(object.rows);
  const start = bench.frameOf(like);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const angle = random.between(-Math.PI, Math.PI);
    const range = most + random.between(5, 40);
    const shape = standing(bench, like, start, range * cos(angle), range * sin(angle));
    if (bench.touches(start, shape, -1)) continue;
    const { draft } = bench;
    const track = object.track === NO_TRACK ? NO_TRACK : draft.newTrack();
    const added = draft.add(start, shape, draft.classIndex[like]!, track, like);
    bench.startFault(order)({ added }, null, { meters: range });
    return true;
  }
  return false;
}
