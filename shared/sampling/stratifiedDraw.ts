/**
 * Stratified sampling: the sample is shared out over strata and taken from the one random order, stratum by stratum.
 * Whole-number arithmetic only.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import {
  type Allocation,
  allocateNeyman,
  allocateProportionally,
  defaultStratumMinimum,
  placesInProportion,
} from './allocation.ts';
import { drawOrder, type ProbabilityDraw } from './drawOrder.ts';
import { refused } from './refused.ts';

export interface Stratum {
  readonly name: string;
  readonly population: number;
  readonly drawn: number;
}

export interface StratifiedDraw extends ProbabilityDraw {
  readonly strata: readonly Stratum[];
  /** What each stratum was given at least; lower than asked where the sample is too small for all of them. */
  readonly minimumPerStratum: number;
}

export interface StratifiedRequest {
  readonly unitIds: readonly string[];
  /** Stratum of each unit, in the order of `unitIds`. */
  readonly strata: readonly string[];
  readonly n: number;
  /** Fewest units of a stratum, or all of it where it is smaller. */
  readonly minimumPerStratum?: number;
  /** Rate expected in each stratum, 0..1: shares are then Neyman's. Absent = in proportion to size. */
  readonly rates?: ReadonlyMap<string, number>;
  readonly seed: string;
}

/**
 * Problems as of `drawOrder` and `allocateNeyman`; `draw-rate-missing` (stratum). With a single stratum this is the
 * simple random sample of the same seed.
 */
export function drawStratified(request: StratifiedRequest, sha256: Sha256Hex): Result<StratifiedDraw> {
  const { unitIds, strata, seed } = request;
  const drawn = drawOrder(unitIds, seed, sha256);
  if (!drawn.ok) return drawn;
  const { names, populations } = sizesOf(strata);
  const allocation = allocate(request, names, populations);
  if (!allocation.ok) return allocation;
  const { shares, minimum } = allocation.value;
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

function sizesOf(strata: readonly string[]): { readonly names: string[]; readonly populations: number[] } {
  const sizes = new Map<string, number>();
  for (const name of strata) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const names = [...sizes.keys()].sort();
  return { names, populations: names.map((name) => sizes.get(name)!) };
}

function allocate(
  { n, rates, minimumPerStratum = defaultStratumMinimum }: StratifiedRequest,
  names: readonly string[],
  populations: readonly number[],
): Result<Allocation> {
  if (!rates) return done(allocateProportionally(populations, n, minimumPerStratum));
  const without = names.find((name) => !rates.has(name));
  if (without !== undefined) return refused('draw-rate-missing', { stratum: without });
  return allocateNeyman(
    populations,
    names.map((name) => rates.get(name)!),
    n,
    minimumPerStratum,
  );
}

/** Strata as columns: a million units cost a million small numbers. */
export interface StrataColumn {
  /** Each once, in ascending order of UTF-16 code units. */
  readonly names: readonly string[];
  /** Stratum of each unit as an index into `names`. */
  readonly of: Uint32Array;
}

export interface NestedRequest {
  readonly unitIds: readonly string[];
  readonly strata: StrataColumn;
  /** Places filled in proportion. */
  readonly n: number;
  /** Units are added after those places until every stratum has as many, or all of it. */
  readonly minimumPerStratum: number;
  readonly seed: string;
}

/**
 * A stratified order in which every beginning is a stratified sample: plans with different n may each judge their own
 * first n of it. The stratum of each place is that of `placesInProportion`, the unit is the next of that stratum in the
 * one random order. Chances are those of the whole sample, n_h / N_h. Problems as of `drawOrder`.
 */
export function drawNested(request: NestedRequest, sha256: Sha256Hex): Result<StratifiedDraw> {
  const { unitIds, strata, n, minimumPerStratum, seed } = request;
  const drawn = drawOrder(unitIds, seed, sha256);
  if (!drawn.ok) return drawn;
  const populations = stratumSizes(strata);
  const { places, shares } = nestedPlaces(populations, n, minimumPerStratum);
  const queues = queuesOf(drawn.value.order, strata, populations);
  const next = populations.map(() => 0);
  const order = places.map((stratum) => queues[stratum]![next[stratum]!++]!);
  return done({
    ...drawn.value,
    order,
    strata: strata.names.map((name, at) => ({ name, population: populations[at]!, drawn: shares[at]! })),
    minimumPerStratum,
    probability: Float64Array.from(places, (stratum) => shares[stratum]! / populations[stratum]!),
  });
}

/** Units in each stratum, in the order of its names. */
export function stratumSizes({ names, of }: StrataColumn): number[] {
  const sizes = names.map(() => 0);
  for (const stratum of of) sizes[stratum]!++;
  return sizes;
}

/** The stratum of every place of a nested order, and how many places each has. */
export function nestedPlaces(
  populations: readonly number[],
  n: number,
  minimumPerStratum: number,
): { readonly places: Uint32Array; readonly shares: readonly number[] } {
  const inProportion = placesInProportion(populations, n);
  const shares = populations.map(() => 0);
  for (const stratum of inProportion) shares[stratum]!++;
  const added: number[] = [];
  for (const [stratum, population] of populations.entries()) {
    for (; shares[stratum]! < Math.min(minimumPerStratum, population); shares[stratum]!++)
      added.push(stratum);
  }
  return { places: Uint32Array.from([...inProportion, ...added]), shares };
}

/** The units of each stratum in the random order. */
function queuesOf(
  order: Uint32Array,
  { of }: StrataColumn,
  populations: readonly number[],
): readonly Uint32Array[] {
  const queues = populations.map((size) => new Uint32Array(size));
  const filled = populations.map(() => 0);
  for (const unit of order) {
    const stratum = of[unit]!;
    queues[stratum]![filled[stratum]!++] = unit;
  }
  return queues;
}
