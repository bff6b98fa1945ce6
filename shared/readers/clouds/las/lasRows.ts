/**
 * Turns LAS points into rows of x, y, z, intensity. Points arrive in blocks, as the file or the decompressor has them;
 * their whole-number coordinates are kept in the output's own bytes until all are there, since only then is it known
 * where the cloud lies, and scale, offset and origin are then applied in doubles, in place.
 */
import type { Vec3 } from '../../../model/pose.ts';
import type { Sweep } from '../../../model/sweep.ts';
import type { BufferPool } from '../bufferPool.ts';
import { measureRows, originOf } from '../sweepMeasures.ts';
import type { LasHeader } from './lasHeader.ts';

const STRIDE = 4;
const VALUE_BYTES = 4;
/** x, y and z stand first, intensity behind them, in a point of every format. */
const INTENSITY_AT = 12;
const ORIGIN_SAMPLES = 63;

export class LasRows {
  readonly #header: LasHeader;
  readonly #pool: BufferPool;
  #buffer: ArrayBuffer;
  #whole: Int32Array;
  #count = 0;
  #least = new Int32Array(3).fill(0x7fff_ffff);
  #most = new Int32Array(3).fill(-0x8000_0000);
  #intensityMax = 0;

  /** `expected` points get their room at once; more are taken too. */
  constructor(header: LasHeader, expected: number, pool: BufferPool) {
    this.#header = header;
    this.#pool = pool;
    this.#buffer = pool.acquire(expected * STRIDE * VALUE_BYTES);
    this.#whole = new Int32Array(this.#buffer);
  }

  get count(): number {
    return this.#count;
  }

  /** Takes `count` points that stand one after another in `bytes`. */
  add(bytes: Uint8Array, count: number): void {
    this.#makeRoom(count);
    const { rowBytes } = this.#header;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = this.#whole;
    const floats = new Float32Array(this.#buffer);
    let [minX, minY, minZ] = [this.#least[0]!, this.#least[1]!, this.#least[2]!];
    let [maxX, maxY, maxZ] = [this.#most[0]!, this.#most[1]!, this.#most[2]!];
    let brightest = this.#intensityMax;
    let to = this.#count * STRIDE;
    for (let i = 0, at = 0; i < count; i++, at += rowBytes, to += STRIDE) {
      const x = view.getInt32(at, true);
      const y = view.getInt32(at + 4, true);
      const z = view.getInt32(at + 8, true);
      const intensity = view.getUint16(at + INTENSITY_AT, true);
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
      if (z < minZ) minZ = z;
      if (z > maxZ) maxZ = z;
      if (intensity > brightest) brightest = intensity;
      whole[to] = x;
      whole[to + 1] = y;
      whole[to + 2] = z;
      floats[to + 3] = intensity;
    }
    this.#least.set([minX, minY, minZ]);
    this.#most.set([maxX, maxY, maxZ]);
    this.#intensityMax = brightest;
    this.#count += count;
  }

  /** The sweep of all points added. Its buffer is the pool's; nothing may be added afterwards. */
  finish(): Sweep {
    const count = this.#count;
    const origin = this.#origin();
    const [scaleX, scaleY, scaleZ] = this.#header.scale;
    const { offset } = this.#header;
    const [shiftX, shiftY, shiftZ] = [offset[0] - origin[0], offset[1] - origin[1], offset[2] - origin[2]];
    const whole = this.#whole;
    const interleaved = new Float32Array(this.#buffer, 0, count * STRIDE);
    for (let at = 0; at < count * STRIDE; at += STRIDE) {
      interleaved[at] = whole[at]! * scaleX + shiftX;
      interleaved[at + 1] = whole[at + 1]! * scaleY + shiftY;
      interleaved[at + 2] = whole[at + 2]! * scaleZ + shiftZ;
    }
    return {
      count,
      interleaved,
      strideFloats: STRIDE,
      position: 0,
      intensity: 3,
      ring: -1,
      finiteCount: count,
      bounds: this.#bounds(),
      intensityMax: this.#intensityMax,
      origin,
    };
  }

  /** Gives the buffer back without making a sweep of it. */
  discard(): void {
    this.#pool.release(this.#buffer);
  }

  #makeRoom(count: number): void {
    const needed = (this.#count + count) * STRIDE * VALUE_BYTES;
    if (needed <= this.#buffer.byteLength) return;
    const larger = this.#pool.acquire(Math.max(needed, 2 * this.#buffer.byteLength));
    new Int32Array(larger).set(this.#whole.subarray(0, this.#count * STRIDE));
    this.#pool.release(this.#buffer);
    this.#buffer = larger;
    this.#whole = new Int32Array(larger);
  }

  #bounds(): Sweep['bounds'] {
    if (this.#count === 0) return [0, 0, 0, 0, 0, 0];
    const { scale, offset } = this.#header;
    const at = (axis: 0 | 1 | 2, ends: Int32Array) => ends[axis]! * scale[axis] + offset[axis];
    // A negative scale turns an axis around.
    const lower = (axis: 0 | 1 | 2) => Math.min(at(axis, this.#least), at(axis, this.#most));
    const upper = (axis: 0 | 1 | 2) => Math.max(at(axis, this.#least), at(axis, this.#most));
    return [lower(0), lower(1), lower(2), upper(0), upper(1), upper(2)];
  }

  /** As for every other cloud, from a few points spread over it: enough to tell where their median lies. */
  #origin(): Vec3 {
    const step = Math.max(1, Math.floor(this.#count / ORIGIN_SAMPLES));
    const samples: number[] = [];
    const { scale, offset } = this.#header;
    for (let i = 0; i < this.#count; i += step) {
      for (const axis of [0, 1, 2] as const) {
        samples.push(this.#whole[i * STRIDE + axis]! * scale[axis] + offset[axis]);
      }
    }
    const values = Float64Array.from(samples);
    const rows = { values, count: samples.length / 3, stride: 3, position: 0, intensity: -1 };
    return originOf(rows, measureRows(rows));
  }
}
