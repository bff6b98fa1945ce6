import { describe, expect, it } from 'vitest';
import { expectCuboid, expectPixel } from '../../../support/expectExport.ts';
import { camera, cameraFromVehicle, carInFirst, vector } from '../../../support/exportWorld.ts';
import { boxesOf, codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

const meta = JSON.stringify({
  classes: [{ title: 'car', shape: 'cuboid_3d' }],
  tags: [],
  projectType: 'point_clouds',
});
const sensorsData = {
  extrinsicMatrix: cameraFromVehicle.slice(0, 12),
  intrinsicMatrix: [camera.fx, 0, camera.cx, 0, camera.fy, camera.cy, 0, 0, 1],
};
const figure = (key: string, objectKey = 'object') => ({
  key,
  objectKey,
  geometryType: 'cuboid_3d',
  geometry: {
    position: vector(carInFirst.center),
    rotation: { x: 0, y: 0, z: carInFirst.yaw },
    dimensions: vector(carInFirst.size),
  },
});
const objects = [
  {
    key: 'object',
    classTitle: 'car',
    tags: [{ name: 'state', value: 'parked', frameRange: [0, 0] }, { name: 'seen' }],
  },
];
const image = (deviceId: string) => JSON.stringify({ name: 'x.png', meta: { deviceId, sensorsData } });

const project = {
  'meta.json': meta,
  'ds/pointcloud/a.pcd': '',
  'ds/ann/a.pcd.json': JSON.stringify({ key: 'k', figures: [figure('f1')], objects }),
  'ds/related_images/a_pcd/x.png': '',
  'ds/related_images/a_pcd/x.png.json': image('front'),
};

describe('Supervisely point clouds', () => {
  it('cuboids, tags, and the camera from the sensors of the image', async () => {
    const index = await openFiles(project);
    expect(index.problems).toEqual([]);
    const [cuboid] = cuboidsOf(index.labels);
    expectCuboid(cuboid!, carInFirst);
    expect(cuboid).toMatchObject({
      id: 'f1',
      track: 'object',
      className: 'car',
      attributes: { state: 'parked', seen: true },
    });
    expect(index.delivery.cameras.map(({ name }) => name)).toEqual(['front']);
    expectPixel(index, 0, 0, carInFirst.center);
  });

  it('figures in the image, other geometries in the cloud', async () => {
    const drawn = [
      {
        key: 'r',
        objectKey: 'object',
        geometryType: 'rectangle',
        geometry: {
          points: {
            exterior: [
              [1, 2],
              [5, 9],
            ],
          },
        },
      },
      {
        key: 'p',
        objectKey: 'object',
        geometryType: 'polygon',
        geometry: {
          points: {
            exterior: [
              [0, 0],
              [3, 0],
              [3, 3],
            ],
          },
        },
      },
      { key: 'bad', objectKey: 'object', geometryType: 'rectangle', geometry: {} },
    ];
    const figures = [
      figure('f1'),
      { key: 'q', objectKey: 'object', geometryType: 'point_3d', geometry: { x: 1, y: 2, z: 3 } },
      { key: 's', objectKey: 'object', geometryType: 'point_cloud', geometry: { indices: [1, 2, 3] } },
    ];
    const index = await openFiles({
      ...project,
      'ds/ann/a.pcd.json': JSON.stringify({ figures, objects }),
      'ds/related_images/a_pcd/x.png.figures.json': JSON.stringify(drawn),
    });
    expect(boxesOf(index.labels)).toMatchObject([
      { id: 'r', camera: 0, ltrb: [1, 2, 5, 9], className: 'car' },
    ]);
    expect(index.labels.shapes.map(({ id, kind, camera: on }) => [id, kind, on])).toEqual([
      ['q', 'points', null],
      ['s', 'mask', null],
      ['p', 'polygon', 0],
    ]);
    expect(index.labels.shapes[1]!.attributes).toMatchObject({ points: 3, geometryType: 'point_cloud' });
    expect(codesOf(index)).toEqual(['entry-bad']);
    expect(index.delivery.labelFiles).toEqual([
      'ds/ann/a.pcd.json',
      'ds/related_images/a_pcd/x.png.figures.json',
    ]);
  });

  it('labels alone take clouds and images from the sensor folder, whatever it is called', async () => {
    const files = Object.entries(project);
    const isLabel = (path: string) => path === 'meta.json' || path.includes('/ann/');
    const labels = Object.fromEntries(files.filter(([path]) => isLabel(path)));
    const sensors = files
      .filter(([path]) => !isLabel(path))
      .map(([path, text]) => [path.replace('ds/', 'raw/x/'), text]);
    const index = await openFiles(labels, Object.fromEntries(sensors));
    expect(index.problems).toEqual([]);
    expect(index.delivery.frames.at(0)!.sweeps[0]).toMatchObject({
      root: 'sensors',
      path: 'raw/x/pointcloud/a.pcd',
    });
    expectPixel(index, 0, 0, carInFirst.center);
  });

  it('a figure of no object keeps its place and is told', async () => {
    const ann = JSON.stringify({ figures: [figure('f1', 'ghost')], objects });
    const index = await openFiles({ ...project, 'ds/ann/a.pcd.json': ann });
    expect(index.labels.cuboids.count).toBe(1);
    expect(codesOf(index)).toEqual(['reference-missing']);
  });
});

describe('Supervisely episodes', () => {
  const annotation = {
    framesCount: 3,
    objects,
    frames: [
      { index: 1, figures: [figure('g1')] },
      { index: 0, figures: [figure('g0')] },
    ],
  };
  const episode = {
    'meta.json': meta.replace('point_clouds', 'point_cloud_episodes'),
    'drive/annotation.json': JSON.stringify(annotation),
    'drive/frame_pointcloud_map.json': JSON.stringify({ '0': 'z.pcd', '1': 'a.pcd', '2': 'm.pcd' }),
    'drive/pointcloud/a.pcd': '',
    'drive/pointcloud/m.pcd': '',
    'drive/pointcloud/z.pcd': '',
    'drive/related_images/z_pcd/z_left.png': '',
    'drive/related_images/z_pcd/z_left.png.json': JSON.stringify({ meta: { sensorsData } }),
  };

  it('frames follow the map, tags their range, objects are tracks', async () => {
    const index = await openFiles(episode);
    expect(index.problems).toEqual([]);
    expect(index.delivery.frames.map(({ id }) => id)).toEqual(['z', 'a', 'm']);
    const cuboids = cuboidsOf(index.labels);
    expect(cuboids.map(({ id, frame, track }) => [id, frame, track])).toEqual([
      ['g0', 0, 'object'],
      ['g1', 1, 'object'],
    ]);
    expect(cuboids.map(({ attributes }) => attributes)).toEqual([
      { seen: true, state: 'parked' },
      { seen: true },
    ]);
    expect(index.delivery.cameras.map(({ name }) => name)).toEqual(['left']);
    expectPixel(index, 0, 0, carInFirst.center);
  });

  it('without its map the episode still has the frames that are labelled', async () => {
    const { 'drive/frame_pointcloud_map.json': _, ...rest } = episode;
    const index = await openFiles(rest);
    expect(index.delivery.frames.length).toBe(2);
    expect(codesOf(index)).toContain('entry-bad');
  });
});
