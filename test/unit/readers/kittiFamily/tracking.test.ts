import { describe, expect, it } from 'vitest';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import { box2dAt, cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { bareCloud, oxtsRow, trackingCalibration } from '../../../support/kittiFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';

type Files = Record<string, string | Uint8Array>;

const geometry = '1.55 599.41 156.40 629.75 189.25 1.50 1.80 4.20 2.00 1.70 20.00 -1.20';
const region = (frame: number) =>
  `${frame} -1 DontCare -1 -1 -10 219.31 188.49 245.50 218.56 -1000 -1000 -1000 -10 -1 -1 -1`;
const filler = (frame: number) => `${frame} -1 DontCare -1 -1 -10 1 2 3 4 -1 -1 -1 -1000 -1000 -1000 -10`;

const cloud = bareCloud([1, 2, 3, 0.5]);
const sequence: Files = {
  'training/label_02/0001.txt': [
    `0 7 Car 2 1 ${geometry}`,
    filler(0),
    filler(0),
    `2 7 Car 0 0 ${geometry}`,
    `2 9 Pedestrian 0 3 ${geometry}`,
    '',
  ].join('\n'),
  'training/calib/0001.txt': trackingCalibration,
  'training/oxts/0001.txt': [0, 1, 2]
    .map((k) => oxtsRow({ latitude: 49, longitude: 8.4 + k * 1e-5, yaw: 0.1 }))
    .join('\n'),
  ...Object.fromEntries(
    [0, 1, 2].flatMap((k) => [
      [`training/velodyne/0001/00000${k}.bin`, cloud],
      [`training/image_02/0001/00000${k}.png`, 'png'],
      [`training/image_03/0001/00000${k}.png`, 'png'],
    ]),
  ),
};

async function open(files: Files, sensors?: Files): Promise<DeliveryIndex> {
  const opened = await openDelivery(memoryFolder(files), sensors ? { sensors: memoryFolder(sensors) } : {});
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const codes = ({ problems }: DeliveryIndex) => problems.map(({ code }) => code);

describe('KITTI tracking sequences', () => {
  it('a row has frame and track before the columns of an object row', async () => {
    const index = await open(sequence);
    expect(codes(index)).toEqual([]);
    expect(index.delivery.format).toBe('kitti-tracking');
    expect(index.delivery.scenes).toEqual([{ id: '0001', frameStart: 0, frameCount: 3 }]);
    expect(index.delivery.frames.map(({ id }) => id)).toEqual(['000000', '000001', '000002']);
    expect([...index.labels.cuboids.frame]).toEqual([0, 2, 2]);
    const car = cuboidAt(index.labels, 0);
    // x_v = z_c + 0.3, y_v = -x_c, z_v = -(y_c - h/2) - 0.08, as in the object benchmark.
    for (const [axis, value] of [20.3, -2, -(1.7 - 0.75) - 0.08].entries()) {
      expect(car.center[axis]).toBeCloseTo(value, 12);
    }
    expect(car.size).toEqual([4.2, 1.8, 1.5]);
    expect(yawFromQuaternion(car.rotation)).toBeCloseTo(1.2 - Math.PI / 2, 12);
    expect(car).toMatchObject({ id: '7', track: '7', className: 'Car' });
    // Truncation is a whole number here, not a share.
    expect(car.attributes).toEqual({ truncated: 2, occluded: 1, alpha: 1.55 });
    expect(cuboidAt(index.labels, 1).track).toBe('7');
  });

  it('regions that nobody cares about share the track -1: boxes without one, never cuboids', async () => {
    const { labels } = await open(sequence);
    expect(labels.cuboids.count).toBe(3);
    const boxes = Array.from({ length: labels.boxes2d.count }, (_, row) => box2dAt(labels, row));
    expect(boxes.filter(({ track }) => track === null).map(({ id, className }) => [id, className])).toEqual([
      ['DontCare-0', 'DontCare'],
      ['DontCare-1', 'DontCare'],
    ]);
    expect(boxes.filter(({ cuboid }) => cuboid >= 0)).toHaveLength(3);
    // The order of the fillers differs between files; a region stays a region.
    const other = await open({
      ...sequence,
      'training/label_02/0001.txt': `${region(0)}\n0 7 Car 2 1 ${geometry}\n`,
    });
    expect(other.labels.cuboids.count).toBe(1);
  });

  it('scores, CRLF and colons after the names of calibration are accepted', async () => {
    const index = await open({
      ...sequence,
      'training/label_02/0001.txt': `\uFEFF0 7 Car 2 1 ${geometry} 0.875\r\n${filler(1)} 0.5\r\n`,
      'training/calib/0001.txt': trackingCalibration
        .replace('R_rect ', 'R_rect: ')
        .replace('Tr_velo_cam ', 'Tr_velo_to_cam: '),
    });
    expect(codes(index)).toEqual([]);
    expect(cuboidAt(index.labels, 0).attributes.score).toBe(0.875);
  });

  it('clouds are joined by number: a missing one leaves its frame empty and moves no other', async () => {
    const { 'training/velodyne/0001/000001.bin': _, ...files } = sequence;
    const index = await open(files);
    expect(index.delivery.frames.map(({ sweeps }) => sweeps[0]?.path ?? null)).toEqual([
      'training/velodyne/0001/000000.bin',
      null,
      'training/velodyne/0001/000002.bin',
    ]);
    expect(index.problems).toMatchObject([{ code: 'frame-without-sweep', params: { frame: '000001' } }]);
  });

  it('tracks start again in every sequence', async () => {
    const second = Object.fromEntries(
      Object.entries(sequence).map(([path, content]) => [path.replace('0001', '0002'), content]),
    );
    const { delivery, labels } = await open({ ...sequence, ...second });
    expect(delivery.scenes.map(({ id }) => id)).toEqual(['0001', '0002']);
    expect(delivery.frames.at(3)!.id).toBe('0002/000000');
    expect([...labels.tracks].sort()).toEqual(['0001/7', '0001/9', '0002/7', '0002/9']);
  });

  it('positions of the inertial unit place the Velodyne in a world near zero', async () => {
    const { frames } = (await open(sequence)).delivery;
    const places = [0, 1, 2].map((k) => transformPoint(frames.at(k)!.worldFromSpace!, [0, 0, 0]));
    // 1e-5 degrees of longitude at 49 degrees north.
    const step = ((6_378_137 * Math.PI) / 180) * 1e-5 * Math.cos((49 * Math.PI) / 180);
    for (const k of [0, 1]) {
      expect(places[k + 1]![0] - places[k]![0]).toBeCloseTo(step, 9);
      expect(places[k + 1]![1] - places[k]![1]).toBeCloseTo(0, 9);
    }
    expect(Math.hypot(...places[0]!)).toBeLessThan(2);
    // The Velodyne stands 0.8 m before and 0.9 m above the unit, turned with it by 0.1.
    const ahead = transformPoint(frames.at(0)!.worldFromSpace!, [-0.8, 0, -0.9]);
    expect(places[0]![0] - ahead[0]).toBeCloseTo(0.8 * Math.cos(0.1), 12);
    expect(places[0]![1] - ahead[1]).toBeCloseTo(0.8 * Math.sin(0.1), 12);
    expect(places[0]![2] - ahead[2]).toBeCloseTo(0.9, 12);
  });

  it('labels alone take the rest from the sensor root', async () => {
    const { 'training/label_02/0001.txt': labels, ...rest } = sequence;
    const renamed = Object.fromEntries(
      Object.entries(rest).map(([path, content]) => [`kitti/${path}`, content]),
    );
    const index = await open({ 'label_02/0001.txt': labels! }, renamed);
    expect(codes(index)).toEqual([]);
    expect(index.delivery.frames.length).toBe(3);
    expect(index.delivery.frames.at(1)!).toMatchObject({
      sweeps: [{ root: 'sensors' }],
      images: [{ root: 'sensors' }, { root: 'sensors' }],
    });
    expect(index.delivery.frames.at(1)!.worldFromSpace).toBeDefined();
    expect(cuboidAt(index.labels, 0).isUsable).toBe(true);
  });

  it('a test split without labels is known by the spelling of its calibration', async () => {
    const { 'training/label_02/0001.txt': _, ...files } = sequence;
    const index = await open(files);
    expect([index.delivery.format, index.delivery.frames.length, index.labels.boxes2d.count]).toEqual([
      'kitti-tracking',
      3,
      0,
    ]);
  });

  it('trouble is told once, with its file and line, and the rest loads', async () => {
    const text = `0 7 Car 2 1 ${geometry}\n-3 7 Car 0 0 ${geometry}\n1.5 7 Car 0 0 ${geometry}\n1 7 Car\n99999999999 1 Car 0 0 ${geometry}\n`;
    const mirrored = trackingCalibration.replace('R_rect 1', 'R_rect -1');
    const index = await open({
      ...sequence,
      'training/label_02/0001.txt': text,
      'training/calib/0001.txt': mirrored,
      'training/oxts/0001.txt': 'x\n',
    });
    expect(index.problems.map(({ code, place }) => `${code} ${place ?? ''}`.trim())).toEqual([
      'kitti-row-bad line 2',
      'kitti-row-bad line 3',
      'kitti-row-bad line 4',
      'kitti-row-bad line 5',
      'kitti-calibration-bad',
      'cuboid-unusable line 1',
    ]);
    expect(index.labels.cuboids.count).toBe(1);
    const bad = await open({
      ...sequence,
      'training/oxts/0001.txt': `${oxtsRow({ latitude: 91, longitude: 0 })}\nNaN 1\n${oxtsRow({ latitude: 49, longitude: 8 })}\n`,
    });
    expect(bad.problems).toMatchObject([{ code: 'kitti-oxts-bad', params: { rows: 2 } }]);
    expect(bad.delivery.frames.map(({ worldFromSpace }) => worldFromSpace !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
    const { 'training/calib/0001.txt': _, ...uncalibrated } = sequence;
    expect(codes(await open(uncalibrated))).toEqual([
      'kitti-sequence-uncalibrated',
      ...new Array(3).fill('cuboid-unusable'),
    ]);
  });
});
