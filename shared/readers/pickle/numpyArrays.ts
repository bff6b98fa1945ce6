/** numpy's arrays and scalars out of a pickle: bytes of a stated type and shape, once their lengths agree. */
import type { PickleValue } from './pickleValues.ts';
import { PickleDict, PickleError, PickleObject, PickleSequence } from './pickleValues.ts';

/** One axis of an array. Booleans are 0 and 1. */
export type NumpyNumbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly isFortran: boolean;
  /** Values in the order of the file. */
  readonly values: NumpyNumbers | readonly PickleValue[];
  readonly isBoolean: boolean;
  /** What it takes up in the file: bytes, or one for each object. */
  readonly size: number;
}

interface ElementType {
  /** `f8`, `i4`, `b1`, `O`, `U12`, `S5`. */
  readonly name: string;
  readonly isBigEndian: boolean;
}

export function layoutUnknown(part: string): PickleError {
  return new PickleError({ code: 'pickle-layout-unknown', part: part.slice(0, 200) });
}

export function tupleItems(value: PickleValue | undefined): readonly PickleValue[] | null {
  return value instanceof PickleSequence && value.kind === 'tuple' ? value.items : null;
}

const isObjectOf = (value: PickleValue | undefined, ...names: readonly string[]): value is PickleObject =>
  value instanceof PickleObject && names.some((name) => value.callee.endsWith(`.${name}`));

function elementType(value: PickleValue | undefined): ElementType {
  if (!isObjectOf(value, 'dtype') || typeof value.args[0] !== 'string') throw layoutUnknown('dtype');
  const text = value.args[0];
  const order = tupleItems(value.state)?.[1];
  const isBigEndian = order === '>' || text.startsWith('>');
  return { name: text.replace(/^[<>|=]/, ''), isBigEndian };
}

const ARRAYS = {
  i1: Int8Array,
  u1: Uint8Array,
  b1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  i8: BigInt64Array,
  u8: BigUint64Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

function numbersOf(bytes: Uint8Array, name: keyof typeof ARRAYS, isBigEndian: boolean): NumpyNumbers {
  const Kind = ARRAYS[name];
  const width = Kind.BYTES_PER_ELEMENT;
  // A copy of its own: aligned, and free to be turned around.
  const copy = new Uint8Array(bytes);
  if (isBigEndian) {
    for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse();
  }
  return new Kind(copy.buffer);
}

/** Fixed-width texts: four bytes a character (`U`) or one (`S`), filled up with zeros. */
function textsOf(bytes: Uint8Array, width: number, isWide: boolean, isBigEndian: boolean): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    let text = '';
    for (let i = 0; i < width; i += isWide ? 4 : 1) {
      const point = isWide ? view.getUint32(at + i, !isBigEndian) : bytes[at + i]!;
      if (point > 0 && point <= 0x10ffff) text += String.fromCodePoint(point);
    }
    texts.push(text);
  }
  return texts;
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function shapeOf(value: PickleValue | undefined): number[] {
  const extents = tupleItems(value);
  const isShape = extents?.every(
    (extent) => typeof extent === 'number' && Number.isInteger(extent) && extent >= 0,
  );
  if (!extents || !isShape || extents.length > 8) throw layoutUnknown('shape');
  return extents as number[];
}

function arrayFrom(
  shape: readonly number[],
  type: ElementType,
  isFortran: boolean,
  data: PickleValue | undefined,
): NumpyArray {
  const count = countOf(shape);
  if (type.name === 'O' || type.name === 'O8') {
    if (!(data instanceof PickleSequence) || data.items.length !== count)
      throw layoutUnknown('array of objects');
    return { shape, isFortran, values: data.items, isBoolean: false, size: count };
  }
  const text = /^([US])(\d{1,6})$/.exec(type.name);
  const isNumber = Object.hasOwn(ARRAYS, type.name);
  if (!text && !isNumber) throw layoutUnknown(`dtype ${type.name}`);
  const width = text
    ? Number(text[2]) * (text[1] === 'U' ? 4 : 1)
    : ARRAYS[type.name as keyof typeof ARRAYS].BYTES_PER_ELEMENT;
  if (!(data instanceof Uint8Array) || width === 0 || data.length !== count * width)
    throw layoutUnknown('array data');
  const values = text
    ? textsOf(data, width, text[1] === 'U', type.isBigEndian)
    : numbersOf(data, type.name as keyof typeof ARRAYS, type.isBigEndian);
  return { shape, isFortran, values, isBoolean: type.name === 'b1', size: data.length };
}

/** An array however its numpy pickled it. Throws PickleError. */
export function numpyArray(value: PickleValue | undefined): NumpyArray {
  if (isObjectOf(value, '_reconstruct')) {
    const [, shape, dtype, isFortran, data] = tupleItems(value.state) ?? [];
    return arrayFrom(shapeOf(shape), elementType(dtype), isFortran === true, data);
  }
  if (isObjectOf(value, '_frombuffer')) {
    const [data, dtype, shape, order] = value.args;
    return arrayFrom(shapeOf(shape), elementType(dtype), order === 'F', data);
  }
  throw layoutUnknown('array');
}

/** A cell of an object column: numpy's scalars as plain ones, anything that is not a plain value as null. */
export function cellValue(value: PickleValue): string | number | bigint | boolean | null {
  if (isObjectOf(value, 'scalar')) {
    const type = elementType(value.args[0]);
    const { values, isBoolean } = arrayFrom([1], type, false, value.args[1]);
    const number = values[0] as number | bigint;
    return isBoolean ? number === 1 : number;
  }
  if (value === null || value instanceof Uint8Array || value instanceof PickleDict) return null;
  return typeof value === 'object' ? null : value;
}
