/** A delivery made for measuring: frames of lidar-shaped points and pictures, and as many cuboids as asked for. */
import type { Frame } from '../../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { LabelTableBuilder } from '../../../shared/readers/labelTableBuilder.ts';
import { ProblemList } from '../../../shared/readers/problemList.ts';

export const benchCameras = 6;
export const pictureWidth = 1600;
export const pictureHeight = 900;

export function madeIndex(frames: number, cuboidsPerFrame: number): DeliveryIndex {
  const builder = new LabelTableBuilder(new ProblemList());
  for (let frame = 0; frame < frames; frame++) {
    for (let number = 0; number < cuboidsPerFrame; number++) {
      const angle = number * 2.399963;
      const range = 6 + 60 * Math.sqrt(number / cuboidsPerFrame);
      builder.addCuboid({
        frame,
        id: `l${number}`,
        className: 'car',
        track: `t${number}`,
        center: [range * Math.cos(angle), range * Math.sin(angle), 0],
        size: [4.4, 1.9, 1.6],
        rotation: [0, 0, Math.sin(angle / 2), Math.cos(angle / 2)],
        attributes: {},
        path: 'labels.json',
      });
    }
  }
  return {
    delivery: {
      format: 'openlabel',
      scenes: [{ id: 's', frameStart: 0, frameCount: frames }],
      frames: Array.from(
        { length: frames },
        (_, at): Frame => ({
          id: `f${at}`,
          scene: 0,
          index: at,
          timestampNanos: null,
          space: 'lidar',
          sweeps: [{ root: 'delivery', path: `${at}.bin`, lidar: 'top', encoding: 'bin4' }],
          images: Array.from({ length: benchCameras }, (_, camera) => ({
            root: 'delivery' as const,
            path: `${at}-${camera}.png`,
            camera,
            calibration: camera,
            timestampNanos: null,
          })),
        }),
      ),
      frameIds: Array.from({ length: frames }, (_, at) => `f${at}`),
      lidars: [{ name: 'top' }],
      cameras: Array.from({ length: benchCameras }, (_, camera) => ({ name: `camera ${camera}` })),
      calibrations: Array.from({ length: benchCameras }, (_, camera) => {
        const [s, c] = [
          Math.sin((2 * Math.PI * camera) / benchCameras),
          Math.cos((2 * Math.PI * camera) / benchCameras),
        ];
        return {
          camera,
          model: { kind: 'pinhole' as const, fx: 900, fy: 900, cx: 799.5, cy: 449.5, distortion: [] },
          cameraFromSpace: [s, -c, 0, 0, 0, 0, -1, 0, c, s, 0, 0, 0, 0, 0, 1],
          width: pictureWidth,
          height: pictureHeight,
        };
      }),
      labelFiles: [],
    },
    labels: builder.build(frames),
    source: { name: 'vendor', kind: 'vendor' },
    others: [],
    problems: [],
  };
}
