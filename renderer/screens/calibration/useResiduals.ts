/** Measures every camera of the scene: objects with a cuboid and a 2D box, and what their offsets make suspect. */
import { useEffect, useState } from 'react';
import { tryCalibration } from '../../../shared/geometry/calibrationTrial.ts';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { ImageSize } from '../../../shared/geometry/lens.ts';
import { imageSizeOf } from '../../../shared/geometry/projector.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import {
  type BoxResidual,
  boxResiduals,
  median,
  type ResidualSummary,
  summariseResiduals,
} from '../../../shared/scoring/boxResiduals.ts';
import { type CalibrationVerdict, judgeCalibration } from '../../../shared/scoring/calibrationVerdict.ts';
import { type SceneMotion, spreadFrames, unaccountedSeconds } from './sceneMotion.ts';
import { asDelivered, calibrationTrial } from './trial.ts';

export interface CameraResiduals {
  readonly summary: ResidualSummary | null;
  readonly verdict: CalibrationVerdict;
}

export interface SceneResiduals {
  readonly cameras: ReadonlyMap<number, CameraResiduals>;
  readonly done: number;
  readonly total: number;
}

/** More frames than these tell nothing new about one calibration. */
const mostFrames = 30;
/** Below this overlap the extrinsic may be the wrong way round. */
const suspiciousIou = 0.3;

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
  const gathered = new Map<number, Gathered>();
  show({ cameras: new Map(), done: 0, total: frames.length });
  for (const [done, at] of frames.entries()) {
    for (const { camera } of delivery.frames.at(at)!.images) {
      // One picture between paints: the window must never stand still.
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return;
      gather(index, motion, at, camera, sizes, gathered);
    }
    if ((done + 1) % 5 === 0 || done + 1 === frames.length) {
      const cameras = new Map([...gathered].map(([camera, found]) => [camera, judged(found)]));
      show({ cameras, done: done + 1, total: frames.length });
    }
  }
}

interface Gathered {
  readonly residuals: BoxResidual[];
  readonly inverted: BoxResidual[];
  readonly stated: number[];
  width: number | null;
}

function gather(
  index: DeliveryIndex,
  motion: SceneMotion,
  frame: number,
  camera: number,
  sizes: ReadonlyMap<number, ImageSize>,
  gathered: Map<number, Gathered>,
): void {
  const { delivery, labels } = index;
  const here = delivery.frames.at(frame)!;
  const image = here.images.find((ref) => ref.camera === camera)!;
  const calibration = effectiveCalibration(delivery, image);
  const found = gathered.get(camera) ?? { residuals: [], inverted: [], stated: [], width: null };
  gathered.set(camera, found);
  const imageSize = sizes.get(camera) ?? (calibration ? imageSizeOf(calibration) : undefined);
  if (!calibration || !imageSize) return;
  found.width = imageSize[0];
  const stated = unaccountedSeconds(here, image);
  if (stated !== null) found.stated.push(stated);
  const picture = { labels, frame, camera, calibration, imageSize, motion: motion.known(frame) };
  found.residuals.push(...boxResiduals(picture));
  const soFar = summariseResiduals(found.residuals);
  if (soFar && soFar.meanIou >= suspiciousIou) return;
  const inverse = tryCalibration(calibration, calibrationTrial({ ...asDelivered, isInverted: true }), null);
  found.inverted.push(...boxResiduals({ ...picture, calibration: inverse, motion: null }));
}

function judged({ residuals, inverted, stated, width }: Gathered): CameraResiduals {
  return {
    summary: summariseResiduals(residuals),
    verdict: judgeCalibration({
      residuals,
      invertedIou: summariseResiduals(inverted)?.meanIou ?? null,
      statedSeconds: stated.length === 0 ? null : median(stated),
      imageWidth: width,
    }),
  };
}
