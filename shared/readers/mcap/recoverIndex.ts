/**
 * An index for a recording that has none, because it was cut off or never closed: its records are walked from the
 * front, and what a closed recording ends with is made from those that are whole. The file itself stays as it is.
 * Format: https://mcap.dev/spec, sections Chunk, Message Index, Chunk Index, Data End and Footer.
 */
import type { ByteSource } from '../../base/bytes.ts';

/** Bytes that belong behind the first `end` bytes of the file. */
export interface RecoveredIndex {
  readonly end: number;
  readonly tail: Uint8Array;
}

/** Unpacks the records of a chunk. Throws where they are damaged. */
export type UnpackChunk = (bytes: Uint8Array, compression: string, size: bigint) => Uint8Array;

const Opcode = {
  footer: 2,
  schema: 3,
  channel: 4,
  chunk: 6,
  messageIndex: 7,
  chunkIndex: 8,
  dataEnd: 15,
} as const;
const MAGIC_BYTES = 8;
const PREFIX_BYTES = 9;
/** Start, end, size, checksum and the length of the compression's name. */
const CHUNK_FIXED = 32;
const LONGEST_NAME = 64;
const WINDOW_BYTES = 1 << 16;

const decoder = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** Little records one after another are read from one window of the file. */
class Window {
  readonly #source: ByteSource;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async view(start: number, length: number): Promise<DataView | null> {
    if (start + length > this.#source.length) return null;
    if (start < this.#start || start + length > this.#start + this.#bytes.length) {
      const end = Math.min(this.#source.length, start + Math.max(length, WINDOW_BYTES));
      this.#start = start;
      this.#bytes = await this.#source.slice(start, end);
    }
    const { buffer, byteOffset } = this.#bytes;
    return new DataView(buffer, byteOffset + start - this.#start, length);
  }
}

interface Chunk {
  readonly start: number;
  readonly length: number;
  readonly times: readonly [bigint, bigint];
  readonly compression: string;
  readonly compressedSize: bigint;
  readonly size: bigint;
  readonly recordsAt: number;
  /** Offset of the index of each channel's messages. */
  readonly indexes: Map<number, number>;
  indexBytes: number;
}

function record(opcode: number, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(PREFIX_BYTES + length);
  bytes[0] = opcode;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length), true);
  let at = PREFIX_BYTES;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const uint64s = (...values: (bigint | number)[]) =>
  new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
const uint32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

function chunkIndex(chunk: Chunk): Uint8Array {
  const offsets = new Uint8Array(10 * chunk.indexes.size);
  const view = new DataView(offsets.buffer);
  for (const [i, [channel, offset]] of [...chunk.indexes].entries()) {
    view.setUint16(10 * i, channel, true);
    view.setBigUint64(10 * i + 2, BigInt(offset), true);
  }
  const name = encoder.encode(chunk.compression);
  return record(
    Opcode.chunkIndex,
    uint64s(...chunk.times, chunk.start, chunk.length),
    ...[uint32(offsets.length), offsets, uint64s(chunk.indexBytes)],
    ...[uint32(name.length), name, uint64s(chunk.compressedSize, chunk.size)],
  );
}

class Walk {
  readonly #source: ByteSource;
  readonly #window: Window;
  readonly #unpack: UnpackChunk;
  readonly #chunks: Chunk[] = [];
  /** Schema and channel records as they stand in the file, by kind and id. */
  readonly #declared = new Map<string, Uint8Array>();

  constructor(source: ByteSource, unpack: UnpackChunk) {
    this.#source = source;
    this.#window = new Window(source);
    this.#unpack = unpack;
  }

  async run(): Promise<RecoveredIndex | null> {
    let at = MAGIC_BYTES;
    for (;;) {
      const prefix = await this.#window.view(at, PREFIX_BYTES);
      const opcode = prefix?.getUint8(0) ?? 0;
      const length = prefix ? Number(prefix.getBigUint64(1, true)) : 0;
      const end = at + PREFIX_BYTES + length;
      if (!prefix || opcode === 0 || opcode === Opcode.dataEnd || opcode === Opcode.footer) break;
      if (end > this.#source.length) break;
      await this.#take(opcode, at, length);
      at = end;
    }
    // Of the last chunk, the indexes may be missing behind the cut: then its messages cannot be found either.
    const chunks = this.#chunks.filter(({ indexes }) => indexes.size > 0);
    if (chunks.length === 0) return null;
    for (const chunk of chunks) await this.#declareChannels(chunk);
    return { end: at, tail: this.#tail(at, chunks) };
  }

  async #take(opcode: number, at: number, length: number): Promise<void> {
    const content = at + PREFIX_BYTES;
    if (opcode === Opcode.schema || opcode === Opcode.channel) {
      const view = await this.#window.view(content, length);
      if (view && length >= 2) this.#declare(opcode, bytesOf(view));
    } else if (opcode === Opcode.chunk) {
      await this.#takeChunk(at, length);
    } else if (opcode === Opcode.messageIndex && length >= 2) {
      const view = await this.#window.view(content, 2);
      const chunk = this.#chunks.at(-1);
      if (!view || !chunk) return;
      chunk.indexes.set(view.getUint16(0, true), at);
      chunk.indexBytes += PREFIX_BYTES + length;
    }
  }

  async #takeChunk(start: number, length: number): Promise<void> {
    const content = start + PREFIX_BYTES;
    const view = await this.#window.view(content, Math.min(length, CHUNK_FIXED + LONGEST_NAME + 8));
    if (!view || view.byteLength < CHUNK_FIXED + 8) return;
    const nameLength = view.getUint32(28, true);
    if (nameLength > LONGEST_NAME || CHUNK_FIXED + nameLength + 8 > view.byteLength) return;
    this.#chunks.push({
      start,
      length: PREFIX_BYTES + length,
      times: [view.getBigUint64(0, true), view.getBigUint64(8, true)],
      size: view.getBigUint64(16, true),
      compression: decoder.decode(bytesOf(view).subarray(CHUNK_FIXED, CHUNK_FIXED + nameLength)),
      compressedSize: view.getBigUint64(CHUNK_FIXED + nameLength, true),
      recordsAt: content + CHUNK_FIXED + nameLength + 8,
      indexes: new Map(),
      indexBytes: 0,
    });
  }

  #declare(opcode: number, content: Uint8Array): void {
    const key = `${opcode} ${content[0]! | (content[1]! << 8)}`;
    if (!this.#declared.has(key)) this.#declared.set(key, content.slice());
  }

  /** Channels are declared in the chunk that first has messages of them: others need not be unpacked. */
  async #declareChannels(chunk: Chunk): Promise<void> {
    const isKnown = (channel: number) => this.#declared.has(`${Opcode.channel} ${channel}`);
    if ([...chunk.indexes.keys()].every(isKnown)) return;
    const packed = await this.#source.slice(chunk.recordsAt, chunk.start + chunk.length);
    const bytes = this.#unpack(packed, chunk.compression, chunk.size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + PREFIX_BYTES <= bytes.length; ) {
      const opcode = bytes[at]!;
      const content = at + PREFIX_BYTES;
      const end = content + Number(view.getBigUint64(at + 1, true));
      if (end > bytes.length) break;
      const isDeclaration = opcode === Opcode.schema || opcode === Opcode.channel;
      if (isDeclaration && end - content >= 2) this.#declare(opcode, bytes.subarray(content, end));
      at = end;
    }
  }

  #tail(end: number, chunks: readonly Chunk[]): Uint8Array {
    const dataEnd = record(Opcode.dataEnd, uint32(0));
    const declared = [...this.#declared].map(([key, content]) => record(Number(key.split(' ')[0]), content));
    const footer = record(Opcode.footer, uint64s(end + dataEnd.length, 0), uint32(0));
    const magic = Uint8Array.of(0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a);
    const parts = [dataEnd, ...declared, ...chunks.map(chunkIndex), footer, magic];
    const tail = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      tail.set(part, at);
      at += part.length;
    }
    return tail;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Null where the file has no whole chunk with its index. Throws what `unpack` does. */
export function recoverIndex(source: ByteSource, unpack: UnpackChunk): Promise<RecoveredIndex | null> {
  return new Walk(source, unpack).run();
}
