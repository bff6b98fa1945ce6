/** Finds the points around one label: what its close views draw, and what its faces are measured on. */
import { type CuboidShape, transformCuboid } from '../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import { invertRigid } from '../../../shared/geometry/matrix.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Mat4 } from '../../../shared/model/pose.ts';
import type { SweepOperations } from '../../workers/protocol.ts';
import type { WorkerChannel } from '../../workers/workerChannel.ts';
import { followOf } from '../clouds.ts';
import type { LabelPointsAsset } from './assetKinds.ts';
import type { FrameAssets } from './frameAssets.ts';
import type { HeldSweeps } from './sweepAssets.ts';

/** How far around a label its close views look: its own length again, at least this. */
const leastMarginMeters = 6;

/** `gapsOf`: how far the faces of a box stand from the points of a frame. */
export function createLabelPoints(
  index: DeliveryIndex,
  sweeps: WorkerChannel<SweepOperations>,
  held: HeldSweeps,
  gapsOf: (frame: number, shape: CuboidShape, priority: number, signal: AbortSignal) => Promise<FaceGaps>,
): FrameAssets['labelPoints'] {
  const { cuboids } = index.labels;
  return async (row, clouds, isFollowed, priority, signal): Promise<LabelPointsAsset> => {
    const frame = cuboids.frame[row]!;
    const shape = cuboidAt(index.labels, row);
    const follow = isFollowed
      ? followOf(clouds, index.delivery.frames, cuboids, row)
      : new Map<string, Mat4 | null>();
    const margin = Math.max(leastMarginMeters, ...shape.size);
    const near = new Map<string, Uint32Array<ArrayBuffer>>();
    await Promise.all(
      clouds.map(async ({ key: cloud }) => {
        const key = held.nameOf(cloud);
        const motion = follow.get(cloud);
        if (key === undefined || motion === null) return;
        // Near the label are then the points that were near the object where it was.
        const where = motion ? transformCuboid(invertRigid(motion), shape) : shape;
        near.set(cloud, await sweeps.call('near', { key, shape: where, margin }, { priority, signal }));
      }),
    );
    const gaps = await gapsOf(frame, shape, priority, signal);
    const bytes = [...near.values()].reduce((sum, list) => sum + list.byteLength, 0);
    return { kind: 'label-points', near, follow, gaps, bytes, dispose: () => undefined };
  };
}
