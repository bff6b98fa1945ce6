/** Writes recordings: the messages of one drive as ROS 1, ROS 2 (CDR), protobuf or JSON, by encoders of their own. */
import { McapWriter, TempBuffer } from '@mcap/core';
import { joinBytes } from './pcdFixture.ts';

export type Dialect = 'ros1' | 'ros2' | 'protobuf' | 'json';

const utf8 = new TextEncoder();

/** Appends fields as ROS does: packed, or aligned after four bytes of encapsulation. */
class RosWriter {
  readonly #parts: number[] = [];
  readonly #isCdr: boolean;

  constructor(isCdr: boolean) {
    this.#isCdr = isCdr;
  }

  put(size: number, write: (view: DataView) => void): this {
    while (this.#isCdr && this.#parts.length % size !== 0) this.#parts.push(0);
    const bytes = new Uint8Array(size);
    write(new DataView(bytes.buffer));
    this.#parts.push(...bytes);
    return this;
  }

  uint8(value: number): this {
    return this.put(1, (view) => view.setUint8(0, value));
  }

  uint32(...values: number[]): this {
    for (const value of values) this.put(4, (view) => view.setUint32(0, value, true));
    return this;
  }

  float64(...values: number[]): this {
    for (const value of values) this.put(8, (view) => view.setFloat64(0, value, true));
    return this;
  }

  bytes(value: Uint8Array): this {
    this.uint32(value.length);
    for (const byte of value) this.#parts.push(byte);
    return this;
  }

  text(value: string): this {
    return this.bytes(utf8.encode(this.#isCdr ? `${value}\0` : value));
  }

  header(stamp: bigint, frameId: string): this {
    if (!this.#isCdr) this.uint32(77);
    return this.uint32(Number(stamp / 1_000_000_000n), Number(stamp % 1_000_000_000n)).text(frameId);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#isCdr ? [0, 1, 0, 0, ...this.#parts] : this.#parts);
  }
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return [...bytes, Number(left)];
}

/** One field: a bigint is a varint, a number a double, `uint32` fixed, bytes and text as they are. */
function field(
  number: number,
  value: bigint | number | Uint8Array | string | { uint32: number },
): Uint8Array {
  const tag = (kind: number) => varint(BigInt((number << 3) | kind));
  if (typeof value === 'bigint') return Uint8Array.from([...tag(0), ...varint(value)]);
  if (typeof value === 'number')
    return joinBytes(Uint8Array.from(tag(1)), new Uint8Array(Float64Array.of(value).buffer));
  if (typeof value === 'object' && 'uint32' in value) {
    return joinBytes(Uint8Array.from(tag(5)), new Uint8Array(Uint32Array.of(value.uint32).buffer));
  }
  const bytes = typeof value === 'string' ? utf8.encode(value) : value;
  return joinBytes(Uint8Array.from([...tag(2), ...varint(BigInt(bytes.length))]), bytes);
}

function timestamp(stamp: bigint): Uint8Array {
  return field(1, joinBytes(field(1, stamp / 1_000_000_000n), field(2, stamp % 1_000_000_000n)));
}

function doubles(values: readonly number[]): Uint8Array {
  return joinBytes(...values.map((value, i) => field(i + 1, value)));
}

const jsonTime = (stamp: bigint) => ({
  sec: Number(stamp / 1_000_000_000n),
  nsec: Number(stamp % 1_000_000_000n),
});
const json = (value: unknown) => utf8.encode(JSON.stringify(value));

interface Stamped {
  readonly stamp: bigint;
  readonly frameId: string;
}

/** x, y, z as float32, intensity as uint8, and two bytes of padding: rows of 15 bytes and a ring of uint16. */
export const CLOUD_ROW_BYTES = 17;
const FIELDS = [
  { name: 'x', offset: 0, ros: 7, foxglove: 7 },
  { name: 'y', offset: 4, ros: 7, foxglove: 7 },
  { name: 'z', offset: 8, ros: 7, foxglove: 7 },
  { name: 'intensity', offset: 12, ros: 2, foxglove: 1 },
  { name: 'ring', offset: 15, ros: 4, foxglove: 3 },
];

function cloudBytes(points: readonly (readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(points.length * CLOUD_ROW_BYTES).fill(0xee);
  const view = new DataView(bytes.buffer);
  for (const [i, [x, y, z, intensity]] of points.entries()) {
    const at = i * CLOUD_ROW_BYTES;
    for (const [axis, value] of [x!, y!, z!].entries()) view.setFloat32(at + 4 * axis, value, true);
    view.setUint8(at + 12, intensity!);
    view.setUint16(at + 15, i % 64, true);
  }
  return bytes;
}

export function cloudMessage(
  dialect: Dialect,
  { stamp, frameId }: Stamped,
  points: readonly (readonly number[])[],
) {
  const data = cloudBytes(points);
  if (dialect === 'json') {
    const fields = FIELDS.map(({ name, offset, foxglove }) => ({ name, offset, type: foxglove }));
    const pose = { position: { x: 0, y: 0, z: 0 }, orientation: { x: 0, y: 0, z: 0, w: 1 } };
    const text = Buffer.from(data).toString('base64');
    return json({
      timestamp: jsonTime(stamp),
      frame_id: frameId,
      pose,
      point_stride: CLOUD_ROW_BYTES,
      fields,
      data: text,
    });
  }
  if (dialect === 'protobuf') {
    const fields = FIELDS.map(({ name, offset, foxglove }) =>
      field(5, joinBytes(field(1, name), field(2, { uint32: offset }), field(3, BigInt(foxglove)))),
    );
    const stride = field(4, { uint32: CLOUD_ROW_BYTES });
    return joinBytes(
      timestamp(stamp),
      field(2, frameId),
      stride,
      ...fields,
      field(6, data),
      field(99, 'later field'),
    );
  }
  const message = new RosWriter(dialect === 'ros2').header(stamp, frameId).uint32(1, points.length);
  message.uint32(FIELDS.length);
  for (const { name, offset, ros } of FIELDS) message.text(name).uint32(offset).uint8(ros).uint32(1);
  message
    .uint8(0)
    .uint32(CLOUD_ROW_BYTES, CLOUD_ROW_BYTES * points.length)
    .bytes(data);
  return message.uint8(1).done();
}

export function pictureMessage(
  dialect: Dialect,
  { stamp, frameId }: Stamped,
  data: Uint8Array,
  format = 'jpeg',
) {
  if (dialect === 'json') {
    const text = Buffer.from(data).toString('base64');
    return json({ timestamp: jsonTime(stamp), frame_id: frameId, format, data: text });
  }
  if (dialect === 'protobuf') {
    return joinBytes(timestamp(stamp), field(2, data), field(3, format), field(4, frameId));
  }
  return new RosWriter(dialect === 'ros2').header(stamp, frameId).text(format).bytes(data).done();
}

export interface LensFixture {
  readonly model: string;
  readonly distortion: readonly number[];
  readonly camera: readonly number[];
}

export function calibrationMessage(dialect: Dialect, { stamp, frameId }: Stamped, lens: LensFixture) {
  const [width, height] = [640, 480];
  const rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const projection = [500, 0, 321, 0, 0, 501, 241, 0, 0, 0, 1, 0];
  const { model, distortion, camera } = lens;
  if (dialect === 'json') {
    const matrices = { D: distortion, K: camera, R: rotation, P: projection };
    return json({
      timestamp: jsonTime(stamp),
      frame_id: frameId,
      width,
      height,
      distortion_model: model,
      ...matrices,
    });
  }
  if (dialect === 'protobuf') {
    const packed = (number: number, values: readonly number[]) =>
      field(number, new Uint8Array(Float64Array.from(values).buffer));
    return joinBytes(
      ...[timestamp(stamp), field(2, { uint32: width }), field(3, { uint32: height }), field(4, model)],
      // One list packed, the other not: both are legal.
      ...distortion.map((value) => field(5, value)),
      ...[packed(6, camera), packed(7, rotation), packed(8, projection), field(9, frameId)],
    );
  }
  const message = new RosWriter(dialect === 'ros2').header(stamp, frameId).uint32(height, width).text(model);
  message.uint32(distortion.length).float64(...distortion, ...camera, ...rotation, ...projection);
  return message.uint32(0, 0, 0, 0, 0, 0).uint8(0).done();
}

export interface TransformFixture {
  readonly stamp: bigint;
  readonly parent: string;
  readonly child: string;
  readonly translation: readonly [number, number, number];
  readonly rotation: readonly [number, number, number, number];
}

export function transformsMessage(dialect: Dialect, transforms: readonly TransformFixture[]) {
  const xyz = ([x, y, z]: readonly number[]) => ({ x, y, z });
  if (dialect === 'json') {
    const list = transforms.map(({ stamp, parent, child, translation, rotation }) => ({
      timestamp: jsonTime(stamp),
      parent_frame_id: parent,
      child_frame_id: child,
      translation: xyz(translation),
      rotation: { ...xyz(rotation), w: rotation[3] },
    }));
    return json({ transforms: list });
  }
  if (dialect === 'protobuf') {
    const list = transforms.map(({ stamp, parent, child, translation, rotation }) => {
      const pose = [field(4, doubles(translation)), field(5, doubles(rotation))];
      return field(1, joinBytes(timestamp(stamp), field(2, parent), field(3, child), ...pose));
    });
    return joinBytes(...list);
  }
  const message = new RosWriter(dialect === 'ros2').uint32(transforms.length);
  for (const { stamp, parent, child, translation, rotation } of transforms) {
    message
      .header(stamp, parent)
      .text(child)
      .float64(...translation, ...rotation);
  }
  return message.done();
}

const SCHEMAS = {
  cloud: ['sensor_msgs/PointCloud2', 'sensor_msgs/msg/PointCloud2', 'foxglove.PointCloud'],
  picture: ['sensor_msgs/CompressedImage', 'sensor_msgs/msg/CompressedImage', 'foxglove.CompressedImage'],
  calibration: ['sensor_msgs/CameraInfo', 'sensor_msgs/msg/CameraInfo', 'foxglove.CameraCalibration'],
  transforms: ['tf2_msgs/TFMessage', 'tf2_msgs/msg/TFMessage', 'foxglove.FrameTransforms'],
  other: ['std_msgs/String', 'std_msgs/msg/String', 'foxglove.Log'],
} as const;

export interface MessageFixture {
  readonly topic: string;
  readonly kind: keyof typeof SCHEMAS;
  readonly logTime: bigint;
  readonly data: Uint8Array;
}

/** A frame of LZ4 whose blocks are stored as they are, with its header checksum by the rule for these very bytes. */
function storedLz4(data: Uint8Array): Uint8Array {
  // Version 1, independent blocks of 4 MB at most, no checksums; 0xdf is the checksum of that descriptor.
  const head = Uint8Array.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73]);
  const size = new Uint8Array(Uint32Array.of((data.length | 0x8000_0000) >>> 0).buffer);
  return joinBytes(head, size, data, new Uint8Array(4));
}

/** A frame of Zstandard of one raw block after another. */
function storedZstd(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0])];
  parts.push(new Uint8Array(Uint32Array.of(data.length).buffer));
  for (let at = 0; at === 0 || at < data.length; at += 65_536) {
    const block = data.subarray(at, at + 65_536);
    const isLast = at + 65_536 >= data.length ? 1 : 0;
    const head = (block.length << 3) | isLast;
    parts.push(Uint8Array.from([head & 255, (head >> 8) & 255, head >> 16]), block);
  }
  return joinBytes(...parts);
}

export interface RecordingFixture {
  readonly dialect: Dialect;
  readonly messages: readonly MessageFixture[];
  readonly compression?: '' | 'lz4' | 'zstd';
  readonly chunkSize?: number;
  /** Without one, the summary is left out, as a plain stream of records is written. */
  readonly hasIndex?: boolean;
}

export async function recordingFile({
  dialect,
  messages,
  compression = '',
  chunkSize = 4096,
  hasIndex = true,
}: RecordingFixture): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new TempBuffer();
  const compress = { lz4: storedLz4, zstd: storedZstd, '': (data: Uint8Array) => data }[compression];
  const compressChunk = (data: Uint8Array) => ({ compression, compressedData: compress(data) });
  const noSummary = {
    useStatistics: false,
    useSummaryOffsets: false,
    useChunkIndex: false,
    repeatSchemas: false,
    repeatChannels: false,
  };
  const writer = new McapWriter({
    writable: buffer,
    chunkSize,
    ...(hasIndex ? {} : noSummary),
    ...(compression ? { compressChunk } : {}),
  });
  await writer.start({ profile: '', library: 'test' });
  const [schemaColumn, schemaEncoding, messageEncoding] = {
    ros1: [0, 'ros1msg', 'ros1'] as const,
    ros2: [1, 'ros2msg', 'cdr'] as const,
    protobuf: [2, 'protobuf', 'protobuf'] as const,
    json: [2, 'jsonschema', 'json'] as const,
  }[dialect];
  const channels = new Map<string, number>();
  for (const { topic, kind, logTime, data } of messages) {
    let channelId = channels.get(topic);
    if (channelId === undefined) {
      const name = SCHEMAS[kind][schemaColumn];
      const schemaId = await writer.registerSchema({
        name,
        encoding: schemaEncoding,
        data: new Uint8Array(0),
      });
      channelId = await writer.registerChannel({ schemaId, topic, messageEncoding, metadata: new Map() });
      channels.set(topic, channelId);
    }
    await writer.addMessage({ channelId, sequence: 0, logTime, publishTime: logTime, data });
  }
  await writer.end();
  return buffer.get().slice() as Uint8Array<ArrayBuffer>;
}
