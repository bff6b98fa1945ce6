/** Measures every camera of the scene: objects with a cuboid and a 2D box, and what their offsets make suspect. */
import { useEffect, useState } from 'react';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { ImageSize } from '../../../shared/geometry/lens.ts';
import { imageSizeOf } from '../../../shared/geometry/projector.ts';
import { type SceneMotion, unaccountedSeconds } from '../../../shared/geometry/sceneMotion.ts';
import { spreadFrames } from '../../../shared/model/frames.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import {
  type CameraResiduals,
  type GatheredResiduals,
  gatherResiduals,
  judgeResiduals,
  noResiduals,
} from '../../../shared/scoring/cameraResiduals.ts';

export interface SceneResiduals {
  readonly cameras: ReadonlyMap<number, CameraResiduals>;
  readonly done: number;
  readonly total: number;
}

/** More frames than these tell nothing new about one calibration. */
const mostFrames = 30;
const nothing: SceneResiduals = { cameras: new Map(), done: 0, total: 0 };

/** `sizes`: decoded picture sizes by camera, where the calibration states none. Frame by frame, between paints. */
export function useResiduals(
  index: DeliveryIndex,
  motion: SceneMotion,
  frame: number,
  sizes: ReadonlyMap<number, ImageSize>,
): SceneResiduals {
  const [result, setResult] = useState(nothing);
  const { scene } = index.delivery.frames.at(frame)!;
  const sizesKey = JSON.stringify([...sizes].sort(([a], [b]) => a - b));
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured once for each scene and known picture size
  useEffect(() => {
    const controller = new AbortController();
    void measureScene(index, motion, frame, sizes, controller.signal, setResult);
    return () => controller.abort();
  }, [index, motion, scene, sizesKey]);
  return result;
}

async function measureScene(
  index: DeliveryIndex,
  motion: SceneMotion,
  frame: number,
  sizes: ReadonlyMap<number, ImageSize>,
  signal: AbortSignal,
  show: (result: SceneResiduals) => void,
): Promise<void> {
  const { delivery } = index;
  const { frameStart, frameCount } = delivery.scenes[delivery.frames.at(frame)!.scene]!;
  const frames = spreadFrames(frameStart, frameCount, frame, mostFrames);
  const gathered = new Map<number, GatheredResiduals>();
  show({ cameras: new Map(), done: 0, total: frames.length });
  for (const [done, at] of frames.entries()) {
    for (const { camera } of delivery.frames.at(at)!.images) {
      // One picture between paints: the window must never stand still.
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return;
      gather(index, motion, at, camera, sizes, gathered);
    }
    if ((done + 1) % 5 === 0 || done + 1 === frames.length) {
      const cameras = new Map([...gathered].map(([camera, found]) => [camera, judgeResiduals(found)]));
      show({ cameras, done: done + 1, total: frames.length });
    }
  }
}

function gather(
  index: DeliveryIndex,
  motion: SceneMotion,
  frame: number,
  camera: number,
  sizes: ReadonlyMap<number, ImageSize>,
  gathered: Map<number, GatheredResiduals>,
): void {
  const { delivery, labels } = index;
  const here = delivery.frames.at(frame)!;
  const image = here.images.find((ref) => ref.camera === camera)!;
  const calibration = effectiveCalibration(delivery, image);
  const found = gathered.get(camera) ?? noResiduals();
  gathered.set(camera, found);
  const imageSize = sizes.get(camera) ?? (calibration ? imageSizeOf(calibration) : undefined);
  if (!calibration || !imageSize) return;
  const picture = { labels, frame, camera, calibration, imageSize, motion: motion.known(frame) };
  gatherResiduals(found, picture, unaccountedSeconds(here, image));
}
