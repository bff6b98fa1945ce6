/** Questions about the points of a frame's own sweeps: each sweep is asked, and their answers become one. */
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { Priority, type SweepOperations } from '../../workers/protocol.ts';
import type { WorkerChannel } from '../../workers/workerChannel.ts';
import type { FrameAssets } from './frameAssets.ts';
import { membersOf } from './members.ts';
import type { HeldSweeps } from './sweepAssets.ts';

/** Points this far outside a face still count as what the face should have reached. */
const gapReachMeters = 1;
const farthestPickMeters = 1000;
const groundRadiusMeters = 1.5;

export interface FrameQueries
  extends Pick<
    FrameAssets,
    'gaps' | 'pointsNear' | 'counts' | 'pickPoint' | 'projectPoints' | 'groundHeight'
  > {
  /** As `gaps`, in its turn among what else the worker is asked. */
  gapsOf(frame: number, shape: CuboidShape, priority: number, signal?: AbortSignal): Promise<FaceGaps>;
}

export function createFrameQueries(
  index: DeliveryIndex,
  sweeps: WorkerChannel<SweepOperations>,
  held: HeldSweeps,
): FrameQueries {
  /** Asks every sweep of the frame that is loaded. */
  const ofEach = <Answer>(frame: number, ask: (key: string) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(held.ofFrame(frame).map(ask));

  const gapsOf: FrameQueries['gapsOf'] = async (frame, shape, priority, signal) => {
    const turn = signal ? { priority, signal } : { priority };
    const each = await ofEach(frame, (key) =>
      sweeps.call('gaps', { key, shape, reach: gapReachMeters }, turn),
    );
    return each.reduce(mergeGaps, noGaps);
  };

  return {
    gapsOf,
    gaps: (frame, shape) => gapsOf(frame, shape, Priority.now),
    async pointsNear(frame, shape, margin) {
      const each = await ofEach(frame, (key) => sweeps.call('around', { key, shape, margin }));
      const all = new Float32Array(each.reduce((sum, places) => sum + places.length, 0));
      let at = 0;
      for (const places of each) {
        all.set(places, at);
        at += places.length;
      }
      return all;
    },
    async counts(frame) {
      const { members, rows } = membersOf(index, frame);
      const each = await ofEach(frame, (key) => sweeps.call('counts', { key, members }));
      return new Map(rows.map((row, at) => [row, each.reduce((sum, counts) => sum + counts[at]!, 0)]));
    },
    async pickPoint(frame, ray, radius, slope) {
      const hits = await ofEach(frame, (key) =>
        sweeps.call('pick', { key, ray, radius, slope, farthest: farthestPickMeters }),
      );
      const nearest = hits
        .filter((hit) => hit !== null)
        .sort((a, b) => a.along - b.along)
        .at(0);
      return nearest?.place ?? null;
    },
    projectPoints: (frame, calibration, width, height, signal) =>
      ofEach(frame, (key) =>
        sweeps.call('project', { key, calibration, width, height }, { priority: Priority.next, signal }),
      ),
    async groundHeight(frame, x, y) {
      const heights = await ofEach(frame, (key) =>
        sweeps.call('ground', { key, x, y, radius: groundRadiusMeters }),
      );
      return heights.find((height) => height !== null) ?? null;
    },
  };
}

const infinite = [1, 1, 1, 1, 1, 1].map(() => Number.POSITIVE_INFINITY);
const noGaps: FaceGaps = { inside: 0, inward: infinite, outward: infinite };

/** Several lidars see one object: counts add up, the nearest point wins. */
function mergeGaps(a: FaceGaps, b: FaceGaps): FaceGaps {
  return {
    inside: a.inside + b.inside,
    inward: a.inward.map((gap, face) => Math.min(gap, b.inward[face]!)),
    outward: a.outward.map((gap, face) => Math.min(gap, b.outward[face]!)),
  };
}
