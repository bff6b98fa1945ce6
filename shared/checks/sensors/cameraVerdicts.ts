/** What the objects of each camera say together of its calibration and its clock, over a scene. */
import { createSceneMotion } from '../../geometry/sceneMotion.ts';
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
    return { camera, frame: richest.frame, ...judgeResiduals(found) };
  });
}
