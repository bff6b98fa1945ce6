/** Labels put off by known amounts and fitted again: how much nearer the proposal comes than what it started from. */
import { inBoxAxes } from '../../shared/geometry/boxAxes.ts';
import { boxDelta, shiftedBy } from '../../shared/geometry/boxDelta.ts';
import { type BoxFit, fitBox } from '../../shared/geometry/boxFit.ts';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { SeededRandom } from './seededRandom.ts';

/** Points within reach of the shape in its own axes, as the desk asks for them; x, y, z each. */
function around(points: Float64Array, shape: CuboidShape): Float32Array {
  const margin = Math.min(3, Math.max(1, 0.6 * Math.max(...shape.size)));
  const found: number[] = [];
  const reach = Math.hypot(...shape.size) / 2 + 2 * margin;
  for (let at = 0; at + 2 < points.length; at += 3) {
    const place: Vec3 = [points[at]!, points[at + 1]!, points[at + 2]!];
    if (Math.abs(place[0] - shape.center[0]) > reach || Math.abs(place[1] - shape.center[1]) > reach)
      continue;
    const own = inBoxAxes(shape, place);
    if (own.every((value, axis) => Math.abs(value) <= shape.size[axis]! / 2 + margin)) found.push(...own);
  }
  return Float32Array.from(found);
}

export interface Errors {
  readonly along: number;
  readonly across: number;
  readonly yaw: number;
}

/** How far a box is from the true one, in the true one's axes: metres, radians. */
export function errorsOf(truth: CuboidShape, box: CuboidShape): Errors {
  const delta = boxDelta(truth, box);
  return {
    along: Math.abs(delta.along),
    across: Math.abs(delta.across),
    yaw: Math.abs(delta.yaw),
  };
}

/** A label as a careless hand leaves it: shifted and turned, its size as it is. */
export function putOff(truth: CuboidShape, random: SeededRandom, metersShare = 1): CuboidShape {
  const side = (): number => (random.next() < 0.5 ? -1 : 1);
  const isLarge = Math.max(truth.size[0], truth.size[1]) > 1.2;
  const meters = metersShare * (isLarge ? 1 : 0.4);
  return shiftedBy(truth, {
    along: side() * random.between(0.2, 0.6) * meters,
    across: side() * random.between(0.2, 0.5) * meters,
    up: random.between(-0.1, 0.1),
    length: 0,
    width: 0,
    height: 0,
    yaw: side() * random.between(0.05, 0.2) * (isLarge ? 1 : 0),
  });
}

export function fitFrom(
  points: Float64Array,
  start: CuboidShape,
  typicalSize: Vec3 | null,
  sensor: Vec3 = [0, 0, 0],
): { readonly fit: BoxFit; readonly box: CuboidShape } {
  const fit = fitBox({
    points: around(points, start),
    size: start.size,
    typicalSize,
    sensor: inBoxAxes(start, sensor),
  });
  return { fit, box: fit.ok ? shiftedBy(start, fit.delta) : start };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
