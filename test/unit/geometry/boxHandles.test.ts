/** Handles: what a ray finds of a box in each view, and what pulling it there does. */
import { describe, expect, test } from 'vitest';
import { fromBoxAxes } from '../../../shared/geometry/boxAxes.ts';
import { boxDelta, faceDeltas } from '../../../shared/geometry/boxDelta.ts';
import { beginDrag, type PullOptions } from '../../../shared/geometry/boxDrag.ts';
import { turned } from '../../../shared/geometry/boxEdits.ts';
import { type BoxHandle, faceMiddles, handleUnder, stemMeters } from '../../../shared/geometry/boxHandles.ts';
import { endsOfRuns, snapped } from '../../../shared/geometry/boxSnap.ts';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import type { Ray } from '../../../shared/geometry/ray.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const car: CuboidShape = { center: [20, -8, 1], size: [4.6, 1.9, 1.6], rotation: quaternionFromYaw(0.7) };
const plain: PullOptions = { share: 1, snap: null };

/** A ray of a view along one of the box's axes through a place given in its axes. */
function along(shape: CuboidShape, axis: 0 | 1 | 2, place: Vec3): Ray {
  const from: [number, number, number] = [...place];
  from[axis] += 5;
  const origin = fromBoxAxes(shape, from);
  const to = fromBoxAxes(shape, place);
  return {
    origin,
    direction: [0, 1, 2].map((at) => (to[at]! - origin[at]!) / 5) as unknown as Vec3,
  };
}

/** From an eye through a place given in the box's axes. */
function from(eye: Vec3, shape: CuboidShape, place: Vec3): Ray {
  const to = fromBoxAxes(shape, place);
  const way = to.map((value, axis) => value - eye[axis]!);
  const length = Math.hypot(...way);
  return { origin: eye, direction: [way[0]! / length, way[1]! / length, way[2]! / length] };
}

const flat = { isParallel: true, reach: 0.12, isInsideHeld: false };

describe('in a view along an axis', () => {
  test.each([
    ['front from above', 2, [2.3, 0.4, 0], { kind: 'faces', faces: [0] }],
    ['rear a little outside', 2, [-2.38, -0.3, 0], { kind: 'faces', faces: [1] }],
    ['left from above', 2, [0.8, 0.95, 0], { kind: 'faces', faces: [2] }],
    ['right from behind', 0, [0, -0.95, 0.2], { kind: 'faces', faces: [3] }],
    ['top from the side', 1, [1, 0, 0.8], { kind: 'faces', faces: [4] }],
    ['bottom from the side', 1, [-1, 0, -0.85], { kind: 'faces', faces: [5] }],
    ['stem from above', 2, [2.3 + 0.6, 0.02, 0], { kind: 'turn' }],
    ['the middle', 2, [0.05, 0.05, 0], { kind: 'move' }],
    ['inside, without correcting', 2, [1.2, 0.4, 0], null],
    ['outside', 2, [0, 1.3, 0], null],
    ['the stem says nothing from the side', 1, [2.9, 0, 0], null],
  ] as const)('%s', (_name, axis, place, expected) => {
    expect(handleUnder(car, along(car, axis, place), flat)).toEqual(expected);
  });

  test('a corner is two faces, the nearer one first', () => {
    const handle = handleUnder(car, along(car, 2, [2.28, 0.9, 0]), flat);
    expect(handle?.kind === 'faces' && [...handle.faces].sort()).toEqual([0, 2]);
  });

  test('while correcting, all of the inside moves', () => {
    const ray = along(car, 2, [1.2, 0.4, 0]);
    expect(handleUnder(car, ray, { ...flat, isInsideHeld: true })).toEqual({ kind: 'move' });
  });

  test('a cone of a few pixels can still be moved by its middle', () => {
    const cone: CuboidShape = { ...car, size: [0.3, 0.3, 0.7] };
    const handle = handleUnder(cone, along(cone, 2, [0, 0, 0]), { ...flat, reach: 0.25 });
    expect(handle).toEqual({ kind: 'move' });
  });
});

test('where rays spread, the middles of faces and the end of the stem are held', () => {
  const eye: Vec3 = [0, 0, 25];
  const spread = { isParallel: false, reach: 0.01, isInsideHeld: true };
  for (const [face, middle] of faceMiddles(car).entries()) {
    expect(handleUnder(car, from(eye, car, middle), spread)).toEqual({ kind: 'faces', faces: [face] });
  }
  const tip: Vec3 = [2.3 + stemMeters(car), 0, 0];
  expect(handleUnder(car, from(eye, car, tip), spread)).toEqual({ kind: 'turn' });
  expect(handleUnder(car, from(eye, car, [1.2, 3, 0]), spread)).toBeNull();
});

describe('pulling', () => {
  test('a face goes as far as the ray and its opposite stays, from any side', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 200; round++) {
      const face = random.integer(0, 5);
      const axis = face >> 1;
      const depth = ((axis + random.integer(1, 2)) % 3) as 0 | 1 | 2;
      const handle: BoxHandle = { kind: 'faces', faces: [face] };
      const rest = faceMiddles(car)[face]!;
      const way = random.between(-0.4, 0.8);
      const to: [number, number, number] = [...rest];
      to[axis] = rest[axis]! + (face % 2 === 0 ? 1 : -1) * way;
      const drag = beginDrag(car, handle, along(car, depth, rest), true);
      const deltas = faceDeltas(car, drag.pull(along(car, depth, to), plain));
      for (const [at, value] of deltas.entries()) expect(value).toBeCloseTo(at === face ? way : 0, 9);
    }
  });

  test('nothing jumps at the grip: only movement counts', () => {
    const grip = along(car, 2, [2.38, 0.1, 0]);
    const drag = beginDrag(car, { kind: 'faces', faces: [0] }, grip, true);
    expect(boxDelta(car, drag.pull(grip, plain)).length).toBeCloseTo(0, 12);
  });

  test('the finer share holds from where it begins', () => {
    const drag = beginDrag(car, { kind: 'faces', faces: [0] }, along(car, 2, [2.3, 0, 0]), true);
    drag.pull(along(car, 2, [2.8, 0, 0]), plain);
    const fine = drag.pull(along(car, 2, [3.3, 0, 0]), { share: 0.2, snap: null });
    expect(boxDelta(car, fine).length).toBeCloseTo(0.6, 9);
  });

  test('the inside moves in the plane of the view', () => {
    const drag = beginDrag(car, { kind: 'move' }, along(car, 1, [0.5, 0, 0.1]), true);
    const {
      along: forward,
      across,
      up,
      yaw,
    } = boxDelta(car, drag.pull(along(car, 1, [0.8, 0, -0.1]), plain));
    expect([forward, across, up, yaw].map((value) => Number(value.toFixed(9)) + 0)).toEqual([
      0.3, 0, -0.2, 0,
    ]);
  });

  test('from an eye above it moves level', () => {
    const eye: Vec3 = [0, 0, 30];
    const drag = beginDrag(car, { kind: 'move' }, from(eye, car, [0, 0, 0]), false);
    const { along: forward, across, up } = boxDelta(car, drag.pull(from(eye, car, [0.5, -0.7, 0]), plain));
    expect([forward, across, up].map((value) => Number(value.toFixed(9)) + 0)).toEqual([0.5, -0.7, 0]);
  });

  test('the stem turns by the angle it is led through, past half a turn too', () => {
    const at = (angle: number): Ray => along(car, 2, [3 * Math.cos(angle), 3 * Math.sin(angle), 0]);
    const drag = beginDrag(car, { kind: 'turn' }, at(0), true);
    let box = car;
    for (let angle = 0; angle <= 3.5; angle += 0.25) box = drag.pull(at(angle), plain);
    expect(Math.cos(boxDelta(car, box).yaw - 3.5)).toBeCloseTo(1, 9);
  });

  test('a face of a turned box still follows along its own axis', () => {
    const other = turned(car, 0.3);
    const drag = beginDrag(other, { kind: 'faces', faces: [2] }, along(car, 2, [0, 0.95, 0]), true);
    const delta = boxDelta(other, drag.pull(along(car, 2, [0, 1.45, 0]), plain));
    expect(delta.width).toBeCloseTo(0.5 * Math.cos(0.3), 9);
    expect(delta.yaw).toBeCloseTo(0, 9);
  });
});

describe('snapping', () => {
  const points = Float32Array.from(
    [-1.9, -1.8, -1.75, -1.7, 0.4, 0.5, 0.6, 1.2, 2.0, 2.1, 2.15].flatMap((at) => [at, 0.1, 0]),
  );

  test('runs of points end where there is room; lone points end nothing', () => {
    const ends = endsOfRuns(points, [4, 2, 1.6], 0);
    expect(ends.map((end) => Number(end.toFixed(2)))).toEqual([-1.9, -1.7, 0.4, 0.6, 2, 2.15]);
  });

  test('points beside the box and on the ground do not count', () => {
    const beside = Float32Array.from(
      [1, 1.05, 1.1].flatMap((at) => [at, 1.5, 0]).concat([1, 1.05, 1.1].flatMap((at) => [at, 0, -0.75])),
    );
    expect(endsOfRuns(beside, [4, 2, 1.6], 0)).toEqual([]);
  });

  test('a face rests at the nearest end within reach', () => {
    expect(snapped([1, 2], 1.8, 0.25)).toBe(2);
    expect(snapped([1, 2], 1.7, 0.25)).toBe(1.7);
  });
});
