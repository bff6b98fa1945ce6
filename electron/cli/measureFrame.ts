/** Points of a frame over all its lidars, and how many lie in each cuboid. */
import type { Problem } from '../../shared/base/problem.ts';
import { transformCuboid } from '../../shared/geometry/cuboid.ts';
import { invert, transformPoint } from '../../shared/geometry/matrix.ts';
import { buildSweepGrid, countInGrid } from '../../shared/geometry/sweepGrid.ts';
import type { Frame, SweepRef } from '../../shared/model/delivery.ts';
import type { Cuboid } from '../../shared/model/labelRow.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { Sweep } from '../../shared/model/sweep.ts';
import type { CommandDelivery } from './openForCommand.ts';

export interface FrameMeasures {
  /** In the frame's space; `min` and `max` over finite points, null where there are none. */
  readonly points: { count: number; finite: number; min: Vec3 | null; max: Vec3 | null };
  /** Per cuboid, or null where a sweep cannot be read: a count would then be too low. */
  readonly pointsInside: readonly (number | null)[] | null;
  readonly problems: readonly Problem[];
}

export async function measureFrame(
  { readPoints, pool }: CommandDelivery,
  frame: Frame,
  cuboids: readonly Cuboid[],
): Promise<FrameMeasures> {
  let count = 0;
  let finite = 0;
  let isWhole = frame.sweeps.length > 0;
  const min = [Infinity, Infinity, Infinity] as [number, number, number];
  const max = [-Infinity, -Infinity, -Infinity] as [number, number, number];
  const inside = cuboids.map(() => 0);
  const problems: Problem[] = [];
  for (const ref of frame.sweeps) {
    const reading = await readPoints(ref);
    if (!reading.ok) {
      problems.push(reading.problem);
      isWhole = false;
      continue;
    }
    const { sweep } = reading.value;
    problems.push(...reading.value.problems);
    count += sweep.count;
    finite += sweep.finiteCount;
    widen(sweep, ref, min, max);
    const grid = buildSweepGrid(sweep);
    const pointsFromSpace = ref.spaceFromPoints ? invert(ref.spaceFromPoints) : null;
    cuboids.forEach((cuboid, at) => {
      if (cuboid.isUsable) {
        inside[at]! += countInGrid(grid, pointsFromSpace ? transformCuboid(pointsFromSpace, cuboid) : cuboid);
      }
    });
    pool.release(sweep.interleaved.buffer);
  }
  return {
    points: { count, finite, min: finite > 0 ? min : null, max: finite > 0 ? max : null },
    pointsInside: isWhole ? inside.map((points, at) => (cuboids[at]!.isUsable ? points : null)) : null,
    problems,
  };
}

/** Bounds in the frame's space: the sweep's own, or those of every point where the sensor stands apart. */
function widen(sweep: Sweep, { spaceFromPoints }: SweepRef, min: number[], max: number[]): void {
  const take = (point: ArrayLike<number>): void => {
    for (let axis = 0; axis < 3; axis++) {
      min[axis] = Math.min(min[axis]!, point[axis]!);
      max[axis] = Math.max(max[axis]!, point[axis]!);
    }
  };
  if (sweep.finiteCount === 0) return;
  if (!spaceFromPoints) {
    take(sweep.bounds.slice(0, 3));
    take(sweep.bounds.slice(3));
    return;
  }
  const { interleaved, strideFloats, position, origin } = sweep;
  for (let row = 0; row < sweep.count; row++) {
    const at = row * strideFloats + position;
    const x = interleaved[at]! + origin[0];
    const y = interleaved[at + 1]! + origin[1];
    const z = interleaved[at + 2]! + origin[2];
    if (Number.isFinite(x + y + z)) take(transformPoint(spaceFromPoints, [x, y, z]));
  }
}
