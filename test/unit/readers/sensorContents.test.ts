import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sha256OfSource } from '../../../electron/services/hashes.ts';
import type { Folder } from '../../../shared/base/bytes.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { parseChecksumList } from '../../../shared/readers/contents/checksumList.ts';
import type { ReadContext } from '../../../shared/readers/contract.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { diskFolder } from '../../support/diskFolder.ts';
import { pcdFile } from '../../support/pcdFixture.ts';

type Files = Record<string, string | Uint8Array>;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function onDisk(files: Files): Folder {
  const root = mkdtempSync(path.join(tmpdir(), 'readers-'));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  return diskFolder(root);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Opens both roots from the disk and tells which sensor files were hashed. */
async function open(labels: Files, sensors: Files, context: ReadContext = {}) {
  const hashed: string[] = [];
  const opened = await openDelivery(onDisk(labels), {
    sensors: onDisk(sensors),
    hashOf: async (folder, file) => {
      hashed.push(file);
      return sha256OfSource(await folder.open(file));
    },
    ...context,
  });
  if (!opened.ok) throw new Error(opened.problem.code);
  return { index: opened.value, hashed: hashed.sort() };
}

function sweepPaths({ delivery }: DeliveryIndex): (string | null)[] {
  return delivery.frames.map(({ sweeps }) => sweeps[0]?.path ?? null);
}

function told({ problems }: DeliveryIndex): string[] {
  return problems.map(({ code, path: file, params }) => `${code} ${file || (params?.frame ?? '')}`.trim());
}

/** Clouds of one point each, told apart by where it lies. */
function cloud(x: number): Uint8Array {
  const fields = ['x', 'y', 'z'].map((name) => ({ name, type: 'F' as const, size: 4 }));
  return pcdFile({ fields, points: [[x, 2, 3]], encoding: 'binary' });
}

function bin(x: number): Uint8Array {
  return new Uint8Array(new Float32Array([x, 2, 3, 0.5]).buffer);
}

const kittiLabel = 'Car 0.00 0 -1.57 587.0 173.0 614.0 200.0 1.65 1.67 3.64 -0.65 1.71 46.7 -1.59\n';
const kittiCalibration = (focal: number) =>
  [
    `P2: ${focal} 0 600 0 0 ${focal} 180 0 0 0 1 0`,
    `P3: ${focal} 0 600 -300 0 ${focal} 180 0 0 0 1 0`,
    'R0_rect: 1 0 0 0 1 0 0 0 1',
    'Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0',
    '',
  ].join('\n');

/** Sensor files of a KITTI client, as they were when the labels were made from them. */
const kittiSensors: Files = Object.fromEntries(
  ['000007', '000012'].flatMap((stem, i) => [
    [`training/velodyne/${stem}.bin`, bin(i)],
    [`training/image_2/${stem}.png`, `left ${i}`],
    [`training/image_3/${stem}.png`, `right ${i}`],
    [`training/calib/${stem}.txt`, kittiCalibration(700 + i)],
  ]),
);
const kittiLabels: Files = {
  'training/label_2/000007.txt': kittiLabel,
  'training/label_2/000012.txt': kittiLabel,
};

function listOf(files: Files): string {
  return Object.entries(files)
    .map(([name, content]) => `${sha256(content)}  ${name}\n`)
    .join('');
}

/** The same files under names that say nothing, in one folder. */
function renamed(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      `raw/${sha256(name).slice(0, 8)}${path.extname(name)}`,
      content,
    ]),
  );
}

function newName(name: string): string {
  return `raw/${sha256(name).slice(0, 8)}${path.extname(name)}`;
}

describe('sensor files found by their content', () => {
  it('KITTI labels alone find renamed clouds, images and calibrations by a checksum list', async () => {
    const list = `\uFEFF${listOf(kittiSensors).replaceAll('  training', ' *.\\training').replaceAll('\n', '\r\n')}`;
    const { index } = await open({ ...kittiLabels, 'sha256sum.txt': list }, renamed(kittiSensors));
    expect(index.problems).toEqual([]);
    expect(sweepPaths(index)).toEqual([
      newName('training/velodyne/000007.bin'),
      newName('training/velodyne/000012.bin'),
    ]);
    const images = index.delivery.frames.map((frame) => frame.images.map((image) => image.path));
    expect(images).toEqual(
      ['000007', '000012'].map((stem) => [
        newName(`training/image_2/${stem}.png`),
        newName(`training/image_3/${stem}.png`),
      ]),
    );
    const focals = index.delivery.calibrations.map(({ model }) => model.kind === 'pinhole' && model.fx);
    expect(focals).toEqual([700, 700, 701, 701]);
    expect(cuboidAt(index.labels, 1).isUsable).toBe(true);
  });

  it('hashes what names left open and what they paired, and nothing of other kinds', async () => {
    const { 'training/velodyne/000012.bin': lost, ...kept } = kittiSensors;
    const list = listOf({ 'velodyne/000012.bin': lost!, 'velodyne/000007.bin': bin(0) });
    const { index, hashed } = await open(
      { ...kittiLabels, 'training/label_2/SHA256SUMS': list },
      { ...kept, 'training/velodyne/late.bin': lost!, 'spare/other.bin': bin(9) },
    );
    expect(sweepPaths(index)).toEqual(['training/velodyne/000007.bin', 'training/velodyne/late.bin']);
    expect(index.problems).toEqual([]);
    expect(hashed).toEqual(['spare/other.bin', 'training/velodyne/000007.bin', 'training/velodyne/late.bin']);
  });

  it('a stated sum against the file that the name gave is told and changes nothing', async () => {
    const list = listOf(kittiSensors);
    const { index } = await open(
      { ...kittiLabels, SHA256SUMS: list },
      { ...kittiSensors, 'training/velodyne/000012.bin': bin(77) },
    );
    expect(sweepPaths(index)[1]).toBe('training/velodyne/000012.bin');
    expect(index.problems).toEqual([
      {
        code: 'sensor-hash-differs',
        severity: 'warning',
        path: 'training/velodyne/000012.bin',
        params: {
          frame: '000012',
          name: 'training/velodyne/000012.bin',
          source: 'SHA256SUMS',
          stated: sha256(bin(1)).slice(0, 16),
          found: sha256(bin(77)).slice(0, 16),
        },
      },
    ]);
  });

  it('what is on neither side is listed on both', async () => {
    const { index } = await open(
      { ...kittiLabels, 'kitti.sha256': listOf({ 'velodyne/000012.bin': bin(1) }) },
      {
        ...kittiSensors,
        'training/velodyne/000012.bin': bin(0),
        'training/velodyne/x.bin': bin(5),
      },
    );
    // 000012 is there by name with other content; x belongs to nobody.
    expect(told(index)).toEqual([
      'sweep-without-frame training/velodyne/x.bin',
      'sensor-hash-differs training/velodyne/000012.bin',
    ]);
    const { 'training/velodyne/000012.bin': _, ...without } = kittiSensors;
    const { index: incomplete } = await open(
      { ...kittiLabels, 'kitti.sha256': listOf({ 'velodyne/000012.bin': bin(1) }) },
      { ...without, 'training/velodyne/x.bin': bin(5) },
    );
    expect(told(incomplete)).toEqual([
      'sweep-without-frame training/velodyne/x.bin',
      'frame-without-sweep 000012',
    ]);
  });

  it('without checksums nothing is hashed, and without a hash function sums are not asked', async () => {
    const { hashed } = await open(kittiLabels, kittiSensors);
    expect(hashed).toEqual([]);
    const opened = await openDelivery(onDisk({ ...kittiLabels, SHA256SUMS: listOf(kittiSensors) }), {
      sensors: onDisk(renamed(kittiSensors)),
    });
    expect(opened.ok && opened.value.problems.map(({ code }) => code)).toContain('calibration-missing');
  });

  it('SUSTechPOINTS labels alone find clouds, images and the calibration of the rig', async () => {
    const calibration = JSON.stringify({
      extrinsic: [0, -1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1],
      intrinsic: [1200, 0, 1000, 0, 1210, 750, 0, 0, 1],
    });
    const psr = {
      position: { x: 4, y: -49, z: 1.8 },
      scale: { x: 4.5, y: 1.7, z: 1.6 },
      rotation: { x: 0, y: 0, z: 1.4 },
    };
    const label = JSON.stringify([{ psr, obj_type: 'Car', obj_id: '8' }]);
    const sensors: Files = {
      'lidar/000950.pcd': cloud(1),
      'lidar/000951.pcd': cloud(2),
      'camera/front/000950.jpg': 'jpg 1',
      'camera/front/000951.jpg': 'jpg 2',
      'calib/camera/front.json': calibration,
    };
    const labels = { '早 班/label/000950.json': label, '早 班/label/000951.json': label };
    const { index } = await open({ ...labels, SHA256SUMS: listOf(sensors) }, renamed(sensors));
    expect(index.problems).toEqual([]);
    expect(sweepPaths(index)).toEqual([newName('lidar/000950.pcd'), newName('lidar/000951.pcd')]);
    expect(index.delivery.frames.map(({ images }) => images[0])).toMatchObject([
      { root: 'sensors', path: newName('camera/front/000950.jpg'), calibration: 0 },
      { root: 'sensors', path: newName('camera/front/000951.jpg'), calibration: 0 },
    ]);
  });

  it('files of equal content go one to each frame while there are enough, then serve again', async () => {
    const same = { 'velodyne/000007.bin': bin(1), 'velodyne/000012.bin': bin(1) };
    const labels = { ...kittiLabels, SHA256SUMS: listOf(same) };
    const calibrations = {
      'training/calib/000007.txt': kittiCalibration(700),
      'training/calib/000012.txt': kittiCalibration(700),
    };
    const two = await open(labels, { ...calibrations, 'a.bin': bin(1), 'b.bin': bin(1), 'c.bin': bin(1) });
    expect(sweepPaths(two.index)).toEqual(['a.bin', 'b.bin']);
    const one = await open(labels, { ...calibrations, 'a.bin': bin(1) });
    expect(sweepPaths(one.index)).toEqual(['a.bin', 'a.bin']);
  });

  it('a sensor file that cannot be read is told, and the search goes on', async () => {
    const { index } = await open(
      { ...kittiLabels, SHA256SUMS: listOf(kittiSensors) },
      renamed(kittiSensors),
      {
        hashOf: async (folder, file) => {
          if (file === newName('training/velodyne/000007.bin')) {
            throw new ProblemError({ code: 'file-unreadable', severity: 'error', path: file });
          }
          return (await sha256OfSource(await folder.open(file))).toUpperCase();
        },
      },
    );
    expect(sweepPaths(index)).toEqual([null, newName('training/velodyne/000012.bin')]);
    expect(told(index)).toEqual([
      `sweep-without-frame ${newName('training/velodyne/000007.bin')}`,
      'frame-without-sweep 000007',
      `file-unreadable ${newName('training/velodyne/000007.bin')}`,
    ]);
  });

  it('hashing reports progress and stops when it is cancelled', async () => {
    const controller = new AbortController();
    const steps: [number, number][] = [];
    const sensors = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`raw/${i}x${i}.bin`, bin(i + 100)]),
    );
    const hashed: string[] = [];
    const reading = open({ ...kittiLabels, SHA256SUMS: listOf(kittiSensors) }, sensors, {
      signal: controller.signal,
      progress: (done, total) => steps.push([done, total]),
      hashOf: (_, file) => {
        hashed.push(file);
        if (hashed.length === 10) controller.abort(new Error('enough'));
        return Promise.resolve('');
      },
    });
    await expect(reading).rejects.toThrow('enough');
    expect(hashed.length).toBeLessThan(40);
    expect(steps).toContainEqual([8, 40]);
  });
});

describe('a sensor root without the layout of the format', () => {
  it('lends the clouds of its only folder by frame id, and lists what is left', async () => {
    const { index } = await open(
      { ...kittiLabels, 'training/calib/000007.txt': kittiCalibration(700) },
      { 'drive 4/7.bin': bin(0), 'drive 4/12.bin': bin(1), 'drive 4/13.bin': bin(2) },
    );
    expect(sweepPaths(index)).toEqual(['drive 4/7.bin', 'drive 4/12.bin']);
    expect(told(index)).toContain('sweep-without-frame drive 4/13.bin');
    const psr = { position: {}, scale: {}, rotation: {} };
    const label = JSON.stringify([{ psr, obj_type: 'Car', obj_id: '1' }]);
    const sustech = await open({ 'label/000950.json': label }, { '000950.pcd': cloud(1) });
    expect(sweepPaths(sustech.index)).toEqual(['000950.pcd']);
  });

  it('says so where there are no clouds, and guesses nothing for several parts', async () => {
    const { index } = await open(kittiLabels, { 'image_2/000007.png': 'left' });
    expect(told(index)).toContain('sensor-data-absent');
    expect(index.delivery.frames.at(0)!.images).toHaveLength(1);
    const parts = await open(
      { 'a/label_2/1.txt': kittiLabel, 'b/label_2/1.txt': kittiLabel },
      { 'clouds/1.bin': bin(1) },
    );
    expect(sweepPaths(parts.index)).toEqual([null, null]);
  });
});

describe('checksums and shifts in OpenLABEL', () => {
  const streams = {
    LIDAR: { type: 'lidar', uri: '' },
    CAM: { type: 'camera', uri: '', stream_properties: {} },
  };

  /** Frame properties of both streams, by frame. */
  function document(frames: readonly object[], own: object = streams): string {
    const entries = frames.map((said, i) => [i, { objects: {}, frame_properties: { streams: said } }]);
    const metadata = { schema_version: '1.0.0' };
    const root = { metadata, streams: own, objects: {}, frames: Object.fromEntries(entries) };
    return JSON.stringify({ openlabel: root });
  }

  const state = (content: string | Uint8Array, uri?: string, extra: object = {}) => ({
    ...(uri === undefined ? {} : { uri }),
    stream_properties: { sha256: sha256(content), ...extra },
  });

  function imagePaths({ delivery }: DeliveryIndex): (string | null)[] {
    return delivery.frames.map(({ images }) => images[0]?.path ?? null);
  }

  it('frames whose files were renamed find them by what the stream states', async () => {
    const labels = document([
      { LIDAR: state(cloud(1), 'LIDAR/000000.pcd'), CAM: state('jpg 0', 'CAM/0.jpg') },
      {
        LIDAR: { uri: 'LIDAR/000001.pcd', stream_properties: { checksum: `SHA256:${sha256(cloud(2))}` } },
        CAM: state('jpg 1', 'CAM/1.jpg'),
      },
    ]);
    const { index, hashed } = await open(
      { 'drive.json': labels },
      {
        'LIDAR/000000.pcd': cloud(1),
        'archive/b.pcd': cloud(2),
        'archive/q.jpg': 'jpg 1',
        'archive/r.jpg': 'jpg 0',
      },
    );
    expect(sweepPaths(index)).toEqual(['LIDAR/000000.pcd', 'archive/b.pcd']);
    expect(imagePaths(index)).toEqual(['archive/r.jpg', 'archive/q.jpg']);
    expect(index.problems.map(({ code }) => code).filter((code) => code !== 'camera-uncalibrated')).toEqual(
      [],
    );
    expect(hashed).toHaveLength(4);
  });

  it('looks at files of the stated length first and stops when all are found', async () => {
    const wanted = 'the picture';
    const others = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`pool/a${i}a.jpg`, 'x'.repeat(i + 40)]),
    );
    const labels = document([{ CAM: state(wanted, 'CAM/0.jpg', { bytes: wanted.length }) }]);
    const { index, hashed } = await open({ 'drive.json': labels }, { ...others, 'pool/z.jpg': wanted });
    expect(imagePaths(index)).toEqual(['pool/z.jpg']);
    expect(hashed).toContain('pool/z.jpg');
    expect(hashed.length).toBeLessThan(10);
  });

  it('documents that name no files take their sums from the list, scene by scene', async () => {
    const sensors = Object.fromEntries(
      ['a', 'b'].flatMap((scene, s) =>
        [0, 1].map((n) => [`${scene}/LIDAR/00000${n}.pcd`, cloud(10 * s + n)]),
      ),
    );
    const labels = { 'a.json': document([{}, {}]), 'b.json': document([{}, {}]) };
    const { index } = await open({ ...labels, SHA256SUMS: listOf(sensors) }, renamed(sensors));
    expect(sweepPaths(index)).toEqual(Object.keys(sensors).map(newName));
    expect(told(index)).toEqual([]);
  });

  it('a single cloud is found by the sum of its stream; other kinds of sums are told', async () => {
    const one = (properties: object) =>
      document([{}], { LIDAR: { type: 'lidar', uri: 'gone.pcd', stream_properties: properties } });
    const sensors = { 'x.pcd': cloud(1), 'y.pcd': cloud(2) };
    const found = await open({ 'one.json': one({ sha256: sha256(cloud(2)) }) }, sensors);
    expect(sweepPaths(found.index)).toEqual(['y.pcd']);
    const md5 = await open({ 'one.json': one({ checksum: 'd41d8cd98f00b204e9800998ecf8427e' }) }, sensors);
    expect(told(md5.index)[0]).toBe('openlabel-checksum-unknown one.json');
    expect(md5.hashed).toEqual([]);
  });

  it('a sum against the file that the URI names is told', async () => {
    const labels = document([{ LIDAR: state(cloud(1), 'LIDAR/000000.pcd') }]);
    const { index } = await open({ 'drive.json': labels }, { 'LIDAR/000000.pcd': cloud(3) });
    expect(told(index)).toEqual(['sensor-hash-differs LIDAR/000000.pcd']);
  });

  const shifted = (frame_shift: unknown) => ({
    LIDAR: streams.LIDAR,
    CAM: { type: 'camera', uri: '', stream_properties: { sync: { frame_shift } } },
  });
  const numbered: Files = Object.fromEntries(
    Array.from({ length: 4 }, (_, n) => [
      [`LIDAR/${n}.pcd`, cloud(n)],
      [`CAM/00000${n}.jpg`, `jpg ${n}`],
    ]).flat(),
  );

  it('a shift moves a stream against the labels; a frame may say otherwise', async () => {
    const own = { CAM: { stream_properties: { sync: { frame_stream: 0 } } } };
    const later = { CAM: { stream_properties: { sync: { frame_shift: 1 } } } };
    const { index } = await open({ 'd.json': document([{}, own, later, {}], shifted(2)) }, numbered);
    expect(sweepPaths(index)).toEqual([0, 1, 2, 3].map((n) => `LIDAR/${n}.pcd`));
    expect(imagePaths(index)).toEqual(['CAM/000002.jpg', 'CAM/000000.jpg', 'CAM/000003.jpg', null]);
    const earlier = await open({ 'd.json': document([{}, {}, {}, {}], shifted(-1)) }, numbered);
    expect(imagePaths(earlier.index)).toEqual([null, 'CAM/000000.jpg', 'CAM/000001.jpg', 'CAM/000002.jpg']);
    expect(told(earlier.index).filter((line) => line.includes('shift'))).toEqual([]);
  });

  it.each([
    ['openlabel-shift-bad', document([{}, {}], shifted('soon')), numbered],
    ['openlabel-shift-unused', document([{}, {}], shifted(100)), numbered],
    [
      'openlabel-shift-unused',
      document([{ CAM: { uri: 'CAM/000000.jpg' } }, { CAM: { uri: 'CAM/000001.jpg' } }], shifted(2)),
      numbered,
    ],
  ])('a shift that cannot be applied is told: %s', async (code, labels, sensors) => {
    const { index } = await open({ 'd.json': labels }, sensors);
    expect(told(index)).toContain(`${code} d.json`);
  });

  it('URIs that agree with the shift need no word', async () => {
    const labels = document([{ CAM: { uri: 'CAM/000002.jpg' } }, {}], shifted(2));
    const { index } = await open({ 'd.json': labels }, numbered);
    expect(told(index).filter((line) => line.includes('shift'))).toEqual([]);
  });
});

describe('checksum lists', () => {
  const sum = sha256('x');

  it('knows the usual forms', () => {
    const text = [
      `${sum}  velodyne/000007.bin`,
      `${sum.toUpperCase()} *velodyne\\000008.bin`,
      `SHA256 (velodyne/a (1).bin) = ${sum}`,
      `\\${sum}  odd\\\\name.bin`,
      `${sum}\t./a/./../velodyne/名 字#%20.bin`,
      '',
      '# made by hand',
    ].join('\r\n');
    const { sums, problems } = parseChecksumList(text, 'SHA256SUMS');
    expect(problems).toEqual([]);
    expect(sums.map(({ path: file }) => file)).toEqual([
      'velodyne/000007.bin',
      'velodyne/000008.bin',
      'velodyne/a (1).bin',
      'odd/name.bin',
      'velodyne/名 字#%20.bin',
    ]);
    expect(new Set(sums.map(({ sha256: hex }) => hex))).toEqual(new Set([sum]));
    const lone = parseChecksumList(`${sum}\n`, 'velodyne/000007.bin.sha256');
    expect(lone.sums).toEqual([{ path: 'velodyne/000007.bin', sha256: sum }]);
  });

  it('counts lines that are none, and never leaves the folder', () => {
    const text = `d41d8cd98f00b204e9800998ecf8427e  a.bin\n${sum}\n${sum}  ../../../etc/passwd\n<html>\n${sum}  ..\n`;
    const { sums, problems } = parseChecksumList(text, 'labels/SHA256SUMS');
    expect(sums).toEqual([{ path: 'etc/passwd', sha256: sum }]);
    expect(problems).toEqual([
      {
        code: 'checksum-line-bad',
        severity: 'warning',
        path: 'labels/SHA256SUMS',
        place: 'line 1',
        params: { lines: 4 },
      },
    ]);
  });

  it('two sums for one file cancel each other', async () => {
    const lists = {
      SHA256SUMS: listOf({ 'velodyne/000007.bin': bin(0) }),
      'again.sha256': listOf({ 'velodyne/000007.bin': bin(4) }),
      'third.sha256': listOf({ 'velodyne/000007.bin': bin(0) }),
    };
    const { index, hashed } = await open({ ...kittiLabels, ...lists }, { 'raw/x.bin': bin(4) });
    expect(told(index)).toContain('checksum-contradictory again.sha256');
    expect(hashed).toEqual([]);
    expect(sweepPaths(index)).toEqual([null, null]);
  });

  it('lists beyond a bound are told by their length alone, before a byte is read', async () => {
    const labels = onDisk(kittiLabels);
    const huge: Folder = {
      entries: [...labels.entries, { path: 'z.sha256', size: 5e9, modifiedMs: 0 }],
      open: (file) => {
        expect(file).not.toBe('z.sha256');
        return labels.open(file);
      },
    };
    const opened = await openDelivery(huge, { sensors: onDisk({}), hashOf: () => Promise.resolve('') });
    const codes = opened.ok ? opened.value.problems.map(({ code }) => code) : [];
    expect(codes).toContain('checksums-too-large');
  });
});
