import { describe, expect, it } from 'vitest';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { read } from '../../../../shared/readers/scale/jsonPoints.ts';
import { expectCuboid, expectPixel } from '../../../support/expectExport.ts';
import {
  camera,
  carInFrame,
  carInWorld,
  fromWorld,
  toWorld,
  turned,
  vector,
  vehicleFromCameraRotation,
  vehiclePoses,
} from '../../../support/exportWorld.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

const heading = (yaw: number) => ({ w: Math.cos(yaw / 2), x: 0, y: 0, z: Math.sin(yaw / 2) });

function frameFile(
  i: number,
  extra: object = {},
  points: readonly object[] = [{ x: 1, y: 2, z: 3, i: 0.5, d: 0 }],
) {
  const pose = vehiclePoses[i]!;
  return JSON.stringify({
    points,
    timestamp: 1608294055.25 + i,
    device_position: vector(pose.position),
    device_heading: heading(pose.yaw),
    images: [
      {
        image_url: `https://bucket.example/data/CAM_FRONT/${i}.jpg`,
        position: vector(toWorld(pose, camera.position)),
        heading: turned(pose.yaw, vehicleFromCameraRotation),
        fx: camera.fx,
        fy: camera.fy,
        cx: camera.cx,
        cy: camera.cy,
        camera_model: 'pinhole',
        k1: 0,
      },
    ],
    ...extra,
  });
}

const cuboid = {
  uuid: '4DBCC561',
  label: 'Car',
  position: vector(carInWorld.center),
  // Width, length, height; and yaw from the world's y.
  dimensions: { x: carInWorld.size[1], y: carInWorld.size[0], z: carInWorld.size[2] },
  yaw: carInWorld.yaw - Math.PI / 2,
  numberOfPoints: 64,
  stationary: true,
  camera_used: 1,
  attributes: { heading: 'front' },
};

const task = {
  'task/frames/0.json': frameFile(0),
  'task/frames/1.json': frameFile(1),
  'task/answer.json': JSON.stringify([{ cuboids: [cuboid] }, { cuboids: [cuboid] }]),
  'data/CAM_FRONT/0.jpg': '',
  'data/CAM_FRONT/1.jpg': '',
};

describe('Scale-style tasks', () => {
  it('world coordinates become the device, width and length change places, the front turns from y to x', async () => {
    const index = await openFiles(task);
    expect(index.problems).toEqual([]);
    const cuboids = cuboidsOf(index.labels);
    for (const i of [0, 1]) expectCuboid(cuboids[i]!, { ...carInFrame(i), size: carInWorld.size });
    expect(cuboids[0]).toMatchObject({
      track: '4DBCC561',
      className: 'Car',
      attributes: { heading: 'front', camera_used: 1 },
    });
    expect([...index.labels.cuboids.statedPoints]).toEqual([64, 64]);
    expect(index.delivery.frames.map(({ id, space, timestampNanos }) => [id, space, timestampNanos])).toEqual(
      [
        ['0', 'device', '1608294055250000000'],
        ['1', 'device', '1608294056250000000'],
      ],
    );
    expect(index.delivery.labelFiles).toEqual(['task/answer.json']);
  });

  it('each image by its own pose', async () => {
    const index = await openFiles(task);
    expect(index.delivery.cameras.map(({ name }) => name)).toEqual(['CAM_FRONT']);
    for (const i of [0, 1]) expectPixel(index, i, 0, carInFrame(i).center);
  });

  it('a smaller picture has a smaller lens; unknown lenses draw nothing; broken ones are told once', async () => {
    const base = JSON.parse(task['task/frames/0.json']).images[0];
    const images = [
      { ...base, image_url: 'a/0.jpg', scale_factor: 2, k1: 0.1, k2: 0.2, p1: 0.3, p2: 0.4, k3: 0.5 },
      { ...base, image_url: 'b/0.jpg', camera_model: 'fisheye', k1: 1, k2: 2, k3: 3, k4: 4 },
      { ...base, image_url: 'c/0.jpg', camera_model: 'mercator' },
      { ...base, image_url: 'd/0.jpg', heading: { x: 0, y: 0, z: 0, w: 0 } },
    ];
    const index = await openFiles({
      'f/0.json': frameFile(0, { images }),
      'a/0.jpg': '',
      'b/0.jpg': '',
      'c/0.jpg': '',
      'd/0.jpg': '',
    });
    expect(index.delivery.calibrations.map(({ model }) => model)).toMatchObject([
      { kind: 'pinhole', fx: camera.fx / 2, cx: camera.cx / 2, distortion: [0.1, 0.2, 0.3, 0.4, 0.5] },
      { kind: 'fisheye', distortion: [1, 2, 3, 4] },
      { kind: 'unknown', name: 'mercator' },
    ]);
    expect(codesOf(index)).toEqual(['calibration-bad']);
  });

  it('answers alone are frames in the world; files of one frame each find theirs by name', async () => {
    const alone = await openFiles({ 'answer.json': task['task/answer.json'] });
    expect(alone.delivery.frames.map(({ id, space }) => [id, space])).toEqual([
      ['0', 'world'],
      ['1', 'world'],
    ]);
    expectCuboid(cuboidsOf(alone.labels)[0]!, carInWorld);
    const named = await openFiles({
      'f/10.json': frameFile(0),
      'f/11.json': frameFile(1),
      'labels/11.json': JSON.stringify({ cuboids: [cuboid] }),
    });
    expect(cuboidsOf(named.labels).map(({ frame }) => frame)).toEqual([1]);
  });

  it('frames of the sensor folder serve an answer that came alone', async () => {
    const { 'task/answer.json': answer, ...sensors } = task;
    const index = await openFiles({ 'answer.json': answer }, sensors);
    expectCuboid(cuboidsOf(index.labels)[1]!, { ...carInFrame(1), size: carInWorld.size });
    expect(index.delivery.frames.at(0)!.sweeps[0]).toMatchObject({
      root: 'sensors',
      encoding: 'json-points',
    });
  });

  it('an answer with more frames than there are, and a frame whose JSON breaks off', async () => {
    const index = await openFiles({
      ...task,
      'task/answer.json': JSON.stringify([{ cuboids: [] }, { cuboids: [] }, { cuboids: [cuboid] }]),
      'task/frames/2.json': `{"device_position": {"x": 1, "y": 2, "z": 3}, "points": [{"x": 1`,
    });
    expect(codesOf(index)).toEqual(['json-broken', 'reference-missing']);
  });

  it('what stands around a million points is read without them', async () => {
    const points = Array.from({ length: 60_000 }, (_, i) => ({ x: i, y: -i, z: 0.5, i: 0.25 }));
    const index = await openFiles({ ...task, 'task/frames/0.json': frameFile(0, {}, points) });
    expect(index.problems).toEqual([]);
    expectPixel(index, 0, 0, carInFrame(0).center);
  });
});

describe('points inside JSON', () => {
  const pointsOf = async (text: string) => {
    const source = new MemorySource(new TextEncoder().encode(text));
    const ref = { root: 'delivery', path: 'f.json', lidar: 'lidar', encoding: 'json-points' } as const;
    const codecs = { wasm: () => Promise.reject(new Error('no codec is needed')) };
    return read(ref, { open: () => Promise.resolve(source), pool: freshBuffers, codecs });
  };

  it('coordinates far from zero keep their millimetres', async () => {
    const [x, y, z] = toWorld(vehiclePoses[0]!, [10, 0, 0]);
    const reading = await pointsOf(frameFile(0, {}, [vector([x, y, z]), vector([x + 0.001, y, z])]));
    if (!reading.ok) throw new Error(reading.problem.code);
    const { sweep } = reading.value;
    expect(sweep.count).toBe(2);
    const { interleaved, strideFloats, position, origin } = sweep;
    const step = interleaved[position + strideFloats]! - interleaved[position]!;
    expect(step).toBeCloseTo(0.001, 5);
    const inDevice = fromWorld(vehiclePoses[0]!, [
      interleaved[position]! + origin[0],
      interleaved[position + 1]! + origin[1],
      interleaved[position + 2]! + origin[2],
    ]);
    expect(inDevice[0]).toBeCloseTo(10, 4);
    expect(sweep.intensity).toBe(-1);
  });

  it('lists instead of records, and more than one piece', async () => {
    const points = Array.from({ length: 90_000 }, (_, i) => [i % 1000, i % 999, 3, i % 7]);
    const reading = await pointsOf(JSON.stringify({ points, device_position: {} }));
    if (!reading.ok) throw new Error(reading.problem.code);
    const { count, interleaved, strideFloats, intensity } = reading.value.sweep;
    expect(count).toBe(90_000);
    for (const i of [0, 45_000, 89_999]) {
      const row = [...interleaved.slice(strideFloats * i, strideFloats * i + 4)];
      expect(row, String(i)).toEqual([i % 1000, i % 999, 3, i % 7]);
    }
    expect(intensity).toBe(3);
  });

  it('entries that are no points are counted; a list that breaks off keeps what was whole', async () => {
    const some = await pointsOf(
      '{"points": [{"x":1,"y":2,"z":3}, null, {"x":1}, [1,2], {"x":4,"y":5,"z":6}]}',
    );
    expect(some.ok && some.value.sweep.count).toBe(2);
    expect(some.ok && some.value.problems.map(({ code, params }) => [code, params])).toEqual([
      ['points-left-out', { points: 3 }],
    ]);
    const whole = JSON.stringify({
      points: Array.from({ length: 90_000 }, (_, i) => ({ x: i, y: 0, z: 0 })),
    });
    const cut = await pointsOf(whole.slice(0, -500_005));
    expect(cut.ok && cut.value.sweep.count).toBeGreaterThan(30_000);
    expect(cut.ok && cut.value.problems.map(({ code }) => code)).toEqual(['json-broken']);
    const none = await pointsOf('{"other": []}');
    expect(none.ok ? '' : none.problem.code).toBe('entry-bad');
  });
});
