/** Damaged and hostile tables: each trouble is told once with its place, and the rest of the delivery opens. */
import { describe, expect, it } from 'vitest';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { CuboidFlag } from '../../../../shared/model/labels.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import type { NuscenesTables } from '../../../support/nuscenesFixture.ts';
import { nuscenesFiles, START_MICROS, tokenOf } from '../../../support/nuscenesFixture.ts';

type Files = Record<string, string | Uint8Array>;

async function opened(files: Files): Promise<DeliveryIndex> {
  const result = await openDelivery(memoryFolder(files));
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const changed = (change: (tables: NuscenesTables) => void) => opened(nuscenesFiles({ scenes: 2, change }));
const codes = ({ problems }: DeliveryIndex) => problems.map(({ code }) => code);
const counts = ({ labels, delivery }: DeliveryIndex) => [delivery.frames.length, labels.cuboids.count];

describe('chains', () => {
  it('that run in circles are told and cannot be followed', async () => {
    const index = await changed(({ sample, sample_annotation: rows }) => {
      sample![2]!.next = sample![0]!.token;
      sample![1]!.prev = sample![1]!.token;
      rows![4]!.next = rows![0]!.token;
    });
    expect(counts(index)).toEqual([6, 12]);
    const told = index.problems.map(({ code, path, params }) =>
      [code, path, params?.field, params?.count].join(' '),
    );
    expect(told.sort()).toEqual([
      'nuscenes-chain-turns v1.0-mini/sample.json next 1',
      'nuscenes-chain-turns v1.0-mini/sample.json prev 1',
      'nuscenes-chain-turns v1.0-mini/sample_annotation.json next 1',
    ]);
  });

  it('that lead to rows which are not there are told', async () => {
    const index = await changed(({ sample_annotation: rows }) => {
      rows![5]!.next = 'f'.repeat(32);
    });
    expect(counts(index)).toEqual([6, 12]);
    expect(index.problems).toMatchObject([
      { code: 'nuscenes-chain-open', params: { field: 'next', count: 1 } },
    ]);
  });
});

describe('references', () => {
  it('to nothing cost the row that has them', async () => {
    const index = await changed(({ sample, sample_annotation: labels, sample_data: data, instance }) => {
      sample![5]!.scene_token = 'nowhere';
      labels![0]!.sample_token = 'nothing';
      labels![1]!.instance_token = 'nobody';
      data![0]!.calibrated_sensor_token = '';
      instance![2]!.category_token = 'no category';
    });
    // The sixth sample is in no scene: its two labels and its readings go with it.
    expect(counts(index)).toEqual([5, 9]);
    const told = index.problems.filter(({ code }) => code === 'nuscenes-reference-missing');
    expect(
      told.map(({ path, params }) => `${path.slice(10)} ${params?.field} ${params?.count}`).sort(),
    ).toEqual([
      'instance.json category_token 1',
      'sample.json scene_token 1',
      'sample_annotation.json instance_token 1',
      'sample_annotation.json sample_token 3',
      'sample_data.json calibrated_sensor_token 1',
      'sample_data.json sample_token 3',
    ]);
    const { labels } = index;
    expect(labels.classes[labels.cuboids.classIndex[0]!]).toBe('unknown');
    expect(labels.cuboids.track[0]).toBe(0xffffffff);
    // Without its lidar reading the first frame is given in the global frame.
    expect(index.delivery.frames.at(0)!.space).toBe('global');
    expect([...labels.cuboids.center.subarray(0, 3)]).toEqual([115, 40, 0.9]);
  });

  it('that two rows answer to are told, and the first row stands', async () => {
    const index = await changed(({ sample_annotation: rows, ego_pose: poses }) => {
      rows!.push({ ...rows![0], translation: [0, 0, 0] });
      rows!.push({ ...rows![0], token: '' });
      poses!.push({ ...poses![0], translation: [9e9, 0, 0] });
    });
    expect(counts(index)).toEqual([6, 12]);
    expect(codes(index).sort()).toEqual([
      'nuscenes-token-missing',
      'nuscenes-token-repeated',
      'nuscenes-token-repeated',
    ]);
  });
});

describe('numbers', () => {
  it('that are no pose leave the frame without place, and its cuboids unusable', async () => {
    const files = nuscenesFiles({
      change: ({ ego_pose: poses }) => {
        const own = poses!.find(({ token }) => token === tokenOf('data', 0, START_MICROS + 500_000))!;
        own.translation = ['NaN-marker', 0, 0];
      },
    });
    const path = 'v1.0-mini/ego_pose.json';
    files[path] = String(files[path]).replace('"NaN-marker"', 'NaN');
    const index = await opened(files);
    expect(counts(index)).toEqual([3, 6]);
    expect(codes(index)).toEqual(['nuscenes-poses-missing']);
    const { flags, center } = index.labels.cuboids;
    expect([...flags].map((flag) => (flag & CuboidFlag.unusable) !== 0)).toEqual([
      ...[false, false, true, true, false, false],
    ]);
    expect(center[6]).toBeNaN();
    expect(index.delivery.frames.at(1)!.worldFromSpace).toBeUndefined();
    expect(index.delivery.frames.at(1)!.sweeps).toHaveLength(1);
  });

  it('that are no cuboid flag it and say where it stands', async () => {
    const index = await changed(({ sample_annotation: rows }) => {
      rows![0]!.size = [0, 1, 2];
      rows![1]!.rotation = [0, 0, 0, 0];
      rows![2]!.translation = [1, 2];
      rows![3]!.size = 'large';
    });
    expect(counts(index)).toEqual([6, 12]);
    const unusable = index.problems.filter(({ code }) => code === 'cuboid-unusable');
    expect(unusable).toHaveLength(4);
    expect(unusable[0]).toMatchObject({ path: 'v1.0-mini/sample_annotation.json', place: 'byte 1' });
    expect([...index.labels.cuboids.flags].filter((flag) => flag & CuboidFlag.unusable)).toHaveLength(4);
  });

  it('of a camera that projects nothing leave it uncalibrated', async () => {
    const index = await changed(({ calibrated_sensor: rows }) => {
      rows![1]!.camera_intrinsic = [[0, 0, 0]];
    });
    expect(codes(index)).toEqual(['nuscenes-camera-uncalibrated']);
    expect(index.delivery.frames.at(0)!.images[0]!.calibration).toBe(-1);
  });
});

describe('files', () => {
  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\secret.bin', 'a/../../b.bin', 'samples\\..\\x.bin'])(
    'named by a path that leads out are refused: %s',
    async (filename) => {
      const files = nuscenesFiles({
        change: ({ sample_data: rows }) => {
          rows![0]!.filename = filename;
        },
      });
      const index = await opened({
        ...files,
        'etc/passwd': 'x',
        'secret.bin': 'x',
        'b.bin': 'x',
        'x.bin': 'x',
      });
      expect(index.problems).toMatchObject([{ code: 'address-outside', params: { uri: filename } }]);
      expect(index.delivery.frames.at(0)!.sweeps).toEqual([]);
      expect(index.delivery.frames.at(1)!.sweeps).toHaveLength(1);
    },
  );

  it('that are not there are listed, or counted where they are many', async () => {
    const files = nuscenesFiles({ scenes: 12 });
    const images = Object.keys(files).filter((path) => path.startsWith('samples/CAM_FRONT/'));
    delete files[`samples/LIDAR_TOP/n1__LIDAR_TOP__${START_MICROS}.pcd.bin`];
    for (const path of images.slice(0, 30)) delete files[path];
    const index = await opened(files);
    expect(index.problems).toMatchObject([
      { code: 'nuscenes-file-missing', params: { channel: 'LIDAR_TOP' } },
      { code: 'nuscenes-files-missing', params: { channel: 'CAM_FRONT', count: 30, total: 36 } },
    ]);
    expect(index.delivery.frames.at(0)!.sweeps).toEqual([]);
    expect(index.delivery.frames.at(0)!.images).toEqual([]);
    expect(index.delivery.frames.at(35)!.images).toHaveLength(1);
  });
});

describe('tables', () => {
  it('cut off anywhere keep the rows before', async () => {
    const files = nuscenesFiles({ scenes: 2 });
    const path = 'v1.0-mini/sample_annotation.json';
    const whole = String(files[path]);
    for (const share of [0.1, 0.5, 0.99]) {
      const index = await opened({ ...files, [path]: whole.slice(0, Math.floor(share * whole.length)) });
      expect(index.delivery.frames.length).toBe(6);
      expect(index.labels.cuboids.count).toBe(Math.floor(share * 12));
      expect(codes(index)).toContain('table-truncated');
    }
  });

  it.each([
    'category',
    'calibrated_sensor',
    'ego_pose',
    'instance',
    'sensor',
    'scene',
    'attribute',
    'visibility',
  ])('without %s the delivery opens with what is left', async (table) => {
    const files = nuscenesFiles();
    delete files[`v1.0-mini/${table}.json`];
    const index = await opened(files);
    expect(index.delivery.format).toBe('nuscenes');
    if (table === 'attribute' || table === 'visibility') expect(counts(index)).toEqual([3, 6]);
    else expect(codes(index).length).toBeGreaterThan(0);
    for (const frame of index.delivery.frames) expect(frame.id).not.toBe('');
  });

  it('with every byte overturned once never throw', async () => {
    const files = nuscenesFiles();
    for (const table of ['sample', 'sample_data', 'scene', 'calibrated_sensor']) {
      const path = `v1.0-mini/${table}.json`;
      const bytes = new TextEncoder().encode(String(files[path]));
      for (let at = 0; at < bytes.length; at += 61) {
        const damaged = bytes.slice();
        damaged[at] = damaged[at]! ^ (1 << (at % 8));
        const result = await openDelivery(memoryFolder({ ...files, [path]: damaged }));
        if (result.ok)
          for (const frame of result.value.delivery.frames) expect(frame.index).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('of values of the wrong kind throughout still open', async () => {
    const wrong = [null, 7, 'x', [], {}, [[]], true];
    for (const value of wrong) {
      const index = await changed((tables) => {
        for (const rows of Object.values(tables)) {
          for (const row of rows) for (const key of Object.keys(row)) if (key !== 'token') row[key] = value;
        }
      });
      expect(index.labels.cuboids.count).toBe(0);
    }
  });
});
