/** Colours that cameras give to points: of the very pixel that sees each, from the better camera, not past an edge. */
import { expect, test } from 'vitest';
import { type CalibratedPicture, paintSweep } from '../../../renderer/workers/paintSweep.ts';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { invert, matrixFromPose, transformPoint } from '../../../shared/geometry/matrix.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import { buildSweepGrid } from '../../../shared/geometry/sweepGrid.ts';
import type { CameraModel } from '../../../shared/model/camera.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { makeSweep } from '../geometry/makeSweep.ts';

const model: CameraModel = {
  ...{ kind: 'pinhole', fx: 300, fy: 300, cx: 319.5, cy: 239.5, distortion: [-0.1, 0.01, 0, 0, 0] },
};
/** Looks along +x. */
const forward: Mat4 = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];

/** Each pixel tells its own place: red the column, green the row, in quarters; blue as given. */
function picture(cameraFromSpace: Mat4, blue: number): CalibratedPicture {
  const [width, height] = [160, 120];
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      pixels.set([column, row, blue, 255], 4 * (row * width + column));
    }
  }
  return { pixels, width, height, full: [640, 480], calibration: { camera: 0, model, cameraFromSpace } };
}

function painted(points: readonly Vec3[], pictures: readonly CalibratedPicture[], pose: Mat4 | null = null) {
  const bytes = paintSweep(buildSweepGrid(makeSweep(points)), points.length, pose, pictures);
  return points.map((_, at) => [...bytes.subarray(4 * at, 4 * at + 4)]);
}

const unseen = [0, 0, 0, 255];

test('each point has the colour of the pixel that the lens puts it on', () => {
  const random = seededRandom(9);
  // On a wall, so that nothing hides anything else.
  const points: Vec3[] = Array.from({ length: 300 }, () => [
    ...([12, random.between(-9, 9), random.between(-7, 7)] as const),
  ]);
  const pose = matrixFromPose(quaternionFromYaw(0.3), [1, -2, 0.5]);
  const own = points.map((point) => transformPoint(invert(pose)!, point));
  let seen = 0;
  for (const [at, colour] of painted(own, [picture(forward, 7)], pose).entries()) {
    const [u, v] = projectPoint(model, transformPoint(forward, points[at]!))!;
    const place = [Math.floor((u + 0.5) / 4), Math.floor((v + 0.5) / 4)];
    const [column, row] = place as [number, number];
    const isNearEdge = [u, v].some(
      (value) => Math.abs((value + 0.5) / 4 - Math.round((value + 0.5) / 4)) < 1e-3,
    );
    if (isNearEdge) continue;
    const isInside = column >= 0 && column < 160 && row >= 0 && row < 120;
    expect(colour).toEqual(isInside ? [column, row, 7, 0] : unseen);
    if (isInside) seen++;
  }
  expect(seen).toBeGreaterThan(200);
});

test('of two cameras the one that sees the point nearer to its middle gives the colour', () => {
  const turned = matrixFromPose(quaternionFromYaw(0.5), [0, 0, 0]);
  const left = invert(turned)!;
  const aside: Mat4 = Array.from({ length: 16 }, (_, at) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + forward[4 * Math.floor(at / 4) + k]! * left[4 * k + (at % 4)]!, 0),
  );
  const points: Vec3[] = [
    [10, 0, 0],
    [10, 5.46, 0],
  ];
  const blues = painted(points, [picture(forward, 1), picture(aside, 2)]).map(([, , blue]) => blue);
  expect(blues).toEqual([1, 2]);
});

test('what lies behind something nearer keeps no colour of it; what lies behind the camera has none', () => {
  const points: Vec3[] = [
    [8, 0.01, 0.01],
    [20, 0.01, 0.01],
    [8.3, 0.01, 0],
    [-8, 0, 0],
    [Number.NaN, 0, 0],
  ];
  const [near, hidden, sameSurface, behind, nowhere] = painted(points, [picture(forward, 3)]);
  expect(near![3]).toBe(0);
  expect(sameSurface![3]).toBe(0);
  expect([hidden, behind, nowhere]).toEqual([unseen, unseen, unseen]);
});

test('without a picture nothing is seen', () => {
  expect(painted([[5, 0, 0]], [])).toEqual([unseen]);
});
