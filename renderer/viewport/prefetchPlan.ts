/**
 * What to keep ready around the frame on screen. A sampled audit knows its next units, so the next ones come first,
 * then the way back, then the neighbours in time.
 */
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { Priority } from '../workers/protocol.ts';

/** A unit as the plan sees it: its frame, its cuboid if it has one, and its pictures in the order they are wanted. */
export interface Stop {
  readonly frame: number;
  readonly row: number | null;
  readonly images: readonly number[];
}

export type PlannedAsset =
  | {
      readonly kind: 'sweep';
      readonly frame: number;
      readonly part: number;
      readonly priority: number;
      readonly isPinned: boolean;
    }
  | {
      readonly kind: 'image';
      readonly frame: number;
      readonly part: number;
      readonly priority: number;
      readonly isPinned: boolean;
    }
  | {
      readonly kind: 'label';
      readonly frame: number;
      readonly row: number;
      readonly priority: number;
      readonly isPinned: boolean;
    };

/** Frames ahead that are kept ready. */
const framesAhead = 3;

/**
 * Most urgent first, without repeats. `current` is pinned. `ahead` and `behind` are the stops after and before it,
 * nearest first; `beside` are frames next to it in time.
 */
export function planAssets(
  index: DeliveryIndex,
  current: Stop,
  ahead: readonly Stop[],
  behind: readonly Stop[],
  beside: readonly number[],
): PlannedAsset[] {
  const planned = new Map<string, PlannedAsset>();
  const add = (asset: PlannedAsset): void => {
    const key = `${asset.kind} ${asset.frame} ${asset.kind === 'label' ? asset.row : asset.part}`;
    if (!planned.has(key)) planned.set(key, asset);
  };
  const addPoints = (stop: Stop, priority: number, isPinned: boolean): void => {
    const { sweeps } = index.delivery.frames.at(stop.frame)!;
    for (const part of sweeps.keys()) add({ kind: 'sweep', frame: stop.frame, part, priority, isPinned });
    if (stop.row !== null && sweeps.length > 0) {
      add({ kind: 'label', frame: stop.frame, row: stop.row, priority, isPinned });
    }
  };
  const addImages = (
    stop: Stop,
    priority: number,
    isPinned: boolean,
    most = Number.POSITIVE_INFINITY,
  ): void => {
    for (const part of stop.images.slice(0, most)) {
      add({ kind: 'image', frame: stop.frame, part, priority, isPinned });
    }
  };
  addPoints(current, Priority.now, true);
  addImages(current, Priority.now, true);
  const next = nearestFrames(ahead, current.frame, framesAhead);
  for (const [place, stop] of next.entries()) {
    const priority = place === 0 ? Priority.next : Priority.soon;
    addPoints(stop, priority, false);
    // The best crop is what is looked at first; the other cameras of the unit after next can wait.
    addImages(stop, priority, false, place === 0 ? undefined : 1);
  }
  for (const stop of behind.slice(0, 1)) {
    addPoints(stop, Priority.later, false);
    addImages(stop, Priority.later, false);
  }
  for (const stop of next.slice(1)) addImages(stop, Priority.later, false);
  for (const frame of beside) addPoints({ frame, row: null, images: [] }, Priority.later, false);
  return [...planned.values()];
}

/** The stops up to and including those of `count` frames other than the current one. */
function nearestFrames(stops: readonly Stop[], current: number, count: number): Stop[] {
  const frames = new Set<number>();
  const near: Stop[] = [];
  for (const stop of stops) {
    if (stop.frame !== current && !frames.has(stop.frame)) {
      if (frames.size === count) break;
      frames.add(stop.frame);
    }
    near.push(stop);
  }
  return near;
}
