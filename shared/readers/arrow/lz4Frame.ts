/**
 * LZ4 frames, unpacked into an array of the length that is known beforehand. Every checksum a frame carries is checked.
 * Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
 */
import { demand } from './damage.ts';
import { xxHash32 } from './xxHash32.ts';

const MAGIC = 0x184d_2204;
/** Bits of the descriptor's first byte. */
const FLAG = {
  independent: 0x20,
  blockChecksum: 0x10,
  contentSize: 0x08,
  contentChecksum: 0x04,
  dictionary: 0x01,
};
/** Top bit of a block's size: its bytes are stored as they are. */
const STORED = 0x8000_0000;
const SHORTEST_MATCH = 4;
/** Below this many bytes a plain loop beats the call of a block copy. */
const WORTH_A_CALL = 32;

/** Length that goes on in bytes of 255. Answers it with the position after. */
function extended(bytes: Uint8Array, at: number, end: number, start: number, part: string): [number, number] {
  let length = start;
  for (let next = at; next < end; ) {
    const more = bytes[next++]!;
    length += more;
    if (more !== 255) return [length, next];
  }
  demand(false, part);
  return [0, 0];
}

/**
 * One compressed block [at, end) of `bytes` into `out` from `to` on; matches reach back to `floor` at most. Answers
 * where the output ends. Throws `Damage`.
 */
export function unpackLz4Block(
  bytes: Uint8Array,
  at: number,
  end: number,
  out: Uint8Array,
  to: number,
  floor: number,
  part: string,
): number {
  while (at < end) {
    const token = bytes[at++]!;
    let literals = token >> 4;
    if (literals === 15) [literals, at] = extended(bytes, at, end, literals, part);
    if (literals > 0) {
      demand(literals <= end - at && literals <= out.length - to, part);
      if (literals < WORTH_A_CALL) for (let i = 0; i < literals; i++) out[to + i] = bytes[at + i]!;
      else out.set(bytes.subarray(at, at + literals), to);
      at += literals;
      to += literals;
    }
    // The last sequence has literals only.
    if (at === end) return to;
    demand(end - at >= 2, part);
    const distance = bytes[at]! | (bytes[at + 1]! << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) [length, at] = extended(bytes, at, end, length, part);
    length += SHORTEST_MATCH;
    const from = to - distance;
    demand(distance > 0 && from >= floor && length <= out.length - to, part);
    if (length >= WORTH_A_CALL && distance >= length) out.copyWithin(to, from, from + length);
    // A match may overlap its own output: byte by byte it repeats what it writes.
    else for (let i = 0; i < length; i++) out[to + i] = out[from + i]!;
    to += length;
  }
  return to;
}

/** The frame at the start of `bytes`, which must unpack to exactly `length` bytes. Throws `Damage`. */
export function unpackLz4Frame(bytes: Uint8Array, length: number, part: string): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  demand(bytes.length >= 11 && view.getUint32(0, true) === MAGIC, part);
  const flags = bytes[4]!;
  demand(flags >> 6 === 1 && (flags & FLAG.dictionary) === 0, part);
  let at = 6;
  if (flags & FLAG.contentSize) {
    demand(bytes.length >= at + 13 && view.getBigUint64(at, true) === BigInt(length), part);
    at += 8;
  }
  demand(((xxHash32(bytes.subarray(4, at)) >>> 8) & 0xff) === bytes[at], part);
  at++;
  const out = new Uint8Array(length);
  let to = 0;
  for (;;) {
    demand(at + 4 <= bytes.length, part);
    const stated = view.getUint32(at, true);
    at += 4;
    if (stated === 0) break;
    const size = stated & ~STORED;
    const end = at + size;
    const isChecked = (flags & FLAG.blockChecksum) !== 0;
    demand(end + (isChecked ? 4 : 0) <= bytes.length, part);
    if (isChecked) demand(view.getUint32(end, true) === xxHash32(bytes.subarray(at, end)), part);
    if (stated >= STORED) {
      demand(size <= length - to, part);
      out.set(bytes.subarray(at, end), to);
      to += size;
    } else {
      to = unpackLz4Block(bytes, at, end, out, to, flags & FLAG.independent ? to : 0, part);
    }
    at = end + (isChecked ? 4 : 0);
  }
  demand(to === length, part);
  if (flags & FLAG.contentChecksum) {
    demand(at + 4 <= bytes.length && view.getUint32(at, true) === xxHash32(out), part);
  }
  return out;
}
