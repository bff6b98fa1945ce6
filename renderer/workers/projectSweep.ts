/** The points of a sweep as one camera sees them. */
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { multiply } from '../../shared/geometry/matrix.ts';
import { projectorOf } from '../../shared/geometry/projector.ts';
import type { SweepGrid } from '../../shared/geometry/sweepGrid.ts';
import type { Mat4 } from '../../shared/model/pose.ts';
import type { ProjectedPoints } from './protocol.ts';

/**
 * u, v and depth of every point that falls inside the image of `width` x `height` pixels: metres along the camera's
 * axis, or from its centre where the lens sees behind its plane. A model this version does not know gives no points.
 */
export function projectSweep(
  grid: SweepGrid,
  calibration: ImageCalibration,
  spaceFromPoints: Mat4 | null,
  width: number,
  height: number,
): ProjectedPoints {
  const projector = projectorOf(calibration, [width, height]);
  if (!projector) return { points: new Float32Array(0), count: 0 };
  const m = spaceFromPoints
    ? multiply(calibration.cameraFromSpace, spaceFromPoints)
    : calibration.cameraFromSpace;
  const { isByAngle } = projector.lens;
  const points = new Float32Array(3 * grid.count);
  const [ox, oy, oz] = grid.origin;
  let count = 0;
  for (let slot = 0; slot < grid.count; slot++) {
    const x = grid.positions[3 * slot]! + ox;
    const y = grid.positions[3 * slot + 1]! + oy;
    const z = grid.positions[3 * slot + 2]! + oz;
    const depth = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!;
    const right = m[0]! * x + m[1]! * y + m[2]! * z + m[3]!;
    const down = m[4]! * x + m[5]! * y + m[6]! * z + m[7]!;
    if (!projector.project(right, down, depth, points, 3 * count)) continue;
    const u = points[3 * count]!;
    const v = points[3 * count + 1]!;
    if (!(u >= -0.5 && u <= width - 0.5 && v >= -0.5 && v <= height - 0.5)) continue;
    points[3 * count + 2] = isByAngle ? Math.hypot(right, down, depth) : depth;
    count++;
  }
  return { points: points.slice(0, 3 * count), count };
}
