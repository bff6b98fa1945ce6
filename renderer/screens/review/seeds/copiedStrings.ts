/** A list of strings with some of them once more behind the last one. */
import type { StringColumn } from '../../../../shared/model/delivery.ts';

/** The strings of `base`, and behind them those at the places `copied` once more. Nothing is decoded ahead. */
export function stringsAndCopies(base: StringColumn, copied: ArrayLike<number>): StringColumn {
  const length = base.length + copied.length;
  const at = (place: number): string | undefined => {
    const from = place < 0 ? place + length : place;
    return from < base.length ? base.at(from) : base.at(copied[from - base.length] ?? base.length);
  };
  return {
    length,
    at,
    *[Symbol.iterator]() {
      for (let place = 0; place < length; place++) yield at(place)!;
    },
  };
}
