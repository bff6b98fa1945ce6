/**
 * LZF decompression in WebAssembly: the same steps as `lzf.ts`, which is its specification and what it is tested
 * against, but runs and matches are moved 16 bytes at a time. The unpacked bytes stay in the module's memory, from
 * where the fields are picked at once, so nothing is copied twice.
 */
import {
  above,
  add,
  and,
  answer,
  atLeast,
  below,
  constant,
  equal,
  get,
  loadByte,
  move4,
  move16,
  nextRound,
  repeatWhile,
  set,
  shiftLeft,
  shiftRight,
  storeByte,
  subtract,
  wasmModule,
  when,
} from '../../base/wasmAssembler.ts';
import type { WasmInstance, WasmMemory } from '../../base/webAssembly.ts';
import { compileSmallWasm, instantiateWasm } from '../../base/webAssembly.ts';

/** Parameters: the input lies at [read, inputEnd), the output goes to [write, outputEnd). */
const [READ, INPUT_END, WRITE, OUTPUT_END] = [0, 1, 2, 3];
const [START, CONTROL, LENGTH, FROM, END] = [4, 5, 6, 7, 8];
const increase = (local: number, by: number) => set(local, add(get(local), constant(by)));
const least = (local: number, limit: readonly number[]) => when(above(get(local), limit), set(local, limit));
const written = subtract(get(WRITE), get(START));

/** Moves steps of `bytes` from `FROM` to `WRITE` until `END` is reached or passed. */
const steps = (
  bytes: number,
  move: (to: readonly number[], from: readonly number[]) => readonly number[],
) => [
  ...repeatWhile(
    below(get(WRITE), get(END)),
    move(get(WRITE), get(FROM)),
    increase(WRITE, bytes),
    increase(FROM, bytes),
  ),
  ...set(WRITE, get(END)),
  ...nextRound(1),
];

const literals = [
  ...set(LENGTH, add(get(CONTROL), constant(1))),
  ...set(END, add(get(WRITE), get(LENGTH))),
  ...when(above(get(END), get(OUTPUT_END)), set(END, get(OUTPUT_END))),
  // A run that is cut off, by the end of either, is moved as far as it goes, and is the last.
  ...least(LENGTH, subtract(get(INPUT_END), get(READ))),
  ...least(LENGTH, subtract(get(END), get(WRITE))),
  ...move16(get(WRITE), get(READ)),
  ...move16(add(get(WRITE), constant(16)), add(get(READ), constant(16))),
  ...set(WRITE, add(get(WRITE), get(LENGTH))),
  ...set(READ, add(get(READ), get(LENGTH))),
  ...when(below(get(LENGTH), add(get(CONTROL), constant(1))), answer(written)),
  ...nextRound(1),
];

const body = [
  ...set(START, get(WRITE)),
  ...repeatWhile(
    below(get(READ), get(INPUT_END)),
    set(CONTROL, loadByte(get(READ))),
    increase(READ, 1),
    when(below(get(CONTROL), constant(32)), literals),
    set(LENGTH, add(shiftRight(get(CONTROL), constant(5)), constant(2))),
    when(
      equal(get(LENGTH), constant(9)),
      when(atLeast(get(READ), get(INPUT_END)), answer(written)),
      set(LENGTH, add(get(LENGTH), loadByte(get(READ)))),
      increase(READ, 1),
    ),
    when(atLeast(get(READ), get(INPUT_END)), answer(written)),
    // How far back, less one.
    set(CONTROL, add(shiftLeft(and(get(CONTROL), constant(31)), constant(8)), loadByte(get(READ)))),
    increase(READ, 1),
    when(atLeast(get(CONTROL), written), answer(written)),
    set(FROM, subtract(subtract(get(WRITE), get(CONTROL)), constant(1))),
    set(END, add(get(WRITE), get(LENGTH))),
    least(END, get(OUTPUT_END)),
    // Steps may overlap what they write only as long as they are no longer than the distance.
    when(atLeast(get(CONTROL), constant(15)), steps(16, move16)),
    when(atLeast(get(CONTROL), constant(3)), steps(4, move4)),
    repeatWhile(
      below(get(WRITE), get(END)),
      storeByte(get(WRITE), loadByte(get(FROM))),
      increase(WRITE, 1),
      increase(FROM, 1),
    ),
  ),
  ...written,
];

const PAGE_BYTES = 65_536;
/** Room behind input and output for what moves beyond the end of a run or match. */
const SLACK = 64;
/**
 * Input and output together that the module takes. Its memory is kept from cloud to cloud; larger ones are unpacked in
 * JavaScript, whose buffers are given back.
 */
export const LARGEST_BYTES = 64 << 20;

let instance: WasmInstance | null = null;

function loaded(): WasmInstance {
  instance ??= instantiateWasm(
    compileSmallWasm(wasmModule([{ name: 'unpack', parameters: 4, locals: 5, body }])),
    {},
  );
  return instance;
}

/**
 * Unpacks up to `capacity` bytes. Answers a view of what is there, and how much of it was filled: fewer than
 * `capacity` under the same conditions as `decompressLzf`. The view is valid until the next call; nothing behind the
 * filled bytes is meant. Throws RangeError where input and output are more than `LARGEST_BYTES`, or memory is short.
 */
export function unpackLzf(input: Uint8Array, capacity: number): { bytes: Uint8Array; filled: number } {
  const outputStart = Math.ceil((input.length + SLACK) / 16) * 16;
  const needed = outputStart + capacity + SLACK;
  if (input.length + capacity > LARGEST_BYTES) throw new RangeError('more than the module may hold');
  const { exports } = loaded();
  const memory = exports.memory as WasmMemory;
  const missing = needed - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  new Uint8Array(memory.buffer).set(input);
  const unpack = exports.unpack as (...values: number[]) => number;
  const filled = unpack(0, input.length, outputStart, outputStart + capacity);
  return { bytes: new Uint8Array(memory.buffer, outputStart, capacity), filled };
}
