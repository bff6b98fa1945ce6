/** CLUSTER: things like road users that stand on the ground without a label. */
import type { Check } from '../contract.ts';
import type { PointCluster } from '../scan/sceneScan.ts';
import type { CheckScene } from '../scene.ts';

/** Frames in which the same thing must stand, and how long; all there is where a scene is shorter. */
const fewestFrames = 3;
const shortestSeconds = 0.5;
/** Points are counted as they would be at this distance: they thin out with its square. */
const countedAtMeters = 20;

export const clusterCheck: Check = {
  id: 'CLUSTER',
  version: 1,
  looksAt: 'frame',
  needs: ['lidar'],
  code: 'MISS',
  quantity: { unit: 'count', wrong: 'above', range: [0, 600] },
  limits: { all: { soft: 30, hard: 120 } },
  run(scene, sink) {
    const { scan } = scene;
    if (!scan) return;
    const frames = scene.frames.flatMap(({ isBetween }, at) =>
      isBetween ? [] : scene.scene.frameStart + at,
    );
    for (const cluster of scan.clusters) {
      const { frame, box, points, rangeMeters, alsoIn, thing } = cluster;
      if (!isLasting(scene, frames, [frame, ...alsoIn]) || !isInScope(scene, cluster)) continue;
      const [x, y, z] = box.center;
      const [length, width, height] = box.size;
      const [qx, qy, qz, qw] = box.rotation;
      sink.measure({
        ...{ frame, subject: `thing ${thing}` },
        value: Math.round(points * Math.max(1, (rangeMeters / countedAtMeters) ** 2)),
        params: {
          ...{ points, range: Math.round(rangeMeters), frames: 1 + alsoIn.length },
          ...{ length: tenths(length), width: tenths(width), height: tenths(height) },
        },
        evidence: () => [
          {
            ...{ kind: 'box', role: 'expected', center: [x, y, z] },
            ...{ size: [length, width, height], rotation: [qx, qy, qz, qw] },
          },
        ],
      });
    }
  },
};

/** `frames`: all of the scene; `seenIn`: those in which the thing stands. */
function isLasting(scene: CheckScene, frames: readonly number[], seenIn: readonly number[]): boolean {
  if (seenIn.length < Math.min(fewestFrames, frames.length)) return false;
  const seconds = spanOf(scene, seenIn);
  // Without times the number of frames must do.
  return Number.isNaN(seconds) || seconds >= Math.min(shortestSeconds, spanOf(scene, frames));
}

function spanOf({ scene, seconds }: CheckScene, frames: readonly number[]): number {
  const times = frames.map((frame) => seconds[frame - scene.frameStart]!);
  return Math.max(...times) - Math.min(...times);
}

function isInScope({ rules }: CheckScene, { box, rangeMeters }: PointCluster): boolean {
  const isFar = rules.maxRangeMeters !== null && rangeMeters > rules.maxRangeMeters;
  return !isFar && !rules.isIgnored(box.center[0], box.center[1]);
}

const tenths = (value: number): number => Math.round(10 * value) / 10;
