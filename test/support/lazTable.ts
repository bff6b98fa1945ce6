/** Writes LAZ's table of chunks: an arithmetic encoder as published (Said 2004), apart from the decoder under test. */

interface Model {
  counts: number[];
  cumulated: number[];
  total: number;
  cycle: number;
  left: number;
}

function refresh(model: Model): void {
  model.total += model.cycle;
  if (model.total > 32768) {
    model.counts = model.counts.map((count) => (count + 1) >> 1);
    model.total = model.counts.reduce((a, b) => a + b, 0);
  }
  const scale = Math.floor(2 ** 31 / model.total);
  let sum = 0;
  model.cumulated = model.counts.map((count) => {
    const start = Math.floor((scale * sum) / 65536);
    sum += count;
    return start;
  });
  model.cycle = Math.min(Math.floor((5 * model.cycle) / 4), (model.counts.length + 6) * 8);
  model.left = model.cycle;
}

function symbols(count: number): Model {
  const counts = new Array<number>(count).fill(1);
  const model = { counts, cumulated: [], total: 0, cycle: count, left: 0 };
  refresh(model);
  model.cycle = (count + 6) >> 1;
  model.left = model.cycle;
  return model;
}

interface BitModel {
  zeros: number;
  total: number;
  /** Of a zero, out of 8192. */
  probability: number;
  cycle: number;
  left: number;
}

function refreshBit(model: BitModel): void {
  model.total += model.cycle;
  if (model.total > 8192) {
    model.total = (model.total + 1) >> 1;
    model.zeros = (model.zeros + 1) >> 1;
    if (model.zeros === model.total) model.total++;
  }
  model.probability = Math.floor((model.zeros * Math.floor(2 ** 31 / model.total)) / 2 ** 18);
  model.cycle = Math.min(64, Math.floor((5 * model.cycle) / 4));
  model.left = model.cycle;
}

class Encoder {
  /** Interval [low, low + length) of 32 bits; low is kept whole, so that carries need no care. */
  #low = 0n;
  #length = 0xffff_ffffn;
  #shifts = 0;

  #narrow(start: bigint, length: bigint): void {
    this.#low += start;
    this.#length = length;
    while (this.#length < 1n << 24n) {
      this.#low <<= 8n;
      this.#length <<= 8n;
      this.#shifts++;
    }
  }

  symbol(model: Model, symbol: number): void {
    const step = this.#length >> 15n;
    const start = step * BigInt(model.cumulated[symbol]!);
    const above = model.cumulated[symbol + 1];
    this.#narrow(start, (above === undefined ? this.#length : step * BigInt(above)) - start);
    model.counts[symbol]!++;
    if (--model.left === 0) refresh(model);
  }

  bit(model: BitModel, bit: number): void {
    const zero = BigInt(model.probability) * (this.#length >> 13n);
    if (bit === 0) this.#narrow(0n, zero);
    else this.#narrow(zero, this.#length - zero);
    if (bit === 0) model.zeros++;
    if (--model.left === 0) refreshBit(model);
  }

  bits(value: number, count: number): void {
    if (count > 19) {
      this.bits(value % 65536, 16);
      this.bits(Math.floor(value / 65536), count - 16);
      return;
    }
    const step = this.#length >> BigInt(count);
    this.#narrow(step * BigInt(value), step);
  }

  done(): Uint8Array {
    // The middle of the interval, with every byte of it that was ever shifted out.
    let value = this.#low + (this.#length >> 1n);
    const bytes = new Uint8Array(this.#shifts + 4);
    for (let at = bytes.length - 1; at >= 0; at--, value >>= 8n) bytes[at] = Number(value & 255n);
    return bytes;
  }
}

/** Least bits whose range -(2^bits - 1) .. 2^bits holds the number. */
function bitsOf(number: number): number {
  let bits = 0;
  while (number < -(2 ** bits - 1) || number > 2 ** bits) bits++;
  return bits;
}

/** Numbers in rows: each row's numbers are written one context after another, as the difference to the row before. */
export function encodeIntegers(rows: readonly (readonly (number | null)[])[], contexts: number): Uint8Array {
  const encoder = new Encoder();
  const lengths = Array.from({ length: contexts }, () => symbols(33));
  const corrections = Array.from({ length: 33 }, (_, bits) => symbols(2 ** Math.min(bits, 8)));
  const oneBit: BitModel = { zeros: 1, total: 2, probability: 4096, cycle: 4, left: 4 };
  const last = new Array<number>(contexts).fill(0);
  for (const row of rows) {
    for (const [context, number] of row.entries()) {
      if (number === null) continue;
      const correction = (number - last[context]!) | 0;
      last[context] = number;
      const bits = bitsOf(correction);
      encoder.symbol(lengths[context]!, bits);
      if (bits === 0) encoder.bit(oneBit, correction);
      if (bits === 0 || bits === 32) continue;
      const placed = correction < 0 ? correction + 2 ** bits - 1 : correction - 1;
      const lower = Math.max(0, bits - 8);
      encoder.symbol(corrections[bits]!, Math.floor(placed / 2 ** lower));
      if (lower > 0) encoder.bits(placed % 2 ** lower, lower);
    }
  }
  return encoder.done();
}

/** The table as it stands in the file. `points` of a chunk is written where it is a number, and left out where null. */
export function chunkTable(
  chunks: readonly { readonly points: number | null; readonly bytes: number }[],
): Uint8Array {
  const coded = encodeIntegers(
    chunks.map(({ points, bytes }) => [points, bytes]),
    2,
  );
  const table = new Uint8Array(8 + coded.length);
  new DataView(table.buffer).setUint32(4, chunks.length, true);
  table.set(coded, 8);
  return table;
}
