/**
 * How the vehicle moves from frame to frame, against what the steps around each lead one to expect: by real times, in
 * the world.
 */
import { invertRigid, isRigid, multiply, transformDirection } from '../../geometry/matrix.ts';
import { quaternionFromRotation } from '../../geometry/rotation.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import { median } from '../../scoring/boxResiduals.ts';
import type { CheckScene } from '../scene.ts';

/** What one step is off by. */
export interface PoseStep {
  /** Position in the scene of the frame that it leads to. */
  readonly at: number;
  readonly seconds: number;
  /** Of the vehicle's origin, metres in the world, beyond what its neighbours lead one to expect. */
  readonly move: Vec3;
  /** The same for its turning: a rotation vector in the world, radians. */
  readonly turn: Vec3;
  /** What the vehicle's own driving may make of it: metres, and radians. */
  readonly moveAllowance: number;
  readonly turnAllowance: number;
}

/** Something that goes on from frame to frame. */
export interface Pace {
  /** Position in the scene of the frame it leads to; the one before is where it leads from. */
  readonly at: number;
  readonly seconds: number;
  /** A second. */
  readonly rate: readonly number[];
}

/** So many steps, the nearest, say what is to be expected: with fewer than three one odd one would decide. */
const mostNear = 4;
const leastNear = 3;
/** How far away they may be: steps, and seconds. */
const reach = 4;
const farthest = 2.1;
/** How fast a vehicle's motion changes: once for what is even on both sides, once for a one-sided look. */
const jerk = 3;
const braking = 4;
const turnJerk = 0.6;

/** What a step ought to come to by the median of those around it; null where too few are near. */
export function expectedOf(
  paces: readonly Pace[],
  index: number,
): { readonly rate: number[]; readonly distance: number; readonly lean: number } | null {
  const { at, seconds } = paces[index]!;
  const near = paces
    .slice(Math.max(0, index - reach), index + reach + 1)
    .filter((pace) => {
      const away = Math.abs(pace.at - at);
      return away > 0 && away <= reach && away * seconds <= farthest;
    })
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))
    .slice(0, mostNear);
  if (near.length < leastNear) return null;
  const rate = paces[index]!.rate.map((_, axis) => median(near.map((pace) => pace.rate[axis]!)));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    rate,
    distance: seconds * mean(near.map((pace) => Math.abs(pace.at - at))),
    lean: seconds * Math.abs(mean(near.map((pace) => pace.at - at))),
  };
}

export function poseSteps({ frames, seconds }: CheckScene): PoseStep[] {
  const paces: Pace[] = [];
  let before = -1;
  for (const [at, { worldFromSpace }] of frames.entries()) {
    if (!worldFromSpace || !isRigid(worldFromSpace) || Number.isNaN(seconds[at]!)) continue;
    const from = before < 0 ? undefined : frames[before]!.worldFromSpace!;
    const passed = before < 0 ? 0 : seconds[at]! - seconds[before]!;
    if (from && passed > 0) {
      const rate = [...moveOf(from, worldFromSpace), ...turnOf(from, worldFromSpace)].map(
        (value) => value / passed,
      );
      paces.push({ at, seconds: passed, rate });
    }
    before = at;
  }
  return paces.flatMap((pace, index) => {
    const expected = expectedOf(paces, index);
    if (!expected) return [];
    const off = pace.rate.map((value, axis) => (value - expected.rate[axis]!) * pace.seconds);
    const { distance, lean } = expected;
    return [
      {
        at: pace.at,
        seconds: pace.seconds,
        move: [off[0]!, off[1]!, off[2]!] as const,
        turn: [off[3]!, off[4]!, off[5]!] as const,
        moveAllowance: (jerk * distance + braking * lean) * pace.seconds,
        turnAllowance: turnJerk * (distance + lean) * pace.seconds,
      },
    ];
  });
}

function moveOf(from: Mat4, to: Mat4): Vec3 {
  return [to[3]! - from[3]!, to[7]! - from[7]!, to[11]! - from[11]!];
}

/** Rotation vector of the turn from one pose to the next, in the world's axes. */
function turnOf(from: Mat4, to: Mat4): Vec3 {
  const [x, y, z, w] = quaternionFromRotation(multiply(invertRigid(from), to), 4);
  const sine = Math.hypot(x, y, z);
  const scale = sine > 0 ? (2 * Math.atan2(sine, w)) / sine : 0;
  return transformDirection(from, [x * scale, y * scale, z * scale]);
}
