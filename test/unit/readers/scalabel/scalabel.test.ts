import { describe, expect, it } from 'vitest';
import { boxesOf, codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

const label = (id: string, extra: object = {}) => ({
  id,
  category: 'car',
  attributes: { occluded: true },
  box2d: { x1: 1, y1: 2, x2: 11, y2: 8 },
  ...extra,
});
const frame = (name: string, labels: readonly (object | number | null)[], extra: object = {}) => ({
  name,
  labels,
  ...extra,
});

describe('Scalabel and BDD100K', () => {
  it('frames of a video by number, tracks within it, polygons, masks and key points', async () => {
    const shapes = label('9', {
      box2d: null,
      poly2d: [
        {
          vertices: [
            [0, 0],
            [4, 0],
            [4, 4],
          ],
          types: 'LLL',
          closed: true,
        },
        {
          vertices: [
            [0, 0],
            [9, 9],
          ],
          types: 'LL',
          closed: false,
        },
      ],
      rle: { counts: 'abc', size: [20, 30] },
      graph: { nodes: [{ location: [5, 6], category: 'nose' }], edges: [], type: 'Pose2D' },
    });
    const index = await openFiles({
      'labels.json': JSON.stringify([
        frame('v-02.jpg', [label('7')], { videoName: 'v', frameIndex: 1 }),
        frame('v-01.jpg', [label('7'), shapes], { videoName: 'v', frameIndex: 0 }),
      ]),
      'images/v/v-01.jpg': '',
      'images/v/v-02.jpg': '',
    });
    expect(index.problems).toEqual([]);
    expect(index.delivery.frames.map(({ id, images }) => [id, images[0]?.path])).toEqual([
      ['v-01', 'images/v/v-01.jpg'],
      ['v-02', 'images/v/v-02.jpg'],
    ]);
    const boxes = boxesOf(index.labels);
    expect(boxes.map(({ track, frame: at, ltrb }) => [track, at, ltrb])).toEqual([
      ['7', 0, [1, 2, 11, 8]],
      ['7', 1, [1, 2, 11, 8]],
    ]);
    expect(boxes[0]!.attributes).toEqual({ occluded: true });
    expect(index.labels.shapes.map(({ kind, coordinates }) => [kind, coordinates])).toEqual([
      ['polygon', [0, 0, 4, 0, 4, 4]],
      ['polyline', [0, 0, 9, 9]],
      ['mask', []],
      ['points', [5, 6]],
    ]);
    expect(index.labels.shapes[0]!.attributes).toMatchObject({ types: 'LLL', occluded: true });
  });

  it('a cuboid in camera axes: height, width, length; angles about the camera', async () => {
    const intrinsics = {
      focal: [700, 710],
      center: [50, 25],
      skew: 0,
      radial: [1, 2, 3],
      tangential: [4, 5],
    };
    const box3d = {
      location: [2, 1, 20],
      dimension: [1.5, 1.8, 4],
      orientation: [0, Math.PI / 2, 0],
      alpha: 0.1,
    };
    const index = await openFiles({
      'a.json': JSON.stringify({
        frames: [frame('p.png', [label('1', { box3d })], { intrinsics, size: { width: 100, height: 50 } })],
      }),
      'p.png': '',
    });
    const [car] = cuboidsOf(index.labels);
    for (const [i, value] of [20, -2, -1].entries()) expect(car!.center[i]).toBeCloseTo(value, 12);
    expect(car!.size).toEqual([4, 1.8, 1.5]);
    // Turned from the camera's x toward -z: it looks back at the camera.
    const [, , z, w] = car!.rotation;
    expect(Math.cos(2 * Math.atan2(z, w))).toBeCloseTo(-1, 9);
    expect(car!.attributes).toEqual({ alpha: 0.1, occluded: true });
    expect(boxesOf(index.labels)[0]!.cuboid).toBe(0);
    expect(index.delivery.calibrations[0]).toMatchObject({
      model: { kind: 'pinhole', fx: 700, fy: 710, distortion: [1, 2, 4, 5, 3] },
      width: 100,
    });
  });

  it('a tilted cuboid keeps its tilt', async () => {
    const box3d = { location: [0, 0, 10], dimension: [1, 2, 4], orientation: [0, 0, 0.2] };
    const index = await openFiles({
      'a.json': JSON.stringify([frame('p.png', [label('1', { box3d })])]),
      'p.png': '',
    });
    const [x, y, z, w] = cuboidsOf(index.labels)[0]!.rotation;
    // Its length lies along the camera's x turned by 0.2 about z (forward): in level axes along -y, dipping by 0.2.
    const forward = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)];
    for (const [i, value] of [0, -Math.cos(0.2), -Math.sin(0.2)].entries())
      expect(forward[i]).toBeCloseTo(value, 12);
  });

  it('files of predictions are a second source; alone they are what was delivered', async () => {
    const truth = JSON.stringify([frame('a.jpg', [label('1')], { videoName: 'v' })]);
    const predicted = JSON.stringify([
      frame('a.jpg', [label('1', { score: 0.9 })], { videoName: 'v' }),
      frame('zz.jpg', [], { videoName: 'v' }),
    ]);
    const both = await openFiles({ 'gt.json': truth, 'tracker.json': predicted, 'a.jpg': '' });
    expect(both.labels.boxes2d.count).toBe(1);
    expect(both.others).toMatchObject([{ name: 'tracker', kind: 'model' }]);
    expect(codesOf(both)).toEqual(['predictions-without-frame']);
    const alone = await openFiles({ 'tracker.json': predicted, 'a.jpg': '' });
    expect(alone.source).toEqual({ name: 'tracker', kind: 'model' });
    expect(alone.labels.boxes2d.count).toBe(1);
  });

  it('two videos restart their ids; pictures without a video have no tracks', async () => {
    const video = (name: string) => frame(`${name}.jpg`, [label('1')], { videoName: name });
    const two = await openFiles({ 'a.json': JSON.stringify([video('v'), video('w')]) });
    expect(two.labels.tracks).toEqual(['v/1', 'w/1']);
    const none = await openFiles({ 'a.json': JSON.stringify([frame('p.jpg', [label('1')])]) });
    expect(none.labels.tracks).toEqual([]);
  });

  it('labels of a group that contradict its pose leave the cloud out', async () => {
    const box3d = (location: readonly number[]) => ({
      location,
      dimension: [1, 2, 4],
      orientation: [0, 0, 0],
    });
    const document = (second: readonly number[]) =>
      JSON.stringify({
        frames: [
          frame('p.png', [label('1', { box3d: box3d([0, 0, 10]) }), label('2', { box3d: box3d(second) })]),
        ],
        groups: [
          {
            name: 'c.bin',
            url: 'c.bin',
            extrinsics: { location: [0, 0, 0], rotation: [0, 0, 0] },
            labels: [label('1', { box3d: box3d([0, 0, 10]) }), label('2', { box3d: box3d([5, 0, 10]) })],
            frames: ['p.png'],
          },
        ],
      });
    const contradicting = await openFiles({ 'a.json': document([7, 9, 30]), 'p.png': '', 'c.bin': '' });
    expect(contradicting.delivery.frames.at(0)).toMatchObject({ space: 'camera-level', sweeps: [] });
    const agreeing = await openFiles({ 'a.json': document([5, 0, 10]), 'p.png': '', 'c.bin': '' });
    expect(agreeing.delivery.frames.at(0)).toMatchObject({ space: 'lidar', sweeps: [{ path: 'c.bin' }] });
  });

  it('a file of sensors lends its lenses, by id and by the name of the folder', async () => {
    const intrinsics = { focal: [700, 710], center: [50, 25] };
    const sensors = [
      { id: 3, name: 'front', type: 'image', intrinsics },
      { id: 4, name: 'image2', type: 'image', intrinsics: { ...intrinsics, focal: [800, 800] } },
    ];
    const frames = [
      frame('p.png', [label('1')], { sensor: 3 }),
      frame('image_2/q.png', []),
      frame('other/r.png', []),
    ];
    const index = await openFiles({
      'a.json': JSON.stringify({ frames }),
      'a-sensors.json': JSON.stringify(sensors),
      'p.png': '',
      'image_2/q.png': '',
      'other/r.png': '',
    });
    expect(index.problems).toEqual([]);
    const lenses = index.delivery.frames.map(({ images: [image] }) => {
      const model = index.delivery.calibrations[image!.calibration]?.model;
      return model?.kind === 'pinhole' ? model.fx : null;
    });
    expect(lenses).toEqual([700, 800, null]);
    expect(index.delivery.cameras.map(({ name }) => name)).toContain('front');
  });

  it('entries that are none, and numbers that are none', async () => {
    const index = await openFiles({
      'a.json': JSON.stringify([
        null,
        { labels: [] },
        frame('p.jpg', [
          label('1', { box2d: { x1: 'a' }, box3d: { location: [1], dimension: null } }),
          7,
          null,
        ]),
      ]),
      'p.jpg': '',
    });
    expect(index.delivery.frames.length).toBe(1);
    expect(cuboidsOf(index.labels).map(({ isUsable }) => isUsable)).toEqual([false]);
  });
});
