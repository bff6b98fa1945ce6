/** What the objects of each camera say together of its calibration and its clock, over a scene. */
import { groupedBy } from '../../base/groupedBy.ts';
import { createSceneMotion } from '../../geometry/sceneMotion.ts';
import { type BoxResidual, median } from '../../scoring/boxResiduals.ts';
import type { CalibrationVerdict } from '../../scoring/calibrationVerdict.ts';
import {
  type CameraResiduals,
  type GatheredResiduals,
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

function thinnedOut(residuals: readonly BoxResidual[]): BoxResidual[] {
  return [...groupedBy(residuals, objectOf).values()].flatMap((of) => {
    const step = Math.ceil(of.length / mostOfObject);
    return of.filter((_, at) => at % step === 0);
  });
}

function objectOf({ track, frame, id }: BoxResidual): string {
  return track ?? `${frame} ${id}`;
}

/** Nearer than this, outline and box lie as people draw them, pixels. */
const drawnPixels = 1.5;
/** A cause helps an object where it leaves less than this share of how far it is off. */
const helpedShare = 0.7;
/** So many objects, and so large a share of those that are off, make an error the camera's own. */
const leastHelped = 3;
const leastHelpedShare = 0.6;

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

/** Whether enough objects ask for what is suspected of the camera. */
export function isSupported({ helped, off }: CameraVerdict): boolean {
  return helped >= leastHelped && helped >= leastHelpedShare * off;
}

function judgeCameras(scene: CheckScene): CameraVerdict[] {
  const { labels, delivery } = scene.index;
  const motion = createSceneMotion(delivery.frames);
  const byCamera = new Map<number, CameraView[]>();
  for (const view of cameraViews(scene)) {
    if (view.boxes.length === 0) continue;
    const known = byCamera.get(view.camera);
    if (known) known.push(view);
    else byCamera.set(view.camera, [view]);
  }
  return [...byCamera].map(([camera, views]) => {
    const step = Math.ceil(views.length / mostPictures);
    const found: GatheredResiduals = noResiduals();
    for (let at = 0; at < views.length; at += step) {
      const view = views[at]!;
      const stated = view.isMoved ? null : view.lateSeconds;
      const picture = { ...view, labels, motion: motion.known(view.frame) };
      gatherResiduals(found, picture, stated, view.pairs);
    }
    const richest = views.reduce((best, view) => (view.pairs.length > best.pairs.length ? view : best));
    const thinned = { ...found, residuals: thinnedOut(found.residuals) };
    const judged = judgeResiduals(thinned);
    return { camera, frame: richest.frame, ...judged, ...supportOf(thinned.residuals, judged.verdict) };
  });
}
