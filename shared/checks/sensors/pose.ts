/**
 * POSE: poses that are no rigid motion, and steps that the vehicle cannot have made. Where enough objects carry labels
 * they are asked first: if they all jump in the world by the same motion it is the pose, and what it did to their
 * speeds, turns and spreads is told once, here; if they stand still the vehicle really moved like that.
 */
import { invertRigid, rigidDeviation, transformPoint } from '../../geometry/matrix.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { Check, CheckSink, Explained, LimitPair } from '../contract.ts';
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
const backShare = 0.6;
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
  const steps = poseSteps(scene).map((step): Jump => {
    const common = commons.get(step.at) ?? null;
    return { ...step, common, ...(common ? ofLabels(scene, step, common) : ofVehicle(scene, step)) };
  });
  let done = Number.NEGATIVE_INFINITY;
  for (const [index, jump] of steps.entries()) {
    if (jump.at < done) continue;
    const back = jump.isHit ? steps.slice(index + 1).find((other) => other.isHit) : undefined;
    // There and back again: all that lies between is off, and it is told once. What remains is where it begins.
    const end = back && isBack(jump, back) ? back.at : jump.at + 1;
    if (jump.isHit) done = end + 1;
    for (let at = jump.at; at < end; at++) {
      sink.measure({
        ...{ frame: scene.scene.frameStart + at, subject: `jump ${jump.at}`, owner: 'data' },
        ...{ value: jump.value, limitKey: jump.limitKey, limits: jump.limits, says: jump.says },
        ...{ code: jump.says === 'stray' ? 'SYNC' : 'POSE', params: jump.params },
        evidence: () => (jump.common ? jumpsOfLabels(scene, scene.scene.frameStart + jump.at) : []),
        explains: explainedBy(scene, jump.at, end, jump.seconds),
      });
    }
  }
}

/** A step with what is measured of it. */
interface Jump extends PoseStep, JumpMeasure {
  readonly common: CommonJump | null;
}

interface JumpMeasure {
  readonly value: number;
  readonly limitKey: 'labels' | 'jump';
  readonly limits: LimitPair;
  readonly says: 'labels' | 'stray' | 'jump' | 'turn';
  readonly params: Readonly<Record<string, number>>;
  readonly isHit: boolean;
}

/** Whether a jump undoes the one before: as far, the other way. */
function isBack(jump: Jump, back: Jump): boolean {
  const [u, v] = [jump.move[0] + back.move[0], jump.move[1] + back.move[1]];
  const length = Math.max(Math.hypot(jump.move[0], jump.move[1]), Math.hypot(back.move[0], back.move[1]));
  const turns = Math.abs(jump.turn[2] + back.turn[2]);
  const turn = Math.max(Math.abs(jump.turn[2]), Math.abs(back.turn[2]));
  // Jumps that stand close together spoil what each is expected from.
  const isFar = Math.hypot(u, v) > backShare * length + sameMeters + jump.moveAllowance;
  return !isFar && turns <= backShare * turn + sameMeters / leverMeters + jump.turnAllowance;
}

function ofVehicle(scene: CheckScene, step: PoseStep): JumpMeasure {
  const { soft, hard } = limitsInForce(poseCheck, scene.settings, 'jump');
  const [moved, turned] = [Math.hypot(...step.move), Math.hypot(...step.turn)];
  const isTurn = leverMeters * turned > moved;
  const value = isTurn ? leverMeters * turned : moved;
  const allowance = isTurn ? leverMeters * step.turnAllowance : step.moveAllowance;
  const limits = { soft: soft && soft + allowance, hard: hard && hard + allowance };
  const isHit = limits.soft !== null && value > limits.soft;
  const says = isTurn ? 'turn' : 'jump';
  return { value, limitKey: 'jump', limits, says, params: paramsOf(moved, turned), isHit };
}

function ofLabels(scene: CheckScene, step: PoseStep, common: CommonJump): JumpMeasure {
  const limits = limitsInForce(poseCheck, scene.settings, 'labels');
  const says = agrees(scene, step, common) ? 'labels' : 'stray';
  const params = { ...paramsOf(common.meters, Math.abs(common.turn)), objects: common.objects };
  const isHit = limits.soft !== null && common.meters > limits.soft;
  return { value: common.meters, limitKey: 'labels', limits, says, params, isHit };
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

/** Of what is off from position `at` of the scene up to `end`. */
function explainedBy({ scene }: CheckScene, at: number, end: number, seconds: number): Explained {
  const reach = Math.ceil(fitReach / seconds);
  const first = Math.max(0, at - 1 - reach);
  const last = Math.min(scene.frameCount - 1, end + reach);
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
