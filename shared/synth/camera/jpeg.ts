/**
 * Baseline JPEG (ITU-T T.81) with the 4:2:0 layout: enough to keep a made delivery small, in the arithmetic of doubles
 * alone, so that the same picture gives the same bytes everywhere.
 */
import {
  AC_CHROMA,
  AC_LUMA,
  CHROMA_STEPS,
  DC_CHROMA,
  DC_LUMA,
  type HuffmanSpec,
  LUMA_STEPS,
} from './jpegTables.ts';
import type { Picture } from './render.ts';

/** Natural index of the k-th coefficient along the zigzag. */
const ZIGZAG = makeZigzag();

function makeZigzag(): Uint8Array {
  const order = new Uint8Array(64);
  let at = 0;
  for (let sum = 0; sum < 15; sum++)
    for (let i = 0; i <= sum; i++) {
      const [row, column] = sum % 2 === 0 ? [sum - i, i] : [i, sum - i];
      if (row < 8 && column < 8) order[at++] = 8 * row + column;
    }
  return order;
}

/** Code in the high bits, length in the low five, by value. */
function makeCodes({ counts, values }: HuffmanSpec): Int32Array {
  const codes = new Int32Array(256);
  let code = 0;
  let at = 0;
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < counts[length - 1]!; i++) codes[values[at++]!] = (code++ << 5) | length;
    code <<= 1;
  }
  return codes;
}

const codes = {
  dcLuma: makeCodes(DC_LUMA),
  dcChroma: makeCodes(DC_CHROMA),
  acLuma: makeCodes(AC_LUMA),
  acChroma: makeCodes(AC_CHROMA),
};

/** Cosines of the DCT of length 8, scaled so that the transform is orthonormal: row k, column n. */
const BASIS = makeBasis();

function makeBasis(): Float64Array {
  // cos(j pi / 16) for j = 0..8, from half-angle formulas; the rest follows by symmetry.
  const table = [1];
  const eighth = Math.sqrt(0.5);
  const c2 = Math.sqrt((1 + eighth) / 2);
  const c1 = Math.sqrt((1 + c2) / 2);
  const c3 = Math.sqrt((1 + Math.sqrt((1 - eighth) / 2)) / 2);
  table.push(c1, c2, c3, eighth, Math.sqrt(1 - c3 * c3), Math.sqrt(1 - c2 * c2), Math.sqrt(1 - c1 * c1), 0);
  const cosine = (j: number): number => {
    const turn = j % 32;
    if (turn > 16) return cosine(32 - turn);
    return turn > 8 ? -table[16 - turn]! : table[turn]!;
  };
  return Float64Array.from({ length: 64 }, (_, i) => {
    const k = i >> 3;
    const n = i & 7;
    return cosine((2 * n + 1) * k) * (k === 0 ? Math.sqrt(1 / 8) : 0.5);
  });
}

/** Grows as it is written; a picture's size in bytes is not known before. */
class BitWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #bits = 0;
  #held = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }

  put(...values: readonly number[]): void {
    for (const value of values) this.byte(value);
  }

  /** `count` low bits of `value`, most significant first; a byte of ones is followed by a zero byte. */
  write(value: number, count: number): void {
    this.#held = (this.#held << count) | (value & ((1 << count) - 1));
    this.#bits += count;
    while (this.#bits >= 8) {
      const next = (this.#held >> (this.#bits - 8)) & 0xff;
      this.byte(next);
      if (next === 0xff) this.byte(0);
      this.#bits -= 8;
    }
    this.#held &= (1 << this.#bits) - 1;
  }

  finish(): Uint8Array<ArrayBuffer> {
    if (this.#bits > 0) this.write(0x7f, 8 - this.#bits);
    this.put(0xff, 0xd9);
    return this.#bytes.slice(0, this.#length);
  }
}

/** Quality 1..100 on the usual scale, where 50 is Annex K as printed. */
function scaledSteps(steps: readonly number[], quality: number): Uint8Array {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Uint8Array.from(steps, (step) =>
    Math.max(1, Math.min(255, Math.floor((step * percent + 50) / 100))),
  );
}

/** A complete JFIF file. Width and height at most 65535. */
export function encodeJpeg(picture: Picture, quality: number): Uint8Array<ArrayBuffer> {
  const { width, height } = picture;
  const luma = scaledSteps(LUMA_STEPS, quality);
  const chroma = scaledSteps(CHROMA_STEPS, quality);
  const writer = new BitWriter();
  writeHeaders(writer, width, height, luma, chroma);
  const lumaScale = Float64Array.from(luma, (step) => 1 / step);
  const chromaScale = Float64Array.from(chroma, (step) => 1 / step);
  const planes = makePlanes(picture);
  const previous = [0, 0, 0];
  const block = new Float64Array(64);
  const { columns, rows } = planes;
  const chromaColumns = columns / 2;
  for (let row = 0; row < rows; row += 16)
    for (let column = 0; column < columns; column += 16) {
      for (let k = 0; k < 4; k++) {
        loadBlock(block, planes.y, columns, row + 8 * (k >> 1), column + 8 * (k & 1));
        previous[0] = writeBlock(writer, block, lumaScale, codes.dcLuma, codes.acLuma, previous[0]!);
      }
      loadBlock(block, planes.cb, chromaColumns, row / 2, column / 2);
      previous[1] = writeBlock(writer, block, chromaScale, codes.dcChroma, codes.acChroma, previous[1]!);
      loadBlock(block, planes.cr, chromaColumns, row / 2, column / 2);
      previous[2] = writeBlock(writer, block, chromaScale, codes.dcChroma, codes.acChroma, previous[2]!);
    }
  return writer.finish();
}

function writeHeaders(
  writer: BitWriter,
  width: number,
  height: number,
  luma: Uint8Array,
  chroma: Uint8Array,
): void {
  const two = (value: number) => [value >> 8, value & 0xff];
  writer.put(0xff, 0xd8, 0xff, 0xe0, ...two(16), 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
  [luma, chroma].forEach((steps, table) => {
    writer.put(0xff, 0xdb, ...two(67), table);
    for (let k = 0; k < 64; k++) writer.byte(steps[ZIGZAG[k]!]!);
  });
  writer.put(0xff, 0xc0, ...two(17), 8, ...two(height), ...two(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1);
  const tables: [number, HuffmanSpec][] = [
    [0x00, DC_LUMA],
    [0x10, AC_LUMA],
    [0x01, DC_CHROMA],
    [0x11, AC_CHROMA],
  ];
  for (const [id, { counts, values }] of tables)
    writer.put(0xff, 0xc4, ...two(19 + values.length), id, ...counts, ...values);
  writer.put(0xff, 0xda, ...two(12), 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0);
}

interface Planes {
  readonly columns: number;
  readonly rows: number;
  readonly y: Float32Array;
  readonly cb: Float32Array;
  readonly cr: Float32Array;
}

/** JFIF's YCbCr less 128, edges repeated up to whole blocks, colour averaged over 2 x 2 pixels. */
function makePlanes({ width, height, rgb }: Picture): Planes {
  const columns = Math.ceil(width / 16) * 16;
  const rows = Math.ceil(height / 16) * 16;
  const y = new Float32Array(columns * rows);
  const cb = new Float32Array((columns * rows) / 4);
  const cr = new Float32Array((columns * rows) / 4);
  const half = columns / 2;
  for (let row = 0; row < rows; row++) {
    const source = Math.min(row, height - 1) * width;
    for (let column = 0; column < columns; column++) {
      const at = 3 * (source + Math.min(column, width - 1));
      const r = rgb[at]!;
      const g = rgb[at + 1]!;
      const b = rgb[at + 2]!;
      y[row * columns + column] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      const to = (row >> 1) * half + (column >> 1);
      cb[to] = cb[to]! + 0.25 * (-0.168736 * r - 0.331264 * g + 0.5 * b);
      cr[to] = cr[to]! + 0.25 * (0.5 * r - 0.418688 * g - 0.081312 * b);
    }
  }
  return { columns, rows, y, cb, cr };
}

function loadBlock(
  block: Float64Array,
  plane: Float32Array,
  columns: number,
  row: number,
  column: number,
): void {
  for (let j = 0; j < 8; j++) {
    const from = (row + j) * columns + column;
    for (let i = 0; i < 8; i++) block[8 * j + i] = plane[from + i]!;
  }
}

const passed = new Float64Array(64);

/** One 8-point transform of the values at `from`, `step` apart, by even and odd halves. */
function transformLine(input: Float64Array, output: Float64Array, from: number, step: number): void {
  const a0 = input[from]!;
  const a1 = input[from + step]!;
  const a2 = input[from + 2 * step]!;
  const a3 = input[from + 3 * step]!;
  const a4 = input[from + 4 * step]!;
  const a5 = input[from + 5 * step]!;
  const a6 = input[from + 6 * step]!;
  const a7 = input[from + 7 * step]!;
  const s0 = a0 + a7;
  const s1 = a1 + a6;
  const s2 = a2 + a5;
  const s3 = a3 + a4;
  const d0 = a0 - a7;
  const d1 = a1 - a6;
  const d2 = a2 - a5;
  const d3 = a3 - a4;
  for (let k = 0; k < 8; k += 2) {
    const b = 8 * k;
    output[from + k * step] = BASIS[b]! * s0 + BASIS[b + 1]! * s1 + BASIS[b + 2]! * s2 + BASIS[b + 3]! * s3;
    output[from + (k + 1) * step] =
      BASIS[b + 8]! * d0 + BASIS[b + 9]! * d1 + BASIS[b + 10]! * d2 + BASIS[b + 11]! * d3;
  }
}

/** Transforms, quantises and writes a block; gives its DC level, which the next block is written against. */
function writeBlock(
  writer: BitWriter,
  block: Float64Array,
  scale: Float64Array,
  dc: Int32Array,
  ac: Int32Array,
  previous: number,
): number {
  for (let line = 0; line < 8; line++) transformLine(block, passed, 8 * line, 1);
  for (let line = 0; line < 8; line++) transformLine(passed, block, line, 8);
  const level = Math.round(block[0]! * scale[0]!);
  writeLevel(writer, dc, 0, level - previous);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    const at = ZIGZAG[k]!;
    const value = Math.max(-1023, Math.min(1023, Math.round(block[at]! * scale[at]!)));
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writeCode(writer, ac[0xf0]!);
    writeLevel(writer, ac, zeros, value);
    zeros = 0;
  }
  if (zeros > 0) writeCode(writer, ac[0]!);
  return level;
}

function writeCode(writer: BitWriter, code: number): void {
  writer.write(code >> 5, code & 31);
}

/** Run of zeros and bit length as one code, then the bits; negatives as their one's complement. */
function writeLevel(writer: BitWriter, table: Int32Array, zeros: number, value: number): void {
  const bits = 32 - Math.clz32(Math.abs(value));
  writeCode(writer, table[(zeros << 4) | bits]!);
  if (bits > 0) writer.write(value > 0 ? value : value - 1, bits);
}
