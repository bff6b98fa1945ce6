/**
 * An error of calibration, time or ego pose shows in many objects at once. It is told once, where the data's owner can
 * mend it; what it explains is counted there and not listed as errors of single labels.
 */
import { positionsOf } from '../model/frames.ts';
import { type DeliveryIndex, NO_LINK } from '../model/labels.ts';
import type { CheckFinding } from './finding.ts';
import type { MadeFinding } from './sink.ts';

export interface Routed {
  readonly findings: readonly CheckFinding[];
  /** By check: findings that a systematic one explains. */
  readonly explained: ReadonlyMap<string, number>;
}

type Stretch = readonly [first: number, last: number];

export function routeSystematic(made: readonly MadeFinding[]): Routed {
  const causes = made.filter(({ explains }) => explains !== undefined);
  const counts = causes.map(() => 0);
  const explained = new Map<string, number>();
  const left = made.filter((one) => {
    const at = causes.findIndex((cause) => cause !== one && isExplained(one, cause));
    if (at < 0) return true;
    counts[at]!++;
    explained.set(one.finding.check, (explained.get(one.finding.check) ?? 0) + 1);
    return false;
  });
  const countOf = new Map(causes.map((cause, at) => [cause, counts[at]!]));
  const findings = left.map((one) => ({ ...one.finding, explained: countOf.get(one) ?? 0 }));
  return { findings, explained };
}

function isExplained({ finding, span, camera, explains }: MadeFinding, cause: MadeFinding): boolean {
  const by = cause.explains;
  // One cause does not swallow another: each has its own owner and its own remedy.
  if (!by || explains) return false;
  if (by.camera !== undefined && camera !== by.camera) return false;
  if (by.anywhere?.includes(finding.check)) return true;
  if (!by.checks.includes(finding.check)) return false;
  return by.frames === undefined || meets(span, stretchOf(cause, by.frames));
}

/** A cause that goes on explains what lies anywhere along it, though it is told where it is worst. */
function stretchOf({ span }: MadeFinding, [first, last]: Stretch): Stretch {
  return [Math.min(first, span[0]), Math.max(last, span[1])];
}

function meets(a: Stretch, b: Stretch): boolean {
  return a[1] >= b[0] && a[0] <= b[1];
}

/** Which labels relied on what a systematic finding found to be off. */
export interface Reliance {
  /** First and last frame, index into `Delivery.frames`. */
  readonly frames: readonly [number, number];
  /** Index into `Delivery.cameras`; null = whatever was seen from. */
  readonly camera: number | null;
}

/**
 * What a finding of the data's own (calibration, time, pose) puts in doubt: the frames it goes on for, or its whole
 * scene where the camera as such is off. Null for findings of labels, and where the delivery no longer has its frames.
 */
export function relianceOn({ delivery }: DeliveryIndex, finding: CheckFinding): Reliance | null {
  if (finding.owner !== 'data') return null;
  const positions = positionsOf(delivery.frameIds);
  const [first, last] = [positions.get(finding.firstFrame), positions.get(finding.lastFrame)];
  if (first === undefined || last === undefined) return null;
  const camera = delivery.cameras.findIndex(({ name }) => name === finding.camera);
  if (!wholeScene.has(`${finding.check} ${finding.says}`)) {
    return { frames: [first, last], camera: camera < 0 ? null : camera };
  }
  const scene = delivery.scenes[delivery.frames.at(first)!.scene]!;
  const frames = [scene.frameStart, scene.frameStart + scene.frameCount - 1] as const;
  return { frames, camera: camera < 0 ? null : camera };
}

/** Told in one frame, true of all of the scene. */
const wholeScene = new Set([
  ...['rigid', 'lens', 'noLens', 'aim', 'inverted', 'turned', 'shifted'].map((says) => `CALIB ${says}`),
  ...['clock', 'allClocks'].map((says) => `TIME ${says}`),
]);

/**
 * `frame|label` of the cuboids that relied on what the finding found to be off: all of its frames, or those that carry
 * a 2D box in its camera. The units of verdicts are named alike.
 */
export function reliedOn(index: DeliveryIndex, finding: CheckFinding): Set<string> {
  const reliance = relianceOn(index, finding);
  const relied = new Set<string>();
  if (!reliance) return relied;
  const { cuboids, boxes2d } = index.labels;
  const { frames, camera } = reliance;
  const add = (row: number): void => {
    relied.add(`${index.delivery.frameIds.at(cuboids.frame[row]!)!}|${cuboids.id.at(row)!}`);
  };
  for (let frame = frames[0]; frame <= frames[1]; frame++) {
    if (camera === null) {
      for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) add(row);
      continue;
    }
    for (let box = boxes2d.frameStart[frame]!; box < boxes2d.frameStart[frame + 1]!; box++) {
      if (boxes2d.camera[box] === camera && boxes2d.cuboid[box]! !== NO_LINK) add(boxes2d.cuboid[box]!);
    }
  }
  return relied;
}
