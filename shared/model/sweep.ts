/**
 * The points of one lidar revolution, ready for the GPU: one interleaved float32 buffer. Float-only clouds keep
 * the bytes they came with (`strideFloats` is then the file's own row); every other row layout is repacked to
 * x, y, z, intensity.
 */
import type { Vec3 } from './pose.ts';

export interface Sweep {
  readonly count: number;
  /** Rows of `strideFloats` float32; may be longer than count * strideFloats (pooled). */
  readonly interleaved: Float32Array<ArrayBuffer>;
  readonly strideFloats: number;
  /** Offset of each field in a row, in floats; -1 = the file has none. x, y, z stand at `position`. */
  readonly position: number;
  readonly intensity: number;
  readonly ring: number;
  /** Seconds since the sweep's first point; absent = -1. */
  readonly time?: number;
  /** Points whose x, y and z are all finite. */
  readonly finiteCount: number;
  /** Bounds over finite points in float64, before the rebase: [minX, minY, minZ, maxX, maxY, maxZ]. */
  readonly bounds: readonly [number, number, number, number, number, number];
  /** Largest finite intensity, for normalising colours; 0 where there is none. */
  readonly intensityMax: number;
  /** Add to a stored position to get the file's own coordinates; zero unless the cloud lies far from its origin. */
  readonly origin: Vec3;
}
