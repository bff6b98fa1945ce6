/** Turns what the plan names into wishes the ring can load, and holds what is on screen until the next is there. */
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { AssetRing, Wish } from './assets/assetRing.ts';
import { type FrameAssets, imageKey, labelPointsKey, sweepKey } from './assets/frameAssets.ts';
import type { PlannedAsset } from './prefetchPlan.ts';

export interface Wishes {
  of(asset: PlannedAsset): Wish;
  /** Wishes that hold those of the keys that the ring has, and load nothing. */
  toKeep(keys: readonly string[]): Wish[];
}

export function createWishes(index: DeliveryIndex, ring: AssetRing, assets: FrameAssets): Wishes {
  const { frames } = index.delivery;
  return {
    of(asset) {
      const { frame, priority, isPinned } = asset;
      if (asset.kind === 'sweep') {
        const { part } = asset;
        return {
          key: sweepKey(frame, part),
          isPinned,
          load: (signal) => assets.sweep(frame, part, priority, signal),
        };
      }
      if (asset.kind === 'image') {
        const { part } = asset;
        return {
          key: imageKey(frame, part),
          isPinned,
          load: (signal) => assets.image(frame, part, priority, signal),
        };
      }
      const { row } = asset;
      return {
        key: labelPointsKey(frame, row),
        isPinned,
        async load(signal) {
          // The worker answers for sweeps it holds; a sweep that failed has no points to be near.
          await Promise.all(frames.at(frame)!.sweeps.map((_, part) => ring.whenReady(sweepKey(frame, part))));
          signal.throwIfAborted();
          return assets.labelPoints(row, priority, signal);
        },
      };
    },
    toKeep: (keys) =>
      keys
        .filter((key) => ring.get(key) !== null)
        .map((key) => ({
          key,
          isPinned: true,
          load: () => Promise.reject(new Error(`${key} was held, not asked for`)),
        })),
  };
}
