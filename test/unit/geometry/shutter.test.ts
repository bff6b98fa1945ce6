/** Rolling shutters against a search over every instant, and exactness far from the origin. */
import { describe, expect, it } from 'vitest';
import { projectSweep } from '../../../renderer/workers/projectSweep.ts';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import {
  identityMatrix,
  invertRigid,
  matrixFromPose,
  multiply,
  transformPoint,
} from '../../../shared/geometry/matrix.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import { projectorOf } from '../../../shared/geometry/projector.ts';
import { quaternionFromEuler } from '../../../shared/geometry/rotation.ts';
import { buildSweepGrid } from '../../../shared/geometry/sweepGrid.ts';
import type { CameraModel } from '../../../shared/model/camera.ts';
import { type ShutterDirection, shutterDirections } from '../../../shared/model/delivery.ts';
import type { Mat4, Quaternion, Vec3 } from '../../../shared/model/pose.ts';
import { createBufferPool } from '../../../shared/readers/clouds/bufferPool.ts';
import { sweepFromDoubles } from '../../../shared/readers/clouds/sweepRows.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const model: CameraModel = {
  kind: 'pinhole',
  fx: 1000,
  fy: 1000,
  cx: 960,
  cy: 540,
  distortion: [-0.05, 0.01, 0, 0],
};
const size = [1920, 1080] as const;

/** The camera's pose in its own start axes at a share of the exposure. */
interface Turn {
  readonly axis: Vec3;
  readonly angle: number;
  readonly travel: Vec3;
}

function startFromCamera({ axis, angle, travel }: Turn, share: number): Mat4 {
  const half = (share * angle) / 2;
  const rotation: Quaternion = [
    axis[0] * Math.sin(half),
    axis[1] * Math.sin(half),
    axis[2] * Math.sin(half),
    Math.cos(half),
  ];
  return matrixFromPose(rotation, [share * travel[0], share * travel[1], share * travel[2]]);
}

function rowShare(direction: ShutterDirection, u: number, v: number): number {
  if (direction === 'top-bottom') return v / 1079;
  if (direction === 'bottom-top') return 1 - v / 1079;
  if (direction === 'left-right') return u / 1919;
  return 1 - u / 1919;
}

/** Tries instants one after another, then again more finely where time and row come closest. */
function slowPixel(turn: Turn, direction: ShutterDirection, point: Vec3): readonly [number, number] {
  let [from, to] = [0, 1];
  for (let round = 0; round < 6; round++) {
    let best = Number.POSITIVE_INFINITY;
    let at = from;
    for (let step = 0; step <= 200; step++) {
      const share = from + ((to - from) * step) / 200;
      const [u, v] = pixelAt(turn, share, point);
      const miss = Math.abs(Math.min(1, Math.max(0, rowShare(direction, u, v))) - share);
      if (miss < best) [best, at] = [miss, share];
    }
    const width = (to - from) / 50;
    [from, to] = [Math.max(0, at - width), Math.min(1, at + width)];
  }
  return pixelAt(turn, (from + to) / 2, point);
}

function pixelAt(turn: Turn, share: number, point: Vec3): readonly [number, number] {
  return projectPoint(model, transformPoint(invertRigid(startFromCamera(turn, share)), point))!;
}

describe('a rolling shutter', () => {
  it('finds the row a point is read with, for every direction', () => {
    const random = seededRandom(41);
    const pixel = new Float64Array(2);
    for (const shutter of shutterDirections) {
      for (let round = 0; round < 40; round++) {
        const raw: Vec3 = [random.normal(), random.normal(), random.normal()];
        const length = Math.hypot(...raw);
        const turn: Turn = {
          axis: [raw[0] / length, raw[1] / length, raw[2] / length],
          angle: random.between(0, 0.05),
          travel: [random.between(-0.2, 0.2), 0, random.between(0, 1)],
        };
        const endFromStart = invertRigid(startFromCamera(turn, 1));
        const projector = projectorOf(
          { model, cameraFromSpace: identityMatrix, shutter, endFromStart },
          size,
        )!;
        const point: Vec3 = [random.between(-8, 8), random.between(-4, 4), random.between(12, 60)];
        expect(projector.project(...point, pixel, 0)).toBe(true);
        const [u, v] = slowPixel(turn, shutter, point);
        expect(Math.abs(pixel[0]! - u)).toBeLessThan(1e-4);
        expect(Math.abs(pixel[1]! - v)).toBeLessThan(1e-4);
      }
    }
  });

  it('is the still picture where the camera does not move, or nobody says which way it is read', () => {
    const cuboid = { center: [1, 0, 15], size: [4, 2, 2], rotation: [0, 0, 0, 1] } as const;
    const camera = { model, cameraFromSpace: identityMatrix, width: 1920, height: 1080 };
    const still = projectCuboid(camera, cuboid);
    expect(projectCuboid({ ...camera, shutter: 'top-bottom', endFromStart: identityMatrix }, cuboid)).toEqual(
      still,
    );
    const moved = matrixFromPose(quaternionFromEuler(0, 0.02, 0), [0, 0, -0.5]);
    expect(projectCuboid({ ...camera, endFromStart: moved }, cuboid)).toEqual(still);
    const rolling = projectCuboid({ ...camera, shutter: 'top-bottom', endFromStart: moved }, cuboid)!;
    expect(Math.abs(rolling.hull![0] - still!.hull![0])).toBeGreaterThan(3);
    // An upright edge leans, so edges are curves.
    expect(rolling.edges[0]!.points.length).toBeGreaterThan(4);
  });

  it('leaves out what has passed the camera by the time it is read', () => {
    const endFromStart: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -2, 0, 0, 0, 1];
    const projector = projectorOf(
      { model, cameraFromSpace: identityMatrix, shutter: 'top-bottom', endFromStart },
      size,
    )!;
    expect(projector.pixelOf([0, 2, 0.5])).toBeNull();
    expect(projector.pixelOf([0, 0, 30])).not.toBeNull();
  });
});

describe("a picture's own calibration", () => {
  const calibration = { camera: 0, model, cameraFromSpace: identityMatrix, width: 1920, height: 1080 };
  const image = { root: 'delivery', path: 'a.jpg', camera: 0, calibration: 0, timestampNanos: null } as const;
  const other: Mat4 = [1, 0, 0, 0.3, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

  it("takes the camera's, and what the picture says before it", () => {
    const delivery = { calibrations: [calibration] };
    expect(effectiveCalibration(delivery, image)).toBe(calibration);
    expect(effectiveCalibration(delivery, { ...image, cameraFromSpace: other })).toEqual({
      ...calibration,
      cameraFromSpace: other,
    });
    expect(effectiveCalibration(delivery, { ...image, endFromStart: other })!.endFromStart).toBe(other);
    expect(effectiveCalibration(delivery, { ...image, calibration: -1 })).toBeNull();
  });
});

describe('far from the origin', () => {
  /** A camera at UTM coordinates, looking along x of its space. */
  const utm: Vec3 = [4_652_345.678, 5_398_765.432, 512.25];
  const axes: Mat4 = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];
  const cameraFromUtm = multiply(axes, [1, 0, 0, -utm[0], 0, 1, 0, -utm[1], 0, 0, 1, -utm[2], 0, 0, 0, 1]);

  it('sees cuboids and points where it sees them near by, to a millimetre', () => {
    const random = seededRandom(42);
    const offsets = Array.from(
      { length: 100 },
      (): Vec3 => [random.between(8, 40), random.between(-5, 5), random.between(-2, 3)],
    );
    const rows = {
      values: Float64Array.from(offsets.flatMap((offset) => offset.map((value, axis) => value + utm[axis]!))),
      count: offsets.length,
      stride: 3,
      position: 0,
      intensity: -1,
    };
    const camera = { camera: 0, model };
    const seen = projectSweep(
      buildSweepGrid(sweepFromDoubles(rows, createBufferPool())),
      { ...camera, cameraFromSpace: cameraFromUtm },
      null,
      ...size,
    );
    expect(seen.count).toBeGreaterThan(80);
    for (let at = 0; at < seen.count; at++) {
      const [u, v, depth] = seen.points.subarray(3 * at, 3 * at + 3) as unknown as [number, number, number];
      // A millimetre across, at the point's distance.
      const isTheSame = offsets.some((offset) => {
        const [nearU, nearV] = projectPoint(model, transformPoint(axes, offset))!;
        return Math.abs(depth - offset[0]) < 1e-3 && Math.hypot(u - nearU, v - nearV) < 1 / offset[0];
      });
      expect(isTheSame).toBe(true);
    }
    const shape = (origin: Vec3) => ({
      center: [origin[0] + 20, origin[1] + 1, origin[2]] as const,
      size: [4, 2, 1.5] as const,
      rotation: [0, 0, 0, 1] as const,
    });
    const far = projectCuboid({ model, cameraFromSpace: cameraFromUtm }, shape(utm))!;
    const near = projectCuboid({ model, cameraFromSpace: axes }, shape([0, 0, 0]))!;
    far.corners.forEach((corner, at) => {
      expect(Math.hypot(corner![0] - near.corners[at]![0], corner![1] - near.corners[at]![1])).toBeLessThan(
        1e-3,
      );
    });
  });
});
