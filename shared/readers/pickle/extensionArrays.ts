/** pandas' own arrays around numpy's: categories with a code per row, and texts that know missing ones. */
import type { NumpyArray } from './numpyArrays.ts';
import { layoutUnknown, numpyArray, tupleItems } from './numpyArrays.ts';
import type { PickleValue } from './pickleValues.ts';
import { PickleDict, PickleGlobal, PickleObject } from './pickleValues.ts';

const WRAPPER = 'pandas._libs.arrays.__pyx_unpickle_NDArrayBacked';

/** Categories may be texts of pandas' own; a pickle that nests further, or in a circle, is no table. */
const DEEPEST = 1;

const isArray = (value: PickleValue): value is PickleObject =>
  value instanceof PickleObject && /\._(reconstruct|frombuffer)$/.test(value.callee);

/** Labels of the categories: the values of an index of them. */
function categoriesOf(dtype: PickleValue | undefined, depth: number): readonly PickleValue[] {
  const state = dtype instanceof PickleObject ? dtype.state : undefined;
  const index = state instanceof PickleDict ? state.entries.get('categories') : undefined;
  const data = index instanceof PickleObject ? index.args[1] : undefined;
  if (!(data instanceof PickleDict)) throw layoutUnknown('categories');
  return Array.from(arrayOf(data.entries.get('data'), depth + 1).values as Iterable<PickleValue>);
}

/**
 * An array of numpy's, or of pandas' around one: codes become their categories, a code of -1 null. Throws PickleError.
 */
export function arrayOf(value: PickleValue | undefined, depth = 0): NumpyArray {
  if (depth > DEEPEST) throw layoutUnknown('nested arrays');
  if (!(value instanceof PickleObject) || value.callee !== WRAPPER) return numpyArray(value);
  const [type] = value.args;
  const state = tupleItems(value.state) ?? [];
  const array = numpyArray(state.find(isArray));
  if (!(type instanceof PickleGlobal)) throw layoutUnknown('array');
  if (!type.name.endsWith('.Categorical')) return array;
  const dtype = state.find(
    (part) => part instanceof PickleObject && part.callee.endsWith('.CategoricalDtype'),
  );
  const categories = categoriesOf(dtype, depth);
  const values = Array.from(
    array.values as Iterable<number | bigint>,
    (code) => categories[Number(code)] ?? null,
  );
  return { ...array, values, isBoolean: false };
}
