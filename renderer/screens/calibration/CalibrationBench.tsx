/** The bench: every camera of a frame as a pane, and beside them what is suspected, what is tried, and how edges fit. */
import { useEffect, useMemo, useState } from 'react';
import { tryCalibration } from '../../../shared/geometry/calibrationTrial.ts';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { ImageSize } from '../../../shared/geometry/lens.ts';
import { createSceneMotion } from '../../../shared/geometry/sceneMotion.ts';
import { positionsOf } from '../../../shared/model/frames.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { EngineProvider, useEngine, useFacts } from '../../viewport/react/engineContext.tsx';
import { defaultViewOptions } from '../../viewport/viewOptions.ts';
import { CameraGrid } from './CameraGrid.tsx';
import styles from './calibration.module.css';
import { EdgePart } from './EdgePart.tsx';
import { ResidualTable } from './ResidualTable.tsx';
import { TrialPart } from './TrialPart.tsx';
import { asDelivered, calibrationTrial, isAsDelivered, trialOfFit } from './trial.ts';
import { useAlignment } from './useAlignment.ts';
import { useCalibrationCommands } from './useCalibrationCommands.ts';
import { useCopyValues } from './useCopyValues.ts';
import { useResiduals } from './useResiduals.ts';
import { VerdictPart } from './VerdictPart.tsx';

export interface CalibrationBenchProps {
  readonly index: DeliveryIndex;
  readonly delivery: string;
  /** Id of the frame to begin with; null = the first. */
  readonly firstFrame: string | null;
}

export function CalibrationBench({ index, delivery, firstFrame }: CalibrationBenchProps) {
  return (
    <EngineProvider key={delivery} index={index} delivery={delivery}>
      <Bench delivery={delivery} firstFrame={firstFrame} />
    </EngineProvider>
  );
}

/** What is looked at. */
export interface BenchView {
  readonly frame: number;
  /** Index into `Delivery.cameras`. */
  readonly camera: number;
  readonly isLarge: boolean;
  readonly showBoxes: boolean;
  readonly showPoints: boolean;
}

function Bench({ delivery, firstFrame }: { delivery: string; firstFrame: string | null }) {
  const { index } = useEngine();
  const motion = useMemo(() => createSceneMotion(index.delivery.frames), [index]);
  const [view, setView] = useState(() => firstView(index, firstFrame));
  const [trial, setTrial] = useState(asDelivered);
  const frame = index.delivery.frames.at(view.frame)!;
  const cameras = useMemo(() => [...new Set(frame.images.map(({ camera }) => camera))], [frame]);
  const camera = cameras.includes(view.camera) ? view.camera : (cameras[0] ?? -1);
  const image = frame.images.find((ref) => ref.camera === camera) ?? null;
  const sizes = useSizes(cameras);
  const residuals = useResiduals(index, motion, view.frame, sizes);
  const alignment = useAlignment(index, delivery, motion, view.frame, camera);
  const found = residuals.cameras.get(camera) ?? null;
  const fit = found?.verdict.fit ?? null;
  const fitted =
    found?.verdict.suspicion === 'inverted' ? { ...asDelivered, isInverted: true } : fit && trialOfFit(fit);
  const calibration = useMemo(() => {
    const stated = image && effectiveCalibration(index.delivery, image);
    return stated && tryCalibration(stated, calibrationTrial(trial), motion.known(view.frame));
  }, [index, image, trial, motion, view.frame]);
  const copying = useCopyValues(index.delivery.cameras[camera]?.name ?? '', trial, calibration);

  useShowFrame(view);
  const engine = useEngine();
  useEffect(() => {
    engine.setLook({
      showBoxes: view.showBoxes,
      calibrationOf: (at, _image, stated) =>
        tryCalibration(stated, calibrationTrial(trial), motion.known(at)),
    });
  }, [engine, trial, motion, view.showBoxes]);
  useEffect(() => () => engine.setLook(null), [engine]);

  const patch = (change: Partial<BenchView>): void => setView((now) => ({ ...now, ...change }));
  const actions = {
    stepFrame: (by: number) => patch({ frame: within(view.frame + by, index.delivery.frames.length) }),
    stepCamera(by: number) {
      const at = cameras.indexOf(camera) + by + cameras.length;
      if (cameras.length > 0) patch({ camera: cameras[at % cameras.length]! });
    },
    patch,
    setTrial,
    tryFit: fitted && !isAsDelivered(fitted) ? () => setTrial(fitted) : null,
    copy: copying.copy,
  };
  useCalibrationCommands({ view, trial, canMove: motion.known(view.frame) !== null, actions });

  return (
    <div className={styles.bench}>
      <CameraGrid
        view={{ ...view, camera }}
        cameras={cameras}
        sizes={sizes}
        motion={motion}
        actions={actions}
      />
      <div className={styles.side}>
        <VerdictPart
          name={index.delivery.cameras[camera]?.name ?? ''}
          found={found}
          residuals={residuals}
          alignment={alignment}
          motion={motion.at(view.frame)}
          onTryFit={actions.tryFit}
        />
        <ResidualTable
          residuals={residuals}
          alignment={alignment}
          cameras={cameras}
          camera={camera}
          onCamera={(next) => patch({ camera: next })}
        />
        <TrialPart
          trial={trial}
          motion={motion.at(view.frame)}
          frame={view.frame}
          image={image}
          calibration={calibration}
          imageSize={sizes.get(camera) ?? null}
          copying={copying}
          onTrial={setTrial}
        />
        <EdgePart alignment={alignment} trial={trial} />
      </div>
    </div>
  );
}

function firstView(index: DeliveryIndex, firstFrame: string | null): BenchView {
  const asked = firstFrame === null ? undefined : positionsOf(index.delivery.frameIds).get(firstFrame);
  return {
    frame: asked ?? firstPicture(index),
    camera: 0,
    isLarge: false,
    showBoxes: true,
    showPoints: true,
  };
}

/** The first frame that has pictures; the first of all where none has. */
function firstPicture({ delivery }: DeliveryIndex): number {
  for (const [at, { images }] of delivery.frames.entries()) if (images.length > 0) return at;
  return 0;
}

function within(frame: number, count: number): number {
  return Math.min(count - 1, Math.max(0, frame));
}

/** Sizes of the pictures that were decoded so far, by camera; kept when the next frame is still loading. */
function useSizes(cameras: readonly number[]): ReadonlyMap<number, ImageSize> {
  const pictures = useFacts((facts) => facts.pictures);
  const [sizes, setSizes] = useState<ReadonlyMap<number, ImageSize>>(new Map());
  useEffect(() => {
    setSizes((before) => {
      const fresh = cameras.flatMap((camera) => {
        const size = pictures[paneOf(camera)]?.size;
        const known = before.get(camera);
        return size && String(size) !== String(known) ? [[camera, size] as const] : [];
      });
      return fresh.length === 0 ? before : new Map([...before, ...fresh]);
    });
  }, [pictures, cameras]);
  return sizes;
}

/** Name of a camera's pane. */
export function paneOf(camera: number): string {
  return `calibration ${camera}`;
}

/** Brings the frame on screen with all its pictures, and keeps the ones beside it ready. */
function useShowFrame({ frame, showPoints, isLarge }: BenchView): void {
  const engine = useEngine();
  useEffect(() => {
    // In a small pane larger points would hide the picture they are compared with.
    const pointPixels = isLarge ? 2 : 1;
    engine.setOptions({
      ...defaultViewOptions,
      pointPixels,
      showPointsOnPictures: showPoints,
      pictureStrength: 1,
    });
  }, [engine, showPoints, isLarge]);
  useEffect(() => {
    const { frames } = engine.index.delivery;
    const imagesOf = (at: number): number[] => frames.at(at)!.images.map((_, image) => image);
    const stop = (at: number) => ({ frame: at, row: null, images: imagesOf(at) });
    engine.show(
      { frame, row: null, box: null, toleranceMeters: 0, cell: null },
      {
        ahead: frame + 1 < frames.length ? [stop(frame + 1)] : [],
        behind: frame > 0 ? [stop(frame - 1)] : [],
        beside: [],
        images: imagesOf(frame),
      },
    );
  }, [engine, frame]);
}
