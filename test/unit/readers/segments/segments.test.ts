import { describe, expect, it } from 'vitest';
import { expectCuboid, expectPixel } from '../../../support/expectExport.ts';
import {
  camera,
  carInFrame,
  carInWorld,
  vector,
  vehicleFromCameraRotation,
  vehiclePoses,
} from '../../../support/exportWorld.ts';
import { boxesOf, codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

type Quaternion = readonly [number, number, number, number];
const named = ([qx, qy, qz, qw]: Quaternion) => ({ qx, qy, qz, qw });
const aboutZ = (yaw: number): Quaternion => [0, 0, Math.sin(yaw / 2), Math.cos(yaw / 2)];

/** The same camera with y up and z backwards: half a turn about its x. */
const [qx, qy, qz, qw] = vehicleFromCameraRotation;
const openGl: Quaternion = [qw, qz, -qy, -qx];

const intrinsics = {
  intrinsic_matrix: [
    [camera.fx, 0, camera.cx],
    [0, camera.fy, camera.cy],
    [0, 0, 1],
  ],
};
const image = (name: string, rotation: Quaternion, convention?: string, extra: object = {}) => ({
  name,
  url: `https://storage.example/${name}/0.jpg?sig=a%2Fb`,
  row: 0,
  col: 0,
  intrinsics,
  extrinsics: { translation: vector(camera.position), rotation: named(rotation) },
  ...(convention ? { camera_convention: convention } : {}),
  ...extra,
});

const frame = (i: number) => ({
  pcd: { url: `https://storage.example/clouds/${i}.pcd`, type: 'pcd' },
  timestamp: `160829405510000000${i}`,
  name: `frame_${i}`,
  ego_pose: { position: vector(vehiclePoses[i]!.position), heading: named(aboutZ(vehiclePoses[i]!.yaw)) },
  images: [image('gl', openGl), image('cv', vehicleFromCameraRotation, 'OpenCV')],
});

const annotation = (extra: object = {}) => ({
  id: 1,
  category_id: 2,
  type: 'cuboid',
  position: vector(carInWorld.center),
  dimensions: vector(carInWorld.size),
  yaw: carInWorld.yaw,
  track_id: 5,
  is_keyframe: true,
  ...extra,
});

const dataset = {
  name: 'drives',
  task_type: 'pointcloud-cuboid-sequence',
  task_attributes: {
    categories: [
      { id: 2, name: 'car' },
      { id: 3, name: 'lane' },
    ],
  },
};
const release = (samples: readonly object[], task: object = dataset) =>
  JSON.stringify({ name: 'v1', dataset: task, samples });

const files = {
  'clouds/0.pcd': '',
  'clouds/1.pcd': '',
  'gl/0.jpg': '',
  'cv/0.jpg': '',
};

describe('Segments.ai', () => {
  const sequence = {
    name: 'drive',
    attributes: { frames: [frame(0), frame(1)] },
    labels: {
      'ground-truth': {
        attributes: {
          format_version: '0.2',
          frames: [
            { annotations: [annotation({ attributes: { parked: true } })] },
            {
              annotations: [
                annotation({ is_keyframe: false, rotation: named(aboutZ(carInWorld.yaw)), yaw: 99 }),
                { id: 9, category_id: 3, type: 'polyline', points: [[...vehiclePoses[1]!.position]] },
              ],
            },
          ],
        },
      },
      predictions: { attributes: { frames: [{ annotations: [annotation()] }, { annotations: [] }] } },
    },
  };

  it('a sequence in world coordinates: cuboids in the lidar of each frame, to a micrometre in a city frame', async () => {
    const index = await openFiles({ 'release.json': release([sequence]), ...files });
    const { delivery, labels, others, source } = index;
    expect(index.problems).toEqual([]);
    expect(delivery.scenes).toMatchObject([{ id: 'drive', frameCount: 2 }]);
    expect(
      delivery.frames.map(({ id, timestampNanos, sweeps }) => [id, timestampNanos, sweeps[0]?.path]),
    ).toEqual([
      ['frame_0', '1608294055100000000', 'clouds/0.pcd'],
      ['frame_1', '1608294055100000001', 'clouds/1.pcd'],
    ]);
    const cuboids = cuboidsOf(labels);
    for (const i of [0, 1]) expectCuboid(cuboids[i]!, { ...carInFrame(i), size: carInWorld.size });
    expect(cuboids.map(({ className, track, isDerived }) => [className, track, isDerived])).toEqual([
      ['car', '5', false],
      ['car', '5', true],
    ]);
    expect(cuboids[0]!.attributes).toMatchObject({ parked: true, is_keyframe: true });
    expect(labels.shapes).toMatchObject([{ className: 'lane', kind: 'polyline', frame: 1 }]);
    for (const value of labels.shapes[0]!.coordinates) expect(value).toBeCloseTo(0, 6);
    expect(source).toEqual({ name: 'ground-truth', kind: 'vendor' });
    expect(others.map(({ name, kind, labels: own }) => [name, kind, own.cuboids.count])).toEqual([
      ['predictions', 'model', 1],
    ]);
    expect(delivery.frames.at(1)!.worldFromSpace?.[3]).toBe(vehiclePoses[1]!.position[0]);
  });

  it('both conventions for camera axes are one camera', async () => {
    const index = await openFiles({ 'release.json': release([sequence]), ...files });
    expectPixel(index, 0, 0, carInFrame(0).center);
    expectPixel(index, 0, 1, carInFrame(0).center);
  });

  it('lenses: fisheye, Brown-Conrady with p after k3, an unknown model, and a broken one', async () => {
    const lens = (model: string, coefficients: object) => ({ distortion: { model, coefficients } });
    const images = [
      image('a', openGl, 'OpenGL', lens('fisheye', { k1: 1, k2: 2, k3: 3, k4: 4 })),
      image('b', openGl, 'OpenGL', lens('brown-conrady', { k1: 1, k2: 2, k3: 3, p1: 4, p2: 5 })),
      image('c', openGl, 'OpenGL', lens('thin-prism', {})),
      { ...image('d', openGl), extrinsics: { translation: {}, rotation: {} } },
      { name: 'e', url: 'https://storage.example/e/0.jpg', row: 0, col: 1 },
    ];
    const sample = { name: 's', attributes: { ...frame(0), images }, labels: {} };
    const index = await openFiles({ 'r.json': release([sample]), ...files });
    expect(index.delivery.calibrations.map(({ model }) => model)).toMatchObject([
      { kind: 'fisheye', distortion: [1, 2, 3, 4] },
      { kind: 'pinhole', distortion: [1, 2, 4, 5, 3] },
      { kind: 'unknown', name: 'thin-prism' },
    ]);
    const bad = index.problems.filter(({ code }) => code === 'calibration-bad');
    expect(bad.map(({ params }) => params)).toEqual([{ camera: 'd', key: 'extrinsics' }]);
  });

  it('several sensors: a cloud and an annotated camera share the instant', async () => {
    const boxes = {
      annotations: [
        {
          id: 1,
          category_id: 2,
          type: 'bbox',
          points: [
            [30, 40],
            [10, 20],
          ],
          track_id: 5,
        },
      ],
    };
    const sample = {
      name: 'multi',
      attributes: {
        sensors: [
          { name: 'Lidar', task_type: 'pointcloud-cuboid-sequence', attributes: { frames: [frame(0)] } },
          {
            name: 'Front',
            task_type: 'image-vector-sequence',
            attributes: { frames: [{ image: { url: 'https://x.example/gl/0.jpg' } }] },
          },
        ],
      },
      labels: {
        'ground-truth': {
          attributes: {
            sensors: [
              { name: 'Lidar', attributes: { frames: [{ annotations: [annotation()] }] } },
              { name: 'Front', attributes: { frames: [boxes] } },
            ],
          },
        },
      },
    };
    const index = await openFiles({ 'r.json': release([sample]), ...files });
    expect(index.delivery.frames.length).toBe(1);
    expect(index.labels.cuboids.count).toBe(1);
    const [box] = boxesOf(index.labels);
    expect(box).toMatchObject({ ltrb: [10, 20, 30, 40], className: 'car', track: '5' });
    expect(index.delivery.cameras[box!.camera]!.name).toBe('Front');
  });

  it('images alone, and point-wise labels that are no objects', async () => {
    const picture = {
      name: 'one.jpg',
      attributes: { image: { url: 'one.jpg' } },
      labels: {
        'ground-truth': {
          attributes: { annotations: [{ id: 1, category_id: 2, type: 'point', points: [[1, 2]] }] },
        },
      },
    };
    const cloud = {
      name: 'cloud',
      attributes: { pcd: { url: 'clouds/0.pcd', type: 'pcd' } },
      labels: {
        'ground-truth': {
          attributes: { annotations: [{ id: 1, category_id: 2 }], point_annotations: [0, 1] },
        },
      },
    };
    const index = await openFiles({ 'r.json': release([picture, cloud]), 'one.jpg': '', ...files });
    expect(index.delivery.frames.map(({ id, space }) => [id, space])).toEqual([
      ['one.jpg', 'camera-level'],
      ['cloud', 'lidar'],
    ]);
    expect(index.labels.shapes).toMatchObject([
      { kind: 'points', camera: 0, coordinates: [1, 2], className: 'car' },
    ]);
    expect(codesOf(index)).toEqual(['entries-aside']);
  });

  it('a pose that is none, an address outside, and annotations of no known type', async () => {
    const sample = {
      name: 's',
      attributes: {
        ...frame(0),
        pcd: { url: '../../../etc/passwd', type: 'pcd' },
        ego_pose: { position: { x: null }, heading: {} },
        images: [],
      },
      labels: { 'ground-truth': { attributes: { annotations: [{ type: 'blob' }, annotation()] } } },
    };
    const index = await openFiles({ 'r.json': release([sample]), ...files });
    expect(codesOf(index)).toEqual(['entry-bad', 'address-outside', 'entry-bad']);
    expect(index.delivery.frames.at(0)!.sweeps).toEqual([]);
    expect(index.labels.cuboids.count).toBe(1);
  });
});
