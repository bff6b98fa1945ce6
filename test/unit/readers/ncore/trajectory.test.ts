/** Poses between samples against a slow, independent way of working them out. */
import { describe, expect, test } from 'vitest';
import { matrixFromPose, multiply, transformPoint } from '../../../../shared/geometry/matrix.ts';
import { normalizeQuaternion } from '../../../../shared/geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../../../shared/model/pose.ts';
import { nearestByTime } from '../../../../shared/readers/ncore/nearest.ts';
import { PoseGraph } from '../../../../shared/readers/ncore/poseGraph.ts';
import { SweptPose } from '../../../../shared/readers/ncore/sweptPose.ts';
import { slerp, Trajectory } from '../../../../shared/readers/ncore/trajectory.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const random = seededRandom(41);
const someRotation = (): Quaternion =>
  normalizeQuaternion([random.normal(), random.normal(), random.normal(), random.normal()])!;
const somePlace = (): Vec3 => [random.between(-50, 50), random.between(-50, 50), random.between(-5, 5)];

/** The rotation from one to the other as axis and angle (Rodrigues), a share of it applied to the first. */
function slowly(from: Quaternion, to: Quaternion, share: number, point: Vec3): Vec3 {
  const a = matrixFromPose(from, [0, 0, 0]);
  const b = matrixFromPose(to, [0, 0, 0]);
  const at = (m: Mat4, i: number, k: number) => m[4 * i + k]!;
  const between = (i: number, k: number) =>
    at(b, i, 0) * at(a, k, 0) + at(b, i, 1) * at(a, k, 1) + at(b, i, 2) * at(a, k, 2);
  const angle = Math.acos(Math.min(1, Math.max(-1, (between(0, 0) + between(1, 1) + between(2, 2) - 1) / 2)));
  const raw: Vec3 = [
    between(2, 1) - between(1, 2),
    between(0, 2) - between(2, 0),
    between(1, 0) - between(0, 1),
  ];
  const length = Math.hypot(...raw);
  const [x, y, z] = raw.map((value) => value / length) as [number, number, number];
  const p = transformPoint(a, point);
  const [c, s] = [Math.cos(share * angle), Math.sin(share * angle)];
  const dot = x * p[0] + y * p[1] + z * p[2];
  const cross: Vec3 = [y * p[2] - z * p[1], z * p[0] - x * p[2], x * p[1] - y * p[0]];
  return [0, 1, 2].map((i) => p[i]! * c + cross[i]! * s + [x, y, z][i]! * dot * (1 - c)) as unknown as Vec3;
}

describe('trajectory', () => {
  test('rotations turn evenly about one axis', () => {
    for (let round = 0; round < 300; round++) {
      const [from, to, point] = [someRotation(), someRotation(), somePlace()];
      const share = random.next();
      const fast = transformPoint(matrixFromPose(slerp(from, to, share), [0, 0, 0]), point);
      const slow = slowly(from, to, share, point);
      for (const axis of [0, 1, 2]) expect(fast[axis]).toBeCloseTo(slow[axis]!, 6);
    }
  });

  test('places run straight; samples are met exactly; outside there is nothing', () => {
    const trajectory = new Trajectory();
    const samples = Array.from({ length: 20 }, (_, i) => ({
      time: 1e15 + i * 33_333,
      rotation: someRotation(),
      place: somePlace(),
    }));
    for (const { time, rotation, place } of samples) expect(trajectory.add(time, rotation, place)).toBe(true);
    for (const [i, { time, rotation, place }] of samples.entries()) {
      const pose = trajectory.at(time)!;
      const expected = matrixFromPose(rotation, place);
      for (const [k, value] of expected.entries()) expect(pose[k]).toBeCloseTo(value, 12);
      const next = samples[i + 1];
      if (!next) continue;
      const middle = trajectory.at((time + next.time) / 2)!;
      for (const axis of [0, 1, 2])
        expect(middle[4 * axis + 3]).toBeCloseTo((place[axis]! + next.place[axis]!) / 2, 9);
    }
    expect(trajectory.at(1e15 - 1)).toBeNull();
    expect(trajectory.at(samples.at(-1)!.time + 1)).toBeNull();
    expect(trajectory.at(Number.NaN)).toBeNull();
    expect(trajectory.add(1e15, someRotation(), somePlace())).toBe(false);
    expect(trajectory.add(Number.NaN, someRotation(), somePlace())).toBe(false);
  });
});

test('a chain of frames is the product of its transforms, both ways', () => {
  const graph = new PoseGraph();
  const poses = Array.from({ length: 4 }, () => matrixFromPose(someRotation(), somePlace()));
  graph.addStatic('a', 'b', poses[0]!);
  graph.addStatic('c', 'b', poses[1]!);
  graph.addStatic('c', 'd', poses[2]!);
  // A second statement about a pair does not count, and a detour is not taken.
  graph.addStatic('b', 'a', poses[3]!);
  const there = graph.at('d', 'a', 0)!;
  const back = graph.at('a', 'd', 0)!;
  const bFromC = poses[1]!;
  const point = somePlace();
  const viaC = transformPoint(multiply(bFromC, graph.at('c', 'a', 0)!), point);
  const direct = transformPoint(poses[0]!, point);
  const round = transformPoint(back, transformPoint(there, point));
  for (const axis of [0, 1, 2]) {
    expect(viaC[axis]).toBeCloseTo(direct[axis]!, 9);
    expect(round[axis]).toBeCloseTo(point[axis]!, 9);
  }
  expect(graph.at('a', 'nowhere', 0)).toBeNull();
});

test('a swept pose stays within a tenth of a millimetre of the exact one', () => {
  const trajectory = new Trajectory();
  for (let i = 0; i <= 10; i++) {
    const yaw = 0.012 * i;
    trajectory.add(i * 10_000, [0, 0, Math.sin(yaw / 2), Math.cos(yaw / 2)], [0.3 * i, 0.0005 * i * i, 0]);
  }
  const swept = new SweptPose((time) => trajectory.at(time), 500, 99_500);
  for (let round = 0; round < 500; round++) {
    const time = random.between(500, 99_500);
    const point: Vec3 = [random.between(-100, 100), random.between(-100, 100), 1];
    const rows = Float32Array.of(0, ...point, 0, 0, 0);
    expect(swept.move(time, rows, 1, 4)).toBe(true);
    const exact = transformPoint(trajectory.at(time)!, point);
    for (const axis of [0, 1, 2]) expect(Math.abs(rows[4 + axis]! - exact[axis]!)).toBeLessThan(1e-4);
  }
});

test('the nearest in time, as looked for one by one', () => {
  const times = Array.from({ length: 40 }, () => Math.floor(random.between(0, 1000))).sort((a, b) => a - b);
  for (let time = -50; time < 1050; time += 7) {
    const away = times.map((other) => Math.abs(other - time));
    const best = Math.min(...away);
    const found = nearestByTime(times, (value) => value, time, 30);
    expect(found < 0 ? null : away[found]).toBe(best <= 30 ? best : null);
  }
});
