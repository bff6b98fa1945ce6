/** What arrived, counted over a made delivery whose gaps are known. */
import { expect, test } from 'vitest';
import type { ImageRef, SweepRef } from '../../../shared/model/delivery.ts';
import { arrivalOf, classCounts } from '../../../shared/readers/arrival.ts';
import { DeliveryBuilder } from '../../../shared/readers/deliveryBuilder.ts';

const sweep = (lidar: string, root: SweepRef['root'] = 'delivery'): SweepRef => ({
  root,
  path: `${lidar}.bin`,
  lidar,
  encoding: 'bin4',
});

function delivery() {
  const builder = new DeliveryBuilder();
  builder.lidar('top');
  builder.lidar('rear');
  const [front, back] = [builder.camera('front'), builder.camera('back')];
  const image = (camera: number, path: string, root: ImageRef['root'] = 'delivery'): ImageRef => ({
    root,
    path,
    camera,
    calibration: -1,
    timestampNanos: null,
  });
  const frame = (key: string, rest: Partial<Parameters<DeliveryBuilder['addFrame']>[0]>): number =>
    builder.addFrame({ key, timestampNanos: null, space: 'lidar', sweeps: [], images: [], ...rest });
  builder.startScene('a');
  // Two parts of one lidar are one sweep of it.
  const first = frame('0', {
    sweeps: [sweep('top'), sweep('top'), sweep('rear')],
    images: [image(front, 'f0')],
    timestampNanos: '1',
    worldFromSpace: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  });
  frame('1', { sweeps: [sweep('rear', 'sensors')], timestampNanos: '2' });
  builder.startScene('b');
  const third = frame('2', { images: [image(front, 'f2'), image(back, 'b2', 'sensors')] });
  frame('3', {});
  const row = { track: null, attributes: {}, path: 'labels' };
  const solid = { center: [1, 2, 3], size: [4, 2, 1], rotation: [0, 0, 0, 1] } as const;
  const flat = { camera: front, ltrb: [0, 0, 5, 5] } as const;
  builder.labels.addCuboid({ ...row, ...solid, frame: first, id: 'a', className: 'bus' });
  builder.labels.addCuboid({ ...row, ...solid, frame: first, id: 'b', className: 'car' });
  builder.labels.addCuboid({ ...row, ...solid, frame: first, id: 'c', className: 'car' });
  builder.labels.addBox2d({ ...row, ...flat, frame: third, id: 'd', className: 'sign' });
  builder.labels.addBox2d({ ...row, ...flat, frame: third, id: 'e', className: 'sign' });
  builder.labels.addBox2d({ ...row, ...flat, frame: third, id: 'f', className: 'bus' });
  builder.labels.addShape({
    ...row,
    frame: third,
    id: 'g',
    className: 'lane',
    kind: 'polyline',
    camera: front,
    coordinates: [0, 0, 1, 1],
  });
  return builder.build('openlabel');
}

test('sweeps, pictures and labels of each scene; what frames were paired with', () => {
  expect(arrivalOf(delivery())).toEqual({
    scenes: [
      { scene: 'a', frames: 2, sweeps: [1, 2], images: [1, 0], labelled: 1 },
      { scene: 'b', frames: 2, sweeps: [0, 0], images: [1, 1], labelled: 1 },
    ],
    pairing: { frames: 4, withSweep: 2, withImage: 2, fromSensors: 2, withPose: 1, withTime: 2 },
  });
});

test('labels by class: most cuboids first, then most boxes; classes of shapes alone are not among them', () => {
  expect(classCounts(delivery())).toEqual([
    { name: 'car', cuboids: 2, boxes2d: 0 },
    { name: 'bus', cuboids: 1, boxes2d: 1 },
    { name: 'sign', cuboids: 0, boxes2d: 2 },
  ]);
});
