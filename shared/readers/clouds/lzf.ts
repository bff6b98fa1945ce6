/**
 * LZF decompression, the stream inside `binary_compressed` PCD. A control byte below 32 opens a run of literals
 * (value + 1 bytes); any other holds a back reference: three bits of length, thirteen of distance, and one more
 * length byte when the three bits are full.
 */

/** A back reference of three bytes yields at most this many, which bounds what a stream of a given size can hold. */
const LONGEST_MATCH = 264;

/** Largest output that `compressedBytes` of LZF can stand for. */
export function lzfCapacity(compressedBytes: number): number {
  return Math.ceil(compressedBytes / 3) * LONGEST_MATCH;
}

/**
 * Fills `output` from `input` and answers the bytes written: fewer than `output.length` when the stream ends early,
 * points before its own start, or would write past the end. What was written up to there is right.
 */
export function decompressLzf(input: Uint8Array, output: Uint8Array): number {
  const inputEnd = input.length;
  const outputEnd = output.length;
  let read = 0;
  let write = 0;
  while (read < inputEnd) {
    const control = input[read++]!;
    if (control < 32) {
      const end = write + control + 1;
      if (end > outputEnd || read + control + 1 > inputEnd) {
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
    let from = write - ((control & 31) << 8) - input[read++]! - 1;
    if (from < 0) return write;
    const end = Math.min(write + length, outputEnd);
    // Byte by byte on purpose: source and target overlap when the distance is shorter than the length.
    while (write < end) output[write++] = output[from++]!;
  }
  return write;
}
