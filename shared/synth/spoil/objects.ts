/** The objects of a delivery: a track within a scene, or a single label that has no track. */
import { CuboidFlag, type DeliveryIndex, NO_TRACK } from '../../model/labels.ts';
import { sceneOfFrame } from '../../readers/lazyFrames.ts';
import type { SpoilRules } from './plan.ts';

export interface SpoilObject {
  readonly scene: number;
  /** NO_TRACK: a single label. */
  readonly track: number;
  /** Cuboid rows in order of time, one a frame. */
  readonly rows: readonly number[];
  /** Faults it has already. */
  faults: number;
}

/** An extent and a distance as any class has them: asked only whether the agreement says anything at all. */
const anySize = [1, 1, 1] as const;
const anyRange = 10;

/**
 * Labels that are unusable, interpolated, second in their frame, of no object or of a class that the agreement does
 * not know are left as they are.
 */
export function objectsOf({ delivery, labels }: DeliveryIndex, rules: SpoilRules): SpoilObject[] {
  const { cuboids, classes } = labels;
  const isObject = classes.map(
    (name) => rules.isObject(name) && rules.tolerance(name, anyRange, anySize, null) !== null,
  );
  const byTrack = new Map<number, { scene: number; track: number; rows: number[]; faults: number }>();
  const objects: { scene: number; track: number; rows: number[]; faults: number }[] = [];
  for (let row = 0; row < cuboids.count; row++) {
    const skipped = CuboidFlag.unusable | CuboidFlag.interpolated;
    if ((cuboids.flags[row]! & skipped) !== 0 || !isObject[cuboids.classIndex[row]!]) continue;
    const scene = sceneOfFrame(delivery.scenes, cuboids.frame[row]!);
    const track = cuboids.track[row]!;
    const known = track === NO_TRACK ? undefined : byTrack.get(track);
    if (known?.scene === scene) {
      if (cuboids.frame[known.rows.at(-1)!] !== cuboids.frame[row]) known.rows.push(row);
      continue;
    }
    const object = { scene, track, rows: [row], faults: 0 };
    objects.push(object);
    if (track !== NO_TRACK) byTrack.set(track, object);
  }
  return objects;
}
