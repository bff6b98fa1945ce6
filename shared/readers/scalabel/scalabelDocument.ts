/** A Scalabel or BDD100K JSON document taken apart: frames with their labels, and groups that join frames to a cloud. */
import { matrixFromPose, multiply, transformPoint } from '../../geometry/matrix.ts';
import { quaternionFromEuler } from '../../geometry/rotation.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asRecord, asText } from '../jsonValues.ts';
import { nameOf, recordsOf } from '../toolExports/fields.ts';

export interface ScalabelFrame {
  readonly name: string;
  readonly video: string | null;
  /** Position in its video, or null. */
  readonly number: number | null;
  /** Where its file is: `url`, else the name. */
  readonly uri: string;
  readonly raw: JsonRecord;
  readonly labels: readonly JsonRecord[];
}

export interface ScalabelGroup {
  readonly cloud: string;
  /** Axes of the group's cameras from those of its cloud, before each camera's own offset. */
  readonly cameraFromCloud: Mat4 | null;
  readonly frames: readonly string[];
  /** Where the group's own labels lie in the cloud, by label id. */
  readonly locations: ReadonlyMap<string, Vec3>;
}

export interface ScalabelDocument {
  readonly frames: readonly ScalabelFrame[];
  readonly groups: readonly ScalabelGroup[];
}

function frameFrom(value: unknown): ScalabelFrame | null {
  const raw = asRecord(value);
  const name = asText(raw?.name);
  if (!raw || !name) return null;
  return {
    name,
    video: asText(raw.videoName) || null,
    number: asNumber(raw.frameIndex),
    uri: asText(raw.url) || name,
    raw,
    labels: recordsOf(raw.labels),
  };
}

/** `extrinsics`: location, and angles about fixed axes x, y, z (R = Rz Ry Rx), as the published KITTI sample shows. */
function poseOf(value: unknown): Mat4 | null {
  const record = asRecord(value);
  const location = asNumbers(record?.location, 3) as Vec3 | null;
  const angles = asNumbers(record?.rotation, 3);
  return location && angles
    ? matrixFromPose(quaternionFromEuler(angles[0]!, angles[1]!, angles[2]!), location)
    : null;
}

export function locationOf(label: JsonRecord): Vec3 | null {
  return asNumbers(asRecord(label.box3d)?.location, 3) as Vec3 | null;
}

function groupFrom(value: unknown): ScalabelGroup | null {
  const raw = asRecord(value);
  const cloud = asText(raw?.url) || asText(raw?.name);
  if (!raw || !cloud) return null;
  const located = recordsOf(raw.labels).flatMap((label) => {
    const [id, location] = [asText(label.id), locationOf(label)];
    return id !== null && location ? [[id, location] as const] : [];
  });
  const frames = asList(raw.frames).flatMap((name) => asText(name) ?? []);
  return { cloud, cameraFromCloud: poseOf(raw.extrinsics), frames, locations: new Map(located) };
}

/** Sensors by id, from a list of records with a `type` and a pose or lens; null for JSON that is no such list. */
export function scalabelSensors(json: unknown): Map<string, JsonRecord> | null {
  const list = Array.isArray(json) ? recordsOf(json) : recordsOf(asRecord(json)?.sensors);
  const sensors = list.filter(
    (record) => asText(record.type) !== null && (asRecord(record.extrinsics) || asRecord(record.intrinsics)),
  );
  if (sensors.length === 0 || sensors.length < list.length) return null;
  return new Map(
    sensors.flatMap((record) => {
      const id = nameOf(record.id);
      return id === null ? [] : [[id, record] as const];
    }),
  );
}

/** Null for JSON that is no list of frames. */
export function scalabelDocument(json: unknown): ScalabelDocument | null {
  const root = asRecord(json);
  const list = Array.isArray(json) ? json : root?.frames;
  if (!Array.isArray(list)) return null;
  const frames = list.flatMap((value) => frameFrom(value) ?? []);
  const groups = [...asList(root?.groups), ...asList(root?.frameGroups)];
  return { frames, groups: groups.flatMap((value) => groupFrom(value) ?? []) };
}

/** Null where the frame states no usable focal lengths. */
export function lensOfFrame(raw: JsonRecord): PinholeModel | null {
  const record = asRecord(raw.intrinsics);
  const [focal, center] = [asNumbers(record?.focal, 2), asNumbers(record?.center, 2)];
  if (!focal || !center || !(focal[0]! > 0 && focal[1]! > 0)) return null;
  const radial = asList(record?.radial).map((value) => asNumber(value) ?? 0);
  const tangential = asList(record?.tangential).map((value) => asNumber(value) ?? 0);
  const [k1 = 0, k2 = 0, k3 = 0] = radial;
  const [p1 = 0, p2 = 0] = tangential;
  const distortion = radial.length + tangential.length > 0 ? [k1, k2, p1, p2, k3] : [];
  const [fx, fy, cx, cy] = [...focal, ...center] as [number, number, number, number];
  return { kind: 'pinhole', fx, fy, cx, cy, skew: asNumber(record?.skew) ?? 0, distortion };
}

/** How far a camera's labels may lie from where its group's cloud has them, metres. */
const AGREEMENT_METERS = 0.05;

/**
 * A camera of the group from the cloud: the group gives one pose for all its cameras, and labels that are in the
 * cloud and in the camera tell where this one stands beside it. Null where nothing tells, or the labels contradict.
 */
export function cameraFromCloud(group: ScalabelGroup, frame: ScalabelFrame): Mat4 | null {
  if (!group.cameraFromCloud) return null;
  const offsets: Vec3[] = [];
  for (const label of frame.labels) {
    const inCloud = group.locations.get(asText(label.id) ?? '');
    const inCamera = locationOf(label);
    if (!inCloud || !inCamera) continue;
    const [x, y, z] = transformPoint(group.cameraFromCloud, inCloud);
    offsets.push([inCamera[0] - x, inCamera[1] - y, inCamera[2] - z]);
  }
  const first = offsets[0];
  if (!first) return null;
  const agree = offsets.every(
    (offset) => Math.hypot(...offset.map((v, i) => v - first[i]!)) < AGREEMENT_METERS,
  );
  return agree ? multiply(matrixFromPose([0, 0, 0, 1], first), group.cameraFromCloud) : null;
}
