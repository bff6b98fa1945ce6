/**
 * An MCAP recording read by ranges: its index first, then the chunks that hold what is asked for.
 * Format: https://mcap.dev/spec
 */
import { McapIndexedReader } from '@mcap/core';
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import { unpackLz4Frame } from '../arrow/lz4Frame.ts';
import { decodeZstd } from '../zstd/zstd.ts';
import type { RecoveredIndex } from './recoverIndex.ts';
import { recoverIndex } from './recoverIndex.ts';

export interface Channel {
  readonly id: number;
  readonly topic: string;
  /** How messages are written: `cdr`, `ros1`, `protobuf`, `json`. */
  readonly encoding: string;
  /** What messages are: `sensor_msgs/msg/PointCloud2`, `foxglove.PointCloud`. */
  readonly schema: string;
}

export interface RecordedMessage {
  readonly channel: Channel;
  readonly logTime: bigint;
  /** Valid until the next message is asked for. */
  readonly data: Uint8Array;
}

/** Chunks are of a few megabytes; a larger one is not unpacked. */
const LARGEST_CHUNK = 256 << 20;
/** The end of every file: the footer record and the magic bytes. It names the index's place and checksum. */
const FOOTER_BYTES = 37;
const MAGIC = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a];

export function isMcap(head: Uint8Array): boolean {
  return MAGIC.every((byte, at) => head[at] === byte);
}

/** What the file says of its lengths cannot be. Stays in this file: the door below makes a problem of it. */
class Implausible extends Error {}

function roomFor(size: bigint): number {
  if (size < 0n || size > BigInt(LARGEST_CHUNK)) throw new Implausible('chunk too large');
  return Number(size);
}

/** Throws where the chunk is no such frame, or one of another length. */
function unpackZstd(bytes: Uint8Array, output: Uint8Array): Uint8Array {
  const trouble = decodeZstd(bytes, output);
  if (trouble !== null) throw new Implausible(trouble);
  return output;
}

const decompressHandlers = {
  lz4: (bytes: Uint8Array, size: bigint) => unpackLz4Frame(bytes, roomFor(size), 'chunk'),
  zstd: (bytes: Uint8Array, size: bigint) => unpackZstd(bytes, new Uint8Array(roomFor(size))),
};

/** Whatever the library throws about a file's bytes is trouble with the file. */
function damage(error: unknown, path: string): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError({ code: 'mcap-damaged', severity: 'error', path });
}

/** The file that an index was made from may be opened anew for every message; an index made for it stands behind it. */
class Readable {
  source: ByteSource;
  readonly #recovered: RecoveredIndex | null;
  readonly isCutOff: boolean;
  constructor(source: ByteSource, recovered: RecoveredIndex | null, isCutOff: boolean) {
    this.source = source;
    this.#recovered = recovered;
    this.isCutOff = isCutOff;
  }

  size(): Promise<bigint> {
    const { end, tail } = this.#recovered ?? { end: this.source.length, tail: [] };
    return Promise.resolve(BigInt(end + tail.length));
  }

  read(offset: bigint, length: bigint): Promise<Uint8Array> {
    if (this.#recovered && offset >= BigInt(this.#recovered.end)) {
      const start = Number(offset) - this.#recovered.end;
      return Promise.resolve(this.#recovered.tail.slice(start, start + Number(length)));
    }
    if (offset < 0n || length < 0n || offset + length > BigInt(this.source.length)) {
      throw new Implausible('beyond the end of the file');
    }
    return this.source.slice(Number(offset), Number(offset + length));
  }
}

export class Recording {
  readonly path: string;
  readonly channels: readonly Channel[];
  readonly #channelsById: ReadonlyMap<number, Channel>;
  readonly #reader: McapIndexedReader;
  readonly #readable: Readable;

  constructor(reader: McapIndexedReader, readable: Readable, path: string) {
    this.path = path;
    this.#reader = reader;
    this.#readable = readable;
    this.channels = [...reader.channelsById.values()].map(({ id, topic, messageEncoding, schemaId }) => {
      const schema = reader.schemasById.get(schemaId)?.name ?? '';
      return { id, topic, encoding: messageEncoding, schema };
    });
    this.#channelsById = new Map(this.channels.map((channel) => [channel.id, channel]));
  }

  /** Does the file end before its end was written? Then what is whole of it is here. */
  get isCutOff(): boolean {
    return this.#readable.isCutOff;
  }

  /** Reads on through another opening of the same file. */
  continueWith(source: ByteSource): void {
    this.#readable.source = source;
  }

  /**
   * Messages of some topics in order of their log time, one chunk in memory at a time where chunks do not overlap.
   * Throws ProblemError `mcap-damaged` where the bytes cannot be what the index says.
   */
  async *messages(topics: readonly string[], at?: bigint): AsyncGenerator<RecordedMessage> {
    // The walk over all messages checks every chunk; one that is asked for later is not checked again.
    const only = at === undefined ? {} : { startTime: at, endTime: at, validateCrcs: false };
    const messages = this.#reader.readMessages({ topics, ...only });
    try {
      for await (const { channelId, logTime, data } of messages) {
        const channel = this.#channelsById.get(channelId);
        if (channel) yield { channel, logTime, data };
      }
    } catch (error) {
      throw damage(error, this.path);
    }
  }
}

function unpackChunk(bytes: Uint8Array, compression: string, size: bigint): Uint8Array {
  if (compression === '') return bytes;
  const handlers: Readonly<Record<string, (bytes: Uint8Array, size: bigint) => Uint8Array>> =
    decompressHandlers;
  const unpack = Object.hasOwn(handlers, compression) ? handlers[compression] : undefined;
  if (!unpack) throw new Implausible('compression');
  return unpack(bytes, size);
}

/** Some writers leave out the index, and say so by its place: 0. */
function hasIndex(footer: Uint8Array): boolean {
  return footer.length === FOOTER_BYTES && footer.subarray(9, 17).some((byte) => byte !== 0);
}

/** Fails with `mcap-not-indexed` (cut off or never closed, and nothing of it is whole) or `mcap-damaged`. */
export async function openRecording(source: ByteSource, path: string): Promise<Result<Recording>> {
  try {
    const footer = await source.slice(Math.max(0, source.length - FOOTER_BYTES), source.length);
    const isClosed = isMcap(footer.subarray(-MAGIC.length));
    const recovered = isClosed && hasIndex(footer) ? null : await recoverIndex(source, unpackChunk);
    if (!isClosed && !recovered) return failed({ code: 'mcap-not-indexed', severity: 'error', path });
    const readable = new Readable(source, recovered, !isClosed);
    const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
    return done(new Recording(reader, readable, path));
  } catch (error) {
    return failed(damage(error, path).problem);
  }
}

/** The recording that messages were last asked of: a frame's clouds and pictures are asked for one by one. */
let latest: { readonly key: string; readonly recording: Recording } | null = null;

/** Throws ProblemError where the recording cannot be opened. */
async function recordingOf(source: ByteSource, path: string): Promise<Recording> {
  const footer = await source.slice(Math.max(0, source.length - FOOTER_BYTES), source.length);
  const key = `${path}:${source.length}:${footer.join()}`;
  if (latest?.key === key) {
    latest.recording.continueWith(source);
    return latest.recording;
  }
  const opened = await openRecording(source, path);
  if (!opened.ok) throw new ProblemError(opened.problem);
  latest = { key, recording: opened.value };
  return opened.value;
}

/** Names one message: its log time and topic, and its place among those of the same time. */
export interface MessageName {
  readonly name: string;
  readonly row: number;
}

export function messageName(topic: string, logTime: bigint, row: number): MessageName {
  return { name: `${logTime} ${topic}`, row };
}

/** The message of that name. Throws ProblemError where there is none. */
export async function readMessage(
  source: ByteSource,
  path: string,
  { name = '', row = 0 }: Partial<MessageName>,
): Promise<RecordedMessage> {
  const [, time, topic] = /^(\d{1,20}) (.*)$/s.exec(name) ?? [];
  if (time !== undefined && topic !== undefined) {
    const recording = await recordingOf(source, path);
    let place = 0;
    for await (const message of recording.messages([topic], BigInt(time))) {
      if (place++ === row) return message;
    }
  }
  throw new ProblemError({ code: 'mcap-message-missing', severity: 'error', path, place: name });
}
