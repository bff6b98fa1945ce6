/**
 * The foxglove messages as protobuf, by the field numbers of the published schemas. Unknown fields are stepped over.
 * Schemas: https://github.com/foxglove/foxglove-sdk/tree/main/schemas/proto/foxglove
 */
import { matrixFromPose } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import { packedType } from './foxgloveTypes.ts';
import type {
  CalibrationMessage,
  CloudMessage,
  NamedField,
  PictureMessage,
  TransformMessage,
} from './messages.ts';
import { doubleOf, doublesOf, type ProtobufField, protobufFields, textOf } from './wire.ts';

/** google.protobuf.Timestamp: seconds, nanoseconds. */
function timeOf({ bytes }: ProtobufField): bigint {
  let [seconds, nanos] = [0n, 0n];
  for (const field of protobufFields(bytes ?? new Uint8Array(0))) {
    if (field.number === 1) seconds = field.bits;
    else if (field.number === 2) nanos = field.bits;
  }
  return seconds * 1_000_000_000n + nanos;
}

/** Doubles numbered from 1 on; what is not written is zero, as protobuf has it. */
function numbersOf(bytes: Uint8Array | null, count: number): number[] {
  const numbers = new Array<number>(count).fill(0);
  for (const field of protobufFields(bytes ?? new Uint8Array(0))) {
    if (field.number >= 1 && field.number <= count) numbers[field.number - 1] = doubleOf(field);
  }
  return numbers;
}

function poseOf(bytes: Uint8Array | null): CloudMessage['pose'] {
  let translation: number[] = [0, 0, 0];
  let rotation: number[] = [0, 0, 0, 1];
  for (const field of protobufFields(bytes ?? new Uint8Array(0))) {
    if (field.number === 1) translation = numbersOf(field.bytes, 3);
    else if (field.number === 2) rotation = numbersOf(field.bytes, 4);
  }
  const unit = normalizeQuaternion(rotation as unknown as Quaternion);
  return unit ? matrixFromPose(unit, translation as unknown as Vec3) : null;
}

function packedField(bytes: Uint8Array | null): NamedField | null {
  let [name, offset, type] = ['', 0, 0];
  for (const field of protobufFields(bytes ?? new Uint8Array(0))) {
    if (field.number === 1) name = textOf(field);
    else if (field.number === 2) offset = Number(field.bits);
    else if (field.number === 3) type = Number(field.bits);
  }
  const known = packedType(type);
  return known ? { name, offset, ...known } : null;
}

export function cloud(data: Uint8Array): CloudMessage {
  let [stamp, frameId, rowBytes] = [0n, '', 0];
  let pose: CloudMessage['pose'] = null;
  let points: Uint8Array = new Uint8Array(0);
  const fields: NamedField[] = [];
  for (const field of protobufFields(data)) {
    if (field.number === 1) stamp = timeOf(field);
    else if (field.number === 2) frameId = textOf(field);
    else if (field.number === 3) pose = poseOf(field.bytes);
    else if (field.number === 4) rowBytes = Number(field.bits);
    else if (field.number === 5) fields.push(...[packedField(field.bytes)].filter((known) => known !== null));
    else if (field.number === 6 && field.bytes) points = field.bytes;
  }
  const width = rowBytes > 0 ? Math.floor(points.length / rowBytes) : 0;
  const shape = { width, height: 1, lineBytes: points.length, rowBytes, isBigEndian: false };
  return { stamp, frameId, fields, pose, ...shape, data: () => points };
}

export function picture(data: Uint8Array): PictureMessage {
  let [stamp, frameId, format] = [0n, '', ''];
  let bytes: Uint8Array = new Uint8Array(0);
  for (const field of protobufFields(data)) {
    if (field.number === 1) stamp = timeOf(field);
    else if (field.number === 2 && field.bytes) bytes = field.bytes;
    else if (field.number === 3) format = textOf(field);
    else if (field.number === 4) frameId = textOf(field);
  }
  return { stamp, frameId, format, data: () => bytes };
}

export function calibration(data: Uint8Array): CalibrationMessage {
  let [stamp, frameId, model] = [0n, '', ''];
  let [width, height] = [0, 0];
  const lists: Record<5 | 6 | 8, number[]> = { 5: [], 6: [], 8: [] };
  for (const field of protobufFields(data)) {
    if (field.number === 1) stamp = timeOf(field);
    else if (field.number === 2) width = Number(field.bits);
    else if (field.number === 3) height = Number(field.bits);
    else if (field.number === 4) model = textOf(field);
    else if (field.number === 9) frameId = textOf(field);
    else if (field.number === 5 || field.number === 6 || field.number === 8) {
      lists[field.number].push(...doublesOf(field).slice(0, 64));
    }
  }
  const { 5: distortion, 6: camera, 8: projection } = lists;
  return { stamp, frameId, width, height, model, distortion, camera, projection };
}

export function transform(data: Uint8Array): TransformMessage[] {
  let [stamp, parent, child] = [0n, '', ''];
  let translation: number[] = [0, 0, 0];
  let rotation: number[] = [0, 0, 0, 1];
  for (const field of protobufFields(data)) {
    if (field.number === 1) stamp = timeOf(field);
    else if (field.number === 2) parent = textOf(field);
    else if (field.number === 3) child = textOf(field);
    else if (field.number === 4) translation = numbersOf(field.bytes, 3);
    else if (field.number === 5) rotation = numbersOf(field.bytes, 4);
  }
  const pose = { translation: translation as unknown as Vec3, rotation: rotation as unknown as Quaternion };
  return [{ stamp, parent, child, ...pose }];
}

export function transforms(data: Uint8Array): TransformMessage[] {
  const found: TransformMessage[] = [];
  for (const { number, bytes } of protobufFields(data))
    if (number === 1 && bytes) found.push(...transform(bytes));
  return found;
}
