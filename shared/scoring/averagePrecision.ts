/**
 * Average precision by centre distance, as the nuScenes detection benchmark defines it (Caesar et al. 2020):
 * greedy matching in order of score, precision interpolated at 101 recalls.
 */

export interface PlacedObject {
  /** x, y and possibly z; only the ground plane counts. */
  readonly center: readonly number[];
  readonly class: string;
}

export interface ScoredObject extends PlacedObject {
  readonly score: number;
}

export interface PrecisionOptions {
  readonly class: string;
  /** A match is nearer than this, metres. */
  readonly distance: number;
  /** Recalls up to and including this are left out, ... */
  readonly minRecall: number;
  /** ... and precision is counted from here. */
  readonly minPrecision: number;
}

/** 0 where the reference holds no object of the class, or nothing matches. */
export function averagePrecision(
  reference: Readonly<Record<string, readonly PlacedObject[]>>,
  candidate: Readonly<Record<string, readonly ScoredObject[]>>,
  options: PrecisionOptions,
): number {
  const expected = Object.values(reference).reduce(
    (sum, objects) => sum + objects.filter((object) => object.class === options.class).length,
    0,
  );
  const hits = matchInOrder(reference, candidate, options);
  if (expected === 0 || !hits.includes(true)) return 0;
  let found = 0;
  const recall: number[] = [];
  const precision: number[] = [];
  hits.forEach((isHit, at) => {
    if (isHit) found++;
    recall.push(found / expected);
    precision.push(found / (at + 1));
  });
  const first = Math.round(100 * options.minRecall) + 1;
  let sum = 0;
  for (let step = first; step <= 100; step++) {
    const value = interpolate(step / 100, recall, precision);
    sum += Math.max(0, value - options.minPrecision);
  }
  return sum / (101 - first) / (1 - options.minPrecision);
}

/** Whether each candidate of the class, best score first (the later of two equal ones first), finds a free object. */
function matchInOrder(
  reference: Readonly<Record<string, readonly PlacedObject[]>>,
  candidate: Readonly<Record<string, readonly ScoredObject[]>>,
  options: PrecisionOptions,
): boolean[] {
  const taken = new Set<PlacedObject>();
  const ordered = Object.entries(candidate)
    .flatMap(([frame, objects]) => objects.map((object) => ({ frame, object })))
    .filter(({ object }) => object.class === options.class)
    .reverse()
    .sort((a, b) => b.object.score - a.object.score);
  return ordered.map(({ frame, object }) => {
    let nearest: PlacedObject | null = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const target of reference[frame] ?? []) {
      if (target.class !== options.class || taken.has(target)) continue;
      const apart = Math.hypot(target.center[0]! - object.center[0]!, target.center[1]! - object.center[1]!);
      if (apart < distance) {
        distance = apart;
        nearest = target;
      }
    }
    if (nearest === null || distance >= options.distance) return false;
    taken.add(nearest);
    return true;
  });
}

/** Straight lines between the points of a curve with rising `x`; beyond its end 0, where x stands still its last value. */
function interpolate(at: number, x: readonly number[], y: readonly number[]): number {
  if (at < x[0]!) return y[0]!;
  let left = 0;
  while (left + 1 < x.length && x[left + 1]! <= at) left++;
  if (x[left] === at) return y[left]!;
  if (left + 1 === x.length) return 0;
  const share = (at - x[left]!) / (x[left + 1]! - x[left]!);
  return y[left]! + share * (y[left + 1]! - y[left]!);
}
