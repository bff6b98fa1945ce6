/** Has a worker compare depth edges with picture edges over several frames, and adds up the scores of one camera. */
import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../shared/base/problem.ts';
import { noTrial, nudge, tryCalibration } from '../../../shared/geometry/calibrationTrial.ts';
import type { EgoMotion } from '../../../shared/geometry/egoMotion.ts';
import { effectiveCalibration, type ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { lensOf } from '../../../shared/geometry/lens.ts';
import { invert, multiply } from '../../../shared/geometry/matrix.ts';
import type { SceneMotion } from '../../../shared/geometry/sceneMotion.ts';
import { spreadFrames } from '../../../shared/model/frames.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Mat4 } from '../../../shared/model/pose.ts';
import { type CurvePeak, peakOf } from '../../../shared/scoring/edgeAlignment.ts';
import type { AlignOperations } from '../../workers/protocol.ts';
import { openWorkerChannel, type WorkerChannel } from '../../workers/workerChannel.ts';

export interface Curve {
  readonly steps: readonly number[];
  readonly scores: readonly number[];
  readonly peak: CurvePeak | null;
}

export interface Alignment {
  readonly isMeasuring: boolean;
  readonly frames: number;
  readonly edges: number;
  /** Steps in milliseconds; null where nobody knows the vehicle's motion. */
  readonly time: Curve | null;
  /** Steps in degrees. */
  readonly yaw: Curve | null;
  readonly pitch: Curve | null;
}

const nothing: Alignment = { isMeasuring: false, frames: 0, edges: 0, time: null, yaw: null, pitch: null };

const evenSteps = (farthest: number, step: number): readonly number[] => {
  const count = Math.round(farthest / step);
  return Array.from({ length: 2 * count + 1 }, (_, at) => (at - count) * step);
};
const timeSteps = evenSteps(100, 10);
const yawSteps = evenSteps(1.5, 0.125);
const pitchSteps = evenSteps(1, 0.125);

const mostFrames = 6;
/** Stepping through frames or cameras must not start work that nobody waits for. */
const restMs = 400;

export function useAlignment(
  index: DeliveryIndex,
  delivery: string,
  motion: SceneMotion,
  frame: number,
  camera: number,
): Alignment {
  const [result, setResult] = useState(nothing);
  const channel = useAlignChannel();
  const { scene } = index.delivery.frames.at(frame)!;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one measurement serves every frame of the scene
  useEffect(() => {
    setResult(nothing);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const job = { index, delivery, motion, camera, channel: channel(), signal: controller.signal };
      void measure(job, frame, setResult);
    }, restMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [index, delivery, motion, scene, camera, channel]);
  return result;
}

/** The worker starts when first asked for and ends with the screen. */
function useAlignChannel(): () => WorkerChannel<AlignOperations> {
  const held = useRef<WorkerChannel<AlignOperations> | null>(null);
  useEffect(
    () => () => {
      held.current?.close();
      held.current = null;
    },
    [],
  );
  const [open] = useState(() => () => {
    held.current ??= openWorkerChannel<AlignOperations>(
      new Worker(new URL('../../workers/align.worker.ts', import.meta.url), { type: 'module' }),
    );
    return held.current;
  });
  return open;
}

interface Job {
  readonly index: DeliveryIndex;
  readonly delivery: string;
  readonly motion: SceneMotion;
  readonly camera: number;
  readonly channel: WorkerChannel<AlignOperations>;
  readonly signal: AbortSignal;
}

async function measure(job: Job, frame: number, show: (result: Alignment) => void): Promise<void> {
  const { frames, scenes } = job.index.delivery;
  const { frameStart, frameCount } = scenes[frames.at(frame)!.scene]!;
  const spread = spreadFrames(frameStart, frameCount, frame, mostFrames);
  const sums: Sums = { frames: 0, edges: 0, timed: 0, time: [], yaw: [], pitch: [] };
  for (const [done, at] of spread.entries()) {
    const found = await alignFrame(job, at);
    if (job.signal.aborted) return;
    if (found) addUp(sums, found);
    show(resultOf(sums, done + 1 < spread.length));
  }
}

interface FrameScores {
  readonly scores: readonly number[];
  readonly edges: number;
  readonly hasTime: boolean;
}

/** `null` where the frame has no such picture, no calibration, no sweep, or one of them cannot be read. */
async function alignFrame(
  { index, delivery, motion, camera, channel, signal }: Job,
  at: number,
): Promise<FrameScores | null> {
  const frame = index.delivery.frames.at(at)!;
  const image = frame.images.find((ref) => ref.camera === camera);
  const calibration = image && effectiveCalibration(index.delivery, image);
  if (!calibration || !lensOf(calibration.model) || frame.sweeps.length === 0) return null;
  const moving = motion.known(at);
  const moves = [...timeMoves(calibration, moving), ...turns(yawSteps, 1), ...turns(pitchSteps, 0)];
  const address = { base: document.baseURI, delivery };
  try {
    const input = { address, sweeps: frame.sweeps, image, calibration, moves };
    const { scores, edges } = await channel.call('align', input, { signal });
    return { scores, edges, hasTime: moving !== null };
  } catch (error) {
    // What cannot be read has its own sentence in the pictures.
    if (signal.aborted || error instanceof ProblemError) return null;
    throw error;
  }
}

/** The camera's axes at another time from those it has. */
function timeMoves(calibration: ImageCalibration, motion: EgoMotion | null): Mat4[] {
  const back = motion && invert(calibration.cameraFromSpace);
  if (!back) return [];
  return timeSteps.map((milliseconds) =>
    multiply(
      tryCalibration(calibration, { ...noTrial, seconds: milliseconds / 1000 }, motion).cameraFromSpace,
      back,
    ),
  );
}

function turns(steps: readonly number[], axis: 0 | 1): Mat4[] {
  return steps.map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return nudge(axis === 0 ? [angle, 0, 0] : [0, angle, 0], [0, 0, 0]);
  });
}

interface Sums {
  frames: number;
  edges: number;
  /** Edges of the frames that have a motion. */
  timed: number;
  time: number[];
  yaw: number[];
  pitch: number[];
}

function addUp(sums: Sums, { scores, edges, hasTime }: FrameScores): void {
  if (edges === 0) return;
  const timeCount = hasTime ? timeSteps.length : 0;
  const add = (sum: number[], from: number, count: number): void => {
    for (let at = 0; at < count; at++) sum[at] = (sum[at] ?? 0) + edges * scores[from + at]!;
  };
  sums.frames++;
  sums.edges += edges;
  if (hasTime) sums.timed += edges;
  add(sums.time, 0, timeCount);
  add(sums.yaw, timeCount, yawSteps.length);
  add(sums.pitch, timeCount + yawSteps.length, pitchSteps.length);
}

function resultOf(sums: Sums, isMeasuring: boolean): Alignment {
  const curve = (steps: readonly number[], sum: readonly number[], weight: number): Curve | null => {
    if (sum.length === 0 || weight === 0) return null;
    const scores = sum.map((value) => value / weight);
    return { steps, scores, peak: peakOf(steps, scores) };
  };
  return {
    isMeasuring,
    frames: sums.frames,
    edges: sums.edges,
    time: curve(timeSteps, sums.time, sums.timed),
    yaw: curve(yawSteps, sums.yaw, sums.edges),
    pitch: curve(pitchSteps, sums.pitch, sums.edges),
  };
}
