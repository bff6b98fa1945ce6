/** Sequences of a Zstandard block (RFC 8878, section 3.1.1.3.2): some literals, then a copy of what was there before. */
import { BackwardBits, ZstdDamage } from './bits.ts';
import type { FseTable } from './fse.ts';
import { constantTable, FseState, readTable, tableOfCounts } from './fse.ts';
import type { FrameState } from './zstd.ts';

/** Tables of the block before, which the next one may use again. */
export interface SequenceTables {
  literals: FseTable | null;
  offsets: FseTable | null;
  matches: FseTable | null;
}

interface Kind {
  readonly key: keyof SequenceTables;
  readonly mostAccuracy: number;
  readonly mostSymbols: number;
  readonly usual: FseTable;
}

const ones = (count: number, value = 1) => new Array<number>(count).fill(value);

/** In the order in which a block describes them. */
const kinds: readonly Kind[] = [
  {
    key: 'literals',
    mostAccuracy: 9,
    mostSymbols: 36,
    usual: tableOfCounts([4, 3, ...ones(11, 2), 1, 1, 1, ...ones(9, 2), 3, 2, ...ones(5), ...ones(4, -1)], 6),
  },
  {
    key: 'offsets',
    mostAccuracy: 8,
    mostSymbols: 32,
    usual: tableOfCounts([...ones(6), 2, 2, 2, ...ones(15), ...ones(5, -1)], 5),
  },
  {
    key: 'matches',
    mostAccuracy: 9,
    mostSymbols: 53,
    usual: tableOfCounts([1, 4, 3, ...ones(6, 2), ...ones(37), ...ones(7, -1)], 6),
  },
];

const LITERAL_BITS = [...ones(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [...ones(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

/** Each code begins where the one before ends. */
function basesOf(bits: readonly number[], first: number): number[] {
  let base = first;
  return bits.map((count) => {
    const own = base;
    base += 2 ** count;
    return own;
  });
}

const LITERAL_BASES = basesOf(LITERAL_BITS, 0);
const MATCH_BASES = basesOf(MATCH_BITS, 3);

function countOf(bytes: Uint8Array): { count: number; end: number } {
  const first = bytes[0] ?? 0;
  if (first < 128) return { count: first, end: 1 };
  if (first < 255) return { count: ((first - 128) << 8) + (bytes[1] ?? 0), end: 2 };
  return { count: (bytes[1] ?? 0) + ((bytes[2] ?? 0) << 8) + 0x7f00, end: 3 };
}

/** Reads or keeps the three tables. Answers where the sequences begin. */
function readTables(bytes: Uint8Array, at: number, tables: SequenceTables): number {
  const modes = bytes[at] ?? 0;
  if (modes & 3) throw new ZstdDamage('modes');
  let end = at + 1;
  for (const [i, { key, mostAccuracy, mostSymbols, usual }] of kinds.entries()) {
    const mode = (modes >> (6 - 2 * i)) & 3;
    if (mode === 0) tables[key] = usual;
    else if (mode === 1) {
      const symbol = bytes[end++];
      if (symbol === undefined || symbol >= mostSymbols) throw new ZstdDamage('symbol');
      tables[key] = constantTable(symbol);
    } else if (mode === 2) {
      const read = readTable(bytes, end, mostAccuracy, mostSymbols);
      tables[key] = read.table;
      end = read.end;
    } else if (!tables[key]) throw new ZstdDamage('no table');
  }
  return end;
}

/** The distance a value stands for, and the three last ones brought up to date. */
function distanceOf(value: number, literalLength: number, last: [number, number, number]): number {
  if (value > 3) {
    last[2] = last[1];
    last[1] = last[0];
    last[0] = value - 3;
    return last[0];
  }
  const index = value - 1 + (literalLength === 0 ? 1 : 0);
  const distance = index === 3 ? last[0] - 1 : last[index]!;
  if (index >= 2) last[2] = last[1];
  if (index >= 1) last[1] = last[0];
  last[0] = distance;
  return distance;
}

/** Writes the block to the frame's output. */
export function copySequences(bytes: Uint8Array, literals: Uint8Array, frame: FrameState): void {
  const { output, tables } = frame;
  const { count, end } = countOf(bytes);
  let used = 0;
  if (count > 0) {
    const start = readTables(bytes, end, tables);
    const input = new BackwardBits(bytes.subarray(start));
    const literalState = new FseState(tables.literals!, input);
    const offsetState = new FseState(tables.offsets!, input);
    const matchState = new FseState(tables.matches!, input);
    for (let i = 0; i < count; i++) {
      const value = 2 ** offsetState.symbol + input.readLong(offsetState.symbol);
      const match = matchState.symbol;
      const matchLength = MATCH_BASES[match]! + input.read(MATCH_BITS[match]!);
      const literal = literalState.symbol;
      const literalLength = LITERAL_BASES[literal]! + input.read(LITERAL_BITS[literal]!);
      if (i + 1 < count) {
        literalState.advance(input);
        matchState.advance(input);
        offsetState.advance(input);
      }
      if (input.left < 0) throw new ZstdDamage('sequences');
      const distance = distanceOf(value, literalLength, frame.offsets);
      copyLiterals(literals, used, literalLength, frame);
      used += literalLength;
      const reach = frame.at - frame.frameStart;
      if (!(distance >= 1) || distance > reach || matchLength > output.length - frame.at) {
        throw new ZstdDamage('match');
      }
      let to = frame.at;
      for (const stop = to + matchLength; to < stop; to++) output[to] = output[to - distance]!;
      frame.at = to;
    }
    if (input.left !== 0) throw new ZstdDamage('sequences');
  }
  copyLiterals(literals, used, literals.length - used, frame);
}

function copyLiterals(literals: Uint8Array, from: number, length: number, frame: FrameState): void {
  if (length > literals.length - from || length > frame.output.length - frame.at)
    throw new ZstdDamage('literals');
  frame.output.set(literals.subarray(from, from + length), frame.at);
  frame.at += length;
}
