import { describe, expect, it } from 'vitest';
import { projectPoint } from '../../../../shared/geometry/lens.ts';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { CuboidFlag } from '../../../../shared/model/labels.ts';
import { parseTracklets } from '../../../../shared/readers/kittiRaw/tracklets.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { bareCloud, dayCalibration, oxtsRow, trackletFile } from '../../../support/kittiFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

type Files = Record<string, string | Uint8Array>;

const DAY = '2011_09_26/';
const DRIVE = `${DAY}2011_09_26_drive_0001_sync/`;
const name = (k: number) => String(k).padStart(10, '0');
const stamps = (shift: number) =>
  [0, 1, 2, 3].map((k) => `2011-09-26 13:02:2${k}.951199337`.replace('337', `33${shift}`)).join('\n');

const car = {
  type: 'Car',
  h: 1.5,
  w: 1.8,
  l: 4.2,
  first: 1,
  poses: [
    { tx: 10, ty: 2, tz: -1.7, rz: 0.5 },
    { tx: 11, ty: 2, tz: -1.7, rz: 0.5, state: 1 },
  ],
};

const drive: Files = {
  ...Object.fromEntries(Object.entries(dayCalibration).map(([file, text]) => [DAY + file, text])),
  [`${DRIVE}tracklet_labels.xml`]: trackletFile([car, { ...car, type: 'Person (sitting)', first: 0 }]),
  [`${DRIVE}velodyne_points/timestamps.txt`]: `${stamps(7)}\n`,
  [`${DRIVE}oxts/timestamps.txt`]: `${stamps(1)}\n`,
  [`${DRIVE}image_02/timestamps.txt`]: `${stamps(2)}\n`,
  ...Object.fromEntries(
    [0, 1, 2, 3].flatMap((k) => [
      ...(k === 1
        ? []
        : [[`${DRIVE}velodyne_points/data/${name(k)}.bin`, bareCloud([k, 0, 0, 0.5])] as const]),
      [
        `${DRIVE}oxts/data/${name(k)}.txt`,
        oxtsRow({ latitude: 49 + k * 1e-5, longitude: 8.4, yaw: Math.PI / 2 }),
      ] as const,
      [`${DRIVE}image_00/data/${name(k)}.png`, 'png'] as const,
      [`${DRIVE}image_02/data/${name(k)}.png`, 'png'] as const,
    ]),
  ),
};

async function open(files: Files, sensors?: Files): Promise<DeliveryIndex> {
  const opened = await openDelivery(memoryFolder(files), sensors ? { sensors: memoryFolder(sensors) } : {});
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const codes = ({ problems }: DeliveryIndex) => problems.map(({ code }) => code);

describe('KITTI raw drives', () => {
  it('a pose belongs to the first frame plus its position, its bottom half a height below the middle', async () => {
    const { delivery, labels } = await open(drive);
    expect(delivery.format).toBe('kitti-raw');
    expect(delivery.scenes).toEqual([{ id: '2011_09_26_drive_0001_sync', frameStart: 0, frameCount: 4 }]);
    const rows = Array.from({ length: labels.cuboids.count }, (_, row) => cuboidAt(labels, row));
    expect(rows.map(({ frame, track, className }) => [frame, track, className])).toEqual([
      [0, '1', 'Person (sitting)'],
      [1, '0', 'Car'],
      [1, '1', 'Person (sitting)'],
      [2, '0', 'Car'],
    ]);
    const first = rows[1]!;
    expect(first.center).toEqual([10, 2, -1.7 + 0.75]);
    expect(first.size).toEqual([4.2, 1.8, 1.5]);
    // Yaw as in the Velodyne's space: no quarter turn, no sign.
    expect(yawFromQuaternion(first.rotation)).toBeCloseTo(0.5, 12);
    expect(first.attributes).toMatchObject({ state: 2, occlusion: 0, truncation: 0, occlusion_kf: 1 });
    const derived = rows.map(({ row }) => (labels.cuboids.flags[row]! & CuboidFlag.derived) !== 0);
    expect(derived).toEqual([false, false, true, true]);
  });

  it('a lost scan leaves its frame without one and moves no other', async () => {
    const index = await open(drive);
    expect(index.delivery.frames.map(({ sweeps }) => sweeps[0]?.path.slice(-14) ?? null)).toEqual([
      '0000000000.bin',
      null,
      '0000000002.bin',
      '0000000003.bin',
    ]);
    expect(index.problems).toMatchObject([{ code: 'frame-without-sweep', params: { frame: name(1) } }]);
  });

  it('times are whole nanoseconds, by line where every frame has one and by file where lost ones have none', async () => {
    const { frames } = (await open(drive)).delivery;
    const at = (k: number, end: number) => `131704214${k}95119933${end}`;
    expect(frames.map(({ timestampNanos }) => timestampNanos)).toEqual([0, 1, 2, 3].map((k) => at(k, 7)));
    const colour = frames.at(2)!.images.at(-1)!;
    expect(colour.timestampNanos).toBe(at(2, 2));
    const empty = stamps(7).split('\n').with(1, '').join('\n');
    const gap = (await open({ ...drive, [`${DRIVE}velodyne_points/timestamps.txt`]: empty })).delivery.frames;
    // The inertial unit knows when the frame was taken, though its scan was lost.
    expect(gap.map(({ timestampNanos }) => timestampNanos)).toEqual([at(0, 7), at(1, 1), at(2, 7), at(3, 7)]);
    const back = stamps(7).split('\n').toReversed().join('\n');
    const falling = await open({ ...drive, [`${DRIVE}velodyne_points/timestamps.txt`]: back });
    expect(falling.problems.find(({ code }) => code === 'kitti-times-falling')!.params).toEqual({
      frames: 3,
      frame: name(1),
    });
    const short = stamps(7).split('\n').toSpliced(1, 1).join('\n');
    const listed = (await open({ ...drive, [`${DRIVE}velodyne_points/timestamps.txt`]: short })).delivery
      .frames;
    expect(listed.map(({ timestampNanos }) => timestampNanos)).toEqual([
      at(0, 7),
      at(1, 1),
      at(2, 7),
      at(3, 7),
    ]);
  });

  it('every camera is projected through the rotation of camera 0 and its own rectified projection', async () => {
    const { delivery } = await open(drive);
    expect(delivery.cameras.map(({ name: camera }) => camera)).toEqual(['image_00', 'image_02']);
    const image = delivery.frames.at(0)!.images[1]!;
    const { model, cameraFromSpace, width, height } = delivery.calibrations[image.calibration]!;
    expect([width, height]).toEqual([1242, 375]);
    if (model.kind !== 'pinhole') throw new Error(model.kind);
    // x_c = -y_v, y_c = -z_v - 0.08, z_c = x_v - 0.3; then P_rect_02.
    const [x, y, z] = [3, -1 - 0.08, 20 - 0.3];
    const w = z + 0.005;
    const pixel = projectPoint(model, transformPoint(cameraFromSpace, [20, -3, 1]))!;
    expect(pixel[0]).toBeCloseTo((700 * x + 600 * z + 45) / w, 9);
    expect(pixel[1]).toBeCloseTo((700 * y + 180 * z - 0.35) / w, 9);
  });

  it('positions become a world of east, north and up: yaw 0 looks east and turns to the left', async () => {
    const { frames } = (await open(drive)).delivery;
    const [first, last] = [frames.at(0)!.worldFromSpace!, frames.at(3)!.worldFromSpace!];
    const [from, to] = [transformPoint(first, [0, 0, 0]), transformPoint(last, [0, 0, 0])];
    const step = ((6_378_137 * Math.PI) / 180) * 3e-5;
    expect(to[1] - from[1]).toBeCloseTo(step, 4);
    expect(to[0] - from[0]).toBeCloseTo(0, 9);
    // It drives north and faces north: what lies ahead of it lies further north.
    const ahead = transformPoint(first, [10, 0, 0]);
    expect(ahead[1] - from[1]).toBeCloseTo(10, 9);
    // A turn to the left: west is at its left hand.
    const left = transformPoint(first, [0, 10, 0]);
    expect(left[0] - from[0]).toBeCloseTo(-10, 9);
  });

  it('several drives of a day keep their tracks apart', async () => {
    const second = Object.fromEntries(
      Object.entries(drive).map(([path, content]) => [path.replace('drive_0001', 'drive_0002'), content]),
    );
    const { delivery, labels } = await open({ ...drive, ...second });
    expect(delivery.scenes.map(({ id }) => id)).toEqual([
      '2011_09_26_drive_0001_sync',
      '2011_09_26_drive_0002_sync',
    ]);
    expect(labels.tracks).toContain('2011_09_26_drive_0002_sync/1');
    expect(labels.tracks).toHaveLength(4);
  });

  it('tracklets alone take everything else from the sensor root', async () => {
    const { [`${DRIVE}tracklet_labels.xml`]: xml, ...rest } = drive;
    const index = await open({ 'tracklet_labels.xml': xml! }, rest);
    expect(codes(index)).toEqual(['frame-without-sweep']);
    const frame = index.delivery.frames.at(2)!;
    expect(frame.sweeps[0]!.root).toBe('sensors');
    expect(frame.images[0]!.calibration).toBeGreaterThanOrEqual(0);
    expect(frame.worldFromSpace).toBeDefined();
    expect(frame.timestampNanos).not.toBeNull();
  });

  it('a folder in capitals with clouds of another kind opens, without calibration', async () => {
    const index = await open({
      'tracklet_labels.xml': trackletFile([car]),
      'IMAGE_00/data/0000000001.png': 'png',
      'velodyne_points/data/0000000001.pcd': '# .PCD',
    });
    expect(index.delivery.frames.at(0)!).toMatchObject({
      id: '0000000001',
      sweeps: [{ encoding: 'pcd' }],
      images: [{ calibration: -1 }],
    });
    expect(codes(index).sort()).toEqual(['camera-uncalibrated', 'frame-without-sweep', 'image-missing']);
    expect(index.labels.cuboids.count).toBe(2);
  });

  it('damaged calibration and positions cost what hangs on them', async () => {
    const broken = await open({
      ...drive,
      [`${DAY}calib_velo_to_cam.txt`]: 'R: 0 -1 0 0 0 -1 1 0 0\nT: 0 NaN -0.3\n',
      [`${DRIVE}oxts/data/${name(2)}.txt`]: '49.0 8.4\n',
    });
    expect(codes(broken).sort()).toEqual([
      'camera-uncalibrated',
      'camera-uncalibrated',
      'frame-without-sweep',
      'kitti-calibration-bad',
      'kitti-oxts-bad',
    ]);
    expect(broken.delivery.frames.map(({ worldFromSpace }) => worldFromSpace !== undefined)).toEqual([
      true,
      true,
      false,
      true,
    ]);
    const { [`${DAY}calib_imu_to_velo.txt`]: _, ...without } = drive;
    expect(codes(await open(without))).toContain('kitti-imu-unplaced');
  });
});

describe('tracklet files', () => {
  const parse = (text: string) => parseTracklets(text, 'tracklet_labels.xml');

  it('no entity is expanded but those of XML itself', () => {
    const bomb = [
      '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">',
      ...Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`),
      ']>',
      trackletFile([{ ...car, type: '&a11;&amp;lt;' }])
        .split('\n')
        .slice(2)
        .join('\n'),
    ].join('');
    expect(parse(bomb)).toMatchObject({ ok: false, problem: { code: 'kitti-tracklets-bad' } });
    const plain = parse(trackletFile([{ ...car, type: '&a11;&amp;lt;' }]));
    expect(plain.ok && plain.value.tracklets[0]!.type).toBe('&a11;&lt;');
    const outside = `<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>${trackletFile([
      { ...car, type: '&x;' },
    ])
      .split('\n')
      .slice(2)
      .join('\n')}`;
    expect(parse(outside)).toMatchObject({ ok: false, problem: { code: 'kitti-tracklets-bad' } });
  });

  it('comments, quoted brackets, empty tags and line ends of any kind', () => {
    const text = trackletFile([car])
      .replace('<objectType>', '<!-- <item> > --><objectType note="a > b" other=\'/>\'>')
      .replace('<finished>1</finished>', '<finished/><comment>seen &amp; checked</comment>')
      .replaceAll('\n', '\r\n');
    const parsed = parse(text);
    if (!parsed.ok) throw new Error(parsed.problem.code);
    expect(parsed.value.tracklets[0]).toMatchObject({
      type: 'Car',
      attributes: { comment: 'seen & checked' },
    });
    expect(parsed.value.tracklets[0]!.poses).toHaveLength(2);
  });

  it('what is not there, not a number or not a list is told', () => {
    expect(parse('').ok).toBe(false);
    expect(parse('<a><b></a>')).toMatchObject({ problem: { code: 'kitti-tracklets-bad' } });
    expect(parse('<boost_serialization/>')).toMatchObject({ problem: { code: 'kitti-tracklets-bad' } });
    const negative = parse(trackletFile([{ ...car, first: -1 }, car], 5));
    expect(negative).toMatchObject({ ok: true, value: { tracklets: [{ index: 1 }] } });
    expect(
      negative.ok && negative.value.problems.map(({ code, place }) => `${code} ${place ?? ''}`.trim()),
    ).toEqual(['kitti-tracklet-bad tracklets/item 0', 'kitti-tracklets-count']);
    const nowhere = parse(trackletFile([{ ...car, poses: [{ tx: Number.NaN, ty: 0, tz: 0, rz: 0 }] }]));
    expect(nowhere.ok && nowhere.value.tracklets[0]!.poses[0]!.center[0]).toBeNaN();
  });

  it('what never ends costs one pass', () => {
    const again = (words: string) => parse(words.repeat(300_000));
    for (const words of [
      '<!DOCTYPE a>',
      '<!DOCTYPE a [',
      '<!DOCTYPE a [>',
      '<!--',
      '<?',
      '<a b="',
      '<a>',
      '</a>',
      '<a/>',
      '<',
      '&lt;',
    ]) {
      expect(again(words), words).toMatchObject({ problem: { code: 'kitti-tracklets-bad' } });
    }
  });

  it('millions of empty poses are no drive', () => {
    const open = trackletFile([{ ...car, poses: [] }]).replace(
      '</poses>',
      `${'<item/>'.repeat(600_000)}</poses>`,
    );
    expect(parse(open)).toMatchObject({
      problem: { code: 'kitti-tracklets-bad', params: { reason: 'size' } },
    });
  });

  it('names of the prototype chain, deep nesting and random damage are survived', () => {
    const hostile = trackletFile([car]).replace(
      '<finished>1',
      '<__proto__><h>9</h></__proto__><constructor>x</constructor><finished>1',
    );
    const parsed = parse(hostile);
    expect(({} as { h?: unknown }).h).toBeUndefined();
    expect(parsed.ok && parsed.value.tracklets[0]!.size).toEqual([4.2, 1.8, 1.5]);
    expect(() => parse(`<boost_serialization><tracklets>${'<item>'.repeat(100_000)}`)).not.toThrow();
    const random = seededRandom(8);
    const text = trackletFile([car, car]);
    for (let round = 0; round < 500; round++) {
      const at = random.integer(0, text.length - 1);
      const cut = text.slice(0, at) + text.slice(at + random.integer(0, 30));
      const swapped = text.slice(0, at) + '<>&"/;]!-'[random.integer(0, 8)] + text.slice(at + 1);
      expect(() => [parse(cut), parse(swapped)]).not.toThrow();
    }
  });
});
