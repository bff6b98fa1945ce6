/** Which assets stand for a frame on screen, by what was asked for and how it is looked at. */
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { imageKey, labelPointsKey, lateKey } from './assets/assetKinds.ts';
import { type Cloud, cloudsOf } from './clouds.ts';
import type { EngineState } from './engineState.ts';
import { lateKinds } from './prefetchPlan.ts';
import type { Shown } from './shown.ts';

export interface FrameKeys {
  /** Clouds of points that are drawn for a frame. */
  clouds(frame: number): Cloud[];
  /** Key of the points near a label of the frame whose clouds these are. */
  near(frame: number, row: number, clouds: readonly Cloud[]): string;
  /** All that has to be there before the frame's points, and those near one of its labels, can be put on screen. */
  points(frame: number, row: number | null): string[];
  /** The points and the pictures. */
  all(shown: Shown): string[];
}

export function createFrameKeys(
  index: DeliveryIndex,
  state: Pick<EngineState, 'asked' | 'options'>,
): FrameKeys {
  const { frames } = index.delivery;

  /** Sweeps of other instants are laid over the frame that is looked at, not over those that wait their turn. */
  function clouds(frame: number): Cloud[] {
    const { asked, options } = state;
    const mergedSweeps = frame === asked?.frame ? options.mergedSweeps : 0;
    return cloudsOf(frames, frame, { ...options, mergedSweeps });
  }

  /** Where other sweeps are laid over the frame, their points may move along with the label. */
  function near(frame: number, row: number, drawn: readonly Cloud[]): string {
    const { asked, options } = state;
    const isFollowed = options.mergeFollowsLabel && frame === asked?.frame && options.mergedSweeps > 0;
    return labelPointsKey(row, drawn, isFollowed);
  }

  function points(frame: number, row: number | null): string[] {
    const drawn = clouds(frame);
    const keys = drawn.map(({ key }) => key);
    if (drawn.length === 0) return keys;
    const around = row === null ? [] : [near(frame, row, drawn)];
    return [...keys, ...around, ...lateKinds(state.options).map((kind) => lateKey(kind, frame, drawn))];
  }

  return {
    clouds,
    near,
    points,
    all({ frame, row }) {
      const { images } = frames.at(frame)!;
      return [...points(frame, row), ...images.map((_, part) => imageKey(frame, part))];
    },
  };
}
