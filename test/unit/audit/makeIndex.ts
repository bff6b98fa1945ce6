/** A made delivery index: scenes of frames with cuboids on a ring around the vehicle, every row known in advance. */
import type { Delivery, Frame } from '../../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { type CuboidRow, LabelTableBuilder } from '../../../shared/readers/labelTableBuilder.ts';
import { ProblemList } from '../../../shared/readers/problemList.ts';

export interface IndexShape {
  readonly scenes?: number;
  readonly framesPerScene?: number;
  readonly cuboidsPerFrame?: number;
  /** Changes one row; `number` counts the cuboids of the frame. */
  readonly row?: (frame: number, number: number) => Partial<CuboidRow>;
}

const classes = ['Car', 'Pedestrian', 'Truck', 'Cyclist'];

export function makeIndex(shape: IndexShape = {}): DeliveryIndex {
  const { scenes = 2, framesPerScene = 5, cuboidsPerFrame = 40, row = () => ({}) } = shape;
  const frames = Array.from({ length: scenes * framesPerScene }, (_, at): Frame => {
    const id = `scene${Math.floor(at / framesPerScene)}-${String(at % framesPerScene).padStart(4, '0')}`;
    return {
      id,
      scene: Math.floor(at / framesPerScene),
      index: at % framesPerScene,
      timestampNanos: null,
      space: 'lidar',
      sweeps: [{ root: 'delivery', path: `lidar/${id}.pcd`, lidar: 'top', encoding: 'pcd' }],
      images: [
        { root: 'delivery', path: `camera/${id}.png`, camera: 0, calibration: -1, timestampNanos: null },
      ],
    };
  });
  const delivery: Delivery = {
    format: 'openlabel',
    scenes: Array.from({ length: scenes }, (_, at) => ({
      id: `scene${at}`,
      frameStart: at * framesPerScene,
      frameCount: framesPerScene,
    })),
    frames,
    frameIds: frames.map(({ id }) => id),
    lidars: [{ name: 'top' }],
    cameras: [{ name: 'front' }],
    calibrations: [],
    labelFiles: ['labels.json'],
  };
  const builder = new LabelTableBuilder(new ProblemList());
  for (let frame = 0; frame < frames.length; frame += 1) {
    for (let number = 0; number < cuboidsPerFrame; number += 1) {
      const angle = (2 * Math.PI * number) / cuboidsPerFrame;
      const range = 10 + number;
      const added: CuboidRow = {
        frame,
        id: `label-${number}`,
        className: classes[number % classes.length]!,
        track: `scene${Math.floor(frame / framesPerScene)}/${number}`,
        center: [range * Math.cos(angle), range * Math.sin(angle), 0.8],
        size: [4, 2, 1.6],
        rotation: [0, 0, 0, 1],
        attributes: {},
        path: 'labels.json',
        ...row(frame, number),
      };
      const handle = builder.addCuboid(added);
      builder.addBox2d({ ...added, camera: 0, ltrb: [10, 10, 50, 40], cuboid: handle });
    }
  }
  return {
    delivery,
    labels: builder.build(frames.length),
    source: { name: 'vendor', kind: 'vendor' },
    others: [],
    problems: [],
  };
}
