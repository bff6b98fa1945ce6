/**
 * The LZMA part of LZMA2, after the published description of the format: a range decoder over adaptive bits, literals
 * and matches into a growing output. Input is hostile: every distance and length is checked, and the output never
 * grows past what a chunk header stated and the caller allows.
 */

const TOP = 0x1000000;
const BIT_MODEL_TOTAL = 2048;
const STATES = 12;
const POSITION_STATES_MAX = 16;
const LENGTH_STATES = 4;
const MATCH_MIN = 2;
const END_POSITION_MODEL = 14;
const FULL_DISTANCES = 128;

/** Damage in a stream: caught where the stream was opened, never shown as it is. */
export class StreamDamage extends Error {}

/** Output that doubles as it fills, up to `limit` bytes. */
export class GrowingBytes {
  bytes = new Uint8Array(1 << 16);
  length = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Makes room for `more` bytes beyond the present length. */
  reserve(more: number): void {
    const need = this.length + more;
    if (need > this.#limit) throw new StreamDamage('larger than allowed');
    if (need <= this.bytes.length) return;
    const grown = new Uint8Array(Math.min(this.#limit, Math.max(need, 2 * this.bytes.length)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  finished(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

function freshBits(count: number): Uint16Array {
  return new Uint16Array(count).fill(BIT_MODEL_TOTAL >> 1);
}

/** Bit models of match lengths: a choice of three trees. */
class LengthModels {
  readonly choice = freshBits(2);
  readonly low = freshBits(POSITION_STATES_MAX << 3);
  readonly middle = freshBits(POSITION_STATES_MAX << 3);
  readonly high = freshBits(256);

  reset(): void {
    for (const bits of [this.choice, this.low, this.middle, this.high]) bits.fill(BIT_MODEL_TOTAL >> 1);
  }
}

export class LzmaDecoder {
  #input: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #range = 0;
  #code = 0;
  #literalContextBits = 0;
  #literalPositionMask = 0;
  #positionMask = 0;
  #state = 0;
  #repeats: [number, number, number, number] = [0, 0, 0, 0];
  #literals = freshBits(0);
  readonly #isMatch = freshBits(STATES * POSITION_STATES_MAX);
  readonly #isRepeat = freshBits(STATES);
  readonly #isRepeat0 = freshBits(STATES);
  readonly #isRepeat1 = freshBits(STATES);
  readonly #isRepeat2 = freshBits(STATES);
  readonly #isRepeat0Long = freshBits(STATES * POSITION_STATES_MAX);
  readonly #slots = freshBits(LENGTH_STATES << 6);
  readonly #special = freshBits(FULL_DISTANCES);
  readonly #align = freshBits(16);
  readonly #matchLengths = new LengthModels();
  readonly #repeatLengths = new LengthModels();

  /** `packed` is the properties byte: (pb * 5 + lp) * 9 + lc. */
  setProperties(packed: number): void {
    const contextBits = packed % 9;
    const rest = Math.floor(packed / 9);
    const positionBits = rest % 5;
    if (packed >= 225 || contextBits + positionBits > 4) throw new StreamDamage('properties');
    this.#literalContextBits = contextBits;
    this.#literalPositionMask = (1 << positionBits) - 1;
    this.#positionMask = (1 << Math.floor(rest / 5)) - 1;
    this.#literals = freshBits(0x300 << (contextBits + positionBits));
    this.resetState();
  }

  resetState(): void {
    this.#state = 0;
    this.#repeats = [0, 0, 0, 0];
    const models = [
      this.#literals,
      this.#isMatch,
      this.#isRepeat,
      this.#isRepeat0,
      this.#isRepeat1,
      this.#isRepeat2,
      this.#isRepeat0Long,
      this.#slots,
      this.#special,
      this.#align,
    ];
    for (const bits of models) bits.fill(BIT_MODEL_TOTAL >> 1);
    this.#matchLengths.reset();
    this.#repeatLengths.reset();
  }

  /** Decodes input [at, end) to exactly `size` bytes at the end of `output`; matches reach back to `dictionaryStart`. */
  decodeChunk(
    input: Uint8Array,
    at: number,
    end: number,
    output: GrowingBytes,
    size: number,
    dictionaryStart: number,
  ): void {
    if (this.#literals.length === 0 || end - at < 5 || input[at] !== 0) throw new StreamDamage('chunk');
    this.#input = input;
    this.#at = at + 1;
    this.#end = end;
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let i = 0; i < 4; i++) this.#code = ((this.#code << 8) | this.#nextByte()) >>> 0;
    output.reserve(size);
    this.#run(output, output.length + size, dictionaryStart);
  }

  #run(output: GrowingBytes, until: number, dictionaryStart: number): void {
    const { bytes } = output;
    let to = output.length;
    while (to < until) {
      const positionState = (to - dictionaryStart) & this.#positionMask;
      const state = this.#state;
      if (this.#bit(this.#isMatch, (state << 4) + positionState) === 0) {
        bytes[to] = this.#literal(bytes, to, dictionaryStart);
        to++;
        continue;
      }
      const length = this.#matchLength(positionState, state);
      const distance = this.#repeats[0] + 1;
      if (distance > to - dictionaryStart || length > until - to) throw new StreamDamage('match');
      for (let i = 0; i < length; i++, to++) bytes[to] = bytes[to - distance]!;
    }
    output.length = until;
  }

  #literal(bytes: Uint8Array, to: number, dictionaryStart: number): number {
    const before = to > dictionaryStart ? bytes[to - 1]! : 0;
    const position = ((to - dictionaryStart) & this.#literalPositionMask) << this.#literalContextBits;
    const models = 0x300 * (position + (before >> (8 - this.#literalContextBits)));
    let symbol = 1;
    if (this.#state >= 7) {
      const distance = this.#repeats[0] + 1;
      if (distance > to - dictionaryStart) throw new StreamDamage('literal');
      let match = bytes[to - distance]!;
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(this.#literals, models + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(this.#literals, models + symbol);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
    return symbol & 0xff;
  }

  /** Length of a match or repeat; its distance is then the first of the repeats. */
  #matchLength(positionState: number, state: number): number {
    const [first, second, third, fourth] = this.#repeats;
    const isEarly = state < 7;
    if (this.#bit(this.#isRepeat, state) === 0) {
      const length = this.#length(this.#matchLengths, positionState);
      this.#state = isEarly ? 7 : 10;
      this.#repeats = [this.#distance(length), first, second, third];
      return length;
    }
    if (this.#bit(this.#isRepeat0, state) === 0) {
      if (this.#bit(this.#isRepeat0Long, (state << 4) + positionState) === 0) {
        this.#state = isEarly ? 9 : 11;
        return 1;
      }
    } else if (this.#bit(this.#isRepeat1, state) === 0) {
      this.#repeats = [second, first, third, fourth];
    } else if (this.#bit(this.#isRepeat2, state) === 0) {
      this.#repeats = [third, first, second, fourth];
    } else {
      this.#repeats = [fourth, first, second, third];
    }
    this.#state = isEarly ? 8 : 11;
    return this.#length(this.#repeatLengths, positionState);
  }

  #length(models: LengthModels, positionState: number): number {
    if (this.#bit(models.choice, 0) === 0) {
      return MATCH_MIN + this.#tree(models.low, positionState << 3, 3);
    }
    if (this.#bit(models.choice, 1) === 0) {
      return MATCH_MIN + 8 + this.#tree(models.middle, positionState << 3, 3);
    }
    return MATCH_MIN + 16 + this.#tree(models.high, 0, 8);
  }

  #distance(length: number): number {
    const lengthState = Math.min(length - MATCH_MIN, LENGTH_STATES - 1);
    const slot = this.#tree(this.#slots, lengthState << 6, 6);
    if (slot < 4) return slot;
    const directBits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** directBits;
    if (slot < END_POSITION_MODEL) {
      return base + this.#reverseTree(this.#special, base - slot, directBits);
    }
    const high = this.#directBits(directBits - 4);
    return base + high * 16 + this.#reverseTree(this.#align, 0, 4);
  }

  #nextByte(): number {
    if (this.#at >= this.#end) throw new StreamDamage('truncated');
    return this.#input[this.#at++]!;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range * 256) >>> 0;
    this.#code = ((this.#code << 8) | this.#nextByte()) >>> 0;
  }

  #bit(models: Uint16Array, index: number): 0 | 1 {
    this.#normalize();
    const model = models[index]!;
    const bound = (this.#range >>> 11) * model;
    if (this.#code < bound) {
      this.#range = bound;
      models[index] = model + ((BIT_MODEL_TOTAL - model) >> 5);
      return 0;
    }
    this.#range = (this.#range - bound) >>> 0;
    this.#code = (this.#code - bound) >>> 0;
    models[index] = model - (model >> 5);
    return 1;
  }

  #directBits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.#normalize();
      this.#range >>>= 1;
      const isOne = this.#code >= this.#range;
      if (isOne) this.#code = (this.#code - this.#range) >>> 0;
      value = value * 2 + (isOne ? 1 : 0);
    }
    return value;
  }

  #tree(models: Uint16Array, offset: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(models, offset + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(models: Uint16Array, offset: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(models, offset + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }
}
