import { describe, expect, it } from 'vitest';
import { cameraConfig } from '../../../../shared/readers/xtreme1/cameraConfig.ts';
import { expectCuboid, expectPixel } from '../../../support/expectExport.ts';
import { camera, cameraFromVehicle, carInFirst, vector } from '../../../support/exportWorld.ts';
import { boxesOf, codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

const internal = { fx: camera.fx, fy: camera.fy, cx: camera.cx, cy: camera.cy };
const config = { cameraInternal: internal, cameraExternal: cameraFromVehicle, width: 1280, height: 720 };
const columns = [0, 1, 2, 3].flatMap((row) =>
  [0, 1, 2, 3].map((column) => cameraFromVehicle[4 * column + row]!),
);

const car = {
  id: 'a1',
  type: '3D_BOX',
  className: 'Car',
  trackId: 'T1',
  trackName: '1',
  modelConfidence: null,
  classValues: [{ id: 'c', name: 'parked', value: 'yes' }],
  contour: {
    center3D: vector(carInFirst.center),
    size3D: vector(carInFirst.size),
    rotation3D: { x: 0, y: 0, z: carInFirst.yaw },
    pointN: 321,
  },
};
const box = {
  id: 'b1',
  type: '2D_RECT',
  className: 'Car',
  trackId: 'T1',
  contour: {
    viewIndex: 1,
    points: [
      { x: 30, y: 40 },
      { x: 10, y: 90 },
    ],
  },
};
const person = { sourceName: 'Without Task', sourceType: 'DATA_FLOW', objects: [car, box] };

const scene = {
  'scene_1/lidar_point_cloud_0/0001.pcd': '',
  'scene_1/camera_image_0/0001.jpg': '',
  'scene_1/camera_image_1/0001.jpg': '',
  'scene_1/camera_config/0001.json': JSON.stringify([
    config,
    { ...config, cameraExternal: columns, rowMajor: false },
  ]),
  'scene_1/result/0001.json': JSON.stringify([person]),
};

describe('Xtreme1', () => {
  it('cuboids, boxes by view, attributes, stated points, both orders of the matrix', async () => {
    const index = await openFiles(scene);
    expect(index.problems).toEqual([]);
    expect(index.delivery.format).toBe('xtreme1');
    const [cuboid] = cuboidsOf(index.labels);
    expectCuboid(cuboid!, carInFirst);
    expect(cuboid).toMatchObject({
      className: 'Car',
      track: 'T1',
      attributes: { parked: 'yes', trackName: '1' },
    });
    expect(index.labels.cuboids.statedPoints[0]).toBe(321);
    const [rect] = boxesOf(index.labels);
    expect(rect).toMatchObject({ ltrb: [10, 40, 30, 90] });
    expect(index.delivery.cameras[rect!.camera]!.name).toBe('camera_image_1');
    expectPixel(index, 0, 0, carInFirst.center);
    expectPixel(index, 0, 1, carInFirst.center);
  });

  it('a model beside people is another source; alone it is what there is', async () => {
    const model = {
      sourceName: 'PointPillars',
      sourceType: 'MODEL',
      objects: [{ ...car, modelConfidence: 0.9 }],
    };
    const both = await openFiles({ ...scene, 'scene_1/result/0001.json': JSON.stringify([person, model]) });
    expect(both.labels.cuboids.count).toBe(1);
    expect(both.others.map(({ name, kind, labels }) => [name, kind, labels.cuboids.count])).toEqual([
      ['PointPillars', 'model', 1],
    ]);
    const alone = await openFiles({ ...scene, 'scene_1/result/0001.json': JSON.stringify(model) });
    expect(alone.labels.attributeSets).toContainEqual(expect.objectContaining({ modelConfidence: 0.9 }));
  });

  it('labels alone take clouds, images and configuration from the sensor folder', async () => {
    const files = Object.entries(scene);
    const labels = Object.fromEntries(files.filter(([path]) => path.includes('result')));
    const sensors = Object.fromEntries(
      files
        .filter(([path]) => !path.includes('result'))
        .map(([path, text]) => [path.replace('scene_1/', ''), text]),
    );
    const index = await openFiles(labels, sensors);
    const [frame] = [...index.delivery.frames];
    expect(frame!.sweeps[0]).toMatchObject({ root: 'sensors', path: 'lidar_point_cloud_0/0001.pcd' });
    expectPixel(index, 0, 0, carInFirst.center);
  });

  it('results that carry the number of their item behind its name', async () => {
    const { 'scene_1/result/0001.json': result, ...rest } = scene;
    const index = await openFiles({ ...rest, 'scene_1/result/0001-42.json': result! });
    expect(index.delivery.frames.map(({ id }) => id)).toEqual(['0001']);
    expect(index.labels.cuboids.count).toBe(1);
  });

  it('objects without a contour and broken files cost themselves', async () => {
    const index = await openFiles({
      ...scene,
      'scene_1/result/0001.json': JSON.stringify([
        { ...person, objects: [car, { type: '3D_BOX' }, { ...box, contour: {} }] },
      ]),
      'scene_1/result/0002.json': '{"objects": [',
      'scene_1/result/0003.json': '"text"',
    });
    expect(index.labels.cuboids.count).toBe(1);
    const codes = codesOf(index);
    expect(codes.filter((code) => code === 'entry-bad').length).toBe(3);
    expect(codes).toContain('json-broken');
  });

  it('lenses: fisheye by name, mirrored and singular matrices refused', () => {
    const fisheye = { ...config, cameraModel: 'fisheye', distortion: { k1: 0.1, k2: 0.2, k3: 0.3, k4: 0.4 } };
    expect(cameraConfig(fisheye)).toMatchObject({
      model: { kind: 'fisheye', distortion: [0.1, 0.2, 0.3, 0.4] },
    });
    const mirrored = cameraFromVehicle.map((value, i) => (i < 4 ? -value : value));
    expect(cameraConfig({ ...config, cameraExternal: mirrored })).toBe('cameraExternal');
    expect(cameraConfig({ ...config, cameraExternal: new Array(16).fill(0) })).toBe('cameraExternal');
    expect(cameraConfig({ ...config, cameraInternal: { fx: 0 } })).toBe('cameraInternal');
    expect(cameraConfig(null)).toBe('cameraInternal');
  });
});
