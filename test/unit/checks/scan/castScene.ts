/** Streets of blocks on level ground, seen by a lidar whose every ray is cast by hand: the truth that scans are held to. */
import type { SweepSource } from '../../../../shared/checks/checkScene.ts';
import { scanScene } from '../../../../shared/checks/scan/scanScene.ts';
import type { SceneScan } from '../../../../shared/checks/scan/sceneScan.ts';
import { type CheckScene, sceneOfLabels, withScan } from '../../../../shared/checks/scene.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { makeSweep } from '../../geometry/makeSweep.ts';
import { contextOf, indexOf, type MadeLabel, poseAt } from '../labels/labelledScene.ts';

/** The lidar stands at the origin, so far above the ground. */
export const eyeMeters = 1.8;

export interface Block {
  readonly id: string;
  readonly className: string;
  /** Middle of the footprint. */
  readonly at: readonly [x: number, y: number];
  readonly size: Vec3;
  readonly yaw?: number;
}

export const parkedCar: Block = { id: 'car', className: 'car', at: [12, 4], size: [4.5, 1.9, 1.6], yaw: 0.2 };
export const farCar: Block = { id: 'far', className: 'car', at: [24, -3], size: [4.4, 1.8, 1.5], yaw: -0.1 };
export const person: Block = { id: 'person', className: 'pedestrian', at: [9, -5], size: [0.7, 0.7, 1.75] };

/** Distance along a ray of length 1 from the origin to the block; Infinity where it passes. */
export function distanceTo({ at, size, yaw = 0 }: Block, direction: Vec3): number {
  const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
  const from = [-(cos * at[0] + sin * at[1]), sin * at[0] - cos * at[1], eyeMeters - size[2] / 2];
  const way = [
    cos * direction[0] + sin * direction[1],
    cos * direction[1] - sin * direction[0],
    direction[2],
  ];
  let [enter, leave] = [0, Number.POSITIVE_INFINITY];
  for (let axis = 0; axis < 3; axis++) {
    const ends = [-1, 1].map((sign) => ((sign * size[axis]!) / 2 - from[axis]!) / way[axis]!);
    enter = Math.max(enter, Math.min(...ends));
    leave = Math.min(leave, Math.max(...ends));
  }
  return enter < leave ? enter : Number.POSITIVE_INFINITY;
}

/** One sweep: 40 rings, half a degree from column to column, one centimetre of noise along the ray. */
export function castSweep(blocks: readonly Block[], seed = 1): Vec3[] {
  const random = seededRandom(seed);
  const points: Vec3[] = [];
  for (let ring = 0; ring < 40; ring++) {
    const rise = ((-24 + (28 * ring) / 39) * Math.PI) / 180;
    for (let column = 0; column < 720; column++) {
      const turn = (column * Math.PI) / 360;
      const direction: Vec3 = [
        Math.cos(rise) * Math.cos(turn),
        Math.cos(rise) * Math.sin(turn),
        Math.sin(rise),
      ];
      const toGround = direction[2] < 0 ? -eyeMeters / direction[2] : Number.POSITIVE_INFINITY;
      const range = Math.min(toGround, ...blocks.map((block) => distanceTo(block, direction)));
      if (range > 70) continue;
      const noisy = range + 0.01 * random.normal();
      points.push([noisy * direction[0], noisy * direction[1], noisy * direction[2]]);
    }
  }
  return points;
}

/** The label that fits a block, moved, grown and turned by what is given. */
export function labelOf(
  { id, className, at, size, yaw = 0 }: Block,
  change: {
    readonly move?: Vec3;
    readonly grow?: Vec3;
    readonly turn?: number;
    readonly frame?: number;
  } = {},
): MadeLabel {
  const { move = [0, 0, 0], grow = [0, 0, 0], turn = 0, frame = 0 } = change;
  const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
  return {
    ...{ id, className, track: id, frame, yaw: yaw + turn },
    center: [
      at[0] + cos * move[0] - sin * move[1],
      at[1] + sin * move[0] + cos * move[1],
      size[2] / 2 - eyeMeters + move[2],
    ],
    size: [size[0] + grow[0], size[1] + grow[1], size[2] + grow[2]],
  };
}

export interface CastScene {
  readonly labels: readonly MadeLabel[];
  /** Points of each frame; null = its sweep cannot be read. */
  readonly sweeps: readonly (readonly Vec3[] | null)[];
}

export function sceneOfCast({ labels, sweeps }: CastScene): CheckScene {
  const poses = sweeps.map(() => poseAt(0));
  const made = { frames: sweeps.length, labels, poses, sweepOf: (frame: number) => `${frame}.pcd` };
  return sceneOfLabels(indexOf(made), 0, contextOf());
}

export function sourceOf(sweeps: CastScene['sweeps'], signal?: AbortSignal): SweepSource {
  return {
    read({ path }) {
      const points = sweeps[Number.parseInt(path, 10)];
      if (points) return Promise.resolve({ ok: true, value: { sweep: makeSweep(points), problems: [] } });
      return Promise.resolve({ ok: false, problem: { code: 'file-missing', severity: 'error', path } });
    },
    release: () => undefined,
    ...(signal && { signal }),
  };
}

export async function scannedCast(cast: CastScene): Promise<{ scene: CheckScene; scan: SceneScan }> {
  const scene = sceneOfCast(cast);
  const scan = await scanScene(scene, sourceOf(cast.sweeps));
  if (!scan) throw new Error('nothing was scanned');
  return { scene: withScan(scene, scan), scan };
}
