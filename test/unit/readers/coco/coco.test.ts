import { describe, expect, it } from 'vitest';
import { boxesOf, codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

const categories = [
  { id: 1, name: 'car' },
  { id: 2, name: 'person', keypoints: ['nose', 'left_eye', 'right_eye'] },
];
const image = (id: number, extra: object = {}) => ({
  id,
  file_name: `img/${id}.jpg`,
  width: 100,
  height: 50,
  ...extra,
});
const document = (annotations: readonly object[], images: readonly object[] = [image(1)]) =>
  JSON.stringify({ info: {}, images, annotations, categories });

describe('COCO', () => {
  it('boxes by left, top, width, height; polygons, masks and key points are shapes of the same label', async () => {
    const index = await openFiles({
      'instances.json': document([
        {
          id: 5,
          image_id: 1,
          category_id: 2,
          bbox: [10, 20, 30, 5],
          segmentation: [
            [1, 2, 3, 4, 5, 6],
            [7, 8, 9, 10, 11, 12],
          ],
          keypoints: [1, 2, 2, 0, 0, 0, 5, 6, 1],
          attributes: { hat: true },
          iscrowd: 0,
        },
        {
          id: 6,
          image_id: 1,
          category_id: 1,
          bbox: [0, 0, 1, 1],
          segmentation: { counts: 'abc', size: [50, 100] },
        },
      ]),
      'img/1.jpg': '',
    });
    expect(index.problems).toEqual([]);
    expect(boxesOf(index.labels)).toMatchObject([
      { id: '5', className: 'person', ltrb: [10, 20, 40, 25], attributes: { hat: true, iscrowd: 0 } },
      { id: '6', className: 'car', ltrb: [0, 0, 1, 1] },
    ]);
    expect(index.labels.shapes.map(({ id, kind, coordinates }) => [id, kind, coordinates])).toEqual([
      ['5', 'polygon', [1, 2, 3, 4, 5, 6]],
      ['5', 'polygon', [7, 8, 9, 10, 11, 12]],
      ['5', 'points', [1, 2, 5, 6]],
      ['6', 'mask', []],
    ]);
    expect(index.labels.shapes[2]!.attributes).toMatchObject({
      keypoints: ['nose', 'right_eye'],
      keypointVisibility: [2, 1],
    });
    expect(index.labels.shapes[3]!.attributes).toMatchObject({ maskSize: [50, 100], maskCounts: 'abc' });
  });

  it('detections with scores are another source, and those of unknown pictures are counted', async () => {
    const detections = [
      { image_id: 1, category_id: 1, bbox: [1, 1, 2, 2], score: 0.5 },
      { image_id: 99, category_id: 1, bbox: [1, 1, 2, 2], score: 0.5 },
    ];
    const index = await openFiles({
      'truth.json': document([{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 2, 2] }]),
      'results.json': JSON.stringify(detections),
      'img/1.jpg': '',
    });
    expect(index.labels.boxes2d.count).toBe(1);
    expect(index.others.map(({ name, kind, labels }) => [name, kind, labels.boxes2d.count])).toEqual([
      ['results', 'model', 1],
    ]);
    expect(boxesOf(index.others[0]!.labels)[0]!.attributes).toEqual({ score: 0.5 });
    expect(codesOf(index)).toEqual(['predictions-without-frame']);
  });

  it('a cuboid in camera axes: a car 20 m ahead, 2 m to the right, facing right', async () => {
    const cam_intrinsic = [
      [700, 0, 50, 44],
      [0, 700, 25, 0.2],
      [0, 0, 1, 0.002],
      [0, 0, 0, 1],
    ];
    const index = await openFiles({
      'mono.json': document(
        [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 9, 9], bbox_cam3d: [2, 1, 20, 4, 1.5, 1.8, 0] }],
        [image(1, { cam_intrinsic })],
      ),
      'img/1.jpg': '',
    });
    const [car] = cuboidsOf(index.labels);
    for (const [i, value] of [20, -2, -1].entries()) expect(car!.center[i]).toBeCloseTo(value, 12);
    expect(car!.size).toEqual([4, 1.8, 1.5]);
    const [x, y, z, w] = car!.rotation;
    expect([x, y]).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
    expect(2 * Math.atan2(z, w)).toBeCloseTo(-Math.PI / 2, 12);
    expect(index.delivery.frames.at(0)!.space).toBe('camera-level');
    expect(index.delivery.calibrations[0]!.model).toMatchObject({
      kind: 'pinhole',
      fx: 700,
      cx: 50,
      fy: 700,
      cy: 25,
    });
    expect(boxesOf(index.labels)[0]!.cuboid).toBe(0);
  });

  it('the files of one split repeat a label once; a name in every split stays apart', async () => {
    const annotation = { id: 1, image_id: 1, category_id: 2, bbox: [1, 1, 2, 2] };
    const index = await openFiles({
      'instances_train.json': document([annotation]),
      'person_keypoints_train.json': document([{ ...annotation, keypoints: [1, 2, 2], num_keypoints: 1 }]),
      'captions_train.json': JSON.stringify({
        images: [image(1)],
        annotations: [{ id: 1, image_id: 1, caption: 'hello' }],
      }),
      'instances_val.json': document([annotation]),
      'img/1.jpg': '',
    });
    expect(index.delivery.scenes.map(({ id, frameCount }) => [id, frameCount])).toEqual([
      ['train', 1],
      ['val', 1],
    ]);
    expect(index.labels.boxes2d.count).toBe(2);
    expect(index.labels.shapes.map(({ kind }) => kind).sort()).toEqual(['other', 'points']);
    expect(index.labels.shapes.find(({ kind }) => kind === 'other')!.attributes).toEqual({
      caption: 'hello',
    });
  });

  it('annotations of no picture, boxes of no numbers, pictures that are not here', async () => {
    const index = await openFiles({
      'a.json': document(
        [
          { id: 1, image_id: 7, category_id: 1, bbox: [1, 1, 2, 2] },
          { id: 2, image_id: 1, category_id: 9, bbox: ['x', 1, 2, 2] },
          { id: 3, image_id: 1, category_id: 1, bbox: [1, 1, -2, 2] },
        ],
        [image(1), image(2)],
      ),
      'img/1.jpg': '',
    });
    expect(codesOf(index).sort()).toEqual(['box2d-unusable', 'named-file-missing', 'reference-missing']);
    expect(index.labels.shapes).toMatchObject([{ kind: 'other', className: '9' }]);
    const absent = await openFiles({ 'a.json': document([], [image(1), image(2)]) });
    expect(absent.problems).toMatchObject([{ code: 'sensor-files-absent', params: { files: 2 } }]);
  });
});
