/** Directions, scales and colours of the views, against what they promise. */
import { expect, test } from 'vitest';
import { rankCameras } from '../../../renderer/viewport/cameraRank.ts';
import { cellOrbit, cellPath } from '../../../renderer/viewport/cellLook.ts';
import { gapTagPlace, inLabel } from '../../../renderer/viewport/labelStrokes.ts';
import { parseHex } from '../../../renderer/viewport/palette.ts';
import { scaleText } from '../../../renderer/viewport/scaleText.ts';
import { closeAxes, closeFaces } from '../../../renderer/viewport/views/closeView.ts';
import { birdsEye, orbitAxes, orbitEye } from '../../../renderer/viewport/views/contextView.ts';
import { cropAround } from '../../../renderer/viewport/views/imageView.ts';
import { ViewCamera } from '../../../renderer/viewport/views/viewCamera.ts';
import {
  quaternionFromEuler,
  quaternionFromYaw,
  rotationFromQuaternion,
} from '../../../shared/geometry/rotation.ts';
import type { Calibration, Delivery, Frame } from '../../../shared/model/delivery.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

test('close views are right-handed, and look from where they say', () => {
  const upright = rotationFromQuaternion([0, 0, 0, 1]);
  const backOf = (face: 'top' | 'side' | 'end', flipped: boolean): number[] =>
    closeAxes(face, flipped, upright).back.map((value) => value + 0);
  expect(backOf('top', false)).toEqual([0, 0, 1]);
  expect(backOf('top', true)).toEqual([0, 0, 1]);
  // The side view looks from the label's right (-y), flipped from its left; the end view from behind, then ahead.
  expect(backOf('side', false)).toEqual([0, -1, 0]);
  expect(backOf('side', true)).toEqual([0, 1, 0]);
  expect(backOf('end', false)).toEqual([-1, 0, 0]);
  expect(backOf('end', true)).toEqual([1, 0, 0]);
  // Heading up from above; to the right from the label's right side.
  expect(closeAxes('top', false, upright).up).toEqual([1, 0, 0]);
  expect(closeAxes('side', false, upright).right).toEqual([1, 0, 0]);
  const random = seededRandom(3);
  for (let trial = 0; trial < 50; trial++) {
    const rotation = rotationFromQuaternion(
      quaternionFromEuler(random.between(-1, 1), random.between(-1, 1), random.between(-3, 3)),
    );
    for (const face of closeFaces) {
      const { right, up, back } = closeAxes(face, trial % 2 === 0, rotation);
      expect(dot(right, up)).toBeCloseTo(0, 12);
      expect(dot(right, right)).toBeCloseTo(1, 12);
      for (const axis of [0, 1, 2] as const) expect(cross(right, up)[axis]).toBeCloseTo(back[axis], 12);
    }
  }
});

test('a ray through a projected place passes through that place', () => {
  const random = seededRandom(5);
  const camera = new ViewCamera();
  for (let trial = 0; trial < 60; trial++) {
    const orbit = {
      target: [random.between(-50, 50), random.between(-50, 50), random.between(-2, 2)] as Vec3,
      distance: random.between(5, 100),
      azimuth: random.between(-3, 3),
      elevation: random.between(0.1, 1.5),
    };
    if (trial % 2 === 0) camera.setPerspective(orbitEye(orbit), orbitAxes(orbit), 0.46, 1.4, 0.5, 1200);
    else camera.setOrthographic(orbit.target, orbitAxes(orbit), 20, 14, 30);
    const place: Vec3 = [
      orbit.target[0] + random.between(-2, 2),
      orbit.target[1] + random.between(-2, 2),
      orbit.target[2] + random.between(-1, 1),
    ];
    const at = camera.project(place)!;
    const { origin, direction } = camera.rayAt(at[0], at[1]);
    const toPlace: Vec3 = [place[0] - origin[0], place[1] - origin[1], place[2] - origin[2]];
    expect(Math.hypot(...cross(toPlace, direction))).toBeLessThan(0.02);
    expect(Math.hypot(...direction)).toBeCloseTo(1, 9);
  }
});

test('image pixels run right and down', () => {
  const camera = new ViewCamera();
  camera.setPixels(100, 50, 300, 150);
  expect(camera.project([100, 50, 0])!.map((value) => Math.round(value * 1e6) / 1e6)).toEqual([-1, 1]);
  expect(camera.project([300, 150, 0])!.map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, -1]);
});

test('bird’s-eye looks down with the vehicle’s front upwards', () => {
  const { right, up, back } = orbitAxes(birdsEye);
  expect(back[2]).toBeGreaterThan(0.8);
  expect(up[0]).toBeGreaterThan(0);
  expect(right[1]).toBeLessThan(-0.99);
});

test('a sector is looked at from the sensor outwards', () => {
  const cell = { sectors: 4, sector: 1, fromMeters: 30, toMeters: 60 };
  const { target, azimuth } = cellOrbit(cell, [1, 2, -1.5]);
  expect(azimuth).toBeCloseTo(Math.PI / 2);
  expect(target[0]).toBeCloseTo(1);
  expect(target[1]).toBeCloseTo(2 + 45);
  const { near, far } = cellPath(cell, [0, 0, 0]);
  expect([near[1], far[1]]).toEqual([30, 60]);
});

test('a colour of the style sheet is read as it is written', () => {
  expect(parseHex(' #ff8000 ')).toEqual([1, 128 / 255, 0]);
});

test('scales are said with one digit that matters', () => {
  expect([0.0004, 0.0043, 0.0097, 0.03, 0.12].map(scaleText)).toEqual([
    '1 mm',
    '4 mm',
    '1 cm',
    '3 cm',
    '10 cm',
  ]);
});

test('a crop keeps the label inside, and itself inside the picture', () => {
  const [left, top, right, bottom] = cropAround([10, 20, 110, 60], 640, 480);
  expect([left, top]).toEqual([-0.5, 0]);
  expect(cropAround([10, 4, 110, 60], 640, 480)[1]).toBe(-0.5);
  expect(right).toBeGreaterThan(110);
  expect(right).toBeLessThan(200);
  expect(bottom).toBeGreaterThan(60);
  const tiny = cropAround([300, 200, 304, 206], 640, 480);
  expect(tiny[2] - tiny[0]).toBeGreaterThan(20);
});

test('the words of a gap stand beside the plane of the last points', () => {
  const shape = { center: [10, 5, 1] as Vec3, size: [4, 2, 1.5] as Vec3, rotation: quaternionFromYaw(0.7) };
  const { from, to } = gapTagPlace(shape, 1, 0.6, 0.4);
  const expected = inLabel(shape, -2 + 0.6, -1, 0);
  for (const axis of [0, 1, 2] as const) expect(from[axis]).toBeCloseTo(expected[axis], 12);
  expect(Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2])).toBeCloseTo(0.4, 12);
});

test('the camera that sees most of a label comes first, one that does not see it never', () => {
  const looking = (camera: number, yaw: number): Calibration => {
    const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
    return {
      camera,
      model: { kind: 'pinhole', fx: 400, fy: 400, cx: 319.5, cy: 199.5, distortion: [] },
      // Camera axes from the vehicle's: x right = -left, y down = -up, z forward; turned to `yaw`.
      cameraFromSpace: [s, -c, 0, 0, 0, 0, -1, 0, c, s, 0, 0, 0, 0, 0, 1],
      width: 640,
      height: 400,
    };
  };
  const frame: Frame = {
    id: 'f',
    scene: 0,
    index: 0,
    timestampNanos: null,
    space: 'lidar',
    sweeps: [],
    images: [0, 1, 2].map((camera) => ({
      root: 'delivery',
      path: `${camera}.jpg`,
      camera,
      calibration: camera,
      timestampNanos: null,
    })),
  };
  const delivery: Delivery = {
    format: 'openlabel',
    scenes: [{ id: 's', frameStart: 0, frameCount: 1 }],
    frames: [frame],
    frameIds: [frame.id],
    lidars: [],
    cameras: ['back', 'cut', 'front'].map((name) => ({ name })),
    calibrations: [looking(0, Math.PI), looking(1, 0.75), looking(2, 0)],
    labelFiles: [],
  };
  const sights = rankCameras(delivery, frame, {
    center: [12, 0.5, 0],
    size: [4, 2, 1.5],
    rotation: [0, 0, 0, 1],
  });
  expect(sights.map(({ camera }) => camera)).toEqual([2, 1]);
  expect(sights[0]!.share).toBe(1);
  expect(sights[1]!.share).toBeLessThan(1);
});
