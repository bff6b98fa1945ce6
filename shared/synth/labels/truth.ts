/** The labels a perfect annotator would deliver for one frame. */
import type { Exposure } from '../camera/exposure.ts';
import { extentInImage } from '../camera/extent.ts';
import type { CameraSpec } from '../camera/rig.ts';
import type { MadeSweep } from '../lidar/sweep.ts';
import { roundTo } from '../portableMath.ts';
import { type Actor, activityAt, worldBox } from '../world/actor.ts';
import type { Placement } from '../world/motion.ts';
import {
  boxFromWorld,
  countInside,
  type MadeBox2d,
  type MadeLabel,
  type Occlusion,
  rangeOf,
} from './label.ts';

/** Only objects this near, and with at least one point of their own, are labelled. */
export const LABEL_RANGE_METERS = 80;
/** Smaller 2D boxes, and objects hidden more than this, get none. */
const MIN_BOX_PIXELS = 5;
const MIN_VISIBILITY = 0.15;

export interface Shot {
  readonly camera: CameraSpec;
  readonly exposure: Exposure;
  /** Scene time of the exposure, seconds. */
  readonly time: number;
}

/** In order of object id. */
export function trueLabels(
  actors: readonly Actor[],
  time: number,
  sweep: MadeSweep,
  lidar: Placement,
  shots: readonly Shot[],
): MadeLabel[] {
  const own = new Map<number, number>();
  for (const object of sweep.owner) own.set(object, (own.get(object) ?? 0) + 1);
  const labels: MadeLabel[] = [];
  for (const actor of actors) {
    if (!own.has(actor.id)) continue;
    const box = boxFromWorld(worldBox(actor, time), lidar);
    if (rangeOf(box) > LABEL_RANGE_METERS) continue;
    labels.push({
      object: actor.id,
      className: actor.className,
      box,
      points: countInside(sweep, box),
      activity: activityAt(actor, time),
      occlusion: occlusionOf(sweep, actor.id),
      boxes2d: shots.flatMap((shot) => boxIn(shot, actor)),
    });
  }
  return labels;
}

function occlusionOf(sweep: MadeSweep, object: number): Occlusion {
  const { whole, seen } = sweep.coverage.get(object)!;
  const hidden = 1 - seen / whole;
  if (hidden <= 0.2) return 'none';
  return hidden <= 0.6 ? 'partial' : 'heavy';
}

function boxIn({ camera, exposure, time }: Shot, actor: Actor): MadeBox2d[] {
  const coverage = exposure.coverage.get(actor.id);
  if (!coverage || coverage.seen < MIN_VISIBILITY * coverage.whole) return [];
  const instance = {
    mesh: actor.meshAt(time),
    place: actor.placeAt(time),
    palette: actor.palette,
    object: actor.id,
  };
  const extent = extentInImage(instance, exposure.view, camera);
  if (!extent) return [];
  const [left, top, right, bottom] = extent.ltrb.map((value) => roundTo(value, 2)) as [
    number,
    number,
    number,
    number,
  ];
  if (right - left < MIN_BOX_PIXELS || bottom - top < MIN_BOX_PIXELS) return [];
  return [
    {
      camera: camera.name,
      ltrb: [left, top, right, bottom],
      visibility: roundTo(coverage.seen / coverage.whole, 2),
      isTruncated: extent.isTruncated,
    },
  ];
}
