/**
 * Cluster and two-stage sampling: whole scenes are drawn first, then all units of them or some. Loading a scene is paid
 * once, but units of one scene resemble each other, so the estimates must know the clusters.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import { allocateProportionally } from './allocation.ts';
import type { ProbabilityDraw } from './drawOrder.ts';
import { openPopulation, type Population, shuffleFront } from './population.ts';
import { generatorName } from './randomSource.ts';
import { refused } from './refused.ts';

export interface ClusterRequest {
  readonly unitIds: readonly string[];
  /** Cluster of each unit, in the order of `unitIds`. */
  readonly clusters: readonly string[];
  /** How many clusters are drawn. */
  readonly clustersDrawn: number;
  readonly seed: string;
}

export interface ClusterDraw extends ProbabilityDraw {
  /** Clusters of the population. */
  readonly clusterPopulation: number;
  /** The drawn ones in drawn order, with their units in the population and in the sample. */
  readonly clusters: readonly {
    readonly name: string;
    readonly population: number;
    readonly drawn: number;
  }[];
}

/** All units of the drawn clusters; each has the chance k/K of its cluster. Problems: see `drawTwoStage`. */
export function drawClusters(request: ClusterRequest, sha256: Sha256Hex): Result<ClusterDraw> {
  return drawStages(request, null, sha256);
}

/**
 * `n` units shared over the drawn clusters in proportion to their size, at least one of each (fewer than n only where
 * they hold fewer). The chance of a unit is k/K times n_k/N_k of its cluster, the second factor given the clusters that
 * were drawn: their product makes weighted totals unbiased. Problems: `draw-clusters-outside` (asked, clusters),
 * `draw-fewer-than-clusters` (n, clusters) and those of `drawOrder`.
 */
export function drawTwoStage(
  request: ClusterRequest & { readonly n: number },
  sha256: Sha256Hex,
): Result<ClusterDraw> {
  const { n, clustersDrawn } = request;
  if (n < clustersDrawn) return refused('draw-fewer-than-clusters', { n, clusters: clustersDrawn });
  return drawStages(request, n, sha256);
}

/** `n` null = all units of the drawn clusters. */
function drawStages(request: ClusterRequest, n: number | null, sha256: Sha256Hex): Result<ClusterDraw> {
  const { unitIds, clusters, clustersDrawn, seed } = request;
  const population = openPopulation(unitIds, seed, sha256);
  if (!population.ok) return population;
  const units = unitsByCluster(population.value, clusters);
  const names = [...units.keys()].sort();
  if (!Number.isInteger(clustersDrawn) || clustersDrawn < 1 || clustersDrawn > names.length) {
    return refused('draw-clusters-outside', { asked: clustersDrawn, clusters: names.length });
  }
  const first = Uint32Array.from(names.keys());
  shuffleFront(first, clustersDrawn, population.value.random('clusters'));
  const drawn = Array.from(first.subarray(0, clustersDrawn), (at) => names[at]!);
  const sizes = drawn.map((name) => units.get(name)!.length);
  const shares = n === null ? sizes : allocateProportionally(sizes, n, 1).shares;
  const random = population.value.random('units');
  const order: number[] = [];
  const probability: number[] = [];
  for (const [at, name] of drawn.entries()) {
    const members = Uint32Array.from(units.get(name)!);
    const share = shares[at]!;
    if (n !== null) shuffleFront(members, share, random);
    for (const unit of members.subarray(0, share)) order.push(unit);
    const chance = (clustersDrawn / names.length) * (share / members.length);
    for (let place = 0; place < share; place++) probability.push(chance);
  }
  return done({
    prng: generatorName,
    seed,
    population: unitIds.length,
    populationHash: population.value.hash,
    order: Uint32Array.from(order),
    probability: Float64Array.from(probability),
    clusterPopulation: names.length,
    clusters: drawn.map((name, at) => ({ name, population: sizes[at]!, drawn: shares[at]! })),
  });
}

/** Units of each cluster, in ascending order of their ids. */
function unitsByCluster({ sorted }: Population, clusters: readonly string[]): Map<string, number[]> {
  const units = new Map<string, number[]>();
  for (const unit of sorted) {
    const known = units.get(clusters[unit]!);
    if (known) known.push(unit);
    else units.set(clusters[unit]!, [unit]);
  }
  return units;
}
