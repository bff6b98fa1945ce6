/** What messages of a recording say, whatever wrote them: clouds, pictures, calibrations and transforms. */
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import type { RowField } from '../clouds/fieldRows.ts';
import * as foxgloveJson from './foxgloveJson.ts';
import * as foxgloveProtobuf from './foxgloveProtobuf.ts';
import type { Channel, RecordedMessage } from './recording.ts';
import * as ros from './rosMessages.ts';
import { WireError } from './wire.ts';

interface Stamped {
  /** Nanoseconds; 0 where the producer set none. */
  readonly stamp: bigint;
  readonly frameId: string;
}

export interface NamedField extends RowField {
  readonly name: string;
}

export interface CloudMessage extends Stamped {
  readonly fields: readonly NamedField[];
  readonly rowBytes: number;
  readonly isBigEndian: boolean;
  /** Points in lines, each of which may be followed by padding. */
  readonly width: number;
  readonly height: number;
  readonly lineBytes: number;
  /** Places the points in the frame they name; null = they are there. */
  readonly pose: Mat4 | null;
  /** The points' bytes; made when asked for, since some messages hold them as text. */
  readonly data: () => Uint8Array;
}

export interface PictureMessage extends Stamped {
  /** As the producer spells it: `jpeg`, `png`, `rgb8; jpeg compressed bgr8`. */
  readonly format: string;
  readonly data: () => Uint8Array;
}

export interface CalibrationMessage extends Stamped {
  readonly width: number;
  readonly height: number;
  readonly model: string;
  readonly distortion: readonly number[];
  /** 3x3, row by row, of the picture as it was taken. */
  readonly camera: readonly number[];
  /** 3x4, row by row, of the rectified picture. */
  readonly projection: readonly number[];
}

export interface TransformMessage {
  readonly stamp: bigint;
  readonly parent: string;
  readonly child: string;
  readonly translation: Vec3;
  readonly rotation: Quaternion;
}

export interface Decoders {
  cloud(data: Uint8Array, isCdr: boolean): CloudMessage;
  picture(data: Uint8Array, isCdr: boolean): PictureMessage;
  calibration(data: Uint8Array, isCdr: boolean): CalibrationMessage;
  transforms(data: Uint8Array, isCdr: boolean): TransformMessage[];
  transform(data: Uint8Array, isCdr: boolean): TransformMessage[];
}

export type MessageKind = keyof Decoders;

/** Kinds by schema; ROS 2 has `msg` between package and name. */
const KINDS: Readonly<Record<string, MessageKind>> = {
  'sensor_msgs/PointCloud2': 'cloud',
  'sensor_msgs/CompressedImage': 'picture',
  'sensor_msgs/CameraInfo': 'calibration',
  'tf2_msgs/TFMessage': 'transforms',
  'tf/tfMessage': 'transforms',
  'foxglove.PointCloud': 'cloud',
  'foxglove.CompressedImage': 'picture',
  'foxglove.CameraCalibration': 'calibration',
  'foxglove.FrameTransforms': 'transforms',
  'foxglove.FrameTransform': 'transform',
};

export function kindOf({ schema }: Channel): MessageKind | null {
  const name = schema.replace('/msg/', '/');
  return Object.hasOwn(KINDS, name) ? KINDS[name]! : null;
}

function decodersOf({ schema, encoding }: Channel): Decoders | null {
  const isFoxglove = schema.startsWith('foxglove.');
  if (!isFoxglove && (encoding === 'ros1' || encoding === 'cdr')) return ros;
  if (isFoxglove && encoding === 'protobuf') return foxgloveProtobuf;
  return isFoxglove && encoding === 'json' ? foxgloveJson : null;
}

/** Can messages of this channel be read? */
export function isReadable(channel: Channel): boolean {
  return decodersOf(channel) !== null;
}

/** The message as its kind; null where its bytes are not what its schema says. */
export function decode<Kind extends MessageKind>(
  kind: Kind,
  { channel, data }: RecordedMessage,
): ReturnType<Decoders[Kind]> | null {
  const decoders = decodersOf(channel);
  if (!decoders) return null;
  try {
    return decoders[kind](data, channel.encoding === 'cdr') as ReturnType<Decoders[Kind]>;
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}
