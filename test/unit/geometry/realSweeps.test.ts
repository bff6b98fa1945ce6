import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { invert, multiply, transformPoint } from '../../../shared/geometry/matrix.ts';
import { countPointsInside } from '../../../shared/geometry/pointsInCuboid.ts';
import { iouOfRectangles, type Ltrb } from '../../../shared/geometry/polygon.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import { quaternionFromRotation } from '../../../shared/geometry/rotation.ts';
import { buildSweepGrid, countInGrid } from '../../../shared/geometry/sweepGrid.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';
import { makeSweep } from './makeSweep.ts';

const root = 'data/kitti-object/training';
const read = (relative: string) => readFileSync(sharedData(`${root}/${relative}`));

/** The calibration as it is printed in the file: KITTI's own chain, without our reader. */
function calibrationOf(frame: string) {
  const lines = read(`calib/${frame}.txt`).toString().split('\n');
  const numbers = (key: string) =>
    lines
      .find((line) => line.startsWith(`${key}:`))!
      .split(/\s+/)
      .slice(1)
      .map(Number);
  const p = numbers('P2');
  const r = numbers('R0_rect');
  const rectified: Mat4 = [...r.slice(0, 3), 0, ...r.slice(3, 6), 0, ...r.slice(6, 9), 0, 0, 0, 0, 1];
  const rectifiedFromSpace = multiply(rectified, [...numbers('Tr_velo_to_cam'), 0, 0, 0, 1]);
  const [fx, fy, cx, cy] = [p[0]!, p[5]!, p[2]!, p[6]!];
  // P2 = K [I | t]: its fourth column is the camera's place beside the reference camera.
  const [tx, ty, tz] = [(p[3]! - cx * p[11]!) / fx, (p[7]! - cy * p[11]!) / fy, p[11]!];
  const cameraFromRectified: Mat4 = [1, 0, 0, tx, 0, 1, 0, ty, 0, 0, 1, tz, 0, 0, 0, 1];
  return {
    rectifiedFromSpace,
    cameraFromSpace: multiply(cameraFromRectified, rectifiedFromSpace),
    model: { kind: 'pinhole', fx, fy, cx, cy, distortion: [] } as const,
  };
}

function labelsOf(frame: string, spaceFromRectified: Mat4): { shape: CuboidShape; ltrb: Ltrb }[] {
  const rows = read(`label_2/${frame}.txt`).toString().trim().split('\n');
  return rows
    .filter((row) => !row.startsWith('DontCare'))
    .map((row) => {
      const v = row.split(' ').slice(1).map(Number);
      const [height, width, length, x, y, z, turn] = v.slice(7, 14) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const m = spaceFromRectified;
      // Own axes in rectified camera axes: forward turns about the camera's y, up is -y.
      const own = [Math.cos(turn), Math.sin(turn), 0, 0, 0, -1, -Math.sin(turn), Math.cos(turn), 0];
      const rotation = [0, 1, 2].flatMap((i) =>
        [0, 1, 2].map((j) => m[4 * i]! * own[j]! + m[4 * i + 1]! * own[3 + j]! + m[4 * i + 2]! * own[6 + j]!),
      );
      const center = transformPoint(m, [x, y - height / 2, z]);
      return {
        shape: { center, size: [length, width, height], rotation: quaternionFromRotation(rotation) },
        ltrb: v.slice(3, 7) as unknown as Ltrb,
      };
    });
}

describeWithSharedData('real KITTI frames', root, () => {
  it.each([
    ['000000', [376], [1224, 370]],
    ['000001', [70, 9, 18], [1242, 375]],
  ] as const)('count the stated points and land on the labelled 2D boxes: %s', (frame, counts, imageSize) => {
    const bytes = read(`velodyne/${frame}.bin`);
    const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const points = Array.from(
      { length: floats.length / 4 },
      (_, k): Vec3 => [floats[4 * k]!, floats[4 * k + 1]!, floats[4 * k + 2]!],
    );
    const sweep = makeSweep(points);
    const grid = buildSweepGrid(sweep);
    const calibration = calibrationOf(frame);
    const labels = labelsOf(frame, invert(calibration.rectifiedFromSpace)!);
    expect(labels.map(({ shape }) => countPointsInside(sweep, shape))).toEqual(counts);
    expect(labels.map(({ shape }) => countInGrid(grid, shape))).toEqual(counts);
    for (const { shape, ltrb } of labels) {
      const { hull, visible } = projectCuboid(calibration, shape, { imageSize })!;
      expect(visible).toBe(true);
      expect(iouOfRectangles(hull!, ltrb)).toBeGreaterThan(0.75);
    }
  });
});
