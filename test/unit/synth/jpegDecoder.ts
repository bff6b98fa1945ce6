/** A slow baseline JPEG decoder straight from ITU-T T.81, written apart from the encoder it checks. */
interface Component {
  h: number;
  v: number;
  table: number;
  dc: number;
  ac: number;
  level: number;
  plane: Float64Array;
  stride: number;
}

const zigzagRows = [
  [0, 1, 5, 6, 14, 15, 27, 28],
  [2, 4, 7, 13, 16, 26, 29, 42],
  [3, 8, 12, 17, 25, 30, 41, 43],
  [9, 11, 18, 24, 31, 40, 44, 53],
  [10, 19, 23, 32, 39, 45, 52, 54],
  [20, 22, 33, 38, 46, 51, 55, 60],
  [21, 34, 37, 47, 50, 56, 59, 61],
  [35, 36, 48, 49, 57, 58, 62, 63],
].flat();

export function decodeJpeg(file: Uint8Array): { width: number; height: number; rgb: Uint8Array } {
  const steps: number[][] = [];
  const huffman = new Map<number, Map<string, number>>();
  const components: Component[] = [];
  let [width, height] = [0, 0];
  let at = 2;
  const word = (i: number) => file[i]! * 256 + file[i + 1]!;
  for (;;) {
    const marker = file[at + 1]!;
    const length = word(at + 2);
    const body = at + 4;
    if (marker === 0xdb) steps[file[body]!] = [...file.slice(body + 1, body + 65)];
    if (marker === 0xc4) huffman.set(file[body]!, readCodes(file, body));
    if (marker === 0xc0) {
      [height, width] = [word(body + 1), word(body + 3)];
      for (let c = 0; c < file[body + 5]!; c++) {
        const i = body + 6 + 3 * c;
        const [h, v] = [file[i + 1]! >> 4, file[i + 1]! & 15];
        components.push({
          h,
          v,
          table: file[i + 2]!,
          dc: 0,
          ac: 0,
          level: 0,
          plane: new Float64Array(),
          stride: 0,
        });
      }
    }
    if (marker === 0xda) {
      components.forEach((component, c) => {
        const pair = file[body + 2 + 2 * c]!;
        component.dc = pair >> 4;
        component.ac = 0x10 | (pair & 15);
      });
      at = body + length - 2;
      break;
    }
    at += 2 + length;
  }
  const bit = bitsFrom(file, at);
  const read = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++) value = 2 * value + bit();
    return value;
  };
  const symbol = (table: number) => {
    let code = '';
    for (;;) {
      code += bit();
      const found = huffman.get(table)!.get(code);
      if (found !== undefined) return found;
      if (code.length > 16) throw new Error('no such code');
    }
  };
  const signed = (bits: number) => {
    const value = read(bits);
    return bits > 0 && value < 2 ** (bits - 1) ? value - 2 ** bits + 1 : value;
  };
  const [maxH, maxV] = [Math.max(...components.map(({ h }) => h)), Math.max(...components.map(({ v }) => v))];
  const [across, down] = [Math.ceil(width / (8 * maxH)), Math.ceil(height / (8 * maxV))];
  for (const component of components) {
    component.stride = across * component.h * 8;
    component.plane = new Float64Array(component.stride * down * component.v * 8);
  }
  for (let unit = 0; unit < across * down; unit++)
    for (const component of components)
      for (let block = 0; block < component.h * component.v; block++) {
        const levels = new Float64Array(64);
        component.level += signed(symbol(component.dc));
        levels[0] = component.level;
        for (let k = 1; k < 64; k++) {
          const pair = symbol(component.ac);
          if (pair === 0) break;
          k += pair >> 4;
          levels[k] = signed(pair & 15);
        }
        const x = ((unit % across) * component.h + (block % component.h)) * 8;
        const y = (Math.floor(unit / across) * component.v + Math.floor(block / component.h)) * 8;
        writeBlock(component, levels, steps[component.table]!, x, y);
      }
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [luma, cb, cr] = components.map(
        ({ plane, stride, h, v }) => plane[Math.floor((y * v) / maxV) * stride + Math.floor((x * h) / maxH)]!,
      ) as [number, number, number];
      const values = [
        luma + 1.402 * cr + 128,
        luma - 0.344136 * cb - 0.714136 * cr + 128,
        luma + 1.772 * cb + 128,
      ];
      rgb.set(
        values.map((value) => Math.max(0, Math.min(255, Math.round(value)))),
        3 * (y * width + x),
      );
    }
  return { width, height, rgb };
}

function readCodes(file: Uint8Array, body: number): Map<string, number> {
  const codes = new Map<string, number>();
  let value = body + 17;
  let code = 0;
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < file[body + length]!; i++)
      codes.set((code++).toString(2).padStart(length, '0'), file[value++]!);
    code *= 2;
  }
  return codes;
}

function bitsFrom(file: Uint8Array, start: number): () => number {
  let at = start;
  let left = 0;
  let held = 0;
  return () => {
    if (left === 0) {
      held = file[at++]!;
      if (held === 0xff && file[at] === 0) at++;
      left = 8;
    }
    return (held >> --left) & 1;
  };
}

const scale = (k: number) => (k === 0 ? Math.SQRT1_2 : 1);

function writeBlock(
  { plane, stride }: Component,
  levels: Float64Array,
  steps: readonly number[],
  x0: number,
  y0: number,
): void {
  const coefficients = zigzagRows.map((k) => levels[k]! * steps[k]!);
  const turn = (n: number, k: number) => Math.cos(((2 * n + 1) * k * Math.PI) / 16);
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let v = 0; v < 8; v++)
        for (let u = 0; u < 8; u++) {
          const value = coefficients[8 * v + u]!;
          if (value !== 0) sum += scale(u) * scale(v) * value * turn(x, u) * turn(y, v);
        }
      plane[(y0 + y) * stride + x0 + x] = sum / 4;
    }
}
