/** What is found out about points only when somebody asks: which lie on the ground, how the pictures colour them. */
import { ProblemError } from '../../../shared/base/problem.ts';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { ImageOperations, SweepOperations } from '../../workers/protocol.ts';
import type { WorkerChannel } from '../../workers/workerChannel.ts';
import type { LateAttribute } from '../gpu/sweepPoints.ts';
import type { LateAsset } from './assetKinds.ts';
import type { FrameAssets } from './frameAssets.ts';
import type { DeliveryAddress, HeldSweeps } from './sweepAssets.ts';

/** Pictures are made this small before points take their colours: more could not be seen. */
const longestPixels = 1024;

export function createLateAssets(
  index: DeliveryIndex,
  sweeps: WorkerChannel<SweepOperations>,
  images: WorkerChannel<ImageOperations>,
  address: DeliveryAddress,
  held: HeldSweeps,
): Pick<FrameAssets, 'ground' | 'paint'> {
  return {
    async ground(clouds, priority, signal) {
      const bytesOf = new Map<string, Uint8Array<ArrayBuffer>>();
      const counts = new Map<string, number>();
      await Promise.all(
        clouds.map(async ({ key: cloud, role }) => {
          const key = held.nameOf(cloud);
          // A radar return stands for a surface that something has.
          if (key === undefined || role === 'radar') return;
          const { flags, count } = await sweeps.call('groundFlags', { key }, { priority, signal });
          bytesOf.set(cloud, flags);
          counts.set(cloud, count);
        }),
      );
      return lateAsset('ground', bytesOf, counts);
    },
    async paint(frame, clouds, priority, signal) {
      const each = await Promise.all(
        index.delivery.frames.at(frame)!.images.map(async (ref) => {
          const calibration = effectiveCalibration(index.delivery, ref);
          if (!calibration || calibration.model.kind === 'unknown') return null;
          return images
            .call('pixels', { address, ref, longest: longestPixels }, { priority, signal })
            .then((pixels) => ({ ...pixels, calibration }), noPicture);
        }),
      );
      const pictures = each.filter((picture) => picture !== null);
      const cloudOf = new Map(
        clouds.flatMap(({ key: cloud }) => [[held.nameOf(cloud) ?? '', cloud] as const]),
      );
      const keys = [...cloudOf.keys()].filter((key) => key !== '');
      const painted = await sweeps.call('paint', { keys, pictures }, { priority, signal });
      const bytesOf = new Map([...painted].map(([key, bytes]) => [cloudOf.get(key)!, bytes]));
      return lateAsset('picture', bytesOf, new Map());
    },
  };
}

function lateAsset(
  kind: LateAttribute,
  bytesOf: LateAsset['bytesOf'],
  counts: LateAsset['counts'],
): LateAsset {
  const bytes = [...bytesOf.values()].reduce((sum, list) => sum + list.byteLength, 0);
  return { kind, bytesOf, counts, bytes, dispose: () => undefined };
}

/** A picture that cannot be read has its own sentence in its pane. */
function noPicture(error: unknown): null {
  if (error instanceof ProblemError) return null;
  throw error;
}
