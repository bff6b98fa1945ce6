/**
 * Blosc 1 containers, after the format's published header description: blocks that may be split by the byte of their
 * elements, compressed one by one, then shuffled by bytes or bits. Inner codecs: LZ4, BloscLZ, zlib, zstd; not snappy.
 */
import { decodeZstd } from '../zstd/zstd.ts';
import { inflateZlib } from './libraryCodecs.ts';
import { decodeBloscLz, decodeLz4Block } from './lz4Block.ts';

const HEADER_BYTES = 16;
const LARGEST_SPLIT = 16;
const SMALLEST_SPLIT = 128;

interface BloscHeader {
  readonly flags: number;
  readonly elementBytes: number;
  readonly bytes: number;
  readonly blockBytes: number;
}

/** Decodes to exactly fill `output`. Answers why not, or null where it did. */
export function decodeBlosc(input: Uint8Array, output: Uint8Array): string | null {
  if (input.length < HEADER_BYTES) return 'truncated header';
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const header: BloscHeader = {
    flags: input[2]!,
    elementBytes: input[3]!,
    bytes: view.getUint32(4, true),
    blockBytes: view.getUint32(8, true),
  };
  if (header.bytes !== output.length) return `${header.bytes} bytes instead of ${output.length}`;
  if (view.getUint32(12, true) > input.length) return 'truncated';
  if (output.length === 0) return null;
  if (header.flags & 0x02) {
    if (input.length < HEADER_BYTES + output.length) return 'truncated';
    output.set(input.subarray(HEADER_BYTES, HEADER_BYTES + output.length));
    return null;
  }
  if (header.blockBytes === 0 || header.elementBytes === 0) return 'block size 0';
  return decodeBlocks(input, view, header, output);
}

function decodeBlocks(
  input: Uint8Array,
  view: DataView,
  header: BloscHeader,
  output: Uint8Array,
): string | null {
  const { flags, elementBytes, blockBytes } = header;
  const count = Math.ceil(output.length / blockBytes);
  if (HEADER_BYTES + 4 * count > input.length) return 'truncated block list';
  const isShuffled = (flags & 0x05) !== 0;
  const scratch = isShuffled ? new Uint8Array(Math.min(blockBytes, output.length)) : null;
  for (let block = 0; block < count; block++) {
    const start = block * blockBytes;
    const target = output.subarray(start, Math.min(start + blockBytes, output.length));
    const isLeftover = target.length < blockBytes;
    const canSplit = (flags & 0x10) === 0 && elementBytes <= LARGEST_SPLIT && !isLeftover;
    const splits = canSplit && blockBytes / elementBytes >= SMALLEST_SPLIT ? elementBytes : 1;
    const raw = scratch ? scratch.subarray(0, target.length) : target;
    const from = view.getUint32(HEADER_BYTES + 4 * block, true);
    const trouble = decodeSplits(input, view, from, flags >> 5, raw, splits);
    if (trouble) return trouble;
    if (!scratch) continue;
    if (flags & 0x01) unshuffleBytes(raw, target, elementBytes);
    else unshuffleBits(raw, target, elementBytes);
  }
  return null;
}

function decodeSplits(
  input: Uint8Array,
  view: DataView,
  from: number,
  codec: number,
  output: Uint8Array,
  splits: number,
): string | null {
  const bytes = Math.floor(output.length / splits);
  if (bytes * splits !== output.length) return 'uneven split';
  let at = from;
  for (let split = 0; split < splits; split++) {
    if (at + 4 > input.length) return 'truncated';
    const packed = view.getUint32(at, true);
    at += 4;
    if (packed > input.length - at) return 'truncated';
    const source = input.subarray(at, at + packed);
    const target = output.subarray(split * bytes, (split + 1) * bytes);
    at += packed;
    if (packed === bytes) target.set(source);
    else if (!decodeInner(codec, source, target)) return `codec ${codec}`;
  }
  return null;
}

function decodeInner(codec: number, source: Uint8Array, target: Uint8Array): boolean {
  if (codec === 0) return decodeBloscLz(source, target);
  if (codec === 1) return decodeLz4Block(source, target);
  if (codec === 3) return inflateZlib(source, target) === null;
  return codec === 4 && decodeZstd(source, target) === null;
}

/** From all first bytes, all second bytes, ... back to elements; what is no whole element stays as it is. */
export function unshuffleBytes(from: Uint8Array, to: Uint8Array, elementBytes: number): void {
  const count = Math.floor(from.length / elementBytes);
  for (let byte = 0, source = 0; byte < elementBytes; byte++) {
    for (let i = 0, target = byte; i < count; i++, target += elementBytes) to[target] = from[source++]!;
  }
  to.set(from.subarray(count * elementBytes), count * elementBytes);
}

/** From all lowest bits of the first bytes, ... back to elements. Blosc leaves counts not divisible by 8 unshuffled. */
export function unshuffleBits(from: Uint8Array, to: Uint8Array, elementBytes: number): void {
  const count = Math.floor(from.length / elementBytes);
  if (count % 8 !== 0) {
    to.set(from);
    return;
  }
  const rowBytes = count / 8;
  for (let byte = 0; byte < elementBytes; byte++) {
    for (let group = 0; group < rowBytes; group++) {
      // Eight rows hold one bit each of the same eight elements: an 8x8 transposition in two halves.
      const row = byte * 8 * rowBytes + group;
      let low =
        from[row]! |
        (from[row + rowBytes]! << 8) |
        (from[row + 2 * rowBytes]! << 16) |
        (from[row + 3 * rowBytes]! << 24);
      let high =
        from[row + 4 * rowBytes]! |
        (from[row + 5 * rowBytes]! << 8) |
        (from[row + 6 * rowBytes]! << 16) |
        (from[row + 7 * rowBytes]! << 24);
      let swap = (low ^ (low >>> 7)) & 0x00aa00aa;
      low ^= swap ^ (swap << 7);
      swap = (high ^ (high >>> 7)) & 0x00aa00aa;
      high ^= swap ^ (swap << 7);
      swap = (low ^ (low >>> 14)) & 0x0000cccc;
      low ^= swap ^ (swap << 14);
      swap = (high ^ (high >>> 14)) & 0x0000cccc;
      high ^= swap ^ (swap << 14);
      const first = (low & 0x0f0f0f0f) | ((high << 4) & 0xf0f0f0f0);
      const second = ((low >>> 4) & 0x0f0f0f0f) | (high & 0xf0f0f0f0);
      let target = group * 8 * elementBytes + byte;
      for (let shift = 0; shift < 32; shift += 8, target += elementBytes) to[target] = first >>> shift;
      for (let shift = 0; shift < 32; shift += 8, target += elementBytes) to[target] = second >>> shift;
    }
  }
  to.set(from.subarray(count * elementBytes), count * elementBytes);
}
