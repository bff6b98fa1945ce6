/** What is usual among a few numbers, so that an odd one does not set its own measure. */
import { median } from '../../scoring/boxResiduals.ts';

export interface Usual {
  readonly median: number;
  /** Median absolute deviation, unscaled. */
  readonly mad: number;
}

/** NaN for none. */
export function usual(values: readonly number[]): Usual {
  const middle = median(values);
  return { median: middle, mad: median(values.map((value) => Math.abs(value - middle))) };
}
