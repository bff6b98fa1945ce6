/** Typed arrays that grow while a table is read, a row at a time, without a value ever becoming an object. */

type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | Int16Array;

interface NumbersOf<Values extends Numbers> {
  new (length: number): Values;
}

/** Half as much again: two sizes are never alive beside each other for more than 2.5 times what is needed. */
const GROWTH = 1.5;

/** An array at least `length` long that starts with the values of `values`; the same one where it is long enough. */
export function grown<Values extends Numbers>(values: Values, length: number): Values {
  if (length <= values.length) return values;
  const Type = values.constructor as NumbersOf<Values>;
  const larger = new Type(Math.max(64, length, Math.ceil(values.length * GROWTH)));
  larger.set(values);
  return larger;
}
