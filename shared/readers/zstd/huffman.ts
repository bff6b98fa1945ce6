/** Huffman-coded literals of Zstandard (RFC 8878, section 4.2). */
import { BackwardBits, ZstdDamage } from './bits.ts';
import { FseState, readTable } from './fse.ts';

export interface HuffmanTable {
  /** Longest code, bits: what is looked up at once. */
  readonly width: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

const LONGEST_CODE = 11;
const MOST_WEIGHTS = 255;
const WEIGHT_ACCURACY = 6;
const MOST_WEIGHT_SYMBOLS = 13;

/** Two states take turns until the bits run out; what is in the other one then is the last weight. */
function packedWeights(bytes: Uint8Array): number[] {
  const { table, end } = readTable(bytes, 0, WEIGHT_ACCURACY, MOST_WEIGHT_SYMBOLS);
  const input = new BackwardBits(bytes.subarray(end));
  let first = new FseState(table, input);
  let second = new FseState(table, input);
  const weights: number[] = [];
  while (weights.length < MOST_WEIGHTS) {
    weights.push(first.symbol);
    first.advance(input);
    if (input.left < 0) {
      weights.push(second.symbol);
      return weights;
    }
    [first, second] = [second, first];
  }
  throw new ZstdDamage('weights');
}

function plainWeights(bytes: Uint8Array, at: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const byte = bytes[at + (i >> 1)]!;
    return i % 2 === 0 ? byte >> 4 : byte & 15;
  });
}

/** Reads the description of a tree at the start of `bytes`. Answers the table and how many bytes that took. */
export function readHuffman(bytes: Uint8Array): { table: HuffmanTable; end: number } {
  const head = bytes[0] ?? 0;
  const isPacked = head < 128;
  const end = 1 + (isPacked ? head : (head - 126) >> 1);
  if (end > bytes.length) throw new ZstdDamage('tree');
  const weights = isPacked ? packedWeights(bytes.subarray(1, end)) : plainWeights(bytes, 1, head - 127);
  return { table: tableOfWeights(weights), end };
}

/** The last symbol's weight is left out: it is what makes the codes complete. */
function tableOfWeights(weights: number[]): HuffmanTable {
  const total = weights.reduce((sum, weight) => sum + (weight > 0 ? 2 ** (weight - 1) : 0), 0);
  const width = total > 0 ? 32 - Math.clz32(total) : 0;
  const rest = 2 ** width - total;
  if (width === 0 || width > LONGEST_CODE || (rest & (rest - 1)) !== 0) throw new ZstdDamage('weights');
  const all = [...weights, 32 - Math.clz32(rest)];
  const symbols = new Uint8Array(1 << width);
  const lengths = new Uint8Array(1 << width);
  let at = 0;
  for (let weight = 1; weight <= width; weight++) {
    for (const [symbol, own] of all.entries()) {
      if (own !== weight) continue;
      const end = at + 2 ** (weight - 1);
      symbols.fill(symbol, at, end);
      lengths.fill(width + 1 - weight, at, end);
      at = end;
    }
  }
  if (at !== symbols.length) throw new ZstdDamage('weights');
  return { width, symbols, lengths };
}

/** Decodes a stream to exactly fill `output`. */
export function decodeHuffman(
  { width, symbols, lengths }: HuffmanTable,
  bytes: Uint8Array,
  output: Uint8Array,
): void {
  const input = new BackwardBits(bytes);
  for (let i = 0; i < output.length; i++) {
    const code = input.peek(width);
    output[i] = symbols[code]!;
    input.left -= lengths[code]!;
  }
  if (input.left !== 0) throw new ZstdDamage('literals');
}
