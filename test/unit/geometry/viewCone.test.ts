/** The view cone leaves nothing out: every cuboid that projects into a picture may be seen by it. */
import { describe, expect, test } from 'vitest';
import { matrixFromPose, multiply } from '../../../shared/geometry/matrix.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import { quaternionFromEuler, quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import { mayBeSeen, viewCone } from '../../../shared/geometry/viewCone.ts';
import type { CameraModel } from '../../../shared/model/camera.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const pinhole = { kind: 'pinhole', fx: 1000, fy: 1000, cx: 959.5, cy: 539.5 } as const;
const models: readonly (readonly [string, CameraModel])[] = [
  ['a straight lens', { ...pinhole, distortion: [] }],
  ['a barrel lens', { ...pinhole, distortion: [-0.2, 0.03, 0.001, 0, 0] }],
  ['a fisheye', { ...pinhole, kind: 'fisheye', fx: 800, fy: 800, distortion: [0.02, -0.01, 0, 0] }],
];

describe.each(models)('%s', (_, model) => {
  const random = seededRandom(5);
  const cameraFromSpace = multiply(
    [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1],
    matrixFromPose(quaternionFromEuler(0.1, -0.05, 0.7), [1, 2, -1.5]),
  );
  const calibration = { model, cameraFromSpace, width: 1920, height: 1080 };
  const cone = viewCone(calibration);
  const cuboids = Array.from({ length: 3000 }, () => ({
    center: [random.between(-60, 60), random.between(-60, 60), random.between(-2, 3)] as const,
    size: [random.between(0.3, 14), random.between(0.3, 3), random.between(0.5, 4)] as const,
    rotation: quaternionFromYaw(random.between(-3, 3)),
  }));

  test('leaves out nothing that shows, and most of what does not', () => {
    let [shown, kept] = [0, 0];
    for (const cuboid of cuboids) {
      const columns = { center: Float64Array.from(cuboid.center), size: Float64Array.from(cuboid.size) };
      const may = mayBeSeen(cone, columns, 0);
      if (may) kept++;
      if (!projectCuboid(calibration, cuboid)?.visible) continue;
      shown++;
      expect(may, JSON.stringify(cuboid)).toBe(true);
    }
    expect(shown).toBeGreaterThan(300);
    expect(kept).toBeLessThan(0.8 * cuboids.length);
  });
});

test('a camera whose picture has no known size leaves out nothing', () => {
  const cone = viewCone({
    model: { ...pinhole, distortion: [] },
    cameraFromSpace: matrixFromPose([0, 0, 0, 1], [0, 0, 0]),
  });
  const behind = { center: Float64Array.from([0, 0, -50]), size: Float64Array.from([1, 1, 1]) };
  expect(mayBeSeen(cone, behind, 0)).toBe(true);
});
