/**
 * TIME: pictures against that camera's own usual offset from the sweep (cameras of a rolling rig are off by design),
 * the period of the frames, their order, and the clock that the labels of a camera themselves ask for.
 */
import { statedSeconds } from '../../geometry/sceneMotion.ts';
import type { Frame } from '../../model/delivery.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { cameraVerdicts } from './cameraVerdicts.ts';
import { measureClocks } from './clocks.ts';
import { usual } from './spread.ts';

/** Fewer pictures do not show what is usual for a camera, fewer steps not what is usual for a recording. */
const leastTimes = 5;
/** A rig whose cameras run free scatters evenly: what lies within so many deviations is usual there. */
const mostDeviations = 6;
/** Share of the period that it may vary by. */
const periodShare = 0.1;
/** Frames follow one another by more than the clock can resolve, seconds. */
const leastStep = 1e-6;

export const timeCheck: Check = {
  id: 'TIME',
  version: 1,
  looksAt: 'camera',
  needs: ['times'],
  code: 'SYNC',
  quantity: { unit: 's', wrong: 'above', range: [0, 0.1] },
  limits: {
    camera: { soft: 0.025, hard: 0.05 },
    /** At ten frames a second; other rates in proportion. */
    period: { soft: 0.01, hard: null },
    order: { soft: null, hard: -leastStep },
    clock: { soft: 0.02, hard: 0.05 },
  },
  run(scene, sink) {
    measureFrames(scene, sink);
    measureCameras(scene, sink);
    measureClocks(cameraVerdicts(scene), scene, sink);
  },
};

function measureFrames({ scene, frames, seconds, settings }: CheckScene, sink: CheckSink): void {
  const steps: { at: number; seconds: number }[] = [];
  let before = -1;
  for (const [at, now] of seconds.entries()) {
    if (Number.isNaN(now)) continue;
    if (before >= 0 && isOfOneSensor(frames[before]!, frames[at]!)) {
      steps.push({ at, seconds: now - seconds[before]! });
    }
    before = at;
  }
  for (const { at, seconds: step } of steps) {
    const params = { ms: milliseconds(step) };
    sink.measure({
      ...{ frame: scene.frameStart + at, value: -step, limitKey: 'order', says: 'order', params },
      owner: 'data',
    });
  }
  if (steps.length < leastTimes) return;
  const { median, mad } = usual(steps.map(({ seconds: step }) => step));
  const limits = settings.limits.TIME?.period ?? {
    soft: Math.max(periodShare * median, mostDeviations * mad),
    hard: null,
  };
  for (const { at, seconds: step } of steps) {
    if (step <= leastStep) continue;
    const value = Math.abs(step - median);
    const params = { ms: milliseconds(step), usual: milliseconds(median) };
    sink.measure({
      ...{ frame: scene.frameStart + at, value, limitKey: 'period', limits, says: 'period', params },
      owner: 'data',
    });
  }
}

/** Some formats list the pictures of one instant as a frame each: those follow no order. */
function isOfOneSensor(a: Frame, b: Frame): boolean {
  if (a.images.length !== 1 || b.images.length !== 1 || a.sweeps.length + b.sweeps.length > 0) return true;
  return a.images[0]!.camera === b.images[0]!.camera;
}

function measureCameras(scene: CheckScene, sink: CheckSink): void {
  const byCamera = new Map<number, { frame: number; seconds: number }[]>();
  for (const [at, frame] of scene.frames.entries()) {
    for (const image of frame.images) {
      const seconds = statedSeconds(frame, image);
      if (seconds === null) continue;
      const known = byCamera.get(image.camera) ?? [];
      known.push({ frame: scene.scene.frameStart + at, seconds });
      byCamera.set(image.camera, known);
    }
  }
  const { soft, hard } = limitsInForce(timeCheck, scene.settings, 'camera');
  for (const [camera, offsets] of byCamera) {
    if (offsets.length < leastTimes) continue;
    const { median, mad } = usual(offsets.map(({ seconds }) => seconds));
    const loose = mostDeviations * mad;
    const limits = { soft: soft && Math.max(soft, loose), hard: hard && Math.max(hard, loose) };
    for (const { frame, seconds } of offsets) {
      const value = Math.abs(seconds - median);
      const params = { ms: milliseconds(seconds), usual: milliseconds(median) };
      const explains = { checks: ['PROJ'], camera, frames: [frame, frame] } as const;
      sink.measure({
        ...{ frame, camera, value, limitKey: 'camera', limits, says: 'camera', params, explains },
        owner: 'data',
      });
    }
  }
}

function milliseconds(seconds: number): number {
  return Math.round(1e4 * seconds) / 10;
}
