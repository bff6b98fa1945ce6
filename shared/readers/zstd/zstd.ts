/**
 * Zstandard frames (RFC 8878) into an output of known length. Decoded here rather than by a library, since those at hand
 * can be made to loop without end by a few bytes: every loop below is bounded by its input or its output.
 */
import { ZstdDamage } from './bits.ts';
import type { HuffmanTable } from './huffman.ts';
import { decodeHuffman, readHuffman } from './huffman.ts';
import type { SequenceTables } from './sequences.ts';
import { copySequences } from './sequences.ts';

const MAGIC = 0xfd2f_b528;
/** Frames for others to use: sixteen marks, then a length. */
const SKIPPABLE = 0x184d_2a50;
const LARGEST_BLOCK = 128 << 10;

/** What later blocks of a frame may refer to. */
export interface FrameState {
  readonly output: Uint8Array;
  readonly frameStart: number;
  at: number;
  huffman: HuffmanTable | null;
  readonly tables: SequenceTables;
  readonly offsets: [number, number, number];
}

/** Fills `output` from one frame or several. Answers why not, or null where it did. */
export function decodeZstd(input: Uint8Array, output: Uint8Array): string | null {
  try {
    let from = 0;
    let to = 0;
    while (from < input.length) {
      const view = new DataView(input.buffer, input.byteOffset + from, input.length - from);
      if (view.byteLength < 8) throw new ZstdDamage('truncated');
      const magic = view.getUint32(0, true);
      if ((magic & 0xffff_fff0) >>> 0 === SKIPPABLE) from += 8 + view.getUint32(4, true);
      else if (magic === MAGIC) [from, to] = decodeFrame(input, from + 4, output, to);
      else throw new ZstdDamage('mark');
    }
    if (to !== output.length) throw new ZstdDamage(`${to} bytes instead of ${output.length}`);
    return null;
  } catch (error) {
    if (error instanceof ZstdDamage || error instanceof RangeError) return error.message;
    throw error;
  }
}

/** The frame whose header begins at `from`. Answers where input and output go on. */
function decodeFrame(input: Uint8Array, from: number, output: Uint8Array, to: number): [number, number] {
  const descriptor = input[from]!;
  const isSingle = (descriptor & 0x20) !== 0;
  if ((descriptor & 0x08) !== 0 || (descriptor & 3) !== 0) throw new ZstdDamage('dictionary');
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  let at = from + 1 + (isSingle ? 0 : 1) + sizeBytes;
  const state: FrameState = {
    output,
    frameStart: to,
    at: to,
    huffman: null,
    tables: { literals: null, offsets: null, matches: null },
    offsets: [1, 4, 8],
  };
  for (let isLast = false; !isLast; ) {
    if (at + 3 > input.length) throw new ZstdDamage('truncated');
    const head = input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16);
    isLast = (head & 1) === 1;
    const type = (head >> 1) & 3;
    const size = head >> 3;
    at += 3;
    const bytes = type === 1 ? 1 : size;
    if (at + bytes > input.length || type === 3) throw new ZstdDamage('block');
    const block = input.subarray(at, at + bytes);
    if (type === 2) decodeBlock(block, state);
    else {
      if (size > output.length - state.at) throw new ZstdDamage('longer than stated');
      if (type === 0) output.set(block, state.at);
      else output.fill(block[0]!, state.at, state.at + size);
      state.at += size;
    }
    at += bytes;
  }
  // A checksum may follow: what was decoded is parsed with care anyway.
  return [at + (descriptor & 0x04 ? 4 : 0), state.at];
}

function decodeBlock(block: Uint8Array, state: FrameState): void {
  if (block.length > LARGEST_BLOCK) throw new ZstdDamage('block');
  const { literals, end } = readLiterals(block, state);
  copySequences(block.subarray(end), literals, state);
}

function readLiterals(block: Uint8Array, state: FrameState): { literals: Uint8Array; end: number } {
  const head = block[0] ?? 0;
  const type = head & 3;
  const format = (head >> 2) & 3;
  const word = (head | ((block[1] ?? 0) << 8) | ((block[2] ?? 0) << 16) | ((block[3] ?? 0) << 24)) >>> 0;
  if (type < 2) {
    const headBytes = format === 1 ? 2 : format === 3 ? 3 : 1;
    const size = headBytes === 1 ? head >> 3 : (word & (headBytes === 2 ? 0xffff : 0xff_ffff)) >>> 4;
    const end = headBytes + (type === 0 ? size : 1);
    if (end > block.length || size > LARGEST_BLOCK) throw new ZstdDamage('literals');
    if (type === 0) return { literals: block.subarray(headBytes, end), end };
    return { literals: new Uint8Array(size).fill(block[headBytes]!), end };
  }
  const bits = [10, 10, 14, 18][format]!;
  const headBytes = [3, 3, 4, 5][format]!;
  const wide = word + (block[4] ?? 0) * 2 ** 32;
  const size = Math.floor(wide / 16) % 2 ** bits;
  const packed = Math.floor(wide / 2 ** (4 + bits)) % 2 ** bits;
  const end = headBytes + packed;
  if (end > block.length || size > LARGEST_BLOCK) throw new ZstdDamage('literals');
  let streams = block.subarray(headBytes, end);
  if (type === 2) {
    const { table, end: treeEnd } = readHuffman(streams);
    state.huffman = table;
    streams = streams.subarray(treeEnd);
  }
  if (!state.huffman) throw new ZstdDamage('no tree');
  const literals = new Uint8Array(size);
  if (format === 0) decodeHuffman(state.huffman, streams, literals);
  else decodeFour(state.huffman, streams, literals);
  return { literals, end };
}

/** Four streams side by side, the lengths of three of them in front. */
function decodeFour(table: HuffmanTable, streams: Uint8Array, literals: Uint8Array): void {
  if (streams.length < 6) throw new ZstdDamage('streams');
  const share = (literals.length + 3) >> 2;
  let at = 6;
  for (let i = 0; i < 4; i++) {
    const length = i < 3 ? streams[2 * i]! | (streams[2 * i + 1]! << 8) : streams.length - at;
    const start = share * i;
    if (length < 0 || at + length > streams.length || start > literals.length)
      throw new ZstdDamage('streams');
    const part = literals.subarray(start, i < 3 ? start + share : literals.length);
    decodeHuffman(table, streams.subarray(at, at + length), part);
    at += length;
  }
}
