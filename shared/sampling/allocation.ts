/** How many units each stratum gives to a sample: by size, by size and expected spread, and place by place. */
import { done, type Result } from '../base/problem.ts';
import { refused } from './refused.ts';

export const defaultStratumMinimum = 5;

export interface Allocation {
  /** Units of each stratum, in the order of the sizes. */
  readonly shares: number[];
  /** What each stratum was given at least; lower than asked where n is too small for all of them. */
  readonly minimum: number;
}

/**
 * Shares of `n` in proportion to size, each at least `minimum` (or its whole size); see `allocateByScore`. They add up
 * to n, or to everything where n is more.
 */
export function allocateProportionally(sizes: readonly number[], n: number, minimum: number): Allocation {
  return allocateByScore(sizes, sizes.map(BigInt), n, minimum);
}

/** A prior rate of 0 or 1 leaves nothing to estimate; scores are whole numbers so that remainders are exact. */
const scoreScale = 2 ** 20;

/**
 * Neyman's shares for the smallest variance of the stratified rate: N_h sqrt(p_h (1 - p_h)), `rates` being what is
 * expected beforehand. Square roots and products are rounded alike on every machine; the scores are then made whole
 * numbers at 2^-20. Problems: `draw-rate-outside` (rate) and `draw-rates-without-spread` where no stratum has any.
 */
export function allocateNeyman(
  sizes: readonly number[],
  rates: readonly number[],
  n: number,
  minimum: number,
): Result<Allocation> {
  const outside = rates.find((rate) => !(rate >= 0 && rate <= 1));
  if (outside !== undefined) return refused('draw-rate-outside', { rate: outside });
  const scores = sizes.map((size, at) =>
    BigInt(Math.round(size * Math.sqrt(rates[at]! * (1 - rates[at]!)) * scoreScale)),
  );
  if (scores.every((score) => score === 0n)) return refused('draw-rates-without-spread');
  return done(allocateByScore(sizes, scores, n, minimum));
}

/**
 * Shares of `n` in proportion to `scores`, each at least `minimum` (or its whole size) and never more than its size;
 * whole numbers by largest remainder (ties: the larger stratum, then the earlier one). Where the minima alone exceed n
 * they are lowered until they fit. Strata of score 0 get their minimum, and more only when all others are exhausted.
 */
function allocateByScore(
  sizes: readonly number[],
  scores: readonly bigint[],
  n: number,
  minimum: number,
): Allocation {
  const wanted = Math.min(
    n,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const floorSum = (least: number): number => sizes.reduce((sum, size) => sum + Math.min(least, size), 0);
  let least = Math.max(0, Math.min(minimum, wanted));
  while (floorSum(least) > wanted) least--;

  const shares = sizes.map((size) => Math.min(least, size));
  let open = sizes.map((_, index) => index).filter((index) => scores[index]! > 0n);
  // Strata whose share falls below their minimum or above their size are fixed there, the side that is more out of
  // balance first: fixing moves the others' shares, so look again.
  for (;;) {
    const rest = restFor(open, shares, wanted);
    const total = open.reduce((sum, index) => sum + scores[index]!, 0n);
    const short = open.filter(
      (index) => rest * scores[index]! < BigInt(Math.min(least, sizes[index]!)) * total,
    );
    const over = open.filter((index) => rest * scores[index]! > BigInt(sizes[index]!) * total);
    if (short.length === 0 && over.length === 0) break;
    const balance =
      short.reduce(
        (sum, index) => sum + BigInt(Math.min(least, sizes[index]!)) * total - rest * scores[index]!,
        0n,
      ) - over.reduce((sum, index) => sum + rest * scores[index]! - BigInt(sizes[index]!) * total, 0n);
    const fixed = balance > 0n ? short : balance < 0n ? over : [...short, ...over];
    for (const index of fixed)
      shares[index] = over.includes(index) ? sizes[index]! : Math.min(least, sizes[index]!);
    open = open.filter((index) => !fixed.includes(index));
  }
  shareOut(open, restFor(open, shares, wanted), scores, sizes, shares);
  const left = wanted - shares.reduce((sum, share) => sum + share, 0);
  return left === 0 ? { shares, minimum: least } : { shares: filled(sizes, shares, left), minimum: least };
}

/** What is left of n for the open strata once the fixed ones have theirs. */
function restFor(open: readonly number[], shares: readonly number[], wanted: number): bigint {
  const isOpen = new Set(open);
  return BigInt(shares.reduce((sum, share, index) => (isOpen.has(index) ? sum : sum - share), wanted));
}

/** Largest remainder over the open strata. */
function shareOut(
  open: readonly number[],
  rest: bigint,
  scores: readonly bigint[],
  sizes: readonly number[],
  shares: number[],
): void {
  const total = open.reduce((sum, index) => sum + scores[index]!, 0n);
  for (const index of open) shares[index] = Number((rest * scores[index]!) / total);
  const remainder = (index: number): bigint => (rest * scores[index]!) % total;
  const byRemainder = open.toSorted(
    (a, b) => compare(remainder(b), remainder(a)) || sizes[b]! - sizes[a]! || a - b,
  );
  const given = open.reduce((sum, index) => sum + shares[index]!, 0);
  for (const index of byRemainder.slice(0, Number(rest) - given)) shares[index]!++;
}

/** Every stratum with a spread is taken whole and units are still wanted: the others share them by what they have left. */
function filled(sizes: readonly number[], shares: readonly number[], left: number): number[] {
  const rooms = sizes.map((size, index) => size - shares[index]!);
  const more = allocateProportionally(rooms, left, 0).shares;
  return shares.map((share, index) => share + more[index]!);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Which stratum each place of a sample belongs to, place by place: the divisor method of Webster and Sainte-Laguë, the
 * next place to the stratum with the largest N_h / (2 n_h + 1) (ties: the larger stratum, then the earlier one). No
 * stratum ever loses a place when the sample grows, so every beginning of the order holds the strata nearly in
 * proportion. Answers stratum indices, `n` of them or as many as there are units.
 */
export function placesInProportion(sizes: readonly number[], n: number): Uint32Array {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const places = new Uint32Array(Math.min(Math.max(0, n), total));
  const heap = new PlaceHeap(sizes);
  for (let at = 0; at < places.length; at++) places[at] = heap.take();
  return places;
}

/** Strata by their claim to the next place, the strongest at the root. */
class PlaceHeap {
  readonly #sizes: readonly number[];
  readonly #taken: number[];
  readonly #heap: number[];

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
    this.#taken = sizes.map(() => 0);
    this.#heap = sizes.map((_, index) => index).filter((index) => sizes[index]! > 0);
    this.#heap.sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  }

  /** The stratum of the next place. */
  take(): number {
    const first = this.#heap[0]!;
    this.#taken[first]!++;
    this.#sink();
    return first;
  }

  /** Cross-multiplied, so that claims compare exactly. */
  #isBefore(a: number, b: number): boolean {
    const [sizeA, sizeB] = [this.#sizes[a]!, this.#sizes[b]!];
    const difference = sizeA * (2 * this.#taken[b]! + 1) - sizeB * (2 * this.#taken[a]! + 1);
    return difference > 0 || (difference === 0 && (sizeA > sizeB || (sizeA === sizeB && a < b)));
  }

  #sink(): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let best = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && this.#isBefore(heap[child]!, heap[best]!)) best = child;
      }
      if (best === at) return;
      const kept = heap[at]!;
      heap[at] = heap[best]!;
      heap[best] = kept;
      at = best;
    }
  }
}
