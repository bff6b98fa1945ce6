/**
 * The foxglove messages as JSON: the same fields by name, bytes as base64, times as `sec` and `nsec`.
 * Schemas: https://github.com/foxglove/foxglove-sdk/tree/main/schemas/jsonschema
 */
import { matrixFromPose } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asRecord, asText } from '../jsonValues.ts';
import { packedType } from './foxgloveTypes.ts';
import type {
  CalibrationMessage,
  CloudMessage,
  NamedField,
  PictureMessage,
  TransformMessage,
} from './messages.ts';
import { base64Bytes, WireError } from './wire.ts';

const utf8 = new TextDecoder('utf-8');

function parse(data: Uint8Array): JsonRecord {
  try {
    const record = asRecord(JSON.parse(utf8.decode(data)));
    if (record) return record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new WireError('JSON');
}

function timeOf(value: unknown): bigint {
  const time = asRecord(value);
  const [seconds, nanos] = [asNumber(time?.sec) ?? 0, asNumber(time?.nsec) ?? 0];
  return BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos));
}

function vector(value: unknown): Vec3 {
  const { x, y, z } = asRecord(value) ?? {};
  return [asNumber(x) ?? 0, asNumber(y) ?? 0, asNumber(z) ?? 0];
}

function quaternion(value: unknown): Quaternion {
  const record = asRecord(value);
  if (!record) return [0, 0, 0, 1];
  return [...vector(record), asNumber(record.w) ?? 0] as const;
}

function numbers(value: unknown): number[] {
  return asList(value).map((item) => asNumber(item) ?? Number.NaN);
}

function packedField(value: unknown): NamedField[] {
  const record = asRecord(value);
  const known = packedType(asNumber(record?.type) ?? 0);
  const [name, offset] = [asText(record?.name), asNumber(record?.offset)];
  return known && name !== null && offset !== null && offset >= 0 ? [{ name, offset, ...known }] : [];
}

export function cloud(data: Uint8Array): CloudMessage {
  const message = parse(data);
  const rowBytes = asNumber(message.point_stride) ?? 0;
  const encoded = asText(message.data) ?? '';
  const bytes = Math.floor((encoded.replace(/=+$/, '').length * 3) / 4);
  const pose = asRecord(message.pose);
  const rotation = pose ? normalizeQuaternion(quaternion(pose.orientation)) : null;
  return {
    stamp: timeOf(message.timestamp),
    frameId: asText(message.frame_id) ?? '',
    fields: asList(message.fields).flatMap(packedField),
    rowBytes,
    isBigEndian: false,
    width: rowBytes > 0 ? Math.floor(bytes / rowBytes) : 0,
    height: 1,
    lineBytes: bytes,
    pose: rotation ? matrixFromPose(rotation, vector(pose?.position)) : null,
    data: () => base64Bytes(encoded),
  };
}

export function picture(data: Uint8Array): PictureMessage {
  const message = parse(data);
  return {
    stamp: timeOf(message.timestamp),
    frameId: asText(message.frame_id) ?? '',
    format: asText(message.format) ?? '',
    data: () => base64Bytes(asText(message.data) ?? ''),
  };
}

export function calibration(data: Uint8Array): CalibrationMessage {
  const message = parse(data);
  return {
    stamp: timeOf(message.timestamp),
    frameId: asText(message.frame_id) ?? '',
    width: asNumber(message.width) ?? 0,
    height: asNumber(message.height) ?? 0,
    model: asText(message.distortion_model) ?? '',
    distortion: numbers(message.D),
    camera: numbers(message.K),
    projection: numbers(message.P),
  };
}

function transformOf(message: JsonRecord): TransformMessage {
  return {
    stamp: timeOf(message.timestamp),
    parent: asText(message.parent_frame_id) ?? '',
    child: asText(message.child_frame_id) ?? '',
    translation: vector(message.translation),
    rotation: quaternion(message.rotation),
  };
}

export function transform(data: Uint8Array): TransformMessage[] {
  return [transformOf(parse(data))];
}

export function transforms(data: Uint8Array): TransformMessage[] {
  return asList(parse(data).transforms).flatMap((item) => {
    const record = asRecord(item);
    return record ? [transformOf(record)] : [];
  });
}
