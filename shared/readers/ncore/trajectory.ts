/**
 * A pose that changes with time: samples of a rotation and a place, between them slerp and straight lines, in doubles.
 * Before the first sample and after the last one there is no pose.
 */
import { matrixFromPose } from '../../geometry/matrix.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';

/** Cosine of the angle beyond which slerp and a straight line no longer differ. */
const NEARLY_ONE = 1 - 1e-10;

export class Trajectory {
  readonly #times: number[] = [];
  readonly #rotations: number[] = [];
  readonly #places: number[] = [];
  /** Where the last time was found: readings ask in order. */
  #near = 0;

  get length(): number {
    return this.#times.length;
  }

  get first(): number | undefined {
    return this.#times[0];
  }

  get last(): number | undefined {
    return this.#times.at(-1);
  }

  /** False where the time does not lie after all before it: the sample is not taken. */
  add(time: number, rotation: Quaternion, place: Vec3): boolean {
    const last = this.#times.at(-1);
    if (!Number.isFinite(time) || (last !== undefined && time <= last)) return false;
    this.#times.push(time);
    this.#rotations.push(...rotation);
    this.#places.push(...place);
    return true;
  }

  covers(time: number): boolean {
    return this.#times.length > 0 && time >= this.#times[0]! && time <= this.#times.at(-1)!;
  }

  /** Null outside the samples' own span. */
  at(time: number): Mat4 | null {
    if (!this.covers(time)) return null;
    const sample = this.#sampleBefore(time);
    const start = this.#times[sample]!;
    const end = this.#times[sample + 1];
    const share = end === undefined ? 0 : (time - start) / (end - start);
    if (share === 0) return matrixFromPose(this.#rotation(sample), this.#place(sample));
    const [ax, ay, az] = this.#place(sample);
    const [bx, by, bz] = this.#place(sample + 1);
    const rotation = slerp(this.#rotation(sample), this.#rotation(sample + 1), share);
    return matrixFromPose(rotation, [ax + share * (bx - ax), ay + share * (by - ay), az + share * (bz - az)]);
  }

  /** Largest index whose time is not after `time`. */
  #sampleBefore(time: number): number {
    const times = this.#times;
    const isHere = (i: number) => times[i]! <= time && (i + 1 === times.length || times[i + 1]! > time);
    if (isHere(this.#near)) return this.#near;
    let low = 0;
    let high = times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    this.#near = low;
    return low;
  }

  #rotation(i: number): Quaternion {
    const [x, y, z, w] = this.#rotations.slice(4 * i, 4 * i + 4) as [number, number, number, number];
    return [x, y, z, w];
  }

  #place(i: number): Vec3 {
    const [x, y, z] = this.#places.slice(3 * i, 3 * i + 3) as [number, number, number];
    return [x, y, z];
  }
}

/** Along the shorter way round, with even speed; both of length 1. */
export function slerp(from: Quaternion, to: Quaternion, share: number): Quaternion {
  const dot = from[0] * to[0] + from[1] * to[1] + from[2] * to[2] + from[3] * to[3];
  const sign = dot < 0 ? -1 : 1;
  const cosine = Math.min(1, sign * dot);
  const angle = Math.acos(cosine);
  const isTiny = cosine > NEARLY_ONE;
  const a = isTiny ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
  const b = sign * (isTiny ? share : Math.sin(share * angle) / Math.sin(angle));
  const mixed: Quaternion = [
    a * from[0] + b * to[0],
    a * from[1] + b * to[1],
    a * from[2] + b * to[2],
    a * from[3] + b * to[3],
  ];
  const norm = Math.hypot(...mixed);
  return [mixed[0] / norm, mixed[1] / norm, mixed[2] / norm, mixed[3] / norm];
}
