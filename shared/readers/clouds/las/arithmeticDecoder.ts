/**
 * The adaptive arithmetic decoder that LAZ's chunk table is written with, and the coder of whole numbers on top of it.
 * After Said, "Introduction to Arithmetic Coding" (HP Labs 2004), with the sizes that LASzip fixed: 32-bit intervals,
 * 13-bit probabilities of bits, 15-bit ones of symbols. Points themselves go through the WebAssembly codec.
 */

const SHORTEST_INTERVAL = 0x0100_0000;
const BIT_SHIFT = 13;
const BIT_MOST = 1 << BIT_SHIFT;
const SYMBOL_SHIFT = 15;
const SYMBOL_MOST = 1 << SYMBOL_SHIFT;

/** How likely a bit is zero, learnt from those before it. */
class BitModel {
  zeroCount = 1;
  count = 2;
  zeroProbability = 1 << (BIT_SHIFT - 1);
  cycle = 4;
  untilUpdate = 4;

  update(): void {
    this.count += this.cycle;
    if (this.count > BIT_MOST) {
      this.count = (this.count + 1) >>> 1;
      this.zeroCount = (this.zeroCount + 1) >>> 1;
      if (this.zeroCount === this.count) this.count++;
    }
    const scale = Math.floor(0x8000_0000 / this.count);
    this.zeroProbability = Math.floor((this.zeroCount * scale) / 2 ** (31 - BIT_SHIFT));
    this.cycle = Math.min(64, (5 * this.cycle) >>> 2);
    this.untilUpdate = this.cycle;
  }
}

/** How likely each of some symbols is, learnt from those before. */
class SymbolModel {
  readonly counts: Uint32Array;
  /** Probability of all smaller symbols, as a part of `SYMBOL_MOST`. */
  readonly cumulated: Uint32Array;
  #total = 0;
  #cycle: number;
  untilUpdate = 0;

  constructor(symbols: number) {
    this.counts = new Uint32Array(symbols).fill(1);
    this.cumulated = new Uint32Array(symbols);
    this.#cycle = symbols;
    this.update();
    this.#cycle = (symbols + 6) >>> 1;
    this.untilUpdate = this.#cycle;
  }

  update(): void {
    const { counts, cumulated } = this;
    this.#total += this.#cycle;
    if (this.#total > SYMBOL_MOST) {
      this.#total = 0;
      for (let symbol = 0; symbol < counts.length; symbol++) {
        counts[symbol] = (counts[symbol]! + 1) >>> 1;
        this.#total += counts[symbol]!;
      }
    }
    const scale = Math.floor(0x8000_0000 / this.#total);
    let sum = 0;
    for (let symbol = 0; symbol < counts.length; symbol++) {
      cumulated[symbol] = Math.floor((scale * sum) / 2 ** (31 - SYMBOL_SHIFT));
      sum += counts[symbol]!;
    }
    this.#cycle = Math.min((5 * this.#cycle) >>> 2, (counts.length + 6) << 3);
    this.untilUpdate = this.#cycle;
  }
}

/** Reads zeros behind the end of its bytes. */
export class ArithmeticDecoder {
  readonly #bytes: Uint8Array;
  #at = 4;
  #value: number;
  #length = 0xffff_ffff;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const byte = (at: number) => bytes[at] ?? 0;
    this.#value = ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
  }

  bit(model: BitModel): 0 | 1 {
    const part = model.zeroProbability * (this.#length >>> BIT_SHIFT);
    const bit = this.#value >= part ? 1 : 0;
    if (bit === 0) {
      this.#length = part;
      model.zeroCount++;
    } else {
      this.#value -= part;
      this.#length -= part;
    }
    if (this.#length < SHORTEST_INTERVAL) this.#renew();
    if (--model.untilUpdate === 0) model.update();
    return bit;
  }

  symbol(model: SymbolModel): number {
    const { cumulated, counts } = model;
    const step = this.#length >>> SYMBOL_SHIFT;
    // The last symbol whose part of the interval starts at or before the value.
    let symbol = 0;
    let above = counts.length;
    while (above - symbol > 1) {
      const middle = (symbol + above) >>> 1;
      if (step * cumulated[middle]! > this.#value) above = middle;
      else symbol = middle;
    }
    const low = step * cumulated[symbol]!;
    const high = above === counts.length ? this.#length : step * cumulated[above]!;
    this.#value -= low;
    this.#length = high - low;
    if (this.#length < SHORTEST_INTERVAL) this.#renew();
    counts[symbol]!++;
    if (--model.untilUpdate === 0) model.update();
    return symbol;
  }

  /** `count` bits that are as likely as not, up to 32. */
  bits(count: number): number {
    if (count > 19) {
      const low = this.bits(16);
      return this.bits(count - 16) * 0x1_0000 + low;
    }
    this.#length = this.#length >>> count;
    const bits = Math.floor(this.#value / this.#length);
    this.#value -= this.#length * bits;
    if (this.#length < SHORTEST_INTERVAL) this.#renew();
    return bits;
  }

  #renew(): void {
    do {
      this.#value = ((this.#value << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0;
      this.#length = (this.#length << 8) >>> 0;
    } while (this.#length < SHORTEST_INTERVAL);
  }
}

/** Corrections of up to this many bits are symbols as a whole; of longer ones, only their upper bits. */
const SYMBOL_BITS = 8;

/** Whole numbers of 32 bits, each written as what it differs from a prediction. */
export class IntegerDecoder {
  readonly #decoder: ArithmeticDecoder;
  readonly #lengths: SymbolModel[];
  readonly #oneBit = new BitModel();
  readonly #corrections: SymbolModel[];

  /** `contexts` kinds of numbers have statistics of their own for how long their corrections are. */
  constructor(decoder: ArithmeticDecoder, contexts: number) {
    this.#decoder = decoder;
    this.#lengths = Array.from({ length: contexts }, () => new SymbolModel(33));
    this.#corrections = Array.from(
      { length: 33 },
      (_, bits) => new SymbolModel(1 << Math.min(bits, SYMBOL_BITS)),
    );
  }

  next(prediction: number, context: number): number {
    return (prediction + this.#correction(this.#lengths[context]!)) | 0;
  }

  #correction(lengths: SymbolModel): number {
    const decoder = this.#decoder;
    const bits = decoder.symbol(lengths);
    if (bits === 0) return decoder.bit(this.#oneBit);
    if (bits === 32) return -0x8000_0000;
    let correction = decoder.symbol(this.#corrections[bits]!);
    const lower = bits - SYMBOL_BITS;
    if (lower > 0) correction = correction * 2 ** lower + decoder.bits(lower);
    // Upper half of the range: positive ones; lower half: negative ones.
    return correction >= 2 ** (bits - 1) ? correction + 1 : correction - (2 ** bits - 1);
  }
}
