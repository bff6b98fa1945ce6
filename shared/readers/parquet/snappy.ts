/**
 * Snappy blocks, unpacked into an array of the length that is known beforehand; every copy stays within what is there.
 * Format: https://github.com/google/snappy/blob/main/format_description.txt
 */
import { ParquetError } from './broken.ts';

/** Below this many bytes a plain loop beats the call of a block copy. */
const WORTH_A_CALL = 32;

function demand(isSo: boolean): void {
  if (!isSo) throw new ParquetError('compression');
}

/** Little-endian number of one to four bytes; positive also where its top bit is set. */
function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  demand(at + width <= bytes.length);
  let value = 0;
  for (let i = 0; i < width; i++) value += bytes[at + i]! * 2 ** (8 * i);
  return value;
}

/** The unpacked length that a block states in front, and where its elements begin. */
function preamble(packed: Uint8Array): [length: number, start: number] {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = packed[at];
    demand(byte !== undefined);
    length += (byte! & 0x7f) * 2 ** (7 * at);
    if (byte! < 0x80) return [length, at + 1];
  }
  throw new ParquetError('compression');
}

/** Throws ParquetError where the block does not unpack to exactly `length` bytes. */
export function unpackSnappy(packed: Uint8Array, length: number): Uint8Array {
  const [stated, start] = preamble(packed);
  demand(stated === length);
  const out = new Uint8Array(length);
  let to = 0;
  for (let at = start; at < packed.length; ) {
    const tag = packed[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      // 60 to 63 say in how many bytes the length follows.
      const width = short < 60 ? 0 : short - 59;
      const literals = (width === 0 ? short : littleEndian(packed, at, width)) + 1;
      at += width;
      demand(literals <= packed.length - at && literals <= length - to);
      out.set(packed.subarray(at, at + literals), to);
      at += literals;
      to += literals;
      continue;
    }
    const width = kind === 3 ? 4 : kind;
    const low = littleEndian(packed, at, width);
    at += width;
    const distance = kind === 1 ? ((tag >> 5) << 8) + low : low;
    const copied = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const from = to - distance;
    demand(distance > 0 && from >= 0 && copied <= length - to);
    if (copied >= WORTH_A_CALL && distance >= copied) out.copyWithin(to, from, from + copied);
    // A copy may overlap its own output: byte by byte it repeats what it writes.
    else for (let i = 0; i < copied; i++) out[to + i] = out[from + i]!;
    to += copied;
  }
  demand(to === length);
  return out;
}
