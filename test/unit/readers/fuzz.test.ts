import { describe, expect, it } from 'vitest';
import { readIndexFile, writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

const kitti = {
  'label_2/1.txt':
    'Car 0.10 1 1.55 599.41 156.40 629.75 189.25 1.50 1.80 4.20 2.00 1.70 20.00 -1.20\n'.repeat(3),
  'calib/1.txt':
    'P2: 700 0 600 45 0 700 180 -0.35 0 0 1 0.005\nR0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam: 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.3\n',
};

const sustech = {
  'label/1.json': JSON.stringify([
    {
      psr: { position: { x: 1, y: 2, z: 3 }, scale: { x: 4, y: 2, z: 1 }, rotation: { x: 0, y: 0, z: 1 } },
      obj_type: 'Car',
      obj_id: '8',
    },
  ]),
  'lidar/1.pcd': '',
  'camera/front/1.jpg': '',
  'calib/camera/front.json': JSON.stringify({
    extrinsic: [0, -1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1],
    intrinsic: [1200, 0, 1000, 0, 1210, 750, 0, 0, 1],
  }),
};

const openlabel = {
  'drive.json': JSON.stringify({
    openlabel: {
      metadata: { schema_version: '1.0.0' },
      coordinate_systems: {
        odom: { type: 'scene_cs', parent: '' },
        LIDAR: {
          type: 'sensor_cs',
          parent: 'odom',
          pose_wrt_parent: { quaternion: [0, 0, 0, 1], translation: [1, 2, 3] },
        },
        CAM: {
          type: 'sensor_cs',
          parent: 'LIDAR',
          pose_wrt_parent: { euler_angles: [1, 2, 3], translation: [1, 2, 3] },
        },
      },
      streams: {
        LIDAR: { type: 'lidar', uri: 'a.pcd' },
        CAM: {
          type: 'camera',
          uri: 'a.png',
          stream_properties: {
            intrinsics_pinhole: { width_px: 9, height_px: 9, camera_matrix: [9, 0, 4, 0, 9, 4, 0, 0, 1] },
          },
        },
      },
      objects: {
        '1': {
          name: 'n',
          type: 'car',
          object_data: { cuboid: [{ name: 's', val: [1, 2, 3, 0, 0, 1, 4, 2, 1] }] },
        },
      },
      frames: {
        '0': {
          objects: {
            '1': {
              object_data: {
                cuboid: [{ name: 'm', val: [1, 2, 3, 0, 0, 0, 1, 4, 2, 1], coordinate_system: 'odom' }],
                bbox: [{ name: 'b', val: [5, 5, 4, 4], coordinate_system: 'CAM' }],
              },
            },
          },
          frame_properties: {
            timestamp: 1608294055.25,
            transforms: {
              a: {
                src: 'LIDAR',
                dst: 'odom',
                transform_src_to_dst: { quaternion: [0, 0, 0, 1], translation: [1, 2, 3] },
              },
            },
          },
        },
      },
    },
  }),
  'a.pcd': '',
  'a.png': '',
};

/** What hostile or careless producers put where something else is expected. */
const STRANGE = [
  'null',
  '[]',
  '{}',
  '""',
  '-1',
  '1e999',
  '"__proto__"',
  'true',
  '[[[]]]',
  '{"a":{"b":[1,"x"]}}',
  '9007199254740993',
];

/** Cuts, flips bytes, or replaces one JSON value by a strange one. */
function damaged(text: string, random: SeededRandom): Uint8Array {
  const kind = random.integer(0, 3);
  if (kind === 0) return new TextEncoder().encode(text.slice(0, random.integer(0, text.length)));
  if (kind === 1) {
    const bytes = new TextEncoder().encode(text);
    for (let flips = random.integer(1, 8); flips > 0 && bytes.length > 0; flips--) {
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
    }
    return bytes;
  }
  // The n-th number, string or bracketed list, whichever the text has.
  const values = [...text.matchAll(/-?\d+(\.\d+)?|"[^"]*"|\[[^[\]]*\]/g)];
  let changed = text;
  for (let times = random.integer(1, 3); times > 0 && values.length > 0; times--) {
    const { 0: found, index } = values[random.integer(0, values.length - 1)]!;
    const strange = STRANGE[random.integer(0, STRANGE.length - 1)]!;
    changed = changed.slice(0, index) + strange + changed.slice(index + found.length);
  }
  return new TextEncoder().encode(changed);
}

describe('damaged deliveries', () => {
  for (const [name, files] of Object.entries({ kitti, sustech, openlabel })) {
    it(`${name}: seeded damage gives problems or labels, never an exception, and always a sound index`, async () => {
      let opened = 0;
      for (let seed = 1; seed <= 1200; seed++) {
        const random = seededRandom(seed);
        const paths = Object.keys(files) as (keyof typeof files)[];
        const target = paths[random.integer(0, paths.length - 1)]!;
        const folder = memoryFolder({ ...files, [target]: damaged(files[target], random) });
        const result = await openDelivery(folder).catch((error: unknown) => {
          throw new Error(`seed ${seed}: ${String(error)}`);
        });
        if (!result.ok) continue;
        opened++;
        // The index's own door checks every number against every table: whatever was read must pass it.
        const index = readIndexFile(writeIndexFile(result.value));
        expect(index.ok ? '' : `seed ${seed}: ${JSON.stringify(index.problem)}`).toBe('');
      }
      expect(opened).toBeGreaterThan(600);
    });
  }
});
