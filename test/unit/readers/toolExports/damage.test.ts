import { describe, expect, it } from 'vitest';
import { readIndexFile, writeIndexFile } from '../../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import type { Files } from '../../../support/openReading.ts';
import type { SeededRandom } from '../../../support/seededRandom.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const point = { x: 1, y: 2, z: 3 };
const turn = { x: 0, y: 0, z: 0, w: 1 };

/** One small export of every tool, with every kind of label it has. */
const deliveries: Readonly<Record<string, Files>> = {
  xtreme1: {
    'result/1.json': JSON.stringify([
      {
        sourceName: 'a',
        sourceType: 'MODEL',
        objects: [
          {
            type: '3D_BOX',
            className: 'c',
            trackId: 't',
            contour: { center3D: point, size3D: point, rotation3D: point, pointN: 5 },
          },
          {
            type: '2D_RECT',
            className: 'c',
            contour: { viewIndex: 0, points: [point, point] },
            classValues: [{ name: 'n', value: 1 }],
          },
        ],
      },
      { sourceName: 'b', sourceType: 'DATA_FLOW', objects: [] },
    ]),
    'camera_config/1.json': JSON.stringify([
      {
        cameraInternal: { fx: 1, fy: 1, cx: 1, cy: 1 },
        cameraExternal: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
        rowMajor: true,
      },
    ]),
    'camera_image_0/1.jpg': '',
    'lidar_point_cloud_0/1.pcd': '',
  },
  supervisely: {
    'meta.json': '{"projectType":"point_clouds"}',
    'ds/annotation.json': JSON.stringify({
      objects: [{ key: 'o', classTitle: 'c', tags: [{ name: 't', value: 1, frameRange: [0, 1] }] }],
      frames: [
        {
          index: 0,
          figures: [
            {
              key: 'f',
              objectKey: 'o',
              geometryType: 'cuboid_3d',
              geometry: { position: point, rotation: point, dimensions: point },
            },
            { key: 'g', objectKey: 'o', geometryType: 'point_3d', geometry: point },
          ],
        },
      ],
    }),
    'ds/frame_pointcloud_map.json': '{"0":"a.pcd"}',
    'ds/pointcloud/a.pcd': '',
    'ds/related_images/a_pcd/x.png': '',
    'ds/related_images/a_pcd/x.png.json': JSON.stringify({
      meta: {
        sensorsData: {
          extrinsicMatrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
          intrinsicMatrix: [1, 0, 1, 0, 1, 1, 0, 0, 1],
        },
      },
    }),
  },
  segments: {
    'r.json': JSON.stringify({
      dataset: { name: 'd', task_type: 'x', task_attributes: { categories: [{ id: 1, name: 'c' }] } },
      samples: [
        {
          name: 's',
          attributes: {
            frames: [
              {
                pcd: { url: 'a.pcd', type: 'pcd' },
                ego_pose: { position: point, heading: { qx: 0, qy: 0, qz: 0, qw: 1 } },
                images: [
                  {
                    url: 'a.png',
                    intrinsics: {
                      intrinsic_matrix: [
                        [1, 0, 1],
                        [0, 1, 1],
                        [0, 0, 1],
                      ],
                    },
                    extrinsics: { translation: point, rotation: { qx: 0, qy: 0, qz: 0, qw: 1 } },
                    distortion: { model: 'fisheye', coefficients: { k1: 1 } },
                  },
                ],
              },
            ],
          },
          labels: {
            'ground-truth': {
              attributes: {
                frames: [
                  {
                    annotations: [
                      {
                        id: 1,
                        category_id: 1,
                        type: 'cuboid',
                        position: point,
                        dimensions: point,
                        yaw: 1,
                        track_id: 1,
                      },
                      {
                        id: 2,
                        category_id: 1,
                        type: 'polygon',
                        points: [
                          [1, 2, 3],
                          [4, 5, 6],
                        ],
                      },
                    ],
                  },
                ],
              },
            },
          },
        },
      ],
    }),
    'a.pcd': '',
    'a.png': '',
  },
  scale: {
    'f/0.json': JSON.stringify({
      points: [point],
      device_position: point,
      device_heading: turn,
      images: [{ image_url: 'a.png', position: point, heading: turn, fx: 1, fy: 1, cx: 1, cy: 1, k1: 0.1 }],
    }),
    'f/answer.json': JSON.stringify([
      { cuboids: [{ uuid: 'u', label: 'c', position: point, dimensions: point, yaw: 1, numberOfPoints: 4 }] },
    ]),
    'a.png': '',
  },
  scalabel: {
    'a.json': JSON.stringify({
      frames: [
        {
          name: 'p.png',
          videoName: 'v',
          frameIndex: 0,
          intrinsics: { focal: [1, 1], center: [1, 1] },
          labels: [
            {
              id: '1',
              category: 'c',
              box2d: { x1: 0, y1: 0, x2: 1, y2: 1 },
              box3d: { location: [0, 0, 9], dimension: [1, 2, 3], orientation: [0, 1, 0] },
              poly2d: [
                {
                  vertices: [
                    [0, 0],
                    [1, 1],
                  ],
                  closed: true,
                },
              ],
              rle: { counts: 'a', size: [1, 2] },
            },
          ],
        },
      ],
      groups: [
        {
          name: 'c.bin',
          extrinsics: { location: [0, 0, 0], rotation: [0, 0, 0] },
          labels: [{ id: '1', box3d: { location: [0, 0, 9] } }],
          frames: ['p.png'],
        },
      ],
    }),
    'p.png': '',
    'c.bin': '',
  },
  coco: {
    'a.json': JSON.stringify({
      images: [
        {
          id: 1,
          file_name: 'a.png',
          cam_intrinsic: [
            [1, 0, 1],
            [0, 1, 1],
            [0, 0, 1],
          ],
        },
      ],
      annotations: [
        {
          id: 1,
          image_id: 1,
          category_id: 1,
          bbox: [0, 0, 1, 1],
          segmentation: [[0, 0, 1, 1]],
          keypoints: [1, 1, 2],
          bbox_cam3d: [0, 0, 9, 1, 2, 3, 0],
        },
        { id: 2, image_id: 1, segments_info: [{ id: 3, category_id: 1, bbox: [0, 0, 1, 1] }] },
      ],
      categories: [{ id: 1, name: 'c', keypoints: ['n'] }],
    }),
    'a.png': '',
  },
  cvat: {
    'a.xml': `<annotations><version>1.1</version><meta><task><size>2</size><start_frame>0</start_frame><stop_frame>1</stop_frame></task></meta>
      <track id="0" label="c"><box frame="0" outside="0" occluded="0" keyframe="1" xtl="0" ytl="0" xbr="1" ybr="1"><attribute name="a">b</attribute></box>
      <polygon frame="1" outside="0" points="0,0;1,1;2,0"/></track></annotations>`,
    'images/0.png': '',
  },
};

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
  '{"x":{"y":[1,"z"]}}',
  '"../../x"',
];

/** Cuts, flips bytes, or puts something else in the place of a value. */
function damaged(text: string, random: SeededRandom): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const kind = random.integer(0, 4);
  if (kind === 0) return bytes.slice(0, random.integer(0, bytes.length));
  if (kind === 1) {
    for (let flips = random.integer(1, 8); flips > 0 && bytes.length > 0; flips--) {
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
    }
    return bytes;
  }
  let changed = text;
  const values = [...text.matchAll(/-?\d+(\.\d+)?|"[^"]*"|\[[^[\]]*\]|\{[^{}]*\}/g)];
  for (let times = random.integer(1, 3); times > 0 && values.length > 0; times--) {
    const { 0: found, index } = values[random.integer(0, values.length - 1)]!;
    const strange = STRANGE[random.integer(0, STRANGE.length - 1)]!;
    changed = changed.slice(0, index) + strange + changed.slice(index + found.length);
  }
  return new TextEncoder().encode(changed);
}

describe('damaged exports', () => {
  for (const [name, files] of Object.entries(deliveries)) {
    it(`${name}: whole it is known, damaged it gives problems or labels and a sound index, never an exception`, async () => {
      const whole = await openDelivery(memoryFolder(files));
      expect(whole.ok && whole.value.delivery.format).toBe(name);
      expect(whole.ok && whole.value.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const paths = Object.keys(files).filter((path) => files[path] !== '');
      let opened = 0;
      for (let seed = 1; seed <= 400; seed++) {
        const random = seededRandom(seed);
        const target = paths[random.integer(0, paths.length - 1)]!;
        const folder = memoryFolder({ ...files, [target]: damaged(String(files[target]), random) });
        const result = await openDelivery(folder).catch((error: unknown) => {
          throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
        });
        if (!result.ok) continue;
        opened++;
        const index = readIndexFile(writeIndexFile(result.value));
        expect(index.ok ? '' : `seed ${seed}: ${JSON.stringify(index.problem)}`).toBe('');
      }
      expect(opened).toBeGreaterThan(150);
    });
  }

  it('a document as deep as memory allows is read or refused, whatever the tool', async () => {
    const deep = `${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}`;
    for (const [name, files] of Object.entries(deliveries)) {
      const path = Object.keys(files).find(
        (key) => files[key] !== '' && key.endsWith('.json') && key !== 'meta.json',
      );
      if (path === undefined) continue;
      const text = String(files[path]);
      const strange = text.replace(/\{/, `{"strange":${deep},`);
      const within = text.replace(/"(className|key|category|label|category_id)":/, `"strange":${deep},"$1":`);
      for (const changed of [strange, within]) {
        const result = await openDelivery(memoryFolder({ ...files, [path]: changed }));
        expect(result.ok || result.problem.code, name).toBeTruthy();
      }
    }
  });
});
