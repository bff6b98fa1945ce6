/** The cameras of a log: lenses, where they stand in the vehicle, and which of their images belongs to a sweep. */
import { invertRigid, matrixFromPose, multiply } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { EgoPoses } from './egoPoses.ts';
import type { LogTable } from './logTable.ts';

export const LENS_COLUMNS = ['sensor_name', 'fx_px', 'fy_px', 'cx_px', 'cy_px'] as const;

export interface RigCamera {
  readonly name: string;
  readonly model: PinholeModel;
  /** Camera (x right, y down, z forward) from ego vehicle, both at the same time. */
  readonly cameraFromEgo: Mat4;
  readonly width?: number;
  readonly height?: number;
}

/**
 * The lens of a row. The owner's own projection leaves `k1`, `k2`, `k3` out, so they are only applied when asked for:
 * they are OpenCV's radial coefficients without tangential ones.
 */
function lensOf(table: LogTable, row: number, isDistorted: boolean): PinholeModel | null {
  const [fx, fy, cx, cy] = ['fx_px', 'fy_px', 'cx_px', 'cy_px'].map((name) => table.number(name, row)) as [
    number,
    number,
    number,
    number,
  ];
  if (!(fx > 0 && fy > 0) || ![fx, fy, cx, cy].every(Number.isFinite)) return null;
  const [k1, k2, k3] = ['k1', 'k2', 'k3'].map((name) => table.number(name, row)) as [number, number, number];
  const hasDistortion = isDistorted && [k1, k2, k3].every(Number.isFinite);
  return { kind: 'pinhole', fx, fy, cx, cy, distortion: hasDistortion ? [k1, k2, 0, 0, k3] : [] };
}

/** Where each sensor stands: ego vehicle from sensor, by name. Rows that are no pose are left out. */
function sensorPoses(extrinsics: LogTable): Map<string, Mat4> {
  const poses = new Map<string, Mat4>();
  for (let row = 0; row < extrinsics.rows; row++) {
    const rotation = normalizeQuaternion(extrinsics.rotation(row));
    const translation = extrinsics.translation(row);
    if (!rotation || !translation.every(Number.isFinite)) continue;
    poses.set(extrinsics.text('sensor_name', row), matrixFromPose(rotation, translation));
  }
  return poses;
}

export interface Rig {
  /** Cameras whose lens and place are both known. */
  readonly cameras: ReadonlyMap<string, RigCamera>;
  /** Cameras that either table names without being usable. */
  readonly unusable: readonly string[];
}

export function rigOf(intrinsics: LogTable, extrinsics: LogTable, isDistorted: boolean): Rig {
  const poses = sensorPoses(extrinsics);
  const cameras = new Map<string, RigCamera>();
  const unusable: string[] = [];
  for (let row = 0; row < intrinsics.rows; row++) {
    const name = intrinsics.text('sensor_name', row);
    const egoFromCamera = poses.get(name);
    const model = lensOf(intrinsics, row, isDistorted);
    if (!egoFromCamera || !model) {
      unusable.push(name);
      continue;
    }
    const [width, height] = [intrinsics.number('width_px', row), intrinsics.number('height_px', row)];
    cameras.set(name, {
      name,
      model,
      cameraFromEgo: invertRigid(egoFromCamera),
      ...(width > 0 && height > 0 ? { width, height } : {}),
    });
  }
  return { cameras, unusable };
}

/** The vehicle moves between the sweep and the picture: ego at the sweep -> city -> ego at the picture -> camera. */
export function cameraFromSweep(
  cameraFromEgo: Mat4,
  poses: EgoPoses | null,
  sweepNanos: bigint,
  imageNanos: bigint,
): Mat4 | null {
  const worldFromSweep = poses?.at(sweepNanos);
  const worldFromImage = poses?.at(imageNanos);
  if (!worldFromSweep || !worldFromImage) return null;
  return multiply(cameraFromEgo, multiply(invertRigid(worldFromImage), worldFromSweep));
}

export interface TimedFile {
  readonly nanos: bigint;
  readonly file: FileRef;
}

/** The slowest cameras (stereo) take five pictures a second: further away than this, a picture shows another moment. */
const NEAREST_NANOS = 100_000_000n;

/** The file nearest in time, the earlier one of two equally near. `files` are in order of time. */
export function nearestFile(files: readonly TimedFile[], nanos: bigint): TimedFile | null {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (files[middle]!.nanos < nanos) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [files[low - 1], files[low]];
  const isEarlier = before && (!after || nanos - before.nanos <= after.nanos - nanos);
  const nearest = isEarlier ? before : after;
  if (!nearest) return null;
  const distance = nearest.nanos > nanos ? nearest.nanos - nanos : nanos - nearest.nanos;
  return distance <= NEAREST_NANOS ? nearest : null;
}
