/**
 * A delivery in memory with everything a fault can be put into: two scenes with poses, times, a camera and tracks
 * that drive, park and walk, boxes in the pictures linked to their cuboids, attributes that say what moves.
 */
import { matrixFromPose } from '../../../../shared/geometry/matrix.ts';
import { quaternionFromYaw } from '../../../../shared/geometry/rotation.ts';
import type { Delivery, Frame } from '../../../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { LabelTableBuilder } from '../../../../shared/readers/labelTableBuilder.ts';
import { ProblemList } from '../../../../shared/readers/problemList.ts';
import type { SpoilRules } from '../../../../shared/synth/spoil/plan.ts';

export const framesPerScene = 20;

interface Walker {
  readonly className: string;
  readonly size: readonly [number, number, number];
  /** At frame 0, in the world. */
  readonly from: readonly [number, number];
  readonly speed: number;
  readonly yaw: number;
  readonly frames: readonly [number, number];
}

const car = [4.6, 1.9, 1.7] as const;
const cast: readonly Walker[] = [
  { className: 'car', size: car, from: [12, 3], speed: 8, yaw: 0, frames: [0, 20] },
  { className: 'car', size: car, from: [20, -4], speed: 6, yaw: Math.PI, frames: [0, 20] },
  { className: 'car', size: car, from: [-15, 8], speed: 0, yaw: 0.3, frames: [0, 20] },
  { className: 'car', size: car, from: [25, 9], speed: 0, yaw: 1.2, frames: [0, 8] },
  { className: 'car', size: car, from: [-20, -9], speed: 0, yaw: 2, frames: [9, 20] },
  { className: 'truck', size: [8, 2.5, 3], from: [30, -8], speed: 5, yaw: 0, frames: [0, 20] },
  { className: 'truck', size: [9, 2.6, 3.2], from: [-30, 4], speed: 0, yaw: 0, frames: [0, 20] },
  { className: 'pedestrian', size: [0.7, 0.7, 1.8], from: [8, -9], speed: 1.4, yaw: 1, frames: [0, 20] },
  { className: 'pedestrian', size: [0.7, 0.7, 1.8], from: [9, 12], speed: 0, yaw: 0, frames: [2, 18] },
];

/** Points inside every label, so that none is too thin to be judged. */
export const pointsOf = (index: DeliveryIndex): Int32Array =>
  new Int32Array(index.labels.cuboids.count).fill(50);

export function streetIndex({ hasTracks = true, scenes = 2 } = {}): DeliveryIndex {
  const problems = new ProblemList();
  const builder = new LabelTableBuilder(problems);
  const frames: Frame[] = [];
  for (let scene = 0; scene < scenes; scene++) {
    for (let at = 0; at < framesPerScene; at++) {
      const nanos = 1_700_000_000_000_000_000n + BigInt(scene) * 600_000_000_000n + BigInt(at) * 100_000_000n;
      const ego = [0.5 * at, 0.1 * at] as const;
      const frame = frames.length;
      frames.push({
        id: `s${scene}-${at}`,
        scene,
        index: at,
        timestampNanos: String(nanos),
        space: 'lidar',
        sweeps: [{ lidar: 'top', encoding: 'pcd', root: 'delivery', path: `sweeps/${frame}.pcd` }],
        images: [
          {
            camera: 0,
            calibration: 0,
            root: 'delivery',
            path: `front/${frame}.jpg`,
            timestampNanos: String(nanos + 30_000_000n),
          },
        ],
        worldFromSpace: matrixFromPose([0, 0, 0, 1], [ego[0], ego[1], 0]),
      });
      for (const [number, walker] of cast.entries()) {
        if (at < walker.frames[0] || at >= walker.frames[1]) continue;
        const gone = (walker.speed * at) / 10;
        const common = {
          frame,
          id: `o${number}`,
          className: walker.className,
          track: hasTracks ? `s${scene}/${number}` : null,
          path: 'labels.json',
        };
        const cuboid = builder.addCuboid({
          ...common,
          attributes: { activity: walker.speed > 0 ? 'moving' : 'parked', occlusion: 'none' },
          center: [
            walker.from[0] + Math.cos(walker.yaw) * gone - ego[0],
            walker.from[1] + Math.sin(walker.yaw) * gone - ego[1],
            walker.size[2] / 2,
          ],
          size: walker.size,
          rotation: quaternionFromYaw(walker.yaw),
          statedPoints: 50,
        });
        const left = 60 * number;
        builder.addBox2d({
          ...common,
          attributes: {},
          camera: 0,
          ltrb: [left, 100, left + 50, 150],
          cuboid,
        });
      }
    }
  }
  const delivery: Delivery = {
    format: 'openlabel',
    scenes: Array.from({ length: scenes }, (_, scene) => ({
      id: `scene-${scene}`,
      frameStart: scene * framesPerScene,
      frameCount: framesPerScene,
    })),
    frames,
    frameIds: frames.map(({ id }) => id),
    lidars: [{ name: 'top' }],
    cameras: [{ name: 'front' }],
    calibrations: [
      {
        camera: 0,
        model: { kind: 'pinhole', fx: 500, fy: 500, cx: 300, cy: 200, distortion: [] },
        cameraFromSpace: [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1],
      },
    ],
    labelFiles: ['labels.json'],
  };
  const labels = builder.build(frames.length);
  const source = { name: 'vendor', kind: 'vendor' } as const;
  return { delivery, labels, source, others: [], problems: [] };
}

const sizes: Readonly<Record<string, readonly [number, number, number]>> = {
  car: [4.6, 1.9, 1.7],
  truck: [6.7, 2.5, 2.7],
  pedestrian: [0.7, 0.7, 1.8],
};

export const centerTolerance = 0.2;
export const sizeTolerance = 0.15;
export const yawTolerance = 0.1;

export const streetRules: SpoilRules = {
  classOf: (name) => ({
    name,
    typicalSize: sizes[name] ?? null,
    requiredAttributes: [{ name: 'activity' }],
  }),
  isObject: (name) => name !== 'ignore',
  takesUnlisted: false,
  maxRangeMeters: 80,
  tolerance: () => ({
    centerMeters: centerTolerance,
    sizeMeters: [sizeTolerance, sizeTolerance, sizeTolerance],
    yawRadians: yawTolerance,
  }),
  leastPoints: 5,
};
