/** Sweeps as the worker keeps them: fetched over HTTP, answered from the grid, checked against every point. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchIntoPool } from '../../../renderer/workers/fetchBytes.ts';
import type { LoadSweep } from '../../../renderer/workers/protocol.ts';
import { memberLength } from '../../../renderer/workers/protocol.ts';
import { createSweepHandlers } from '../../../renderer/workers/sweepShelf.ts';
import { type CuboidShape, transformCuboid } from '../../../shared/geometry/cuboid.ts';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { invert, transformPoint } from '../../../shared/geometry/matrix.ts';
import { countPointsInside, pointsInside } from '../../../shared/geometry/pointsInCuboid.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Calibration, SweepRef } from '../../../shared/model/delivery.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import { createBufferPool } from '../../../shared/readers/clouds/bufferPool.ts';
import { decodeSweep } from '../../../shared/readers/clouds/readSweep.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const count = 6000;
const random = seededRandom(20261122);
const floats = Float32Array.from({ length: 4 * count }, (_, at) =>
  at % 4 === 3 ? random.between(0, 1) : random.between(-30, 30) * (at % 4 === 2 ? 0.1 : 1),
);
const bytes = new Uint8Array(floats.buffer);
const shapes: CuboidShape[] = Array.from({ length: 12 }, () => ({
  center: [random.between(-25, 25), random.between(-25, 25), random.between(-1, 1)],
  size: [random.between(2, 9), random.between(1, 5), random.between(1, 3)],
  rotation: quaternionFromYaw(random.between(-3, 3)),
}));
const turned: Mat4 = [0, -1, 0, 3, 1, 0, 0, -2, 0, 0, 1, 0.5, 0, 0, 0, 1];

let server: Server;
let base = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url?.endsWith('/cloud.bin'))
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    else if (request.url?.endsWith('/unsized.bin')) {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      for (let at = 0; at < bytes.length; at += 7001) response.write(bytes.subarray(at, at + 7001));
      response.end();
    } else response.writeHead(request.url?.endsWith('/forbidden') ? 403 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const members = Float64Array.from(
  shapes.flatMap(({ center, size, rotation }) => [...center, ...size, ...rotation]),
);
const signal = new AbortController().signal;
const context = { signal, transfer: () => undefined };

function cloud(path = 'cloud.bin', spaceFromPoints: Mat4 | null = null): SweepRef {
  const pose = spaceFromPoints ? { spaceFromPoints } : {};
  return { root: 'delivery', path, lidar: 'top', encoding: 'bin4', ...pose };
}

function request(patch: Partial<LoadSweep> = {}): LoadSweep {
  return {
    key: 'a',
    address: { base, delivery: 'd' },
    ref: cloud(),
    classValues: [],
    members,
    memberCodes: Uint8Array.from(shapes, (_, at) => at + 1),
    instanceCodes: Uint8Array.from(shapes, (_, at) => 100 + at),
    ...patch,
  };
}

function reference() {
  const reading = decodeSweep(bytes, 'bin4', 'cloud.bin');
  if (!reading.ok) throw new Error(reading.problem.code);
  return reading.value.sweep;
}

async function loaded(spaceFromPoints: Mat4 | null = null) {
  const handlers = createSweepHandlers(createBufferPool());
  const result = await handlers.load(request({ ref: cloud('cloud.bin', spaceFromPoints) }), context);
  if (!result.ok) throw new Error(result.problem.code);
  return { handlers, loaded: result.value };
}

test('counts, near points and membership equal a look at every point', async () => {
  const sweep = reference();
  const { handlers, loaded: answer } = await loaded();
  expect(answer.sweep.count).toBe(count);
  const counts = await handlers.counts({ key: 'a', members }, context);
  expect(counts).toEqual({
    ok: true,
    value: Uint32Array.from(shapes, (shape) => countPointsInside(sweep, shape)),
  });
  const near = await handlers.near({ key: 'a', shape: shapes[3]!, margin: 1.5 }, context);
  expect(near).toEqual({ ok: true, value: pointsInside(sweep, shapes[3]!, 1.5) });
  const expected = new Uint8Array(count);
  for (const [at, shape] of shapes.entries())
    for (const point of pointsInside(sweep, shape)) expected[point] = at + 1;
  expect(answer.membership).toEqual(expected);
  expect(answer.instances).toEqual(expected.map((code) => (code === 0 ? 0 : 99 + code)));
  expect(members.length).toBe(memberLength * shapes.length);
});

test('a sweep with a pose answers in the frame’s space', async () => {
  const sweep = reference();
  const { handlers } = await loaded(turned);
  const pointsFromSpace = invert(turned)!;
  const counts = await handlers.counts({ key: 'a', members }, context);
  const expected = shapes.map((shape) => countPointsInside(sweep, transformCuboid(pointsFromSpace, shape)));
  expect(counts).toEqual({ ok: true, value: Uint32Array.from(expected) });
  const target = transformPoint(turned, [floats[0]!, floats[1]!, floats[2]!]);
  const ray = { origin: [target[0], target[1], target[2] + 20] as Vec3, direction: [0, 0, -1] as Vec3 };
  const hit = await handlers.pick({ key: 'a', ray, radius: 0.001, slope: 0, farthest: 100 }, context);
  expect(hit.ok && hit.value?.point).toBe(0);
  if (hit.ok)
    for (const axis of [0, 1, 2] as const) expect(hit.value!.place[axis]).toBeCloseTo(target[axis], 4);
});

test('projected points are those that fall inside the image', async () => {
  const calibration: Calibration = {
    camera: 0,
    model: { kind: 'pinhole', fx: 300, fy: 300, cx: 319.5, cy: 239.5, distortion: [-0.1, 0.01, 0, 0, 0] },
    cameraFromSpace: [0, -1, 0, 0, 0, 0, -1, 0.2, 1, 0, 0, 0.1, 0, 0, 0, 1],
  };
  const { handlers } = await loaded(turned);
  const answer = await handlers.project({ key: 'a', calibration, width: 640, height: 480 }, context);
  if (!answer.ok) throw new Error('no answer');
  const expected: string[] = [];
  for (let point = 0; point < count; point++) {
    const inSpace = transformPoint(turned, [
      floats[4 * point]!,
      floats[4 * point + 1]!,
      floats[4 * point + 2]!,
    ]);
    const inCamera = transformPoint(calibration.cameraFromSpace, inSpace);
    const pixel = projectPoint(calibration.model, inCamera);
    const isInside = pixel && pixel[0] >= -0.5 && pixel[0] <= 639.5 && pixel[1] >= -0.5 && pixel[1] <= 479.5;
    // The lens is valid as far as its distortion rises; these are well inside.
    if (isInside && Math.hypot(inCamera[0], inCamera[1]) < 1.6 * inCamera[2]) {
      expected.push(`${pixel[0].toFixed(1)} ${pixel[1].toFixed(1)} ${inCamera[2].toFixed(2)}`);
    }
  }
  const got: string[] = [];
  for (let at = 0; at < answer.value.count; at++) {
    const [u, v, depth] = answer.value.points.subarray(3 * at, 3 * at + 3);
    got.push(`${u!.toFixed(1)} ${v!.toFixed(1)} ${depth!.toFixed(2)}`);
  }
  expect(expected.length).toBeGreaterThan(300);
  const gotSet = new Set(got);
  const missing = expected.filter((entry) => !gotSet.has(entry));
  // Rounding at the last printed digit may go either way for a few.
  expect(missing.length).toBeLessThan(expected.length * 0.02);
  expect(Math.abs(got.length - expected.length)).toBeLessThan(expected.length * 0.02);
});

test('the ground is low among the points around a place, unknown where there are too few', async () => {
  const { handlers } = await loaded();
  const ground = await handlers.ground({ key: 'a', x: 0, y: 0, radius: 6 }, context);
  const heights: number[] = [];
  for (let point = 0; point < count; point++) {
    if (Math.abs(floats[4 * point]!) <= 6 && Math.abs(floats[4 * point + 1]!) <= 6)
      heights.push(floats[4 * point + 2]!);
  }
  heights.sort((a, b) => a - b);
  expect(ground.ok && ground.value).toBeCloseTo(heights[Math.ceil(heights.length * 0.1) - 1]!, 5);
  expect(await handlers.ground({ key: 'a', x: 500, y: 500, radius: 1 }, context)).toEqual({
    ok: true,
    value: null,
  });
});

test('a missing file, a refused one and a pose without inverse are problems', async () => {
  const handlers = createSweepHandlers(createBufferPool());
  const code = async (patch: Partial<LoadSweep>) => {
    const result = await handlers.load(request(patch), context);
    return result.ok ? 'ok' : result.problem.code;
  };
  expect(await code({ ref: cloud('nothing.bin') })).toBe('sensor-file-missing');
  expect(await code({ ref: cloud('forbidden') })).toBe('sensor-file-unreachable');
  expect(await code({ ref: cloud('cloud.bin', new Array(16).fill(0)) })).toBe('sweep-pose-unusable');
  const gone = await handlers.near({ key: 'b', shape: shapes[0]!, margin: 0 }, context);
  expect(gone.ok ? 'ok' : gone.problem.code).toBe('sweep-not-loaded');
});

test('a released sweep answers no more', async () => {
  const { handlers } = await loaded();
  handlers.release({ key: 'a' }, context);
  const gone = await handlers.gaps({ key: 'a', shape: shapes[0]!, reach: 1 }, context);
  expect(gone.ok).toBe(false);
});

test('bytes arrive whole without a stated length, and pooled buffers are used again', async () => {
  const pool = createBufferPool();
  const first = await fetchIntoPool(`${base}/unsized.bin`, 'unsized.bin', pool, signal);
  expect(first.ok && Buffer.compare(first.value, bytes)).toBe(0);
  if (!first.ok) return;
  const { buffer } = first.value;
  pool.release(buffer);
  const second = await fetchIntoPool(`${base}/cloud.bin`, 'cloud.bin', pool, signal);
  expect(second.ok && second.value.buffer).toBe(buffer);
});
