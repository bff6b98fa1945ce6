/** Sweeps for tests, made from a function or a random generator, in any row layout. */
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { Sweep } from '../../../shared/model/sweep.ts';

export function makeSweep(points: readonly Vec3[], layout: Partial<Layout> = {}): Sweep {
  const { strideFloats, position, origin } = {
    strideFloats: 4,
    position: 0,
    origin: [0, 0, 0] as Vec3,
    ...layout,
  };
  const interleaved = new Float32Array((points.length + 3) * strideFloats).fill(Number.NaN);
  const bounds: [number, number, number, number, number, number] = [
    ...[Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity],
  ] as never;
  let finiteCount = 0;
  points.forEach((point, index) => {
    for (let axis = 0; axis < 3; axis++) {
      interleaved[index * strideFloats + position + axis] = point[axis]! - origin[axis]!;
    }
    if (!point.every(Number.isFinite)) return;
    finiteCount++;
    for (let axis = 0; axis < 3; axis++) {
      const value = interleaved[index * strideFloats + position + axis]! + origin[axis]!;
      bounds[axis] = Math.min(bounds[axis]!, value);
      bounds[axis + 3] = Math.max(bounds[axis + 3]!, value);
    }
  });
  return {
    ...{ count: points.length, interleaved, strideFloats, position, intensity: -1, ring: -1 },
    ...{ finiteCount, bounds, intensityMax: 0, origin },
  };
}

interface Layout {
  readonly strideFloats: number;
  readonly position: number;
  readonly origin: Vec3;
}
