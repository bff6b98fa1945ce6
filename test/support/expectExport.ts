/** What every made export must read back as: the car where the world has it, and its centre where the camera sees it. */
import { expect } from 'vitest';
import { projectPoint } from '../../shared/geometry/lens.ts';
import { transformPoint } from '../../shared/geometry/matrix.ts';
import { yawFromQuaternion } from '../../shared/geometry/rotation.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Triple } from './exportWorld.ts';
import { pixelOf } from './exportWorld.ts';
import type { cuboidsOf } from './openReading.ts';

/** Metres: coordinates of a city frame are written with nanometres to spare. */
const CLOSE = 6;

export function expectCuboid(
  cuboid: ReturnType<typeof cuboidsOf>[number],
  expected: { readonly center: Triple; readonly size: Triple; readonly yaw: number },
): void {
  for (const axis of [0, 1, 2] as const) {
    expect(cuboid.center[axis], `centre ${axis}`).toBeCloseTo(expected.center[axis], CLOSE);
    expect(cuboid.size[axis], `size ${axis}`).toBeCloseTo(expected.size[axis], CLOSE);
  }
  const difference = yawFromQuaternion(cuboid.rotation) - expected.yaw;
  expect(Math.cos(difference), `yaw ${yawFromQuaternion(cuboid.rotation)}`).toBeCloseTo(1, CLOSE);
}

/** The pixel of a point through the delivery's own calibration equals the plain formula. */
export function expectPixel({ delivery }: DeliveryIndex, frame: number, image: number, point: Triple): void {
  const { calibration } = delivery.frames.at(frame)!.images[image]!;
  const { model, cameraFromSpace } = delivery.calibrations[calibration]!;
  const pixel = projectPoint(model, transformPoint(cameraFromSpace, point))!;
  const expected = pixelOf(point);
  expect(pixel[0]).toBeCloseTo(expected[0], 4);
  expect(pixel[1]).toBeCloseTo(expected[1], 4);
}
