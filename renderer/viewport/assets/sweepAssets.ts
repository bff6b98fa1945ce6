/** Loads the points of a cloud, and knows under which name the worker holds them. */
import { ProblemError } from '../../../shared/base/problem.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { SweepOperations } from '../../workers/protocol.ts';
import type { WorkerChannel } from '../../workers/workerChannel.ts';
import { type Cloud, cloudsOf } from '../clouds.ts';
import { createSweepPoints, type SweepPoints } from '../gpu/sweepPoints.ts';
import type { SpaceMaterials } from '../space.ts';
import type { SweepAsset } from './assetKinds.ts';
import { membersOf } from './members.ts';

/** Where workers fetch the delivery's files: the page's own address, and the delivery's name there. */
export interface DeliveryAddress {
  readonly base: string;
  readonly delivery: string;
}

/** The sweeps that the worker holds now. */
export interface HeldSweeps {
  /** The worker's name for a cloud; undefined where it is not loaded. */
  nameOf(cloud: string): string | undefined;
  /** The worker's names for the frame's own sweeps, as far as they are loaded: what labels are measured on. */
  ofFrame(frame: number): string[];
}

export interface SweepAssets {
  readonly held: HeldSweeps;
  sweep(cloud: Cloud, priority: number, signal: AbortSignal): Promise<SweepAsset>;
}

const ownClouds = { mergedSweeps: 0, showRadar: false, hiddenLidars: [] };
const nobody = {
  members: new Float64Array(0),
  memberCodes: new Uint8Array(0),
  instanceCodes: new Uint8Array(0),
};

export function createSweepAssets(
  index: DeliveryIndex,
  sweeps: WorkerChannel<SweepOperations>,
  address: DeliveryAddress,
  materials: SpaceMaterials,
  upload: (points: SweepPoints) => void,
): SweepAssets {
  // Every load has a name of its own in the worker, so that a late release cannot take a newer load away.
  const heldAs = new Map<string, string>();
  let loads = 0;
  const classValues = index.delivery.pointClasses?.map(({ value }) => value) ?? [];
  return {
    held: {
      nameOf: (cloud) => heldAs.get(cloud),
      ofFrame: (frame) =>
        cloudsOf(index.delivery.frames, frame, ownClouds).flatMap(({ key }) => heldAs.get(key) ?? []),
    },
    async sweep({ key: cloud, frame, role, ref }, priority, signal) {
      // Labels are of the frame's own instant: what was seen at another lies in none of them.
      const { members, memberCodes, instanceCodes } = role === 'lidar' ? membersOf(index, frame) : nobody;
      const key = `${cloud} ${++loads}`;
      const loaded = await sweeps.call(
        'load',
        { key, address, ref, classValues, members, memberCodes, instanceCodes },
        { priority, signal },
      );
      const dress = role === 'radar' ? materials.radar : materials;
      const points = createSweepPoints(loaded, ref.spaceFromPoints ?? null, dress, (buffer) =>
        sweeps.giveBack(buffer),
      );
      upload(points);
      heldAs.set(cloud, key);
      return {
        kind: 'sweep',
        points,
        bytes: points.bytes,
        dispose() {
          points.dispose();
          if (heldAs.get(cloud) === key) heldAs.delete(cloud);
          // The worker may be closed by now: then there is nothing left to release.
          sweeps.call('release', { key }).catch(ignoreAbort);
        },
      };
    },
  };
}

function ignoreAbort(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  if (error instanceof ProblemError) return;
  throw error;
}
