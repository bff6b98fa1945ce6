/**
 * The scan of `asciiRows.ts` in WebAssembly: the same rows from the same text, bit for bit, but eight digits are read
 * and summed at once, as one 64-bit word. Numbers that are more than two such words are left to `AsciiNumbers`.
 */
import {
  add,
  and,
  answer,
  below,
  type Code,
  call,
  constant,
  different,
  doubleDivide,
  doubleFromLong,
  doubleLoad,
  doubleNegative,
  doubleStore,
  eitherDouble,
  equal,
  get,
  isNegative,
  loadByte,
  loadSignedByte,
  longAdd,
  longAnd,
  longAtMost,
  longConstant,
  longFrom,
  longLoad,
  longMultiply,
  longOr,
  longShiftLeft,
  longShiftRight,
  longTrailingZeros,
  longXor,
  nextRound,
  or,
  repeatWhile,
  set,
  shiftLeft,
  shortFrom,
  store4,
  subtract,
  wasmModule,
  when,
} from '../../base/wasmAssembler.ts';
import type { WasmInstance, WasmMemory } from '../../base/webAssembly.ts';
import { compileSmallWasm, instantiateWasm } from '../../base/webAssembly.ts';
import { AsciiNumbers, EXACT_SUM } from './asciiNumbers.ts';
import type { AsciiScan } from './asciiRows.ts';
import { ASCII_STRIDE, scanAsciiRows } from './asciiRows.ts';

/** Bytes of text that are scanned at once: they and their rows stay in the processor's cache. */
const PIECE_BYTES = 1 << 17;
const MOST_COLUMNS = 1024;
/** Where things lie in the module's memory. */
const SLOTS = 0;
const WHOLE_POWERS = SLOTS + MOST_COLUMNS;
const POWERS = WHOLE_POWERS + 128;
const COUNTS = POWERS + 128;
const TEXT = COUNTS + 64;
const ROWS_AT = TEXT + PIECE_BYTES + 64;
/** A row has three wanted values at least, each of them and what ends it a byte. */
const MOST_ROWS = PIECE_BYTES / 6 + 1;
const MEMORY_BYTES = ROWS_AT + Math.ceil(MOST_ROWS) * ASCII_STRIDE * 8;
const PAGE_BYTES = 65_536;

const [AT, END, COLUMNS, CAPACITY] = [0, 1, 2, 3];
const [COLUMN, ROWS, SHORT, UNREADABLE, BYTE, START, SLOT] = [4, 5, 6, 7, 8, 9, 10];
const [WHOLE_DIGITS, FRACTION_DIGITS, TARGET] = [11, 12, 13];
const [WORD, WHOLE, FRACTION] = [14, 15, 16];

const [TAB, NEWLINE, RETURN, SPACE, PLUS, MINUS, POINT] = [9, 10, 13, 32, 43, 45, 46];
const increase = (local: number, by: Code = constant(1)) => set(local, add(get(local), by));
const isByte = (byte: number) => equal(get(BYTE), constant(byte));
const isSpace = or(or(isByte(SPACE), isByte(TAB)), isByte(RETURN));
const isBlank = or(isSpace, isByte(NEWLINE));
const look = set(BYTE, loadByte(get(AT)));
/** To the first blank from here on. The text ends in a newline. */
const toWordEnd = [...look, ...repeatWhile(equal(isBlank, constant(0)), increase(AT), look)];

/**
 * Up to eight digits at `AT`: their number and their sum, `AT` behind them. Each byte less '0' is a digit where it is
 * below ten; the digits are moved to the upper end of the word, zeros before them, then pairs, pairs of pairs and the
 * two halves are added, each in one multiplication.
 */
const digits = (count: number, sum: number): Code => {
  const gap = shiftLeft(subtract(constant(8), get(count)), constant(2));
  const join = (mask: bigint, factor: bigint, shift: bigint) =>
    set(
      sum,
      longShiftRight(
        longMultiply(longAnd(get(sum), longConstant(mask)), longConstant(factor)),
        longConstant(shift),
      ),
    );
  return [
    ...set(WORD, longXor(longLoad(get(AT)), longConstant(0x3030_3030_3030_3030n))),
    ...set(
      sum,
      longAnd(
        longOr(longAdd(get(WORD), longConstant(0x7676_7676_7676_7676n)), get(WORD)),
        longConstant(0x8080_8080_8080_8080n),
      ),
    ),
    ...set(count, shortFrom(longShiftRight(longTrailingZeros(get(sum)), longConstant(3n)))),
    // In two steps, since one of 64 bits would be none.
    ...set(sum, longShiftLeft(longShiftLeft(get(WORD), longFrom(gap)), longFrom(gap))),
    ...join(0x0f0f_0f0f_0f0f_0f0fn, 10n * 2n ** 8n + 1n, 8n),
    ...join(0x00ff_00ff_00ff_00ffn, 100n * 2n ** 16n + 1n, 16n),
    ...join(0x0000_ffff_0000_ffffn, 10_000n * 2n ** 32n + 1n, 32n),
    ...increase(AT, get(count)),
  ];
};

const powerPlace = (table: number) => add(constant(table), shiftLeft(get(FRACTION_DIGITS), constant(3)));
const sumOfBoth = longAdd(longMultiply(get(WHOLE), longLoad(powerPlace(WHOLE_POWERS))), get(FRACTION));
const quotient = doubleDivide(doubleFromLong(get(WHOLE)), doubleLoad(powerPlace(POWERS)));

const value: Code = [
  ...set(START, get(AT)),
  ...set(
    TARGET,
    add(shiftLeft(add(shiftLeft(get(ROWS), constant(2)), get(SLOT)), constant(3)), constant(ROWS_AT)),
  ),
  ...when(or(isByte(MINUS), isByte(PLUS)), increase(AT)),
  ...digits(WHOLE_DIGITS, WHOLE),
  ...look,
  ...set(FRACTION_DIGITS, constant(0)),
  ...set(FRACTION, longConstant(0n)),
  ...when(isByte(POINT), increase(AT), digits(FRACTION_DIGITS, FRACTION), look),
  ...set(WHOLE, sumOfBoth),
  ...when(
    and(
      and(isBlank, different(add(get(WHOLE_DIGITS), get(FRACTION_DIGITS)), constant(0))),
      longAtMost(get(WHOLE), longConstant(BigInt(EXACT_SUM))),
    ),
    doubleStore(
      get(TARGET),
      eitherDouble(equal(loadByte(get(START)), constant(MINUS)), doubleNegative(quotient), quotient),
    ),
    nextRound(1),
  ),
  ...toWordEnd,
  ...set(UNREADABLE, subtract(add(get(UNREADABLE), constant(1)), call(0, get(START), get(AT), get(TARGET)))),
];

const body: Code = [
  ...repeatWhile(
    and(below(get(AT), get(END)), below(get(ROWS), get(CAPACITY))),
    set(COLUMN, constant(0)),
    repeatWhile(
      below(get(COLUMN), get(COLUMNS)),
      look,
      repeatWhile(isSpace, increase(AT), look),
      // Leaves the loop over the columns.
      when(isByte(NEWLINE), nextRound(2)),
      set(SLOT, loadSignedByte(add(constant(SLOTS), get(COLUMN)))),
      increase(COLUMN),
      when(isNegative(get(SLOT)), toWordEnd, nextRound(1)),
      value,
    ),
    repeatWhile(different(loadByte(get(AT)), constant(NEWLINE)), increase(AT)),
    increase(AT),
    when(equal(get(COLUMN), get(COLUMNS)), increase(ROWS), nextRound(1)),
    when(get(COLUMN), increase(SHORT)),
  ),
  ...store4(constant(COUNTS), get(SHORT)),
  ...store4(constant(COUNTS + 4), get(UNREADABLE)),
  ...store4(constant(COUNTS + 8), get(AT)),
  ...answer(get(ROWS)),
  ...constant(0),
];

interface Scanner {
  readonly memory: Uint8Array;
  readonly rows: Float64Array;
  readonly counts: Int32Array;
  readonly scan: (at: number, end: number, columns: number, capacity: number) => number;
  others: AsciiNumbers;
}

let scanner: Scanner | null = null;

function loaded(): Scanner {
  if (scanner) return scanner;
  const bytes = wasmModule(
    [{ name: 'scan', parameters: 4, locals: 10, longLocals: 3, body }],
    [{ name: 'other', parameters: 3 }],
  );
  const other = (start: number, end: number, target: number) =>
    made.others.read(start, end, made.rows, (target - ROWS_AT) / 8) ? 1 : 0;
  const instance: WasmInstance = instantiateWasm(compileSmallWasm(bytes), { host: { other } });
  const memory = instance.exports.memory as WasmMemory;
  memory.grow(Math.ceil(MEMORY_BYTES / PAGE_BYTES) - 1);
  const { buffer } = memory;
  for (let power = 0; power <= 8; power++) {
    new BigUint64Array(buffer, WHOLE_POWERS)[power] = 10n ** BigInt(power);
    new Float64Array(buffer, POWERS)[power] = 10 ** power;
  }
  const made: Scanner = {
    memory: new Uint8Array(buffer),
    rows: new Float64Array(buffer, ROWS_AT, Math.ceil(MOST_ROWS) * ASCII_STRIDE),
    counts: new Int32Array(buffer, COUNTS, 3),
    scan: instance.exports.scan as Scanner['scan'],
    others: new AsciiNumbers(new Uint8Array(buffer)),
  };
  scanner = made;
  return made;
}

/** End of the lines that fit in a piece from `start` on; `start` where not even one does. */
function pieceEnd(bytes: Uint8Array, start: number): number {
  const limit = start + PIECE_BYTES;
  if (limit >= bytes.length) return bytes.length;
  return Math.max(start, bytes.subarray(start, limit).lastIndexOf(NEWLINE) + 1 + start);
}

/** As `scanAsciiRows`, whose words these are; at least three of the columns must be wanted. */
export function scanAsciiFast(
  bytes: Uint8Array,
  slots: Int8Array,
  out: Float64Array,
  capacity: number,
): AsciiScan {
  const module = loaded();
  const { memory, rows: pieceRows, counts, scan } = module;
  let [at, rows, shortLines, unreadable] = [0, 0, 0, 0];
  if (slots.length <= MOST_COLUMNS) new Int8Array(memory.buffer, SLOTS).set(slots);
  while (at < bytes.length && rows < capacity) {
    const end = slots.length <= MOST_COLUMNS ? pieceEnd(bytes, at) : at;
    if (end === at) {
      // Lines longer than a piece, or of more columns than there are slots for.
      const rest = scanAsciiRows(
        bytes.subarray(at),
        slots,
        out.subarray(rows * ASCII_STRIDE),
        capacity - rows,
      );
      return {
        rows: rows + rest.rows,
        shortLines: shortLines + rest.shortLines,
        unreadable: unreadable + rest.unreadable,
        end: at + rest.end,
      };
    }
    memory.set(bytes.subarray(at, end), TEXT);
    const length = end - at;
    memory[TEXT + length] = NEWLINE;
    // What others made of earlier text must not be taken for this.
    module.others = new AsciiNumbers(memory);
    const found = scan(TEXT, TEXT + length, slots.length, capacity - rows);
    out.set(pieceRows.subarray(0, found * ASCII_STRIDE), rows * ASCII_STRIDE);
    rows += found;
    shortLines += counts[0]!;
    unreadable += counts[1]!;
    at = Math.min(end, at + counts[2]! - TEXT);
  }
  return { rows, shortLines, unreadable, end: at };
}
