/**
 * Writes small WebAssembly modules, instruction by instruction, so that the few loops where JavaScript is too slow can
 * be read in the source that runs, and need neither a toolchain nor a binary file.
 * Format: https://webassembly.github.io/spec/core/binary, version 1 with the 128-bit loads and stores of SIMD.
 */

/** Bytes of instructions. An expression leaves one number on the stack, a statement none. */
export type Code = readonly number[];

/** A function of 32-bit numbers that answers one. Its locals are numbered: first parameters, then the others. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** How many others there are of 32 bits, and behind those of 64. */
  readonly locals: number;
  readonly longLocals?: number;
  readonly body: Code;
}

/** A function that is handed in, under `host`. Called by its place among all of them. */
export interface WasmImport {
  readonly name: string;
  readonly parameters: number;
}

const I32 = 0x7f;
const I64 = 0x7e;
/** Blocks and branches leave nothing on the stack. */
const EMPTY = 0x40;
const END = 0x0b;

/** LEB128, as all numbers of a module are written. */
function unsigned(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return [...bytes, left];
}

function signed(value: number): Code {
  const bytes: number[] = [];
  let left = value | 0;
  while (left < -64 || left > 63) {
    bytes.push((left & 127) | 128);
    left >>= 7;
  }
  return [...bytes, left & 127];
}

export const constant = (value: number): Code => [0x41, ...signed(value)];
export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

const binary =
  (opcode: number) =>
  (left: Code, right: Code): Code => [...left, ...right, opcode];

export const add = binary(0x6a);
export const subtract = binary(0x6b);
export const and = binary(0x71);
export const shiftLeft = binary(0x74);
export const shiftRight = binary(0x76);
export const equal = binary(0x46);
/** Comparisons of numbers without sign. */
export const below = binary(0x49);
export const above = binary(0x4b);
export const atLeast = binary(0x4f);

/** Loads and stores need no alignment; their one hint says so. */
const NO_ALIGNMENT = [0, 0];
export const loadByte = (address: Code): Code => [...address, 0x2d, ...NO_ALIGNMENT];
export const storeByte = (address: Code, value: Code): Code => [...address, ...value, 0x3a, ...NO_ALIGNMENT];
/** Moves 4 bytes from one address to another. */
export const move4 = (to: Code, from: Code): Code => [
  ...to,
  ...[...from, 0x28, ...NO_ALIGNMENT],
  ...[0x36, ...NO_ALIGNMENT],
];
/** Moves 16 bytes. */
export const move16 = (to: Code, from: Code): Code => [
  ...to,
  ...[...from, 0xfd, 0x00, ...NO_ALIGNMENT],
  ...[0xfd, 0x0b, ...NO_ALIGNMENT],
];

export const when = (condition: Code, ...then: Code[]): Code => [
  ...condition,
  ...[0x04, EMPTY, ...then.flat(), END],
];
export const answer = (value: Code): Code => [...value, 0x0f];
/** Repeats while the condition holds, which is asked before each round. */
export const repeatWhile = (condition: Code, ...body: Code[]): Code => [
  ...[0x02, EMPTY, 0x03, EMPTY],
  // Leaves the block around the loop where the condition is zero.
  ...[...condition, 0x45, 0x0d, 1],
  ...[...body.flat(), 0x0c, 0],
  ...[END, END],
];
/** Goes on with the next round of the loop in whose body it stands, `depth` conditions deep. */
export const nextRound = (depth: number): Code => [0x0c, ...unsigned(depth)];

/** Whole numbers of 64 bits, without sign. */
export const longConstant = (value: bigint): Code => {
  const bytes: number[] = [];
  let left = BigInt.asIntN(64, value);
  while (left < -64n || left > 63n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  return [0x42, ...bytes, Number(left & 127n)];
};
export const longAdd = binary(0x7c);
export const longMultiply = binary(0x7e);
export const longAnd = binary(0x83);
export const longOr = binary(0x84);
export const longXor = binary(0x85);
export const longShiftLeft = binary(0x86);
export const longShiftRight = binary(0x88);
export const longAtMost = binary(0x58);
export const longLoad = (address: Code): Code => [...address, 0x29, ...NO_ALIGNMENT];
/** Zeros below the lowest bit that is set; 64 where none is. */
export const longTrailingZeros = (value: Code): Code => [...value, 0x7a];
export const longFrom = (value: Code): Code => [...value, 0xad];
export const shortFrom = (value: Code): Code => [...value, 0xa7];

/** Doubles. */
export const doubleFromLong = (value: Code): Code => [...value, 0xba];
export const doubleDivide = binary(0xa3);
export const doubleNegative = (value: Code): Code => [...value, 0x9a];
export const doubleLoad = (address: Code): Code => [...address, 0x2b, ...NO_ALIGNMENT];
export const doubleStore = (address: Code, value: Code): Code => [
  ...address,
  ...value,
  0x39,
  ...NO_ALIGNMENT,
];

/** One or the other expression, of 64-bit doubles. */
export const eitherDouble = (condition: Code, then: Code, otherwise: Code): Code => [
  ...condition,
  ...[0x04, 0x7c, ...then, 0x05, ...otherwise, END],
];
/** Calls function `index`, imported ones first. */
export const call = (index: number, ...values: Code[]): Code => [...values.flat(), 0x10, ...unsigned(index)];
export const store4 = (address: Code, value: Code): Code => [...address, ...value, 0x36, ...NO_ALIGNMENT];
export const loadSignedByte = (address: Code): Code => [...address, 0x2c, ...NO_ALIGNMENT];
export const or = binary(0x72);
export const different = binary(0x47);
export const isNegative = (value: Code): Code => [...value, ...constant(0), 0x48];

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (word: string): Code => [...unsigned(word.length), ...new TextEncoder().encode(word)];

/** A module that exports the functions and its `memory` of one page, which whoever uses it makes larger. */
export function wasmModule(
  functions: readonly WasmFunction[],
  imported: readonly WasmImport[] = [],
): Uint8Array<ArrayBuffer> {
  const types = [...imported, ...functions].map(({ parameters }) => [
    0x60,
    ...list(Array.from({ length: parameters }, () => [I32])),
    ...list([[I32]]),
  ]);
  const exports = functions.map(({ name }, index) => [
    ...text(name),
    0x00,
    ...unsigned(imported.length + index),
  ]);
  const imports = imported.map(({ name }, index) => [
    ...text('host'),
    ...text(name),
    0x00,
    ...unsigned(index),
  ]);
  const bodies = functions.map(({ locals, longLocals = 0, body }) => {
    const kinds = [
      [...unsigned(locals), I32],
      [...unsigned(longLocals), I64],
    ];
    const code = [...list(kinds), ...body, END];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list(imports)),
    ...section(3, list(functions.map((_, index) => unsigned(imported.length + index)))),
    ...section(5, list([[0x00, 1]])),
    ...section(7, list([...exports, [...text('memory'), 0x02, 0]])),
    ...section(10, list(bodies)),
  ]);
}
