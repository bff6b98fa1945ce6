/** Turns what the plan names into wishes the ring can load, and holds what is on screen until the next is there. */
import { imageKey, labelPointsKey, lateKey } from './assets/assetKinds.ts';
import type { AssetRing, Wish } from './assets/assetRing.ts';
import type { FrameAssets } from './assets/frameAssets.ts';
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
      const { clouds } = asset;
      /** The worker answers for sweeps it holds; of one that failed there is nothing to ask. */
      const loaded = async (signal: AbortSignal): Promise<void> => {
        await Promise.all(clouds.map(({ key }) => ring.whenReady(key)));
        signal.throwIfAborted();
      };
      if (asset.kind === 'label') {
        const { row, isFollowed } = asset;
        return {
          key: labelPointsKey(row, clouds, isFollowed),
          isPinned,
          async load(signal) {
            await loaded(signal);
            return assets.labelPoints(row, clouds, isFollowed, priority, signal);
          },
        };
      }
      const { kind } = asset;
      return {
        key: lateKey(kind, frame, clouds),
        isPinned,
        async load(signal) {
          await loaded(signal);
          return kind === 'ground'
            ? assets.ground(clouds, priority, signal)
            : assets.paint(frame, clouds, priority, signal);
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
