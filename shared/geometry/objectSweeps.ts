/**
 * Sweeps laid over a frame along with an object's own motion: what the object's surface was seen as at another instant
 * is carried to where the object is now, so that a moving one becomes as sharp as a standing one. The motion is that
 * of the object's own labels, between two of them and never beyond.
 */
import type { FrameList } from '../model/delivery.ts';
import { type CuboidColumns, CuboidFlag, NO_TRACK } from '../model/labels.ts';
import type { Mat4, Quaternion, Vec3 } from '../model/pose.ts';
import type { CuboidShape } from './cuboid.ts';
import { transformCuboid } from './cuboid.ts';
import { invertRigid, matrixFromPose, multiply } from './matrix.ts';
import { type MergedSweep, poseBetween } from './mergedSweeps.ts';

/** Labels further apart in time say too little about what happened between them, nanoseconds. */
const farthestApart = 1_200_000_000n;

/** A label of the object in the space of the frame that is looked at. */
interface Seen {
  readonly nanos: bigint | null;
  readonly frame: number;
  readonly shape: CuboidShape;
}

/**
 * For each of the sweeps: the motion within the frame's space that carries the object at `row` from where it was then
 * to where the label has it. Null where that is not known: no track, no labels around that time, no times.
 */
export function objectMotions(
  frames: FrameList,
  cuboids: CuboidColumns,
  row: number,
  sweeps: readonly Pick<MergedSweep, 'taken'>[],
): (Mat4 | null)[] {
  const track = cuboids.track[row]!;
  const isUsable = (cuboids.flags[row]! & CuboidFlag.unusable) === 0;
  if (track === NO_TRACK || !isUsable || sweeps.length === 0) return sweeps.map(() => null);
  const at = cuboids.frame[row]!;
  const labels = new Map<number, Seen | null>();
  const labelIn = (frame: number): Seen | null => {
    const known = labels.get(frame);
    if (known !== undefined) return known;
    const seen = seenLabel(frames, cuboids, track, frame, at);
    labels.set(frame, seen);
    return seen;
  };
  const now = shapeAt(cuboids, row);
  const nowFromObject = matrixFromPose(now.rotation, now.center);
  return sweeps.map(({ taken }) => {
    const then = taken.isOfFrame ? labelIn(taken.frame)?.shape : between(labelIn, taken);
    return then ? multiply(nowFromObject, invertRigid(matrixFromPose(then.rotation, then.center))) : null;
  });
}

function shapeAt({ center, size, rotation }: CuboidColumns, row: number): CuboidShape {
  return {
    center: [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!],
    size: [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!],
    rotation: [rotation[4 * row]!, rotation[4 * row + 1]!, rotation[4 * row + 2]!, rotation[4 * row + 3]!],
  };
}

/** The track's label of one frame, in the space of frame `at`. */
function seenLabel(
  frames: FrameList,
  cuboids: CuboidColumns,
  track: number,
  frame: number,
  at: number,
): Seen | null {
  const [here, there] = [frames.at(at), frames.at(frame)];
  if (!here || !there || here.scene !== there.scene) return null;
  const pose = poseBetween(here, there);
  if (!pose) return null;
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (cuboids.track[row] !== track || cuboids.flags[row]! & CuboidFlag.unusable) continue;
    const nanos = there.timestampNanos === null ? null : BigInt(there.timestampNanos);
    return { nanos, frame, shape: transformCuboid(pose, shapeAt(cuboids, row)) };
  }
  return null;
}

/** The object at a time between the frame that the sweep was taken before and the labelled one before that. */
function between(labelIn: (frame: number) => Seen | null, { frame, nanos }: MergedSweep['taken']) {
  const [before, after] = [labelIn(frame - 1), labelIn(frame)];
  if (nanos === null || !before?.nanos || !after?.nanos) return null;
  const time = BigInt(nanos);
  const span = after.nanos - before.nanos;
  if (span <= 0n || span > farthestApart || time < before.nanos || time > after.nanos) return null;
  const share = Number(time - before.nanos) / Number(span);
  return mixed(before.shape, after.shape, share);
}

function mixed(a: CuboidShape, b: CuboidShape, share: number): CuboidShape {
  const mix = (axis: 0 | 1 | 2): number => a.center[axis] + share * (b.center[axis] - a.center[axis]);
  const center: Vec3 = [mix(0), mix(1), mix(2)];
  return { center, size: a.size, rotation: turned(a.rotation, b.rotation, share) };
}

/** Along the shorter arc from a to b (Shoemake, 1985); both of length 1. */
function turned(a: Quaternion, b: Quaternion, share: number): Quaternion {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = dot < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, Math.abs(dot)));
  const isSame = angle < 1e-6;
  const from = isSame ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
  const to = (isSame ? share : Math.sin(share * angle) / Math.sin(angle)) * sign;
  const mix = (part: 0 | 1 | 2 | 3): number => from * a[part] + to * b[part];
  const [x, y, z, w] = [mix(0), mix(1), mix(2), mix(3)];
  const length = Math.hypot(x, y, z, w);
  return [x / length, y / length, z / length, w / length];
}
