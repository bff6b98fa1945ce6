/**
 * POSE: poses that are no rigid motion, and steps that the vehicle cannot have made. Where enough objects carry labels
 * they are asked first: if they all jump in the world by the same motion it is the pose, and what it did to their
 * speeds, turns and spreads is told once, here; if they stand still the vehicle really moved like that.
 */
import { invertRigid, rigidDeviation, transformPoint } from '../../geometry/matrix.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { Check, CheckSink, Explained } from '../contract.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { type CommonJump, commonJumps } from './commonJump.ts';
import { type PoseStep, poseSteps } from './poseSteps.ts';

/** A turn is told by how far it moves what stands so far away, metres. */
const leverMeters = 20;
/** The labels' common motion is that of the pose where the two differ by no more than this. */
const sameMeters = 0.1;
const sameShare = 0.3;
/** Motion is fitted over a second: findings so far from the jump may still be its doing, seconds. */
const fitReach = 0.6;

export const poseCheck: Check = {
  id: 'POSE',
  version: 1,
  looksAt: 'frame',
  needs: ['poses'],
  code: 'POSE',
  quantity: { unit: 'm', wrong: 'above', range: [0, 3] },
  limits: {
    /** Of the vehicle itself, beyond what its driving allows. */
    jump: { soft: 0.5, hard: 1 },
    /** Of the labels that move as one. */
    labels: { soft: 0.3, hard: 1 },
    /** What the skew or scale of the matrix makes of a point at the lever's end. */
    rigid: { soft: 0.02, hard: 0.2 },
  },
  run(scene, sink) {
    measureRigid(scene, sink);
    measureSteps(scene, sink);
  },
};

function measureRigid({ frames, scene }: CheckScene, sink: CheckSink): void {
  for (const [at, { worldFromSpace }] of frames.entries()) {
    if (!worldFromSpace) continue;
    const value = leverMeters * rigidDeviation(worldFromSpace);
    const params = { meters: hundredths(value), lever: leverMeters };
    const frame = scene.frameStart + at;
    sink.measure({ frame, value, limitKey: 'rigid', says: 'rigid', params, owner: 'data' });
  }
}

function measureSteps(scene: CheckScene, sink: CheckSink): void {
  const commons = commonJumps(scene);
  let lastHit = Number.NEGATIVE_INFINITY;
  for (const step of poseSteps(scene)) {
    const { at } = step;
    // A single pose that is off makes two steps: there and back. It is told where it begins.
    if (at === lastHit + 1) continue;
    const common = commons.get(at);
    const isHit = common ? measureCommon(scene, step, common, sink) : measureVehicle(scene, step, sink);
    if (isHit) lastHit = at;
  }
}

function measureVehicle(scene: CheckScene, step: PoseStep, sink: CheckSink): boolean {
  const { soft, hard } = limitsInForce(poseCheck, scene.settings, 'jump');
  const [moved, turned] = [Math.hypot(...step.move), Math.hypot(...step.turn)];
  const isTurn = leverMeters * turned > moved;
  const value = isTurn ? leverMeters * turned : moved;
  const allowance = isTurn ? leverMeters * step.turnAllowance : step.moveAllowance;
  const limits = { soft: soft && soft + allowance, hard: hard && hard + allowance };
  sink.measure({
    ...{ frame: scene.scene.frameStart + step.at, value, limitKey: 'jump', limits, owner: 'data' },
    ...{ says: isTurn ? 'turn' : 'jump', params: paramsOf(moved, turned) },
    explains: explainedBy(scene, step),
  });
  return limits.soft !== null && value > limits.soft;
}

function measureCommon(scene: CheckScene, step: PoseStep, common: CommonJump, sink: CheckSink): boolean {
  const { soft } = limitsInForce(poseCheck, scene.settings, 'labels');
  const isPose = agrees(scene, step, common);
  const frame = scene.scene.frameStart + step.at;
  sink.measure({
    ...{ frame, value: common.meters, limitKey: 'labels', owner: 'data', code: isPose ? 'POSE' : 'SYNC' },
    says: isPose ? 'labels' : 'stray',
    params: { ...paramsOf(common.meters, Math.abs(common.turn)), objects: common.objects },
    evidence: () => jumpsOfLabels(scene, frame),
    explains: explainedBy(scene, step),
  });
  return soft !== null && common.meters > soft;
}

/** Whether the vehicle's own path shows the jump that its labels make. */
function agrees({ frames }: CheckScene, step: PoseStep, { move, turn, middle }: CommonJump): boolean {
  const pose = frames[step.at]!.worldFromSpace!;
  const [x, y] = [pose[3]! - middle[0], pose[7]! - middle[1]];
  const [u, v] = [move[0] - turn * y, move[1] + turn * x];
  const off = Math.hypot(step.move[0] - u, step.move[1] - v);
  const offTurn = Math.abs(step.turn[2] - turn);
  const farTurn = step.turnAllowance + sameMeters / leverMeters + sameShare * Math.abs(turn);
  return off <= step.moveAllowance + sameMeters + sameShare * Math.hypot(u, v) && offTurn <= farTurn;
}

function explainedBy({ scene }: CheckScene, { at, seconds }: PoseStep): Explained {
  const reach = Math.ceil(fitReach / seconds);
  const first = Math.max(0, at - 1 - reach);
  const last = Math.min(scene.frameCount - 1, at + 1 + reach);
  return {
    checks: ['SPEED', 'ACCEL', 'YAWRATE', 'CRAB', 'FLIP', 'IDJUMP', 'IDSW', 'ATTRMOT', 'COPY', 'GAP'],
    anywhere: ['STATIC'],
    frames: [scene.frameStart + first, scene.frameStart + last],
  };
}

/** From where the objects stood to where their labels went, in the frame's space. */
function jumpsOfLabels({ tracks, index }: CheckScene, frame: number): Evidence[] {
  const shown = 12;
  return tracks
    .flatMap(({ moments }): Evidence[] => {
      const at = moments.findIndex((moment) => moment.frame === frame);
      const [from, to] = [moments[at - 1], moments[at]];
      const pose = index.delivery.frames.at(frame)!.worldFromSpace;
      if (!from?.place || !to?.place || !pose) return [];
      const inFrame = (place: Vec3): Vec3 => transformPoint(invertRigid(pose), place);
      return [{ kind: 'segment', role: 'path', from: [...inFrame(from.place)], to: [...inFrame(to.place)] }];
    })
    .slice(0, shown);
}

function paramsOf(meters: number, radians: number): { meters: number; degrees: number } {
  return { meters: hundredths(meters), degrees: Math.round((1800 * radians) / Math.PI) / 10 };
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}
