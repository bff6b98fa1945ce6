/** A pickle writer for tests: opcodes as the protocol publishes them, and the layouts that pandas gave its frames. */
import { gzipSync } from 'fflate';

const encoder = new TextEncoder();
const bytesOf = (...parts: (readonly number[] | Uint8Array | string)[]): number[] =>
  parts.flatMap((part) => (typeof part === 'string' ? [...encoder.encode(part)] : [...part]));
const word = (value: number) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);

export const op = {
  none: [78],
  true: [0x88],
  false: [0x89],
  mark: [40],
  stop: [46],
  build: [98],
  reduce: [82],
  newObject: [0x81],
  int: (value: number) => [74, ...word(value)],
  text: (value: string) => bytesOf([88, ...word(encoder.encode(value).length)], value),
  bytes: (value: Uint8Array) => bytesOf([66, ...word(value.length)], value),
  double: (value: number) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return bytesOf([71], new Uint8Array(view.buffer));
  },
  global: (module: string, name: string) => bytesOf([99], `${module}\n${name}\n`),
  tuple: (...items: readonly (readonly number[])[]) => bytesOf([40], ...items, [116]),
  list: (...items: readonly (readonly number[])[]) => bytesOf([93, 40], ...items, [101]),
  dict: (entries: Readonly<Record<string, readonly number[]>>) =>
    bytesOf([125, 40], ...Object.entries(entries).flatMap(([key, value]) => [op.text(key), value]), [117]),
  call: (module: string, name: string, ...args: readonly (readonly number[])[]) =>
    bytesOf(op.global(module, name), op.tuple(...args), op.reduce),
};

export function pickled(...parts: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(bytesOf([0x80, 2], ...parts, op.stop));
}

export interface ArrayOptions {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly isFortran?: boolean;
  readonly order?: '<' | '>' | '|';
}

/** numpy's array as its `__reduce__` describes it; `data` are bytes, or pickled objects in a list. */
export function numpyPickle(
  data: readonly number[],
  { dtype, shape, isFortran = false, order = '<' }: ArrayOptions,
): number[] {
  const type = bytesOf(
    op.call('numpy', 'dtype', op.text(dtype), op.int(0), op.int(1)),
    op.tuple(op.int(3), op.text(order), op.none, op.none, op.none, op.int(-1), op.int(-1), op.int(0)),
    op.build,
  );
  const empty = op.call(
    'numpy.core.multiarray',
    '_reconstruct',
    op.global('numpy', 'ndarray'),
    op.tuple(op.int(0)),
    op.bytes(encoder.encode('b')),
  );
  const extents = op.tuple(...shape.map(op.int));
  return bytesOf(empty, op.tuple(op.int(1), extents, type, isFortran ? op.true : op.false, data), op.build);
}

export const doubles = (...values: readonly number[]) =>
  op.bytes(new Uint8Array(Float64Array.from(values).buffer));

export const textIndex = (...labels: readonly string[]) =>
  op.call(
    'pandas.core.indexes.base',
    '_new_Index',
    op.global('pandas.core.indexes.base', 'Index'),
    op.dict({
      data: numpyPickle(op.list(...labels.map(op.text)), { dtype: 'O8', shape: [labels.length], order: '|' }),
      name: op.none,
    }),
  );

export const rangeIndex = (stop: number) =>
  op.call(
    'pandas.core.indexes.base',
    '_new_Index',
    op.global('pandas.core.indexes.range', 'RangeIndex'),
    op.dict({ name: op.none, start: op.int(0), stop: op.int(stop), step: op.int(1) }),
  );

export interface OlderBlock {
  readonly values: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A frame as pandas 0.20 to 1.2 pickled it: an empty manager whose state has a part for 0.14.1. */
export function olderFrame(
  labels: readonly string[],
  rows: number,
  blocks: readonly OlderBlock[],
): Uint8Array {
  const axes = op.list(textIndex(...labels), rangeIndex(rows));
  const described = blocks.map(({ values, from, to }) =>
    op.dict({
      values,
      mgr_locs: op.call('__builtin__', 'slice', op.int(from), op.int(to), op.int(1)),
    }),
  );
  const manager = bytesOf(
    op.global('pandas.core.internals', 'BlockManager'),
    op.tuple(),
    op.newObject,
    op.tuple(
      axes,
      op.list(...blocks.map(({ values }) => values)),
      op.list(),
      op.dict({ '0.14.1': op.dict({ axes, blocks: op.list(...described) }) }),
    ),
    op.build,
  );
  return pickled(
    op.global('pandas.core.frame', 'DataFrame'),
    op.tuple(),
    op.newObject,
    op.dict({ _data: manager, _typ: op.text('dataframe'), _metadata: op.list() }),
    op.build,
  );
}

/** Two numeric columns and one of texts, as PandaSet's first release had them. */
export const olderExample = olderFrame(['a', 'b', 'c'], 2, [
  { values: numpyPickle(doubles(1, 2, 3, 4), { dtype: 'f8', shape: [2, 2] }), from: 0, to: 2 },
  {
    values: numpyPickle(op.list(op.text('x'), op.none), { dtype: 'O8', shape: [1, 2], order: '|' }),
    from: 2,
    to: 3,
  },
]);

export const gzipped = (bytes: Uint8Array): Uint8Array => gzipSync(bytes);
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
