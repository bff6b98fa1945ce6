/**
 * Where the vehicle was in the city at any time of a log. City coordinates reach tens of kilometres, so the log's first
 * place, rounded to whole metres, is taken off in doubles: the world of a log starts near zero and keeps its directions.
 */
import { matrixFromPose } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import type { LogTable } from './logTable.ts';

interface EgoPose {
  readonly nanos: bigint;
  readonly rotation: Quaternion;
  readonly translation: Vec3;
}

/** Poses are 5 to 20 ms apart; across a gap longer than this nothing is known about the vehicle. */
const LONGEST_GAP_NANOS = 500_000_000n;

function mixed(a: readonly number[], b: readonly number[], share: number, sign = 1): number[] {
  return a.map((value, i) => value * (1 - share) + sign * b[i]! * share);
}

/** Between two poses: along the line, and along the shorter turn (so small that its speed is even). */
function between(before: EgoPose, after: EgoPose, nanos: bigint): Mat4 | null {
  const share = Number(nanos - before.nanos) / Number(after.nanos - before.nanos);
  const dot = before.rotation.reduce((sum, value, i) => sum + value * after.rotation[i]!, 0);
  const turn = mixed(before.rotation, after.rotation, share, dot < 0 ? -1 : 1);
  const rotation = normalizeQuaternion(turn as unknown as Quaternion);
  const translation = mixed(before.translation, after.translation, share) as unknown as Vec3;
  return rotation && matrixFromPose(rotation, translation);
}

export class EgoPoses {
  /** City coordinates of the world's origin: add it to get back to the city, metres. */
  readonly origin: Vec3;
  /** Rows that hold no pose. */
  readonly badRows: number;
  readonly #poses: readonly EgoPose[];

  /** `table` has `timestamp_ns` and the pose columns, city from ego vehicle, in any order of time. */
  constructor(table: LogTable) {
    const poses: EgoPose[] = [];
    for (let row = 0; row < table.rows; row++) {
      const nanos = table.nanos('timestamp_ns', row);
      const rotation = normalizeQuaternion(table.rotation(row));
      const translation = table.translation(row);
      if (nanos !== null && rotation && translation.every(Number.isFinite)) {
        poses.push({ nanos, rotation, translation });
      }
    }
    poses.sort((a, b) => (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0));
    const [x, y, z] = poses[0]?.translation ?? [0, 0, 0];
    const origin: Vec3 = [Math.round(x), Math.round(y), Math.round(z)];
    this.origin = origin;
    this.badRows = table.rows - poses.length;
    this.#poses = poses.map((pose) => ({
      ...pose,
      translation: pose.translation.map((value, axis) => value - origin[axis]!) as unknown as Vec3,
    }));
  }

  /** World from ego vehicle; null where the log says nothing about that time. */
  at(nanos: bigint): Mat4 | null {
    const poses = this.#poses;
    let low = 0;
    let high = poses.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (poses[middle]!.nanos < nanos) low = middle + 1;
      else high = middle;
    }
    const after = poses[low];
    if (after?.nanos === nanos) return matrixFromPose(after.rotation, after.translation);
    const before = poses[low - 1];
    if (!before || !after || after.nanos - before.nanos > LONGEST_GAP_NANOS) return null;
    return between(before, after, nanos);
  }
}
