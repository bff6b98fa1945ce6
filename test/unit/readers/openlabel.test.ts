import { describe, expect, it } from 'vitest';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { transformPoint } from '../../../shared/geometry/matrix.ts';
import { rotationFromQuaternion, yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { FileAddresses } from '../../../shared/readers/openlabel/fileAddresses.ts';
import { transformFrom } from '../../../shared/readers/openlabel/transforms.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';

type Files = Record<string, string | Uint8Array>;

/** Camera looks along +x of the vehicle from (1.5, 0, 1.2); lidar stands 1.8 m above the vehicle's origin, turned 90°. */
const systems = {
  odom: { type: 'scene_cs', parent: '', children: ['vehicle-iso8855'] },
  'vehicle-iso8855': { type: 'local_cs', parent: 'odom', children: ['LIDAR_TOP', 'CAM_FRONT'] },
  LIDAR_TOP: {
    type: 'sensor_cs',
    parent: 'vehicle-iso8855',
    pose_wrt_parent: { matrix4x4: [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1.8, 0, 0, 0, 1] },
  },
  CAM_FRONT: {
    type: 'sensor_cs',
    parent: 'vehicle-iso8855',
    pose_wrt_parent: { matrix4x4: [0, 0, 1, 1.5, -1, 0, 0, 0, 0, -1, 0, 1.2, 0, 0, 0, 1] },
  },
};

const pinhole = {
  width_px: 1280,
  height_px: 720,
  camera_matrix: [900, 0, 640, 0, 0, 900, 360, 0, 0, 0, 1, 0],
};

const streams = {
  LIDAR_TOP: { type: 'lidar', uri: '' },
  CAM_FRONT: {
    type: 'camera',
    uri: '',
    stream_properties: { intrinsics_pinhole: { ...pinhole, distortion_coeffs: [] } },
  },
};

function transforms(x: number) {
  return {
    'vehicle-iso8855_to_odom': {
      src: 'vehicle-iso8855',
      dst: 'odom',
      transform_src_to_dst: { quaternion: [0, 0, 0, 1], translation: [x, 0, 0] },
    },
  };
}

function frame(number: number, objects: object, extra: object = {}) {
  const uri = (sensor: string, extension: string) => ({
    uri: `sensors/drive/${sensor}/${String(number).padStart(6, '0')}.${extension}`,
  });
  return {
    objects,
    frame_properties: {
      timestamp: `16082940550${number}0000000`,
      streams: { LIDAR_TOP: uri('LIDAR_TOP', 'pcd'), CAM_FRONT: uri('CAM_FRONT', 'png') },
      transforms: transforms(10 * number),
      ...extra,
    },
  };
}

function cuboid(val: readonly number[] | null, coordinate_system?: string, extra: object = {}) {
  return {
    object_data: {
      cuboid: [{ name: 'shape', val, ...(coordinate_system ? { coordinate_system } : {}), ...extra }],
    },
  };
}

function document(parts: object): string {
  const metadata = { schema_version: '1.0.0' };
  return JSON.stringify({ openlabel: { metadata, coordinate_systems: systems, streams, ...parts } });
}

const sensorFiles: Files = Object.fromEntries(
  [0, 1].flatMap((n) => [
    [`sensors/drive/LIDAR_TOP/00000${n}.pcd`, ''],
    [`sensors/drive/CAM_FRONT/00000${n}.png`, ''],
  ]),
);

const car = { '7': { name: 'car7', type: 'car' } };

async function open(files: Files, sensors?: Files): Promise<DeliveryIndex> {
  const opened = await openDelivery(memoryFolder(files), sensors ? { sensors: memoryFolder(sensors) } : {});
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

function openOne(parts: object, files: Files = sensorFiles): Promise<DeliveryIndex> {
  return open({ 'labels/drive.json': document(parts), ...files });
}

function codes({ problems }: DeliveryIndex): string[] {
  return problems.map(({ code }) => code);
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i], `[${actual}]`).toBeCloseTo(value, 9);
}

describe('a whole scene', () => {
  const labelled = cuboid([4, 1, 0.5, 0, 0, 0, 1, 4.5, 1.9, 1.6], 'LIDAR_TOP');

  it('frames, files, times, calibration and poses', async () => {
    const index = await openOne({
      objects: car,
      frames: { '1': frame(1, { '7': labelled }), '0': frame(0, {}) },
    });
    expect(index.problems).toEqual([]);
    const { delivery } = index;
    expect(delivery.scenes).toEqual([{ id: 'drive', frameStart: 0, frameCount: 2 }]);
    expect(delivery.frames.map(({ id, timestampNanos, space }) => [id, timestampNanos, space])).toEqual([
      ['0', '1608294055000000000', 'LIDAR_TOP'],
      ['1', '1608294055010000000', 'LIDAR_TOP'],
    ]);
    expect(delivery.frames.at(1)!.sweeps).toEqual([
      { root: 'delivery', path: 'sensors/drive/LIDAR_TOP/000001.pcd', lidar: 'LIDAR_TOP', encoding: 'pcd' },
    ]);
    expect(delivery.frames.at(1)!.images[0]).toMatchObject({ camera: 0, calibration: 0, root: 'delivery' });
    expectClose(delivery.frames.at(1)!.worldFromSpace!, [0, -1, 0, 10, 1, 0, 0, 0, 0, 0, 1, 1.8, 0, 0, 0, 1]);
    const { model, cameraFromSpace, width, height } = delivery.calibrations[0]!;
    expect([width, height]).toEqual([1280, 720]);
    // 10 m ahead of the vehicle at camera height is the picture's middle: (0, -10, -0.6) in the turned lidar.
    const point = transformPoint(cameraFromSpace, [0, -10, -0.6]);
    expectClose(point, [0, 0, 8.5]);
    expectClose(projectPoint(model, point)!, [640, 360]);
    expect(cuboidAt(index.labels, 0)).toMatchObject({ id: '7', track: '7', frame: 1, center: [4, 1, 0.5] });
  });

  it('cuboids of other systems are placed among the points', async () => {
    const vehicle = cuboid([20, 2, 0.8, 0, 0, 0.3, 4.5, 1.9, 1.6], 'vehicle-iso8855');
    const world = cuboid([30, 2, 0.8, 0, 0, 0, 4.5, 1.9, 1.6], 'odom');
    const camera = cuboid([-2, 0.4, 18.5, 0, -1.2, 0, 4.5, 1.6, 1.9], 'CAM_FRONT');
    const objects = {
      a: { name: '', type: 'car' },
      b: { name: '', type: 'car' },
      c: { name: '', type: 'car' },
    };
    const index = await openOne(
      { objects, frames: { '1': frame(1, { a: vehicle, b: world, c: camera }) } },
      {
        'sensors/drive/LIDAR_TOP/000001.pcd': '',
        'sensors/drive/CAM_FRONT/000001.png': '',
      },
    );
    expect(index.problems).toEqual([]);
    const [a, b, c] = [0, 1, 2].map((row) => cuboidAt(index.labels, row));
    expectClose(a!.center, [2, -20, -1]);
    expect(yawFromQuaternion(a!.rotation)).toBeCloseTo(0.3 - Math.PI / 2, 12);
    expectClose(b!.center, [2, -20, -1]);
    // The same place as seen by the camera: 18.5 ahead and 2 to the left of it, 0.4 below.
    expectClose(c!.center, [2, -20, -1]);
    expect(c!.size).toEqual([4.5, 1.9, 1.6]);
    const up = rotationFromQuaternion(c!.rotation);
    expectClose([up[2]!, up[5]!, up[8]!], [0, 0, 1]);
    // ry = -1.2 turns the front from camera x (vehicle -y) towards camera z (vehicle +x).
    expect(yawFromQuaternion(c!.rotation)).toBeCloseTo(-Math.PI / 2 + 1.2 - Math.PI / 2, 12);
  });

  it('a system that nothing connects leaves the label unusable, a missing pose is told', async () => {
    const lost = { ...systems, MOON: { type: 'local_cs', parent: '' } };
    const open = { ...lost, LIDAR_TOP: { type: 'sensor_cs', parent: 'vehicle-iso8855' } };
    const frames = { '0': frame(0, { '7': cuboid([1, 2, 3, 0, 0, 0, 4, 2, 1], 'MOON') }) };
    const index = await openOne(
      { coordinate_systems: open, objects: car, frames },
      {
        'sensors/drive/LIDAR_TOP/000000.pcd': '',
        'sensors/drive/CAM_FRONT/000000.png': '',
      },
    );
    expect(codes(index)).toEqual(['openlabel-pose-missing', 'openlabel-space-unrelated', 'cuboid-unusable']);
    expect(index.delivery.frames.at(0)!.worldFromSpace).toBeUndefined();
  });

  it('a frame without a transform has no pose where other frames have one', async () => {
    const still = frame(1, {});
    const frames = {
      '0': frame(0, {}),
      '1': { ...still, frame_properties: { ...still.frame_properties, transforms: {} } },
    };
    const { delivery } = await openOne({ objects: {}, frames });
    expect(delivery.frames.map(({ worldFromSpace }) => worldFromSpace !== undefined)).toEqual([true, false]);
  });
});

describe('objects', () => {
  it("static data holds in the object's frames, per-frame data replaces the same item, attributes gather", async () => {
    const objects = {
      '7': {
        name: 'gate',
        type: 'gate',
        frame_intervals: [{ frame_start: 0, frame_end: 1 }],
        object_data: {
          cuboid: [
            { name: 'shape', val: [1, 0, 0, 0, 0, 0, 1, 1, 1], coordinate_system: 'LIDAR_TOP' },
            { name: 'arm', val: [2, 0, 0, 0, 0, 0, 1, 1, 1], coordinate_system: 'LIDAR_TOP' },
          ],
          text: [{ name: 'maker', val: 'x' }],
          num: [{ name: 'age', val: 3 }],
        },
      },
    };
    const moved = {
      object_data: {
        cuboid: [
          {
            name: 'shape',
            val: [9, 0, 0, 0, 0, 0, 1, 1, 1],
            coordinate_system: 'LIDAR_TOP',
            attributes: { num: [{ name: 'age', val: 4 }], boolean: [{ name: 'interpolated', val: true }] },
          },
        ],
        vec: [{ name: 'seen', val: [1, 2] }],
      },
    };
    const frames = { '0': frame(0, {}), '1': frame(1, { '7': moved }), '2': frame(2, {}) };
    const { labels } = await openOne({ objects, frames });
    const rows = Array.from({ length: labels.cuboids.count }, (_, row) => cuboidAt(labels, row));
    expect(rows.map((row) => [row.frame, row.id, row.center[0]])).toEqual([
      [0, '7', 1],
      [0, '7/arm', 2],
      [1, '7', 2],
      [1, '7/shape', 9],
    ]);
    expect(rows[0]!.attributes).toEqual({ maker: 'x', age: 3 });
    expect(rows[3]).toMatchObject({
      attributes: { maker: 'x', age: 4, seen: [1, 2], interpolated: true },
      isDerived: true,
    });
  });

  it('boxes are centred, several of one object are told apart, and linked to its cuboid', async () => {
    const data = {
      object_data: {
        cuboid: [{ name: 'shape', val: [1, 0, 0, 0, 0, 0, 1, 1, 1], coordinate_system: 'LIDAR_TOP' }],
        bbox: [
          { name: 'box', val: [100, 50, 20, 10], coordinate_system: 'CAM_FRONT' },
          { name: 'box', val: [300, 50, 20, 10], coordinate_system: 'CAM_REAR' },
        ],
        rbbox: [{ name: 'turned', val: [100, 100, 20, 10, Math.PI / 2], coordinate_system: 'CAM_FRONT' }],
      },
    };
    const { labels, delivery } = await openOne({ objects: car, frames: { '0': frame(0, { '7': data }) } });
    const boxes = [0, 1, 2].map((row) => box2dAt(labels, row));
    expect(boxes.map(({ id }) => id)).toEqual(['7/CAM_FRONT/box', '7/CAM_REAR/box', '7/CAM_FRONT/turned']);
    expect(boxes.map(({ cuboid }) => cuboid)).toEqual([0, 0, 0]);
    expect(boxes[0]!.ltrb).toEqual([90, 45, 110, 55]);
    expectClose(boxes[2]!.ltrb, [95, 90, 105, 110]);
    expect(delivery.cameras.map(({ name }) => name)).toEqual(['CAM_FRONT', 'CAM_REAR']);
  });

  it('null cuboids, placeholders, wrong lengths and undeclared objects are told and left', async () => {
    const objects = { ...car, '-1': { name: '', type: 'DontCare' }, '8': { name: '', type: 'van' } };
    const inFrame = {
      '7': cuboid(null),
      '8': cuboid([1, 2, 3]),
      '-1': cuboid([0, 0, 0, 0, 0, 0, -1000, -1000, -1000], 'LIDAR_TOP'),
      '99': cuboid([1, 0, 0, 0, 0, 0, 1, 1, 1], 'LIDAR_TOP'),
    };
    const index = await openOne(
      { objects, frames: { '0': frame(0, inFrame) } },
      {
        'sensors/drive/LIDAR_TOP/000000.pcd': '',
        'sensors/drive/CAM_FRONT/000000.png': '',
      },
    );
    expect(codes(index).sort()).toEqual([
      'openlabel-cuboid-empty',
      'openlabel-object-undeclared',
      'openlabel-placeholders',
      'openlabel-value-bad',
    ]);
    expect(index.labels.cuboids.id).toEqual(['99']);
  });

  it('numeric ids of several scenes are told apart, UUIDs are not touched', async () => {
    const uuid = '123e4567-e89b-12d3-a456-426614174000';
    const objects = { ...car, [uuid]: { name: '', type: 'bus' } };
    const inFrame = { '7': cuboid([1, 0, 0, 0, 0, 0, 1, 1, 1]), [uuid]: cuboid([5, 0, 0, 0, 0, 0, 1, 1, 1]) };
    const text = document({ objects, frames: { '0': frame(0, inFrame) } });
    const { delivery, labels } = await open({
      'labels/b.json': text,
      'labels/a 一.json': text,
      'truth.json': '{"a": 1}',
    });
    expect(delivery.frames.map(({ id }) => id)).toEqual(['a 一/0', 'b/0']);
    expect(labels.tracks).toEqual(['a 一/7', uuid, 'b/7']);
    expect(delivery.labelFiles).toEqual(['labels/a 一.json', 'labels/b.json']);
  });
});

describe('sensor files', () => {
  const frames = { '0': frame(0, {}), '1': frame(1, {}) };

  it('uris are found in the sensor root, whatever part of the path it starts at', async () => {
    const label = { 'drive.json': document({ objects: {}, frames }) };
    for (const cut of ['', 'sensors/', 'sensors/drive/']) {
      const sensors = Object.fromEntries(
        Object.entries(sensorFiles).map(([path, file]) => [path.slice(cut.length), file]),
      );
      const index = await open(label, sensors);
      expect(codes(index), cut).toEqual([]);
      expect(index.delivery.frames.at(1)!.sweeps[0], cut).toMatchObject({
        root: 'sensors',
        path: 'sensors/drive/LIDAR_TOP/000001.pcd'.slice(cut.length),
      });
    }
  });

  it('labels alone say once that there are no clouds', async () => {
    const index = await open({ 'drive.json': document({ objects: {}, frames }) });
    expect(codes(index)).toEqual(['sensor-data-absent']);
  });

  it('gaps and leftovers on either side are listed', async () => {
    const {
      'sensors/drive/LIDAR_TOP/000001.pcd': _,
      'sensors/drive/CAM_FRONT/000000.png': __,
      ...files
    } = sensorFiles;
    const index = await openOne(
      { objects: {}, frames },
      { ...files, 'sensors/drive/LIDAR_TOP/000009.pcd': '' },
    );
    expect(index.problems.map(({ code, path, params }) => [code, path, params?.frame ?? ''])).toEqual([
      ['frame-without-sweep', 'labels/drive.json', '1'],
      ['image-missing', 'labels/drive.json', '0'],
      ['sweep-without-frame', 'sensors/drive/LIDAR_TOP/000009.pcd', ''],
    ]);
  });

  it('without uris, files are matched by stream name and number, or by time', async () => {
    const bare = (number: number, timestamp: number) => ({
      frame_properties: { timestamp },
      objects: {},
      number,
    });
    const parts = { objects: {}, frames: { '7': bare(7, 1608294055.1), '8': bare(8, 1608294055.2) } };
    const byNumber = await openOne(parts, { 'LIDAR_TOP/000008.pcd': '', 'LIDAR_TOP/000007.pcd': '' });
    expect(byNumber.delivery.frames.map(({ sweeps }) => sweeps[0]?.path)).toEqual([
      'LIDAR_TOP/000007.pcd',
      'LIDAR_TOP/000008.pcd',
    ]);
    const byTime = await openOne(parts, { 'x/1608294055201000.pcd': '', 'x/1608294055099000.pcd': '' });
    expect(byTime.delivery.frames.map(({ sweeps }) => sweeps[0]?.path)).toEqual([
      'x/1608294055099000.pcd',
      'x/1608294055201000.pcd',
    ]);
  });

  it('odd names are found as they are or with their percent signs undone; nothing outside can be named', () => {
    const folder = memoryFolder({
      'a/一 #1.pcd': '',
      'a/50%20.pcd': '',
      'b/x.pcd': '',
      'c/x.pcd': '',
      'labels/near.pcd': '',
    });
    const addresses = new FileAddresses(folder, null);
    const find = (uri: string) => addresses.find(uri, 'labels/drive.json')?.path ?? null;
    expect(find('a/一 #1.pcd')).toBe('a/一 #1.pcd');
    expect(find('a/%E4%B8%80%20%231.pcd')).toBe('a/一 #1.pcd');
    expect(find('a/50%20.pcd')).toBe('a/50%20.pcd');
    expect(find('a\\50%20.pcd')).toBe('a/50%20.pcd');
    expect(find('./near.pcd')).toBe('labels/near.pcd');
    expect(find('../b/./x.pcd')).toBe('b/x.pcd');
    expect(find('file:///home/someone/data/c/x.pcd')).toBe('c/x.pcd');
    expect(find('other/x.pcd')).toBeNull();
    // The same frame of another sensor or scene is another file.
    expect(find('other/near.pcd')).toBeNull();
    expect(find('../../../etc/passwd')).toBeNull();
    expect(find('100%.pcd')).toBeNull();
  });
});

describe('spellings', () => {
  it('older names are understood and told once; a 3x4 matrix may hold a baseline', async () => {
    const { camera_matrix: _, ...sizes } = pinhole;
    const old = {
      ...sizes,
      camera_matrix_3x4: [900, 0, 640, 90, 0, 900, 360, 0, 0, 0, 1, 0],
      distortion_coeffs_1xN: [],
    };
    const stream = { ...streams.CAM_FRONT, stream_properties: { intrinsics_pinhole: old } };
    const frames = { '0': frame(0, {}), '1': frame(1, {}) };
    const index = await openOne({ streams: { ...streams, CAM_FRONT: stream }, objects: {}, frames });
    expect(index.problems).toMatchObject([
      { code: 'openlabel-old-spelling', params: { keys: 'camera_matrix_3x4, distortion_coeffs_1xN' } },
    ]);
    const { model, cameraFromSpace } = index.delivery.calibrations[0]!;
    expectClose(projectPoint(model, transformPoint(cameraFromSpace, [0, -10, -0.6]))!, [640 + 90 / 8.5, 360]);
  });

  it('fisheye with focal lengths projects, other lenses only show their image', async () => {
    const lens = (stream_properties: object) => ({
      ...streams,
      CAM_FRONT: { type: 'camera', stream_properties },
    });
    const frames = { '0': frame(0, {}), '1': frame(1, {}) };
    const fisheye = {
      center_x_px: 640,
      center_y_px: 360,
      focal_length_x: 300,
      focal_length_y: 310,
      lens_coeffs: [0.1, 0, 0, 0],
    };
    const known = await openOne({ streams: lens({ intrinsics_fisheye: fisheye }), objects: {}, frames });
    expect(known.delivery.calibrations[0]!.model).toEqual({
      kind: 'fisheye',
      fx: 300,
      fy: 310,
      cx: 640,
      cy: 360,
      distortion: [0.1, 0, 0, 0],
    });
    for (const properties of [
      { intrinsics_fisheye: { lens_coeffs: [333, 0, 2, 11] } },
      { intrinsics_custom: { a: 1 } },
    ]) {
      const unknown = await openOne({ streams: lens(properties), objects: {}, frames });
      expect(unknown.delivery.calibrations[0]!.model.kind).toBe('unknown');
      expect(codes(unknown)).toEqual(['camera-model-unknown']);
    }
    const bad = await openOne({
      streams: lens({ intrinsics_pinhole: { camera_matrix: [1, 2] } }),
      objects: {},
      frames,
    });
    expect(codes(bad)).toEqual(['openlabel-lens-bad', 'camera-uncalibrated']);
    expect(bad.delivery.frames.at(0)!.images[0]!.calibration).toBe(-1);
  });

  it("per-frame lenses and transforms win over the stream's", async () => {
    const own = { ...pinhole, camera_matrix: [950, 0, 640, 0, 0, 950, 360, 0, 0, 0, 1, 0] };
    const second = frame(1, {});
    const sensors = second.frame_properties.streams;
    const moved = {
      src: 'CAM_FRONT',
      dst: 'vehicle-iso8855',
      transform_src_to_dst: { ...systems.CAM_FRONT.pose_wrt_parent },
    };
    const raised = moved.transform_src_to_dst.matrix4x4.with(11, 2.2);
    const properties = {
      ...second.frame_properties,
      streams: {
        ...sensors,
        CAM_FRONT: { ...sensors.CAM_FRONT, stream_properties: { intrinsics_pinhole: own } },
      },
      transforms: { ...transforms(10), cam: { ...moved, transform_src_to_dst: { matrix4x4: raised } } },
    };
    const frames = { '0': frame(0, {}), '1': { objects: {}, frame_properties: properties } };
    const { delivery } = await openOne({ objects: {}, frames });
    const calibration = delivery.calibrations[delivery.frames.at(1)!.images[0]!.calibration]!;
    expect(calibration.model).toMatchObject({ fx: 950 });
    expectClose(transformPoint(calibration.cameraFromSpace, [0, -10, -0.6]), [0, 1, 8.5]);
    expect(delivery.calibrations.length).toBe(2);
  });

  it('nanoseconds written as a number keep their last digit', async () => {
    const text = document({ objects: {}, frames: { '0': frame(0, {}), '1': frame(1, {}) } });
    const numeric = text
      .replace('"timestamp":"16082940550', '"timestamp":16082940550')
      .replace('00000","str', '00001,"str');
    const { delivery } = await open({ 'drive.json': numeric });
    expect(delivery.frames.at(0)!.timestampNanos).toBe('1608294055000000001');
  });

  it('the three kinds of transform agree, and what is none is refused', () => {
    const [s, c] = [Math.sin(0.2), Math.cos(0.2)];
    const matrix = [c, 0, s, 1, 0, 1, 0, 2, -s, 0, c, 3, 0, 0, 0, 1];
    const quaternion = { quaternion: [0, Math.sin(0.1), 0, Math.cos(0.1)], translation: [1, 2, 3] };
    const euler = { euler_angles: [0, 0.2, 0], sequence: 'ZYX', translation: [1, 2, 3] };
    for (const given of [{ matrix4x4: matrix }, quaternion, euler]) {
      expectClose(transformFrom(given) as number[], matrix);
    }
    const turned = transformFrom({ euler_angles: [0.4, 0.2, 0.1], translation: [0, 0, 0] }) as number[];
    expect(Math.atan2(turned[4]!, turned[0]!)).toBeCloseTo(0.4, 12);
    expect(Math.asin(-turned[8]!)).toBeCloseTo(0.2, 12);
    expect(Math.atan2(turned[9]!, turned[10]!)).toBeCloseTo(0.1, 12);
    expect(transformFrom(undefined)).toBeNull();
    for (const bad of [
      5,
      {},
      { matrix4x4: [1, 2] },
      { matrix4x4: new Array(16).fill(0) },
      { quaternion: [0, 0, 0, 0] },
    ]) {
      expect(transformFrom(bad)).toBe('bad');
    }
  });
});
