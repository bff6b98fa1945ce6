/** Packs LZ4 frames for tests: greedy matches by a table of the last places, from the published format, plain and slow. */
import { xxHash32Oracle } from './xxHashFixture.ts';

export interface Lz4Options {
  /** Bytes of input a block. */
  readonly blockBytes?: number;
  /** Matches may reach into the blocks before. */
  readonly isLinked?: boolean;
  readonly blockChecksum?: boolean;
  readonly contentSize?: boolean;
  readonly contentChecksum?: boolean;
  /** Stores blocks as they are. */
  readonly isStored?: boolean;
}

function u32(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function lengthBytes(length: number): number[] {
  const out: number[] = [];
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) out.push(255);
  out.push(rest);
  return out;
}

function sequence(literals: Uint8Array, distance: number, match: number): number[] {
  const high = Math.min(15, literals.length);
  const low = distance === 0 ? 0 : Math.min(15, match - 4);
  return [
    (high << 4) | low,
    ...(high === 15 ? lengthBytes(literals.length) : []),
    ...literals,
    ...(distance === 0 ? [] : [distance & 255, distance >> 8]),
    ...(distance !== 0 && low === 15 ? lengthBytes(match - 4) : []),
  ];
}

/** Packs [start, end); matches reach back to `floor`. */
function packBlock(input: Uint8Array, start: number, end: number, floor: number): Uint8Array {
  const out: number[] = [];
  const last = new Map<string, number>();
  const key = (at: number) => input.subarray(at, at + 4).join();
  for (let at = floor; at < start; at++) last.set(key(at), at);
  let literalStart = start;
  let at = start;
  // The format wants the last five bytes as literals.
  while (at + 12 < end) {
    const found = last.get(key(at));
    last.set(key(at), at);
    if (found === undefined || at - found > 0xffff) {
      at++;
      continue;
    }
    let match = 4;
    while (at + match < end - 5 && input[found + match] === input[at + match]) match++;
    out.push(...sequence(input.subarray(literalStart, at), at - found, match));
    at += match;
    literalStart = at;
  }
  out.push(...sequence(input.subarray(literalStart, end), 0, 0));
  return Uint8Array.from(out);
}

export function packLz4Frame(input: Uint8Array, options: Lz4Options = {}): Uint8Array {
  const { blockBytes = 65_536, isLinked, blockChecksum, contentSize, contentChecksum, isStored } = options;
  const flags =
    0x40 |
    (isLinked ? 0 : 0x20) |
    (blockChecksum ? 0x10 : 0) |
    (contentSize ? 0x08 : 0) |
    (contentChecksum ? 0x04 : 0);
  const descriptor = [flags, 0x40, ...(contentSize ? [...u32(input.length), 0, 0, 0, 0] : [])];
  const out = [...u32(0x184d_2204), ...descriptor, (xxHash32Oracle(descriptor) >>> 8) & 255];
  for (let start = 0; start < input.length; start += blockBytes) {
    const end = Math.min(input.length, start + blockBytes);
    const body = isStored ? input.subarray(start, end) : packBlock(input, start, end, isLinked ? 0 : start);
    out.push(...u32((body.length | (isStored ? 0x8000_0000 : 0)) >>> 0));
    for (const byte of body) out.push(byte);
    if (blockChecksum) out.push(...u32(xxHash32Oracle([...body])));
  }
  out.push(0, 0, 0, 0);
  if (contentChecksum) out.push(...u32(xxHash32Oracle([...input])));
  return Uint8Array.from(out);
}
