/**
 * Camera configuration of Xtreme1: `cameraInternal` (fx fy cx cy), `cameraExternal` (16 numbers, lidar to camera,
 * row-major unless `rowMajor` is false), size; newer versions name a fisheye with its coefficients.
 */
import { isRigid } from '../../geometry/matrix.ts';
import type { CameraModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asNumbers, asRecord, asText, entriesOf } from '../jsonValues.ts';
import { naturalOrder } from '../paths.ts';
import { intrinsicsFromFields } from '../toolExports/fields.ts';

const RIGID_TOLERANCE = 1e-2;

export interface CameraConfig {
  readonly model: CameraModel;
  readonly cameraFromLidar: Mat4;
  readonly width?: number;
  readonly height?: number;
}

function transposed(m: readonly number[]): number[] {
  return m.map((_, i) => m[4 * (i % 4) + Math.floor(i / 4)]!);
}

function modelOf(record: JsonRecord): CameraModel | null {
  const internal = asRecord(record.cameraInternal) ?? asRecord(record.camera_internal);
  const intrinsics = intrinsicsFromFields(internal);
  if (!intrinsics) return null;
  const distortion = asRecord(record.distortion);
  const [k1, k2, k3, k4, p1, p2] = ['k1', 'k2', 'k3', 'k4', 'p1', 'p2'].map(
    (name) => asNumber(distortion?.[name]) ?? 0,
  ) as [number, number, number, number, number, number];
  if (/fish/i.test(asText(record.cameraModel) ?? asText(record.camera_model) ?? '')) {
    return { kind: 'fisheye', ...intrinsics, distortion: [k1, k2, k3, k4] };
  }
  return { kind: 'pinhole', ...intrinsics, distortion: distortion ? [k1, k2, p1, p2, k3] : [] };
}

/** The configuration, or the name of the key that cannot be used. */
export function cameraConfig(value: unknown): CameraConfig | string {
  const record = asRecord(value);
  const model = record && modelOf(record);
  if (!model) return 'cameraInternal';
  const written = asNumbers(record.cameraExternal ?? record.camera_external, 16);
  const matrix = written && record.rowMajor === false ? transposed(written) : written;
  // A matrix without a last row of 0 0 0 1 was written in columns, whatever the file says of its order.
  const upright = matrix && matrix[15] === 1 && matrix[12] === 0 && matrix[13] === 0 && matrix[14] === 0;
  const cameraFromLidar = matrix && (upright ? matrix : transposed(matrix));
  if (!cameraFromLidar || !isRigid(cameraFromLidar, RIGID_TOLERANCE)) return 'cameraExternal';
  const [width, height] = [asNumber(record.width), asNumber(record.height)];
  return { model, cameraFromLidar, ...(width && height ? { width, height } : {}) };
}

/** A file's configurations in the order of their cameras: a list, a record by camera name, or a single one. */
export function configsOf(json: unknown): unknown[] {
  if (Array.isArray(json)) return json;
  const record = asRecord(json);
  if (!record) return [];
  if (record.cameraInternal !== undefined || record.camera_internal !== undefined) return [record];
  return entriesOf(record)
    .filter(([, value]) => asRecord(value))
    .sort(([a], [b]) => naturalOrder(a, b))
    .map(([, value]) => value);
}
