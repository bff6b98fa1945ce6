import { describe, expect, it } from 'vitest';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { transformPoint } from '../../../shared/geometry/matrix.ts';
import { yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { parseKittiCalibration } from '../../../shared/readers/kitti/kittiCalibration.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';

/** Axes turned by exactly 90 degrees, sensors 0.3 m apart: what the formulas give can be worked out by hand. */
const calibration = [
  'P0: 700 0 600 0 0 700 180 0 0 0 1 0',
  'P2: 700 0 600 45 0 700 180 -0.35 0 0 1 0.005',
  'P3: 700 0 600 -340 0 700 180 2 0 0 1 0.003',
  'R0_rect: 1 0 0 0 1 0 0 0 1',
  'Tr_velo_to_cam: 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.3',
  '',
].join('\n');

const car = 'Car 0.10 1 1.55 599.41 156.40 629.75 189.25 1.50 1.80 4.20 2.00 1.70 20.00 -1.20';
const region = 'DontCare -1 -1 -10 503.89 169.71 590.61 190.13 -1 -1 -1 -1000 -1000 -1000 -10';
const cloud = new Uint8Array(Float32Array.of(1, 2, 3, 0.5, 4, 5, 6, 0.25).buffer);

async function open(
  files: Record<string, string | Uint8Array>,
  sensors?: Record<string, string | Uint8Array>,
) {
  const opened = await openDelivery(memoryFolder(files), sensors ? { sensors: memoryFolder(sensors) } : {});
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

function codes({ problems }: DeliveryIndex): string[] {
  return problems.map(({ code }) => code);
}

const whole = {
  'training/label_2/000007.txt': `${car}\n${region}\n`,
  'training/calib/000007.txt': calibration,
  'training/velodyne/000007.bin': cloud,
  'training/image_2/000007.png': 'png',
  'training/image_3/000007.png': 'png',
};

describe('KITTI object folders', () => {
  it('a row becomes a cuboid about its middle in the Velodyne and the box that belongs to it', async () => {
    const { labels, delivery, problems } = await open(whole);
    expect(problems).toEqual([]);
    expect(delivery.scenes).toEqual([{ id: 'training', frameStart: 0, frameCount: 1 }]);
    expect(delivery.labelFiles).toEqual(['training/label_2/000007.txt']);
    const cuboid = cuboidAt(labels, 0);
    // x_v = z_c + 0.3, y_v = -x_c, z_v = -(y_c - h/2) - 0.08.
    const expected = [20.3, -2, -(1.7 - 0.75) - 0.08];
    for (const axis of [0, 1, 2]) expect(cuboid.center[axis]).toBeCloseTo(expected[axis]!, 12);
    expect(cuboid.size).toEqual([4.2, 1.8, 1.5]);
    expect(yawFromQuaternion(cuboid.rotation)).toBeCloseTo(1.2 - Math.PI / 2, 12);
    expect(cuboid.attributes).toEqual({ truncated: 0.1, occluded: 1, alpha: 1.55 });
    const [linked, dontCare] = [box2dAt(labels, 0), box2dAt(labels, 1)];
    expect(linked).toMatchObject({ cuboid: 0, className: 'Car', ltrb: [599.41, 156.4, 629.75, 189.25] });
    expect(dontCare).toMatchObject({ cuboid: -1, className: 'DontCare' });
    expect(labels.cuboids.count).toBe(1);
  });

  it('the camera chain equals P times the point, baseline and depth offset included', () => {
    const parsed = parseKittiCalibration(calibration, 'c.txt');
    if (!parsed.ok) throw new Error(parsed.problem.code);
    const point = [20, -3, 1] as const;
    const [x, y, z] = [3, -1 - 0.08, 20 - 0.3];
    for (const [name, row] of [
      ['image_2', [45, -0.35, 0.005]],
      ['image_3', [-340, 2, 0.003]],
    ] as const) {
      const camera = parsed.value.cameras.get(name)!;
      const w = z + row[2];
      const expected = [(700 * x + 600 * z + row[0]) / w, (700 * y + 180 * z + row[1]) / w];
      const pixel = projectPoint(camera.model, transformPoint(camera.cameraFromVelodyne, point))!;
      expect(pixel[0]).toBeCloseTo(expected[0]!, 9);
      expect(pixel[1]).toBeCloseTo(expected[1]!, 9);
    }
  });

  it('accepts CRLF, a byte order mark, scores and the tracking spellings of calibration', async () => {
    const tracking = calibration.replace('R0_rect:', 'R_rect').replace('Tr_velo_to_cam:', 'Tr_velo_cam');
    const index = await open({
      ...whole,
      'training/label_2/000007.txt': `\uFEFF${car} 0.87\r\n\r\n${region}\r\n`,
      'training/calib/000007.txt': tracking.replaceAll('\n', '\r\n'),
    });
    expect(index.problems).toEqual([]);
    expect(cuboidAt(index.labels, 0).attributes.score).toBe(0.87);
  });

  it('bad rows cost themselves and name their line', async () => {
    const text = `${car}\nCar 0.1 1\n${car.replace('4.20', 'long')}\n${region}\n`;
    const index = await open({ ...whole, 'training/label_2/000007.txt': text });
    expect(index.problems).toMatchObject([
      { code: 'kitti-row-bad', place: 'line 2', path: 'training/label_2/000007.txt', params: { columns: 3 } },
      { code: 'kitti-row-bad', place: 'line 3' },
    ]);
    expect(index.labels.cuboids.count).toBe(1);
  });

  it('without calibration labels stay, unusable, and the images uncalibrated', async () => {
    const { 'training/calib/000007.txt': _, ...files } = whole;
    const index = await open(files);
    expect(codes(index)).toEqual(['calibration-missing', 'cuboid-unusable']);
    expect(cuboidAt(index.labels, 0).isUsable).toBe(false);
    expect(index.delivery.frames.at(0)!.images[0]!.calibration).toBe(-1);
    const broken = await open({ ...whole, 'training/calib/000007.txt': calibration.replace(/Tr_.*/, '') });
    expect(broken.problems[0]).toMatchObject({
      code: 'kitti-calibration-bad',
      params: { key: 'Tr_velo_to_cam' },
    });
  });

  it('what is missing is told frame by frame, and the rest loads', async () => {
    const index = await open({
      ...whole,
      'training/label_2/000008.txt': car,
      'training/calib/000008.txt': calibration,
      'training/velodyne/000009.bin': cloud,
    });
    expect(index.delivery.frames.map(({ id }) => id)).toEqual(['000007', '000008', '000009']);
    const told = index.problems.map(({ code, params }) =>
      `${code} ${params?.frame} ${params?.camera ?? ''}`.trim(),
    );
    expect(told.sort()).toEqual([
      'calibration-missing 000009',
      'frame-without-sweep 000008',
      'image-missing 000008 image_2',
      'image-missing 000008 image_3',
      'image-missing 000009 image_2',
      'image-missing 000009 image_3',
      'labels-missing 000009',
    ]);
  });

  it('labels alone take everything else from the sensor root, also from a differently named one', async () => {
    const { 'training/label_2/000007.txt': label, ...rest } = whole;
    const elsewhere = Object.fromEntries(
      Object.entries(rest).map(([path, file]) => [`客户 数据/${path}`, file]),
    );
    const index = await open(
      { 'out/label_2/000007.txt': label },
      { ...elsewhere, '客户 数据/training/velodyne/000042.bin': cloud },
    );
    expect(index.problems).toMatchObject([
      {
        code: 'sweep-without-frame',
        path: '客户 数据/training/velodyne/000042.bin',
        params: { root: 'sensors' },
      },
    ]);
    const [frame] = index.delivery.frames;
    expect(frame!.sweeps).toMatchObject([
      { root: 'sensors', path: '客户 数据/training/velodyne/000007.bin' },
    ]);
    expect(frame!.images.map(({ root }) => root)).toEqual(['sensors', 'sensors']);
    expect(cuboidAt(index.labels, 0).isUsable).toBe(true);
  });

  it('is known by a filled label file among empty ones, whatever the blanks between columns', async () => {
    const empty = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`label_2/00000${i}.txt`, '']));
    const index = await open({ ...empty, 'label_2/000009.txt': car.replaceAll(' ', ' \t ') });
    expect([index.delivery.format, index.delivery.frames.length]).toEqual(['kitti-object', 10]);
    expect(index.labels.boxes2d.count).toBe(1);
  });

  it('several splits are several scenes, and frame ids say which', async () => {
    const index = await open({
      ...whole,
      'testing/velodyne/000007.bin': cloud,
      'testing/calib/000007.txt': calibration,
    });
    expect(index.delivery.frames.map(({ id }) => id)).toEqual(['testing/000007', 'training/000007']);
    expect(index.problems).toEqual([]);
  });

  it('reads no point data while indexing', async () => {
    const folder = memoryFolder(whole);
    await openDelivery(folder);
    expect(folder.bytesRead.get('training/velodyne/000007.bin')).toBe(0);
    expect(folder.bytesRead.get('training/image_2/000007.png')).toBe(0);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(openDelivery(memoryFolder(whole), { signal: controller.signal })).rejects.toThrow('enough');
  });
});
