/** Turns what the plan names into wishes the ring can load, and holds what is on screen until the next is there. */
import type { AssetRing, Wish } from './assets/assetRing.ts';
import { type FrameAssets, imageKey, labelPointsKey } from './assets/frameAssets.ts';
import type { PlannedAsset } from './prefetchPlan.ts';

export interface Wishes {
  of(asset: PlannedAsset): Wish;
  /** Wishes that hold those of the keys that the ring has, and load nothing. */
  toKeep(keys: readonly string[]): Wish[];
}

export function createWishes(ring: AssetRing, assets: FrameAssets): Wishes {
  return {
    of(asset) {
      const { priority, isPinned } = asset;
      if (asset.kind === 'sweep') {
        const { cloud } = asset;
        return { key: cloud.key, isPinned, load: (signal) => assets.sweep(cloud, priority, signal) };
      }
      const { frame } = asset;
      if (asset.kind === 'image') {
        const { part } = asset;
        return {
          key: imageKey(frame, part),
          isPinned,
          load: (signal) => assets.image(frame, part, priority, signal),
        };
      }
      const { row, clouds } = asset;
      return {
        key: labelPointsKey(row, clouds),
        isPinned,
        async load(signal) {
          // The worker answers for sweeps it holds; a sweep that failed has no points to be near.
          await Promise.all(clouds.map(({ key }) => ring.whenReady(key)));
          signal.throwIfAborted();
          return assets.labelPoints(row, clouds, priority, signal);
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
