/** What the objects of each camera say together of its calibration and its clock, over a scene. */
import { groupedBy } from '../../base/groupedBy.ts';
import { createSceneMotion } from '../../geometry/sceneMotion.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { type BoxPair, type BoxResidual, median } from '../../scoring/boxResiduals.ts';
import type { CalibrationVerdict } from '../../scoring/calibrationVerdict.ts';
import {
  type CameraResiduals,
  gatherResiduals,
  judgeResiduals,
  noResiduals,
} from '../../scoring/cameraResiduals.ts';
import type { CheckScene } from '../scene.ts';
import { type CameraView, cameraViews } from './cameraViews.ts';

export interface CameraVerdict extends CameraResiduals {
  readonly camera: number;
  /** The frame that has most objects with both labels. */
  readonly frame: number;
  /** Picture less sweep as it is stated and not accounted for, seconds; 0 where nothing is stated. */
  readonly statedSeconds: number;
  /** Objects that what is suspected of the camera brings to their boxes, and all that are off at all. */
  readonly helped: number;
  readonly off: number;
}

/** More pictures than these tell nothing new about one calibration. */
const mostPictures = 24;

const known = new WeakMap<CheckScene, readonly CameraVerdict[]>();

/** One for each camera that has 2D boxes. */
export function cameraVerdicts(scene: CheckScene): readonly CameraVerdict[] {
  const verdicts = known.get(scene) ?? judgeCameras(scene);
  known.set(scene, verdicts);
  return verdicts;
}

/** An object that is long in view counts no more than one that passes. */
const mostOfObject = 8;

/** Pairs that speak for the camera: those that the border does not cut first, evenly over each object's frames. */
function spokenFor({ index }: CheckScene, views: readonly CameraView[]): ReadonlySet<BoxPair> {
  const { track } = index.labels.cuboids;
  const pairs = views.flatMap((view) => view.pairs);
  const uncut = pairs.filter(({ isCut }) => !isCut);
  const groups = groupedBy(uncut.length > 0 ? uncut : pairs, ({ cuboid }) =>
    track[cuboid] === NO_TRACK ? -1 - cuboid : track[cuboid]!,
  );
  const chosen = [...groups.values()].flatMap((of) => {
    const step = Math.ceil(of.length / mostOfObject);
    return of.filter((_, at) => at % step === 0);
  });
  return new Set(chosen);
}

function objectOf({ track, frame, id }: BoxResidual): string {
  return track ?? `${frame} ${id}`;
}

/** Nearer than this, outline and box lie as people draw them, pixels. */
const drawnPixels = 1.5;
/** A cause helps an object where it leaves less than this share of how far it is off. */
const helpedShare = 0.7;
/** So large a share of the objects that are off makes an error the camera's own. */
const leastHelpedShare = 0.6;
/** Few objects are explained by anything that has as many unknowns as they have offsets. */
const leastHelped = 3;
const pairsOfUnknown = 5;

/** One object that is off all along must not turn the camera: each counts once, by its median. */
function supportOf(
  residuals: readonly BoxResidual[],
  { fit }: CalibrationVerdict,
): Pick<CameraVerdict, 'helped' | 'off'> {
  if (!fit) return { helped: 0, off: 0 };
  const comparable = residuals.filter(({ isComparable }) => isComparable);
  const pairs = comparable.map((residual, at) => ({
    object: objectOf(residual),
    before: Math.hypot(...residual.offset),
    after: Math.hypot(...fit.left[at]!),
  }));
  let [helped, off] = [0, 0];
  for (const [, of] of groupedBy(pairs, ({ object }) => object)) {
    const before = median(of.map((pair) => pair.before));
    if (before <= drawnPixels) continue;
    off++;
    if (median(of.map((pair) => pair.after)) <= helpedShare * before) helped++;
  }
  return { helped, off };
}

/** Fewer objects, seen less often, persuade where they are of one mind. */
const leastOfOneMind = 4;
const shareOfOneMind = 0.9;
const pairsOfOneMind = 1.5;

/** Whether enough objects ask for what is suspected of the camera. */
export function isSupported({ helped, off, verdict: { fit } }: CameraVerdict): boolean {
  if (!fit) return false;
  const isAskedFor = (objects: number, share: number, pairs: number): boolean =>
    helped >= objects && helped >= share * off && fit.left.length >= pairs * fit.unknowns;
  return (
    isAskedFor(Math.max(leastHelped, fit.unknowns + 1), leastHelpedShare, pairsOfUnknown) ||
    isAskedFor(Math.max(leastOfOneMind, fit.unknowns), shareOfOneMind, pairsOfOneMind)
  );
}

function judgeCameras(scene: CheckScene): CameraVerdict[] {
  const { labels, delivery } = scene.index;
  const motion = createSceneMotion(delivery.frames);
  const labelled = cameraViews(scene).filter(({ boxes }) => boxes.length > 0);
  return [...groupedBy(labelled, ({ camera }) => camera)].map(([camera, all]) => {
    const step = Math.ceil(all.length / mostPictures);
    const views = all.filter((_, at) => at % step === 0);
    const chosen = spokenFor(scene, views);
    const found = noResiduals();
    for (const view of views) {
      const stated = view.isMoved ? null : view.lateSeconds;
      const picture = { ...view, labels, motion: motion.known(view.frame) };
      gatherResiduals(
        found,
        picture,
        stated,
        view.pairs.filter((pair) => chosen.has(pair)),
      );
    }
    const richest = views.reduce((best, view) => (view.pairs.length > best.pairs.length ? view : best));
    const judged = judgeResiduals(found);
    const statedSeconds = found.stated.length === 0 ? 0 : median(found.stated);
    return {
      camera,
      frame: richest.frame,
      statedSeconds,
      ...judged,
      ...supportOf(found.residuals, judged.verdict),
    };
  });
}
