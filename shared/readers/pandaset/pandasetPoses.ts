/** PandaSet's JSON beside the sensors: a pose and a time per frame, and a lens per camera. */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { matrixFromPose } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import { asList, asNumber, asRecord } from '../jsonValues.ts';
import { nanosOf } from '../timestamps.ts';

/** World from the sensor for each frame, by the frame's number; null where the entry is no pose. */
export function parsePoses(json: unknown): (Mat4 | null)[] {
  return asList(json).map((item) => {
    const [position, heading] = [asRecord(asRecord(item)?.position), asRecord(asRecord(item)?.heading)];
    const at = (record: typeof position, key: string) => asNumber(record?.[key]) ?? Number.NaN;
    const translation: Vec3 = [at(position, 'x'), at(position, 'y'), at(position, 'z')];
    const rotation = normalizeQuaternion([
      at(heading, 'x'),
      at(heading, 'y'),
      at(heading, 'z'),
      at(heading, 'w'),
    ]);
    return rotation && translation.every(Number.isFinite) ? matrixFromPose(rotation, translation) : null;
  });
}

/** Seconds with a fraction, by the frame's number. */
export function parseTimestamps(json: unknown): (string | null)[] {
  return asList(json).map((item) => (typeof item === 'number' ? nanosOf(item) : null));
}

/** The vendor states no distortion here. Fails with `pandaset-calibration-bad`. */
export function parseIntrinsics(json: unknown, path: string): Result<PinholeModel> {
  const record = asRecord(json);
  const [fx, fy, cx, cy] = ['fx', 'fy', 'cx', 'cy'].map((key) => asNumber(record?.[key]) ?? Number.NaN) as [
    number,
    number,
    number,
    number,
  ];
  const isUsable = fx > 0 && fy > 0 && Number.isFinite(cx) && Number.isFinite(cy);
  if (!isUsable) return failed({ code: 'pandaset-calibration-bad', severity: 'error', path });
  return done({ kind: 'pinhole', fx, fy, cx, cy, distortion: [] });
}
