/** Several label sources: one is judged, the others lie beside it, whatever order their frames come in. */
import { expect, test } from 'vitest';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { DeliveryBuilder } from '../../../shared/readers/deliveryBuilder.ts';
import { readIndexFile, writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { judgeSource, withLabelsOf } from '../../../shared/readers/labelSources.ts';

function delivery(keys: readonly string[], shift = 0): DeliveryIndex {
  const builder = new DeliveryBuilder();
  builder.startScene('s');
  const camera = builder.camera('front');
  for (const key of keys) {
    const frame = builder.addFrame({
      key,
      timestampNanos: null,
      space: 'lidar',
      sweeps: [],
      images: [],
    });
    const row = { frame, className: 'car', track: 't', attributes: {}, path: 'l' };
    const made = { ...row, id: `of ${key}`, size: [4, 2, 1.5], rotation: [0, 0, 0, 1] } as const;
    const cuboid = builder.labels.addCuboid({
      ...made,
      center: [Number(key) + shift, 0, 0],
      statedPoints: 7,
    });
    builder.labels.addBox2d({ ...row, id: `box ${key}`, camera, ltrb: [0, 0, Number(key), 9], cuboid });
    const shape = { className: 'lane', track: null, attributes: {}, camera: null } as const;
    builder.labels.addShape({ ...shape, frame, id: key, kind: 'polyline', coordinates: [0, 0, 0, 1, 1, 1] });
    const model = builder.otherLabels('network', 'model');
    model.addCuboid({ ...made, id: `seen ${key}`, center: [Number(key) + 0.5, 0, 0] });
  }
  return builder.build('openlabel');
}

const centers = (index: DeliveryIndex, labels = index.labels): string[] =>
  Array.from({ length: labels.cuboids.count }, (_, row) => {
    const { frame, id, center } = cuboidAt(labels, row);
    return `${index.delivery.frameIds.at(frame)}: ${id} at ${center[0]}`;
  });

test('the chosen source is judged and the former one stays beside it, through the index file too', () => {
  const index = delivery(['1', '2']);
  expect(index.source).toEqual({ name: 'vendor', kind: 'vendor' });
  const chosen = judgeSource(index, 'network')!;
  expect(chosen.source).toEqual({ name: 'network', kind: 'model' });
  expect(centers(chosen)).toEqual(['1: seen 1 at 1.5', '2: seen 2 at 2.5']);
  expect(chosen.others.map(({ name }) => name)).toEqual(['vendor']);
  expect(judgeSource(index, 'nobody')).toBeNull();
  const read = readIndexFile(writeIndexFile(chosen));
  if (!read.ok) throw new Error(read.problem.code);
  expect(centers(read.value, read.value.others[0]!.labels)).toEqual(centers(index));
});

test('labels of an earlier version find their frames by id, whatever their order', () => {
  const now = delivery(['1', '2', '3']);
  const before = delivery(['3', '9', '1'], 100);
  const both = withLabelsOf(now, before, { name: 'vendor', kind: 'earlier' });
  const beside = both.others.at(-1)!;
  expect([beside.name, beside.kind]).toEqual(['vendor 2', 'earlier']);
  expect(centers(both, beside.labels)).toEqual(['1: of 1 at 101', '3: of 3 at 103']);
  expect([...beside.labels.cuboids.frameStart]).toEqual([0, 1, 1, 2]);
  expect([...beside.labels.cuboids.statedPoints]).toEqual([7, 7]);
  expect([...beside.labels.boxes2d.id]).toEqual(['box 1', 'box 3']);
  expect([...beside.labels.boxes2d.cuboid]).toEqual([0, 1]);
  expect(beside.labels.shapes.map(({ frame, id }) => [frame, id])).toEqual([
    [0, '1'],
    [2, '3'],
  ]);
  expect(both.problems.at(-1)).toMatchObject({
    code: 'label-source-frames-unmatched',
    params: { frames: 1, total: 3 },
  });
  expect(readIndexFile(writeIndexFile(both)).ok).toBe(true);
});

test('a copy that numbers its frames anew is paired by place, and that is said; a scene of another length is not', () => {
  const now = delivery(['1', '2', '3']);
  const anew = withLabelsOf(now, delivery(['7', '8', '9'], 100), { name: 'copy', kind: 'earlier' });
  expect(centers(anew, anew.others.at(-1)!.labels)).toEqual([
    '1: of 7 at 107',
    '2: of 8 at 108',
    '3: of 9 at 109',
  ]);
  expect(anew.problems.map(({ code, params }) => [code, params])).toEqual([
    ['label-source-frames-by-place', { name: 'copy', frames: 3, total: 3 }],
  ]);
  const shorter = withLabelsOf(now, delivery(['7', '8'], 100), { name: 'copy', kind: 'earlier' });
  expect(shorter.others.at(-1)!.labels.cuboids.count).toBe(0);
  expect(shorter.problems.map(({ code }) => code)).toEqual(['label-source-frames-unmatched']);
});
