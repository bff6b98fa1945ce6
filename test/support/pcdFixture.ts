/** Writes PCD files of every encoding and field layout from plain numbers: the slow, obvious opposite of the reader. */

export interface FixtureField {
  readonly name: string;
  readonly type: 'I' | 'U' | 'F';
  readonly size: number;
  readonly count?: number;
}

export interface PcdFixture {
  readonly fields: readonly FixtureField[];
  /** One array per point, one number per value (COUNT > 1 gives several); padding values included. */
  readonly points: readonly (readonly number[])[];
  readonly encoding: 'ascii' | 'binary' | 'binary_compressed';
  /** Header lines to use instead of the right ones, e.g. `{ POINTS: '4000000000' }`. */
  readonly header?: Readonly<Record<string, string>>;
  readonly newline?: string;
}

const encoder = new TextEncoder();

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function put(view: DataView, at: number, { type, size }: FixtureField, value: number): void {
  if (type === 'F' && size === 4) view.setFloat32(at, value, true);
  else if (type === 'F') view.setFloat64(at, value, true);
  else if (size === 8) view.setBigInt64(at, BigInt(Math.trunc(value)), true);
  else if (size === 4) view.setUint32(at, value, true);
  else if (size === 2) view.setUint16(at, value, true);
  else view.setUint8(at, value);
}

/** Bytes of each field of a point, in field order. */
function cells(fixture: PcdFixture, point: readonly number[]): Uint8Array[] {
  let column = 0;
  return fixture.fields.map((field) => {
    const count = field.count ?? 1;
    const bytes = new Uint8Array(field.size * count);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < count; i++) put(view, i * field.size, field, point[column++] ?? 0);
    return bytes;
  });
}

/** A real compressor, greedy with a table of three-byte starts: both literals and overlapping matches come out. */
export function compressLzf(input: Uint8Array): Uint8Array {
  const out: number[] = [];
  const seen = new Map<number, number>();
  let literals: number[] = [];
  const flush = () => {
    for (let at = 0; at < literals.length; at += 32) {
      const run = literals.slice(at, at + 32);
      out.push(run.length - 1, ...run);
    }
    literals = [];
  };
  let at = 0;
  while (at < input.length) {
    const key = at + 2 < input.length ? (input[at]! << 16) | (input[at + 1]! << 8) | input[at + 2]! : -1;
    const from = key < 0 ? undefined : seen.get(key);
    if (key >= 0) seen.set(key, at);
    if (from === undefined || at - from > 8192) {
      literals.push(input[at++]!);
      continue;
    }
    let length = 3;
    while (length < 264 && at + length < input.length && input[from + length] === input[at + length])
      length++;
    flush();
    const distance = at - from - 1;
    const code = length - 2;
    if (code < 7) out.push((code << 5) | (distance >> 8));
    else out.push((7 << 5) | (distance >> 8), code - 7);
    out.push(distance & 255);
    at += length;
  }
  flush();
  return Uint8Array.from(out);
}

function body(fixture: PcdFixture): Uint8Array {
  const { points, fields } = fixture;
  const newline = fixture.newline ?? '\n';
  if (fixture.encoding === 'ascii') {
    return encoder.encode(points.map((point) => `${point.join(' ')}${newline}`).join(''));
  }
  const rows = points.map((point) => cells(fixture, point));
  if (fixture.encoding === 'binary') return joinBytes(...rows.flat());
  const arrays = joinBytes(...fields.map((_, index) => joinBytes(...rows.map((row) => row[index]!))));
  const compressed = compressLzf(arrays);
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint32(0, compressed.length, true);
  sizes.setUint32(4, arrays.length, true);
  return joinBytes(new Uint8Array(sizes.buffer), compressed);
}

export function pcdFile(fixture: PcdFixture): Uint8Array<ArrayBuffer> {
  const { fields, points, encoding } = fixture;
  const lines: Record<string, string> = {
    VERSION: '0.7',
    FIELDS: fields.map((field) => field.name).join(' '),
    SIZE: fields.map((field) => field.size).join(' '),
    TYPE: fields.map((field) => field.type).join(' '),
    COUNT: fields.map((field) => field.count ?? 1).join(' '),
    WIDTH: String(points.length),
    HEIGHT: '1',
    VIEWPOINT: '0 0 0 1 0 0 0',
    POINTS: String(points.length),
    ...fixture.header,
    DATA: fixture.header?.DATA ?? encoding,
  };
  const newline = fixture.newline ?? '\n';
  const text = [
    '# .PCD v0.7 - Point Cloud Data file format',
    ...Object.entries(lines).map((pair) => pair.join(' ')),
  ];
  return joinBytes(encoder.encode(text.map((line) => line + newline).join('')), body(fixture));
}
