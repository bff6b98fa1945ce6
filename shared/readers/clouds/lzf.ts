/**
 * LZF decompression, the stream inside `binary_compressed` PCD. A control byte below 32 opens a run of literals
 * (value + 1 bytes); any other holds a back reference: three bits of length, thirteen of distance, and one more
 * length byte when the three bits are full.
 */

const LONGEST_RUN = 32;
/** A back reference of three bytes yields at most this many, which bounds what a stream of a given size can hold. */
const LONGEST_MATCH = 264;
/** Bytes copied at once where there is room to write past the end of a run; both lengths above are multiples of it. */
const STEP = 4;

/** Largest output that `compressedBytes` of LZF can stand for. */
export function lzfCapacity(compressedBytes: number): number {
  return Math.ceil(compressedBytes / 3) * LONGEST_MATCH;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Fills `output` from `input` and answers the bytes written: fewer than `output.length` when the stream ends early,
 * points before its own start, or would write past the end. What was written up to there is right; a few bytes behind
 * it may hold anything.
 */
export function decompressLzf(input: Uint8Array, output: Uint8Array): number {
  const inputEnd = input.length;
  const outputEnd = output.length;
  const source = viewOf(input);
  const target = viewOf(output);
  const lastRoomyRead = inputEnd - LONGEST_RUN;
  const lastRoomyWrite = outputEnd - LONGEST_MATCH;
  let read = 0;
  let write = 0;
  while (read < inputEnd) {
    const control = input[read++]!;
    if (control < LONGEST_RUN) {
      const end = write + control + 1;
      const readEnd = read + control + 1;
      if (read <= lastRoomyRead && write <= lastRoomyWrite) {
        for (; write < end; write += STEP, read += STEP) target.setInt32(write, source.getInt32(read));
        write = end;
        read = readEnd;
        continue;
      }
      if (end > outputEnd || readEnd > inputEnd) {
        while (write < outputEnd && read < inputEnd) output[write++] = input[read++]!;
        return write;
      }
      while (write < end) output[write++] = input[read++]!;
      continue;
    }
    let length = (control >> 5) + 2;
    if (length === 9) {
      if (read >= inputEnd) return write;
      length += input[read++]!;
    }
    if (read >= inputEnd) return write;
    const distance = ((control & 31) << 8) + input[read++]! + 1;
    let from = write - distance;
    if (from < 0) return write;
    if (distance >= STEP && write <= lastRoomyWrite) {
      const end = write + length;
      for (; write < end; write += STEP, from += STEP) target.setInt32(write, target.getInt32(from));
      write = end;
      continue;
    }
    const end = Math.min(write + length, outputEnd);
    // Byte by byte on purpose: source and target overlap when the distance is shorter than a step.
    while (write < end) output[write++] = output[from++]!;
  }
  return write;
}
