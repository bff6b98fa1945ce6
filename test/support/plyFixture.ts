/** Writes PLY files in all three encodings from plain numbers: the slow, obvious opposite of the reader. */
import { joinBytes } from './pcdFixture.ts';

export type PlyType = 'char' | 'uchar' | 'short' | 'ushort' | 'int' | 'uint' | 'float' | 'double';

export interface PlyFixtureProperty {
  readonly name: string;
  readonly type: PlyType;
  /** A list: the type of its length. */
  readonly list?: PlyType;
}

export interface PlyFixtureElement {
  readonly name: string;
  readonly properties: readonly PlyFixtureProperty[];
  /** Values of each instance; lists are lists. */
  readonly rows: readonly (readonly (number | readonly number[])[])[];
  /** States another count than there is. */
  readonly stated?: number;
}

export type PlyFixtureEncoding = 'ascii' | 'binary_little_endian' | 'binary_big_endian';

const SIZES: Record<PlyType, number> = {
  char: 1,
  uchar: 1,
  short: 2,
  ushort: 2,
  int: 4,
  uint: 4,
  float: 4,
  double: 8,
};

function numberBytes(type: PlyType, value: number, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(SIZES[type]));
  if (type === 'char') view.setInt8(0, value);
  else if (type === 'uchar') view.setUint8(0, value);
  else if (type === 'short') view.setInt16(0, value, isLittle);
  else if (type === 'ushort') view.setUint16(0, value, isLittle);
  else if (type === 'int') view.setInt32(0, value, isLittle);
  else if (type === 'uint') view.setUint32(0, value, isLittle);
  else if (type === 'float') view.setFloat32(0, value, isLittle);
  else view.setFloat64(0, value, isLittle);
  return new Uint8Array(view.buffer);
}

function rowBytes(
  element: PlyFixtureElement,
  row: PlyFixtureElement['rows'][number],
  encoding: PlyFixtureEncoding,
) {
  const words: string[] = [];
  const parts: Uint8Array[] = [];
  const isLittle = encoding === 'binary_little_endian';
  const put = (type: PlyType, value: number) => {
    words.push(String(value));
    parts.push(numberBytes(type, value, isLittle));
  };
  for (const [index, { type, list }] of element.properties.entries()) {
    const value = row[index]!;
    if (typeof value === 'number') put(type, value);
    else {
      put(list!, value.length);
      for (const item of value) put(type, item);
    }
  }
  return encoding === 'ascii' ? new TextEncoder().encode(`${words.join(' ')}\n`) : joinBytes(...parts);
}

export function plyFile(
  encoding: PlyFixtureEncoding,
  elements: readonly PlyFixtureElement[],
  newline = '\n',
): Uint8Array<ArrayBuffer> {
  const lines = ['ply', `format ${encoding} 1.0`, 'comment made for a test', 'obj_info nothing'];
  for (const { name, properties, rows, stated } of elements) {
    lines.push(`element ${name} ${stated ?? rows.length}`);
    for (const property of properties) {
      const list = property.list ? `list ${property.list} ` : '';
      lines.push(`property ${list}${property.type} ${property.name}`);
    }
  }
  const head = new TextEncoder().encode([...lines, 'end_header', ''].join(newline));
  return joinBytes(
    head,
    ...elements.flatMap((element) => element.rows.map((row) => rowBytes(element, row, encoding))),
  );
}
