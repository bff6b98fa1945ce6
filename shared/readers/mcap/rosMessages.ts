/** The messages of ROS 1 and ROS 2: sensor_msgs/PointCloud2, CompressedImage, CameraInfo and tf2_msgs/TFMessage. */
import type {
  CalibrationMessage,
  CloudMessage,
  NamedField,
  PictureMessage,
  TransformMessage,
} from './messages.ts';
import { RosFields, WireError } from './wire.ts';

/** sensor_msgs/PointField: INT8 1, UINT8 2, INT16 3, UINT16 4, INT32 5, UINT32 6, FLOAT32 7, FLOAT64 8. */
const TYPES = [null, ['I', 1], ['U', 1], ['I', 2], ['U', 2], ['I', 4], ['U', 4], ['F', 4], ['F', 8]] as const;
const LEAST_FIELD_BYTES = 13;
const LEAST_TRANSFORM_BYTES = 64;

export function cloud(data: Uint8Array, isCdr: boolean): CloudMessage {
  const message = new RosFields(data, isCdr);
  const { stamp, frameId } = message.header();
  const height = message.uint32();
  const width = message.uint32();
  const fields: NamedField[] = [];
  for (let left = message.length(LEAST_FIELD_BYTES); left > 0; left--) {
    const name = message.text();
    const offset = message.uint32();
    const type = TYPES[message.uint8()];
    message.uint32();
    if (type) fields.push({ name, offset, type: type[0], size: type[1] });
  }
  const isBigEndian = message.uint8() !== 0;
  const rowBytes = message.uint32();
  const lineBytes = message.uint32();
  const bytes = message.bytes();
  return {
    stamp,
    frameId,
    fields,
    rowBytes,
    isBigEndian,
    width,
    height,
    lineBytes,
    pose: null,
    data: () => bytes,
  };
}

export function picture(data: Uint8Array, isCdr: boolean): PictureMessage {
  const message = new RosFields(data, isCdr);
  const { stamp, frameId } = message.header();
  const format = message.text();
  const bytes = message.bytes();
  return { stamp, frameId, format, data: () => bytes };
}

export function calibration(data: Uint8Array, isCdr: boolean): CalibrationMessage {
  const message = new RosFields(data, isCdr);
  const { stamp, frameId } = message.header();
  const height = message.uint32();
  const width = message.uint32();
  const model = message.text();
  const distortion = message.float64s(message.length(8));
  const camera = message.float64s(9);
  // The rotation of rectified stereo pairs: pictures are taken as they were, or projected as a whole.
  message.float64s(9);
  const projection = message.float64s(12);
  return { stamp, frameId, width, height, model, distortion, camera, projection };
}

export function transforms(data: Uint8Array, isCdr: boolean): TransformMessage[] {
  const message = new RosFields(data, isCdr);
  return Array.from({ length: message.length(LEAST_TRANSFORM_BYTES) }, () => {
    const { stamp, frameId } = message.header();
    const child = message.text().replace(/^\//, '');
    const [x, y, z, qx, qy, qz, qw] = message.float64s(7);
    return { stamp, parent: frameId, child, translation: [x!, y!, z!], rotation: [qx!, qy!, qz!, qw!] };
  });
}

export function transform(): never {
  throw new WireError('no single transforms in ROS');
}
