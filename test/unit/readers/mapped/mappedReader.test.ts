/** Deliveries in vendors' own words: files, encodings, lists within lists, sensors, poses, and rows that do not fit. */
import { describe, expect, it } from 'vitest';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { lookOverMapping } from '../../../../shared/readers/mapped/lookOver.ts';
import { mappingText, readMapping } from '../../../../shared/readers/mapped/mappingDocument.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const shape = {
  center: { x: 'x', y: 'y', z: 'z' },
  size: { length: 'l', width: 'w', height: 'h' },
};

async function read(files: Files, mapping: object, sensors?: Files): Promise<DeliveryIndex> {
  const opened = await openDelivery(memoryFolder(files), {
    mapping: JSON.stringify({ assayMapping: 1, ...mapping }),
    ...(sensors ? { sensors: memoryFolder(sensors) } : {}),
  });
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const codes = ({ problems }: DeliveryIndex): string[] => problems.map(({ code }) => code);
const row = (more: object = {}) => ({ x: 1, y: 2, z: 3, l: 4, w: 2, h: 1.5, ...more });

/** `帧,类,x` and one row in GBK, written by its code table. */
const gbk = Uint8Array.from([
  ...[0xd6, 0xa1, 0x2c, 0xc0, 0xe0, 0x2c],
  ...new TextEncoder().encode('x,y,z,l,w,h\n7,'),
  ...[0xb3, 0xb5],
  ...new TextEncoder().encode(',1,2,3,4,2,1.5\n'),
]);

describe('label files', () => {
  it('reads GBK without being told', async () => {
    const index = await read(
      { 'a.csv': gbk },
      { labels: { files: ['*.csv'], format: 'csv' }, fields: { ...shape, frame: '帧', class: '类' } },
    );
    expect(index.labels.classes).toEqual(['车']);
    expect(index.delivery.frameIds).toEqual(['7']);
    expect(index.problems).toEqual([]);
  });

  it('reads UTF-16 with and without a mark', async () => {
    const text = '\uFEFFframe;kind;x;y;z;l;w;h\r\n3;"a;""b""";1;2;3;4;2;1\r\n';
    const bytes = new Uint8Array(2 * text.length);
    for (let at = 0; at < text.length; at++)
      new DataView(bytes.buffer).setUint16(2 * at, text.charCodeAt(at), true);
    const fields = { ...shape, frame: 'frame', class: 'kind' };
    for (const [content, encoding] of [
      [bytes, 'auto'],
      [bytes.slice(2), 'utf-16le'],
    ] as const) {
      const labels = { files: ['a.csv'], format: 'csv', encoding };
      const index = await read({ 'a.csv': content }, { labels, fields });
      expect(index.labels.classes).toEqual(['a;"b"']);
      expect(index.labels.cuboids.count).toBe(1);
    }
  });

  it('walks lists within lists and takes fields from around them', async () => {
    const document = {
      clips: {
        night: [
          { stamp: 1_700_000_000_123, no: 5, objects: { a: row({ type: 'car' }), b: row({ type: 'bus' }) } },
        ],
      },
    };
    const index = await read(
      { 'all.json': JSON.stringify(document) },
      {
        labels: { files: ['all.json'], list: 'clips.*.*.objects.*' },
        fields: {
          ...shape,
          class: 'type',
          id: '$key',
          frame: '^.no',
          timestamp: '^.stamp',
          scene: '^.^.$key',
        },
      },
    );
    expect(index.delivery.scenes.map(({ id }) => id)).toEqual(['night']);
    expect(index.delivery.frames.at(0)).toMatchObject({ id: '5', timestampNanos: '1700000000123000000' });
    expect([...index.labels.cuboids.id]).toEqual(['a', 'b']);
    expect(index.problems).toEqual([]);
  });

  it('reads lines of JSON and goes on after a broken one', async () => {
    const lines = [JSON.stringify(row({ f: 1 })), '{"f": 2,', JSON.stringify(row({ f: 3 }))].join('\n');
    const index = await read(
      { 'a.jsonl': lines },
      { labels: { files: ['a.jsonl'], format: 'jsonl' }, fields: { ...shape, frame: 'f' } },
    );
    expect(index.labels.cuboids.count).toBe(2);
    expect(index.problems).toMatchObject([{ code: 'json-broken', path: 'a.jsonl', place: 'line 2' }]);
  });

  it('counts every row that does not fit, with its place, and keeps the rest', async () => {
    const rows = [row(), { note: 'nothing' }, { ...row(), x: 'left' }, 17];
    const index = await read(
      { '1.json': JSON.stringify(rows) },
      { labels: { files: ['{frame}.json'] }, fields: shape },
    );
    expect(index.labels.cuboids.count).toBe(2);
    expect(index.problems).toMatchObject([
      { code: 'mapped-row-unfit', path: '1.json', place: '/1' },
      { code: 'mapped-row-unfit', path: '1.json', place: '/3' },
      { code: 'mapped-rows-left-out', path: '1.json', params: { rows: 4, unfit: 2 } },
      { code: 'cuboid-unusable', path: '1.json', place: '/2' },
    ]);
  });

  it('renames classes, leaves out what is no label, and keeps what was not read', async () => {
    const rows = [
      row({ c: '小车', lane: { left: 2, right: null }, pose: { yaw: 0, sure: 0.5 } }),
      row({ c: 'ignore' }),
    ];
    const index = await read(
      { '1.json': JSON.stringify(rows) },
      {
        labels: { files: ['{frame}.json'] },
        fields: { ...shape, class: 'c', rotation: { kind: 'yaw', yaw: 'pose.yaw' } },
        classes: { 小车: 'car', ignore: null },
      },
    );
    expect(index.labels.classes).toEqual(['car']);
    expect(index.labels.attributeSets[1]).toEqual({ lane: '{"left":2,"right":null}', 'pose.sure': 0.5 });
  });

  it.each([
    ['ltrb', [10, 20, 40, 60]],
    ['ltwh', [10, 20, 30, 40]],
    ['cxcywh', [25, 40, 30, 40]],
  ])('reads 2D boxes as %s', async (kind, box) => {
    const index = await read(
      { 'front/1.json': JSON.stringify([{ box }]) },
      {
        labels: { files: ['{camera}/{frame}.json'] },
        fields: { box: { kind, values: ['box.0', 'box.1', 'box.2', 'box.3'] } },
      },
    );
    expect([...index.labels.boxes2d.ltrb]).toEqual([10, 20, 40, 60]);
    expect(index.delivery.cameras).toEqual([{ name: 'front' }]);
  });
});

describe('sensors and poses', () => {
  const labels = { files: ['{scene}/labels.json'] };
  const cloud = '# .PCD v0.7\nVERSION 0.7\n';

  it('pairs clouds by what the pattern finds, in either root, and shows those without labels', async () => {
    const index = await read(
      {
        's/labels.json': JSON.stringify([row({ f: '0001' }), row({ f: '0003' })]),
        's/0001/top.pcd': cloud,
        's/0002/top.pcd': cloud,
      },
      { labels, fields: { ...shape, frame: 'f' }, lidars: [{ files: '{scene}/{frame}/top.pcd' }] },
      { 's/0003/top.pcd': cloud },
    );
    expect(index.delivery.frames.map(({ id, sweeps }) => [id, sweeps[0]?.root, sweeps[0]?.path])).toEqual([
      ['0001', 'delivery', 's/0001/top.pcd'],
      ['0002', 'delivery', 's/0002/top.pcd'],
      ['0003', 'sensors', 's/0003/top.pcd'],
    ]);
  });

  it('turns lenses by their direction and the axes of the points', async () => {
    const lens = {
      K: [
        [500, 0, 320],
        [0, 510, 240],
        [0, 0, 1],
      ],
      T: [1, 0, 0, 100, 0, 1, 0, 0, 0, 0, 1, 0],
    };
    const read1 = (direction: string) =>
      read(
        {
          's/labels.json': JSON.stringify([row({ f: '1' })]),
          's/1.pcd': cloud,
          'img/front/1.jpg': 'x',
          'rig.json': JSON.stringify({ cams: { front: lens } }),
        },
        {
          labels,
          fields: { ...shape, frame: 'f' },
          lidars: [{ files: '{scene}/{frame}.pcd' }],
          images: [{ files: 'img/{camera}/{frame}.jpg' }],
          calibrations: [
            {
              file: 'rig.json',
              matrix: 'cams.{camera}.K',
              extrinsic: 'cams.{camera}.T',
              direction,
              unit: 'cm',
            },
          ],
        },
      );
    const there = (await read1('camera-from-lidar')).delivery.calibrations[0]!;
    expect(there.model).toMatchObject({ kind: 'pinhole', fx: 500, fy: 510, cx: 320, cy: 240 });
    expect(there.cameraFromSpace[3]).toBeCloseTo(1, 12);
    expect((await read1('lidar-from-camera')).delivery.calibrations[0]!.cameraFromSpace[3]).toBeCloseTo(
      -1,
      12,
    );
  });

  it('brings labels of a world into the frame of their pose', async () => {
    // The vehicle stands at (100, 50), looking along the world's y; the object is 10 m ahead and 2 m to the left.
    const files = {
      's/labels.json': JSON.stringify([{ ...row({ f: '1' }), x: 98, y: 60, z: 1, yaw: 90 }]),
      'poses.csv': 'frame,x,y,z,heading\n1,100,50,0,90\n2,0,0,zero,1\n',
    };
    const turn = { kind: 'yaw', unit: 'degrees' };
    const index = await read(files, {
      labels,
      fields: { ...shape, frame: 'f', rotation: { ...turn, yaw: 'yaw' } },
      labelsIn: 'world',
      poses: {
        files: ['poses.csv'],
        format: 'csv',
        frame: 'frame',
        position: { x: 'x', y: 'y', z: 'z' },
        rotation: { ...turn, yaw: 'heading' },
      },
    });
    const { center, rotation } = index.labels.cuboids;
    expect([...center]).toEqual([10, 2, 1].map((part) => expect.closeTo(part, 9)));
    expect(Math.abs(rotation[3]!)).toBeCloseTo(1, 9);
    expect(codes(index)).toContain('mapped-pose-unfit');
  });
});

describe('the mapping itself', () => {
  it('tells each wrong thing with its place', () => {
    const reading = readMapping(
      JSON.stringify({
        assayMapping: 1,
        unit: 'inch',
        labels: { files: 'a', colour: 1 },
        fields: { center: { x: 3 } },
      }),
    );
    expect(reading.ok).toBe(false);
    expect(reading.problems.map(({ code, place }) => `${code} ${place}`).sort()).toEqual([
      'mapping-key-unknown /labels/colour',
      'mapping-value-bad /fields/center/x',
      'mapping-value-bad /labels/files',
      'mapping-value-bad /unit',
    ]);
  });

  it('comes back from its text as it went', async () => {
    const reading = readMapping(
      JSON.stringify({
        assayMapping: 1,
        labels: { files: ['a'] },
        classes: { x: null, y: 'z' },
        fields: shape,
      }),
    );
    if (!reading.ok) throw new Error('not read');
    const again = readMapping(mappingText(reading.mapping));
    expect(again.ok && again.mapping).toEqual(reading.mapping);
  });

  it('is found in the delivery by its name', async () => {
    const mapping = { assayMapping: 1, labels: { files: ['{frame}.json'] }, fields: shape };
    const folder = memoryFolder({
      'assay-mapping.json': JSON.stringify(mapping),
      'a1.json': JSON.stringify([row()]),
    });
    const opened = await openDelivery(folder);
    expect(opened.ok && [opened.value.delivery.format, opened.value.labels.cuboids.count]).toEqual([
      'mapped',
      1,
    ]);
    expect(opened.ok && opened.value.problems).toEqual([]);
  });

  it('is proposed from the names of fields and files', async () => {
    const csv =
      '帧号,类别,目标编号,中心X(cm),中心Y(cm),底面Z(cm),长(cm),宽(cm),高(cm),航向角(度)\n7,车,3,100,200,0,450,180,150,270\n';
    const folder = memoryFolder({ 'out/labels.csv': csv, 'pcd/7.pcd': 'x', 'pcd/8.pcd': 'x' });
    const look = await lookOverMapping(folder, null);
    expect(JSON.parse(look.mapping)).toMatchObject({
      labels: { files: ['out/labels.csv'], format: 'csv' },
      unit: 'cm',
      origin: 'bottom',
      fields: {
        class: '类别',
        track: '目标编号',
        frame: '帧号',
        center: { x: '中心X(cm)', y: '中心Y(cm)', z: '底面Z(cm)' },
        size: { length: '长(cm)', width: '宽(cm)', height: '高(cm)' },
        rotation: { kind: 'yaw', yaw: '航向角(度)', unit: 'degrees' },
      },
      lidars: [{ files: 'pcd/{frame}.pcd' }],
    });
    expect(look.fields.find(({ field }) => field === '航向角(度)')?.samples).toEqual(['270']);
    expect(look.classes).toEqual(['车']);
  });

  it('is proposed for lists within lists', async () => {
    const frames = [
      {
        timestamp: 1_700_000_000,
        objects: [
          { category: 'car', position: [1, 2, 3], dimensions: [4, 2, 1], heading: 0.5, track_id: 'a' },
        ],
      },
    ];
    const look = await lookOverMapping(
      memoryFolder({ 'a.json': JSON.stringify({ meta: [], frames }) }),
      null,
    );
    expect(JSON.parse(look.mapping)).toMatchObject({
      labels: { list: 'frames.*.objects' },
      fields: {
        class: 'category',
        track: 'track_id',
        timestamp: '^.timestamp',
        center: { x: 'position.0', z: 'position.2' },
        size: { length: 'dimensions.0' },
        rotation: { yaw: 'heading' },
      },
    });
  });
});
