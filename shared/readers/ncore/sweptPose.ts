/**
 * A pose over the short time of one sweep, asked for hundreds of thousands of times. It is worked out every millisecond
 * and taken along straight lines in between. At a turn of one radian a second that is off by a hundredth of a
 * millimetre at a hundred metres; where the speed jumps by 1 m/s from one sample of a pose to the next, by a quarter of a
 * millimetre.
 */
import type { Mat4 } from '../../model/pose.ts';

const STEP_MICROS = 1000;
const MOST_STEPS = 1024;
const ROWS = 12;

export class SweptPose {
  readonly #poseAt: (time: number) => Mat4 | null;
  readonly #start: number;
  readonly #step: number;
  readonly #steps: number;
  /** Twelve numbers a step; null where some step has no pose. */
  readonly #samples: Float64Array | null;

  /** `start` and `end`: first and last time that is going to be asked for, microseconds. */
  constructor(poseAt: (time: number) => Mat4 | null, start: number, end: number) {
    this.#poseAt = poseAt;
    this.#start = start;
    const span = end - start;
    this.#steps = Math.min(MOST_STEPS, Math.max(1, Math.ceil(span / STEP_MICROS)));
    this.#step = span > 0 ? span / this.#steps : 1;
    const samples = new Float64Array(ROWS * (this.#steps + 1));
    let isWhole = true;
    for (let i = 0; isWhole && i <= this.#steps; i++) {
      const pose = poseAt(i === this.#steps ? end : start + i * this.#step);
      if (pose) samples.set(pose.slice(0, ROWS), ROWS * i);
      else isWhole = false;
    }
    this.#samples = isWhole ? samples : null;
  }

  /** Moves the point at `from` of `rows` and writes it to `to`; false where there is no pose at that time. */
  move(time: number, rows: Float32Array, from: number, to: number): boolean {
    const x = rows[from]!;
    const y = rows[from + 1]!;
    const z = rows[from + 2]!;
    const samples = this.#samples;
    if (!samples) {
      const pose = this.#poseAt(time);
      if (!pose) return false;
      for (let axis = 0; axis < 3; axis++) {
        const row = 4 * axis;
        rows[to + axis] = pose[row]! * x + pose[row + 1]! * y + pose[row + 2]! * z + pose[row + 3]!;
      }
      return true;
    }
    const place = (time - this.#start) / this.#step;
    const before = Math.min(this.#steps - 1, Math.max(0, Math.floor(place)));
    const share = place - before;
    const at = ROWS * before;
    for (let axis = 0; axis < 3; axis++) {
      const row = at + 4 * axis;
      const first = samples[row]! * x + samples[row + 1]! * y + samples[row + 2]! * z + samples[row + 3]!;
      const next = row + ROWS;
      const second =
        samples[next]! * x + samples[next + 1]! * y + samples[next + 2]! * z + samples[next + 3]!;
      rows[to + axis] = first + share * (second - first);
    }
    return true;
  }
}

/** The swept pose over the times of some points; null where there are none. */
export function sweptPoseOver(
  poseAt: (time: number) => Mat4 | null,
  times: Int32Array | BigUint64Array | readonly number[],
): SweptPose | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    const time = Number(times[i]);
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return times.length > 0 ? new SweptPose(poseAt, first, last) : null;
}
