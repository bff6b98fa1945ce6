/** Finite state entropy tables of Zstandard (RFC 8878, section 4.1). */
import type { BackwardBits } from './bits.ts';
import { bitsAt, ZstdDamage } from './bits.ts';

export interface FseTable {
  /** Bits of the first state. */
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** Every state gives `symbol` and leads to itself. */
export function constantTable(symbol: number): FseTable {
  return { accuracy: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/** `counts`: share of each symbol out of 2^accuracy; -1 = less than one. They must add up to exactly that. */
export function tableOfCounts(counts: readonly number[], accuracy: number): FseTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const next = new Uint16Array(counts.length);
  let high = size;
  for (const [symbol, count] of counts.entries()) {
    next[symbol] = Math.abs(count);
    if (count === -1) symbols[--high] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      symbols[place] = symbol;
      // The step meets every place, and as many are below `high` as there are symbols to place.
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  }
  for (let state = 0; state < size; state++) {
    const follower = next[symbols[state]!]!++;
    bits[state] = accuracy - (31 - Math.clz32(follower));
    bases[state] = (follower << bits[state]!) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** Reads a table's description from `at` on. Answers the table and where the bytes go on. */
export function readTable(
  bytes: Uint8Array,
  at: number,
  mostAccuracy: number,
  mostSymbols: number,
): { table: FseTable; end: number } {
  let bit = 8 * at;
  const accuracy = bitsAt(bytes, bit, 4) + 5;
  bit += 4;
  if (accuracy > mostAccuracy) throw new ZstdDamage('accuracy');
  const counts: number[] = [];
  let remaining = 1 << accuracy;
  while (remaining > 0 && counts.length < mostSymbols) {
    const width = 32 - Math.clz32(remaining + 1);
    const low = (1 << (width - 1)) - 1;
    const threshold = (1 << width) - 2 - remaining;
    let value = bitsAt(bytes, bit, width);
    bit += width;
    if ((value & low) < threshold) {
      bit--;
      value &= low;
    } else if (value > low) value -= threshold;
    const count = value - 1;
    remaining -= Math.abs(count);
    counts.push(count);
    if (count !== 0) continue;
    for (let repeat = 3; repeat === 3 && counts.length < mostSymbols; ) {
      repeat = bitsAt(bytes, bit, 2);
      bit += 2;
      for (let i = 0; i < repeat; i++) counts.push(0);
    }
  }
  const end = (bit + 7) >> 3;
  if (remaining !== 0 || counts.length > mostSymbols || end > bytes.length) throw new ZstdDamage('table');
  return { table: tableOfCounts(counts, accuracy), end };
}

/** A state walking through a table. */
export class FseState {
  readonly #table: FseTable;
  #state: number;

  constructor(table: FseTable, input: BackwardBits) {
    this.#table = table;
    this.#state = input.read(table.accuracy);
  }

  get symbol(): number {
    return this.#table.symbols[this.#state]!;
  }

  advance(input: BackwardBits): void {
    const { bits, bases } = this.#table;
    this.#state = bases[this.#state]! + input.read(bits[this.#state]!);
  }
}
