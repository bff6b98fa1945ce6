/**
 * Arrays of zarr v2: `.zarray` says shape, chunks, type, order, fill value and compressor; chunks are decoded and laid
 * into one row-major array. Compressors: none, gzip, zlib, zstd, lz4, blosc; not bz2, lzma, or filters before them.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asRecord, asText } from '../jsonValues.ts';
import { decompressChunk } from './zarrCompressors.ts';
import type { ZarrStore } from './zarrStore.ts';
import type { ZarrType, ZarrValues } from './zarrTypes.ts';
import { fillBytes, parseZarrType, valuesOf } from './zarrTypes.ts';

export interface ZarrLayout {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly type: ZarrType;
  readonly isColumnMajor: boolean;
  readonly separator: '.' | '/';
  readonly fill: Uint8Array;
  readonly compressor: JsonRecord | null;
}

export interface ZarrArray {
  readonly shape: readonly number[];
  readonly values: ZarrValues;
}

/** Bytes an array may have in memory: ten million points of three floats. */
const LARGEST_ARRAY = 128 << 20;
const MOST_DIMENSIONS = 8;
/** Headers and incompressible bytes beside the data. */
const PACKED_SLACK = 1 << 16;

function sizes(value: unknown, least: number): number[] | null {
  const list = asList(value);
  const isSound =
    Array.isArray(value) &&
    list.length <= MOST_DIMENSIONS &&
    list.every((size) => Number.isSafeInteger(size) && (size as number) >= least);
  return isSound ? (list as number[]) : null;
}

const product = (list: readonly number[]) => list.reduce((all, size) => all * size, 1);

/** What is wrong with a `.zarray`, or what it says. */
export function parseZarrLayout(document: JsonRecord): ZarrLayout | string {
  if (document.zarr_format !== 2) return `zarr_format ${String(document.zarr_format)}`;
  const shape = sizes(document.shape, 0);
  const chunks = sizes(document.chunks, 1) ?? (shape?.includes(0) ? sizes(document.chunks, 0) : null);
  const type = parseZarrType(document.dtype);
  if (!shape || !chunks || chunks.length !== shape.length) return 'shape';
  if (!type) return `dtype ${String(document.dtype).slice(0, 100)}`;
  if (asList(document.filters).length > 0) return 'filters';
  if (product(shape) * type.bytes > LARGEST_ARRAY || product(chunks) * type.bytes > LARGEST_ARRAY)
    return 'size';
  const fill = fillBytes(type, document.fill_value);
  if (!fill) return 'fill_value';
  return {
    shape,
    chunks,
    type,
    isColumnMajor: document.order === 'F',
    separator: document.dimension_separator === '/' ? '/' : '.',
    fill,
    compressor: asRecord(document.compressor),
  };
}

/** Whole array at `key`; null where the store has none of that name. Fails with `zarr-array-bad`. */
export async function readZarrArray(store: ZarrStore, key: string): Promise<Result<ZarrArray | null>> {
  const document = await store.document(`${key}/.zarray`);
  if (!document.ok || !document.value) return document.ok ? done(null) : document;
  const layout = parseZarrLayout(document.value);
  const bad = (reason: string, place: string) =>
    failed({ code: 'zarr-array-bad', severity: 'error', path: store.path, place, params: { reason } });
  if (typeof layout === 'string') return bad(layout, `${key}/.zarray`);
  const { shape, chunks, type } = layout;
  // A grid of many small chunks that are not there must not cost more than the array itself.
  const grid = shape.map((size, axis) => (size === 0 ? 0 : Math.ceil(size / chunks[axis]!)));
  const bytes = new Uint8Array(product(shape) * type.bytes);
  const chunkBytes = product(chunks) * type.bytes;
  if (bytes.length > 0 && product(grid) * chunkBytes > 8 * LARGEST_ARRAY)
    return bad('chunks', `${key}/.zarray`);
  if (layout.fill.some((byte) => byte !== 0)) fillWith(bytes, layout.fill);
  for (let chunk = 0; chunk < (bytes.length === 0 ? 0 : product(grid)); chunk++) {
    const at = positionIn(grid, chunk);
    const chunkKey = `${key}/${at.length === 0 ? '0' : at.join(layout.separator)}`;
    const packed = await store.bytes(chunkKey, chunkBytes + (chunkBytes >> 2) + PACKED_SLACK);
    if (!packed.ok) return packed;
    if (!packed.value) continue;
    const plain = decompressChunk(layout.compressor, packed.value, chunkBytes);
    if (typeof plain === 'string') return bad(plain, chunkKey);
    layChunk(layout, at, plain, bytes);
  }
  return done({ shape, values: valuesOf(type, bytes) });
}

function fillWith(bytes: Uint8Array, fill: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += fill.length) bytes.set(fill, at);
}

/** Row-major position of the `index`th cell of a grid. */
function positionIn(grid: readonly number[], index: number): number[] {
  const at = new Array<number>(grid.length);
  let rest = index;
  for (let axis = grid.length - 1; axis >= 0; axis--) {
    at[axis] = rest % grid[axis]!;
    rest = Math.floor(rest / grid[axis]!);
  }
  return at;
}

/** Elements between neighbours along each axis. */
function stridesOf(shape: readonly number[], isColumnMajor: boolean): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  const axes = shape.map((_, axis) => axis);
  for (const axis of isColumnMajor ? axes : axes.reverse()) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Copies the part of a chunk that lies within the array; chunks at the edge are stored whole. */
function layChunk(layout: ZarrLayout, at: readonly number[], chunk: Uint8Array, out: Uint8Array): void {
  const { shape, chunks, type, isColumnMajor } = layout;
  const size = type.bytes;
  const from = stridesOf(chunks, isColumnMajor);
  const to = stridesOf(shape, false);
  const counts = shape.map((extent, axis) => Math.min(chunks[axis]!, extent - at[axis]! * chunks[axis]!));
  const start = at.reduce((sum, cell, axis) => sum + cell * chunks[axis]! * to[axis]!, 0);
  const copy = (axis: number, source: number, target: number): void => {
    if (axis === shape.length) {
      out.set(chunk.subarray(source * size, (source + 1) * size), target * size);
      return;
    }
    // The rest of a row lies together on both sides as soon as both strides say so.
    const isRun = from[axis] === 1 && to[axis] === 1;
    if (isRun) {
      out.set(chunk.subarray(source * size, (source + counts[axis]!) * size), target * size);
      return;
    }
    for (let i = 0; i < counts[axis]!; i++) copy(axis + 1, source + i * from[axis]!, target + i * to[axis]!);
  };
  const isWhole = !isColumnMajor && chunks.every((extent, axis) => extent === shape[axis]);
  if (isWhole) out.set(chunk.subarray(0, out.length));
  else copy(0, 0, start);
}

/** Attributes of a group or array; an empty record where it has none. */
export async function readAttributes(store: ZarrStore, key: string): Promise<Result<JsonRecord>> {
  const document = await store.document(key === '' ? '.zattrs' : `${key}/.zattrs`);
  return document.ok ? done(document.value ?? {}) : document;
}

/** Encoded bytes in an array of fixed-length bytes or of octets, and the `format` its attributes name. */
export async function readEncodedBytes(
  store: ZarrStore,
  key: string,
): Promise<Result<{ bytes: Uint8Array<ArrayBuffer>; format: string | null } | null>> {
  const array = await readZarrArray(store, key);
  if (!array.ok || !array.value) return array.ok ? done(null) : array;
  const { values } = array.value;
  const attributes = await readAttributes(store, key);
  const format = attributes.ok ? asText(attributes.value.format) : null;
  return done({ bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength), format });
}
