/**
 * A pandas data frame out of its pickle: blocks of equal type, each holding some columns, in the layouts of pandas
 * 0.20 to 2. Columns come out as arrays, whatever block they lay in.
 */

import { arrayOf } from './extensionArrays.ts';
import type { NumpyArray, NumpyNumbers } from './numpyArrays.ts';
import { cellValue, layoutUnknown, tupleItems } from './numpyArrays.ts';
import type { PickleValue } from './pickleValues.ts';
import { PickleDict, PickleObject, PickleSequence } from './pickleValues.ts';

/** Booleans as such, texts and mixed cells as they are; null where a cell holds no plain value. */
export type FrameColumn = NumpyNumbers | readonly (string | number | bigint | boolean | null)[];

export interface DataFrame {
  readonly rows: number;
  /** By column name, in the frame's order. Of several columns with one name, the first. */
  readonly columns: ReadonlyMap<string, FrameColumn>;
}

interface Block {
  readonly values: NumpyArray;
  /** Which column of the frame each row of the block is. */
  readonly places: readonly number[];
}

/** Columns of one frame: more than any sensor or label table has. */
const MOST_COLUMNS = 10_000;

const listItems = (value: PickleValue | undefined): readonly PickleValue[] | null =>
  value instanceof PickleSequence ? value.items : null;

const isNamed = (value: PickleValue | undefined, name: string): value is PickleObject =>
  value instanceof PickleObject && value.callee.endsWith(`.${name}`);

const entryOf = (value: PickleValue | undefined, key: string): PickleValue | undefined =>
  value instanceof PickleDict ? value.entries.get(key) : undefined;

function wholeNumber(value: PickleValue | undefined): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw layoutUnknown('whole number');
  return number;
}

/** start, stop and step as the numbers they stand for; `limit` bounds how many. */
function stepped(start: number, stop: number, step: number, limit: number): number[] {
  if (step === 0 || (stop - start) / step > limit) throw layoutUnknown('range');
  const numbers: number[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) numbers.push(at);
  return numbers;
}

/** A slice, or an array of whole numbers. */
function placesOf(value: PickleValue | undefined): number[] {
  const inner = isNamed(value, 'BlockPlacement') ? value.args[0] : value;
  if (isNamed(inner, 'slice')) {
    const [start, stop, step] = inner.args;
    return stepped(wholeNumber(start ?? 0), wholeNumber(stop), wholeNumber(step ?? 1), MOST_COLUMNS);
  }
  const { values } = arrayOf(inner);
  if (values.length > MOST_COLUMNS) throw layoutUnknown('columns');
  return Array.from(values as Iterable<number | bigint>, (place) => wholeNumber(place));
}

/** Labels of an axis: an index of values, or a range. `null` where only its length matters. */
function axisLabels(value: PickleValue | undefined): readonly PickleValue[] {
  if (!isNamed(value, '_new_Index')) throw layoutUnknown('index');
  const state = value.args[1];
  const data = entryOf(state, 'data');
  if (data !== undefined) return Array.from(arrayOf(data).values as Iterable<PickleValue>);
  const [start, stop, step] = ['start', 'stop', 'step'].map((key) => entryOf(state, key));
  return stepped(wholeNumber(start), wholeNumber(stop), wholeNumber(step ?? 1), MOST_COLUMNS);
}

/** An array of pandas' own has one axis: it is a block of one column. */
function flatAsBlock(array: NumpyArray): NumpyArray {
  return array.shape.length === 1 ? { ...array, shape: [1, array.shape[0]!], isFortran: false } : array;
}

/** Makes blocks, as long as all of them together are not larger than the file: none may be made of another's bytes. */
class BlockMaker {
  #left: number;

  constructor(fileBytes: number) {
    this.#left = fileBytes;
  }

  block(values: PickleValue | undefined, places: PickleValue | undefined): Block {
    const array = flatAsBlock(arrayOf(values));
    this.#left -= array.size;
    if (this.#left < 0) throw layoutUnknown('shared block data');
    return { values: array, places: placesOf(places) };
  }
}

interface Parts {
  readonly blocks: readonly Block[];
  readonly columns: readonly PickleValue[];
}

/** The manager of pandas 1.3 and later: built from its blocks and axes. */
function newerParts(manager: PickleObject, maker: BlockMaker): Parts | null {
  const [blocks, axes] = manager.args.map(listItems);
  if (!blocks || !axes) return null;
  return {
    blocks: blocks.map((block) => {
      if (!isNamed(block, '_unpickle_block') && !isNamed(block, 'new_block')) throw layoutUnknown('block');
      return maker.block(block.args[0], block.args[1]);
    }),
    columns: axisLabels(axes[0]),
  };
}

/** The manager of earlier versions: empty, and given a state with a part for every reader back to 0.14.1. */
function olderParts(manager: PickleObject, maker: BlockMaker): Parts | null {
  const state = entryOf(tupleItems(manager.state)?.[3], '0.14.1');
  const blocks = listItems(entryOf(state, 'blocks'));
  const axes = listItems(entryOf(state, 'axes'));
  if (!blocks || !axes) return null;
  return {
    blocks: blocks.map((block) => maker.block(entryOf(block, 'values'), entryOf(block, 'mgr_locs'))),
    columns: axisLabels(axes[0]),
  };
}

/** Row `index` of a block of shape [columns, rows]. */
function columnOf({ values: array }: Block, index: number, rows: number): FrameColumn {
  const { values, isFortran, shape, isBoolean } = array;
  const wide = shape[0]!;
  let column: FrameColumn;
  if (ArrayBuffer.isView(values)) {
    column =
      isFortran && wide > 1
        ? strided(values, index, wide, rows)
        : values.subarray(index * rows, (index + 1) * rows);
  } else {
    const at = (row: number) => (isFortran ? row * wide + index : index * rows + row);
    column = Array.from({ length: rows }, (_, row) => cellValue(values[at(row)]!));
  }
  return isBoolean ? Array.from(column as Uint8Array, (bit) => bit !== 0) : column;
}

function strided(values: NumpyNumbers, from: number, stride: number, count: number): NumpyNumbers {
  const out = values.slice(0, count);
  for (let i = 0; i < count; i++) out[i] = values[from + i * stride]!;
  return out;
}

/** `fileBytes`: length of the pickle. Throws PickleError `pickle-layout-unknown` for anything that is not such a frame. */
export function dataFrameOf(value: PickleValue, fileBytes: number): DataFrame {
  if (!isNamed(value, 'DataFrame')) throw layoutUnknown('data frame');
  const manager = entryOf(value.state, '_mgr') ?? entryOf(value.state, '_data');
  if (!isNamed(manager, 'BlockManager')) throw layoutUnknown('block manager');
  const maker = new BlockMaker(fileBytes);
  const parts = newerParts(manager, maker) ?? olderParts(manager, maker);
  if (!parts) throw layoutUnknown('blocks');
  const found = new Map<number, FrameColumn>();
  let rows = -1;
  for (const block of parts.blocks) {
    const [wide, long] = block.values.shape;
    if (block.values.shape.length !== 2 || wide !== block.places.length || (rows >= 0 && rows !== long)) {
      throw layoutUnknown('block shape');
    }
    rows = long!;
    for (const [index, place] of block.places.entries()) {
      if (!found.has(place)) found.set(place, columnOf(block, index, rows));
    }
  }
  const columns = new Map<string, FrameColumn>();
  for (const [place, label] of parts.columns.entries()) {
    const column = found.get(place);
    if (!column) throw layoutUnknown('columns');
    const name = String(cellValue(label));
    if (!columns.has(name)) columns.set(name, column);
  }
  return { rows: Math.max(0, rows), columns };
}
