/**
 * What was asked for and what comes next: wishes for it go to the ring, and it is put on screen once its points are
 * there, or are known not to come. Until then what is on screen stays.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { imageKey } from './assets/assetKinds.ts';
import type { AssetRing } from './assets/assetRing.ts';
import type { FrameAssets } from './assets/frameAssets.ts';
import type { Engine } from './engineContract.ts';
import type { EngineState } from './engineState.ts';
import type { FrameKeys } from './frameKeys.ts';
import { planAssets } from './prefetchPlan.ts';
import type { Shown, ViewportFacts } from './shown.ts';
import { createWishes } from './wishes.ts';

/** Prefetching waits until what was asked for is painted: both want the same few cores. */
const prefetchAfterMs = 60;

export interface FrameAskingNeeds {
  readonly index: DeliveryIndex;
  readonly ring: AssetRing;
  readonly assets: FrameAssets;
  readonly keys: FrameKeys;
  readonly state: EngineState;
  readonly facts: StoreApi<ViewportFacts>;
  /** Keys of the pictures on screen. */
  readonly pictureKeys: () => string[];
  readonly swapIn: (shown: Shown) => void;
  readonly refreshPictures: (shown: Shown) => void;
  readonly redraw: () => void;
}

export interface FrameAsking extends Pick<Engine, 'show' | 'isReady'> {
  /** Other assets belong to what is shown: it is asked for anew. */
  showAgain(): void;
  /** The ring has this asset now, or knows that it will not come. */
  arrived(key: string): void;
  dispose(): void;
}

export function createFrameAsking(needs: FrameAskingNeeds): FrameAsking {
  const { index, ring, keys, state, facts } = needs;
  const wishes = createWishes(ring, needs.assets);
  let prefetchTimer: ReturnType<typeof setTimeout> | undefined;

  const isSettled = (key: string): boolean => ring.status(key) === 'ready' || ring.status(key) === 'failed';

  function settle(shown: Shown): void {
    if (!keys.points(shown.frame, shown.row).every(isSettled)) {
      if (!facts.getState().isAwaiting) facts.setState({ isAwaiting: true });
      return;
    }
    if (facts.getState().shown !== shown) needs.swapIn(shown);
    else needs.refreshPictures(shown);
    needs.redraw();
  }

  const show: Engine['show'] = (shown, around) => {
    state.asked = shown;
    state.around = around;
    const { images, ahead, behind, beside } = around;
    const current = { frame: shown.frame, row: shown.row, images };
    const planned = planAssets(index, current, ahead, behind, beside, state.options).map(wishes.of);
    // What is on screen stays alive until the next is there.
    const { shown: before } = facts.getState();
    const held = before ? [...keys.points(before.frame, null), ...needs.pictureKeys()] : [];
    const wanted = new Set(planned.map(({ key }) => key));
    planned.push(...wishes.toKeep(held.filter((key) => !wanted.has(key))));
    clearTimeout(prefetchTimer);
    const isReady = planned.every(({ key, isPinned }) => !isPinned || isSettled(key));
    if (isReady) prefetchTimer = setTimeout(ring.want, prefetchAfterMs, planned);
    else ring.want(planned);
    settle(shown);
  };

  return {
    show,
    showAgain() {
      if (state.asked && state.around) show({ ...state.asked }, state.around);
    },
    arrived(key) {
      const { asked } = state;
      // Something of the frames around became ready: nothing on screen changes.
      if (asked && keys.all(asked).includes(key)) settle(asked);
    },
    isReady(frame, row, images) {
      const wanted = [...keys.points(frame, row), ...images.map((part) => imageKey(frame, part))];
      return wanted.every((key) => ring.status(key) === 'ready');
    },
    dispose: () => clearTimeout(prefetchTimer),
  };
}
