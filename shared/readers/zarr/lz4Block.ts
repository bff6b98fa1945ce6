/** LZ4 blocks, after the published description of the block format. Every copy is checked against both ends. */

/** Decodes `input` to exactly fill `output`; false where it is no such block. */
export function decodeLz4Block(input: Uint8Array, output: Uint8Array): boolean {
  let from = 0;
  let to = 0;
  while (from < input.length) {
    const token = input[from++]!;
    let literals = token >> 4;
    if (literals === 15) {
      for (let more = 255; more === 255; literals += more) {
        if (from >= input.length) return false;
        more = input[from++]!;
      }
    }
    if (literals > input.length - from || literals > output.length - to) return false;
    output.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence is literals alone.
    if (from === input.length) return to === output.length;
    if (from + 2 > input.length) return false;
    const distance = input[from]! | (input[from + 1]! << 8);
    from += 2;
    let length = (token & 15) + 4;
    if (length === 19) {
      for (let more = 255; more === 255; length += more) {
        if (from >= input.length) return false;
        more = input[from++]!;
      }
    }
    if (distance === 0 || distance > to || length > output.length - to) return false;
    // Byte by byte: a match may overlap what it writes.
    for (const end = to + length; to < end; to++) output[to] = output[to - distance]!;
  }
  return false;
}

/** BloscLZ blocks (FastLZ's format as Blosc 1 writes it); the same contract as `decodeLz4Block`. */
export function decodeBloscLz(input: Uint8Array, output: Uint8Array): boolean {
  if (input.length === 0) return false;
  let from = 0;
  let to = 0;
  let control = input[from++]! & 31;
  for (;;) {
    if (control < 32) {
      const literals = control + 1;
      if (literals > input.length - from || literals > output.length - to) return false;
      output.set(input.subarray(from, from + literals), to);
      from += literals;
      to += literals;
    } else {
      let length = (control >> 5) - 1;
      let distance = (control & 31) << 8;
      if (length === 6) {
        for (let more = 255; more === 255; length += more) {
          if (from >= input.length) return false;
          more = input[from++]!;
        }
      }
      if (from >= input.length) return false;
      const low = input[from++]!;
      distance += low;
      if (low === 255 && distance === 31 * 256 + 255) {
        if (from + 2 > input.length) return false;
        distance = 8191 + (input[from]! << 8) + input[from + 1]!;
        from += 2;
      }
      distance++;
      length += 3;
      if (distance > to || length > output.length - to) return false;
      for (const end = to + length; to < end; to++) output[to] = output[to - distance]!;
    }
    if (from >= input.length) return to === output.length;
    control = input[from++]!;
  }
}
