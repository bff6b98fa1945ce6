/**
 * What to keep ready around the frame on screen. A sampled audit knows its next units, so the next ones come first,
 * then the way back, then the neighbours in time.
 */
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { Priority } from '../workers/protocol.ts';
import { imageKey, lateKey } from './assets/assetKinds.ts';
import { type Cloud, type CloudChoice, cloudsOf } from './clouds.ts';
import type { LateAttribute } from './gpu/sweepPoints.ts';
import type { ViewOptions } from './viewOptions.ts';

/** A unit as the plan sees it: its frame, its cuboid if it has one, and its pictures in the order they are wanted. */
export interface Stop {
  readonly frame: number;
  readonly row: number | null;
  readonly images: readonly number[];
}

export type PlannedAsset =
  | {
      readonly kind: 'sweep';
      readonly cloud: Cloud;
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
      readonly clouds: readonly Cloud[];
      readonly isFollowed: boolean;
      readonly priority: number;
      readonly isPinned: boolean;
    }
  | {
      readonly kind: LateAttribute;
      readonly frame: number;
      readonly clouds: readonly Cloud[];
      readonly priority: number;
      readonly isPinned: boolean;
    };

/** What of the points has to be found out beyond what every sweep comes with. */
export type PointChoice = CloudChoice & Pick<ViewOptions, 'hideGround' | 'colouring' | 'mergeFollowsLabel'>;

/** What is asked about the points of a frame's clouds with these options. */
export function lateKinds({ hideGround, colouring }: PointChoice): LateAttribute[] {
  return [
    ...(hideGround ? (['ground'] as const) : []),
    ...(colouring === 'camera' ? (['picture'] as const) : []),
  ];
}

/** Frames ahead that are kept ready. */
const framesAhead = 3;

/**
 * Most urgent first, without repeats. `current` is pinned. `ahead` and `behind` are the stops after and before it,
 * nearest first; `beside` are frames next to it in time. Sweeps laid over a frame are planned for the current one only.
 */
export function planAssets(
  index: DeliveryIndex,
  current: Stop,
  ahead: readonly Stop[],
  behind: readonly Stop[],
  beside: readonly number[],
  choice: PointChoice,
): PlannedAsset[] {
  const planned = new Map<string, PlannedAsset>();
  const add = (asset: PlannedAsset): void => {
    const key = keyOf(asset);
    if (!planned.has(key)) planned.set(key, asset);
  };
  const addPoints = (stop: Stop, priority: number, isPinned: boolean): void => {
    const merged = stop === current ? choice.mergedSweeps : 0;
    const clouds = cloudsOf(index.delivery.frames, stop.frame, { ...choice, mergedSweeps: merged });
    for (const cloud of clouds) add({ kind: 'sweep', cloud, priority, isPinned });
    if (clouds.length === 0) return;
    const { frame, row } = stop;
    if (row !== null) {
      const isFollowed = choice.mergeFollowsLabel && merged > 0;
      add({ kind: 'label', frame, row, clouds, isFollowed, priority, isPinned });
    }
    for (const kind of lateKinds(choice)) add({ kind, frame, clouds, priority, isPinned });
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

function keyOf(asset: PlannedAsset): string {
  if (asset.kind === 'sweep') return asset.cloud.key;
  if (asset.kind === 'image') return imageKey(asset.frame, asset.part);
  if (asset.kind === 'label') return `label ${asset.row}`;
  return lateKey(asset.kind, asset.frame, asset.clouds);
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
