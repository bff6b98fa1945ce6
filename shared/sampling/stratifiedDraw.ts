/**
 * Stratified sampling: the sample is shared out over strata in proportion to their size, none below a minimum,
 * and taken from the one random order, stratum by stratum. Whole-number arithmetic only.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import { type Draw, drawOrder } from './drawOrder.ts';

export const defaultStratumMinimum = 5;

export interface Stratum {
  readonly name: string;
  readonly population: number;
  readonly drawn: number;
}

export interface StratifiedDraw extends Draw {
  readonly strata: readonly Stratum[];
  /** What each stratum was given at least; lower than asked where the sample is too small for all of them. */
  readonly minimumPerStratum: number;
  /** Chance of each drawn unit to be in the sample, in the order of `order`. */
  readonly probability: Float64Array;
}

export interface StratifiedRequest {
  readonly unitIds: readonly string[];
  /** Stratum of each unit, in the order of `unitIds`. */
  readonly strata: readonly string[];
  readonly n: number;
  /** Fewest units of a stratum, or all of it where it is smaller. */
  readonly minimumPerStratum?: number;
  readonly seed: string;
}

/** Problems as of `drawOrder`. With a single stratum this is the simple random sample of the same seed. */
export function drawStratified(request: StratifiedRequest, sha256: Sha256Hex): Result<StratifiedDraw> {
  const { unitIds, strata, n, seed } = request;
  const drawn = drawOrder(unitIds, seed, sha256);
  if (!drawn.ok) return drawn;
  const sizes = new Map<string, number>();
  for (const name of strata) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const names = [...sizes.keys()].sort();
  const populations = names.map((name) => sizes.get(name)!);
  const { shares, minimum } = allocateProportionally(
    populations,
    n,
    request.minimumPerStratum ?? defaultStratumMinimum,
  );
  const left = new Map(names.map((name, index) => [name, shares[index]!]));
  const order = drawn.value.order.filter((unit) => {
    const remaining = left.get(strata[unit]!)!;
    left.set(strata[unit]!, remaining - 1);
    return remaining > 0;
  });
  const rates = new Map(names.map((name, index) => [name, shares[index]! / populations[index]!]));
  return done({
    ...drawn.value,
    order,
    strata: names.map((name, index) => ({ name, population: populations[index]!, drawn: shares[index]! })),
    minimumPerStratum: minimum,
    probability: Float64Array.from(order, (unit) => rates.get(strata[unit]!)!),
  });
}

/**
 * Shares of `n` over groups of the given sizes: each at least `minimum` (or its whole size), the rest in
 * proportion, whole numbers by largest remainder (ties: the larger group, then the earlier one). The shares add
 * up to n, or to everything where n is more. Where the minima alone exceed n they are lowered until they fit.
 */
export function allocateProportionally(
  sizes: readonly number[],
  n: number,
  minimum: number,
): { shares: number[]; minimum: number } {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const wanted = Math.min(n, total);
  const floorSum = (least: number): number => sizes.reduce((sum, size) => sum + Math.min(least, size), 0);
  let least = Math.max(0, Math.min(minimum, wanted));
  while (floorSum(least) > wanted) least--;

  const shares = sizes.map(() => 0);
  let open = sizes.map((_, index) => index);
  let rest = wanted;
  // Groups whose proportional share falls short get their minimum; that lowers the others', so look again.
  for (;;) {
    const openTotal = open.reduce((sum, index) => sum + sizes[index]!, 0);
    const short = open.filter((index) => rest * sizes[index]! < Math.min(least, sizes[index]!) * openTotal);
    if (short.length === 0) break;
    for (const index of short) {
      shares[index] = Math.min(least, sizes[index]!);
      rest -= shares[index]!;
    }
    open = open.filter((index) => !short.includes(index));
  }
  const openTotal = open.reduce((sum, index) => sum + sizes[index]!, 0);
  for (const index of open) shares[index] = Math.floor((rest * sizes[index]!) / openTotal);
  const given = open.reduce((sum, index) => sum + shares[index]!, 0);
  const remainder = (index: number): number => (rest * sizes[index]!) % openTotal;
  const byRemainder = open.toSorted((a, b) => remainder(b) - remainder(a) || sizes[b]! - sizes[a]! || a - b);
  for (const index of byRemainder.slice(0, rest - given)) shares[index]!++;
  return { shares, minimum: least };
}
