/** The classes and functions that a data frame is made of. A pickle that names any other is refused as a whole. */

const indexes = [
  ...['base._new_Index', 'base.Index', 'range.RangeIndex'],
  ...['numeric.Int64Index', 'numeric.UInt64Index', 'numeric.Float64Index', 'numeric.NumericIndex'],
].map((name) => `pandas.core.indexes.${name}`);

const allowed: ReadonlySet<string> = new Set([
  'numpy.ndarray',
  'numpy.dtype',
  // numpy 2 renamed its own modules; both spellings are in use.
  ...['numpy.core', 'numpy._core'].flatMap((core) => [
    `${core}.multiarray._reconstruct`,
    `${core}.multiarray.scalar`,
    `${core}.numeric._frombuffer`,
  ]),
  'pandas.core.frame.DataFrame',
  'pandas.core.internals.BlockManager',
  'pandas.core.internals.managers.BlockManager',
  'pandas._libs.internals._unpickle_block',
  'pandas._libs.internals.BlockPlacement',
  'pandas.core.internals.blocks.new_block',
  ...indexes,
  'pandas._libs.arrays.__pyx_unpickle_NDArrayBacked',
  'pandas._libs.missing.NA',
  'pandas.core.arrays.categorical.Categorical',
  'pandas.core.arrays.string_.StringArray',
  'pandas.core.arrays.string_.StringArrayNumpySemantics',
  'pandas.core.arrays.string_.StringDtype',
  'pandas.core.dtypes.dtypes.CategoricalDtype',
  'pandas.indexes.base._new_Index',
  'pandas.indexes.base.Index',
  'pandas.indexes.range.RangeIndex',
  'pandas.indexes.numeric.Int64Index',
  'builtins.slice',
  'builtins.object',
  'builtins.bytearray',
  'copyreg._reconstructor',
  'collections.OrderedDict',
  '_codecs.encode',
]);

/** Python 2's names for the same modules. */
const RENAMED: Readonly<Record<string, string>> = { __builtin__: 'builtins', copy_reg: 'copyreg' };

/** The full name under which a global is allowed, or null. */
export function allowedGlobal(module: string, name: string): string | null {
  const full = `${Object.hasOwn(RENAMED, module) ? RENAMED[module] : module}.${name}`;
  return allowed.has(full) ? full : null;
}
