/**
 * Which of the points around a box belong to its object: those inside it above the ground, and what hangs together
 * with them. A neighbour that touches is cut off where the object would become longer than its class allows.
 */
import { type Ground, heightAt } from './boxFitGround.ts';

export interface ObjectPoints {
  readonly along: Float64Array;
  readonly across: Float64Array;
  readonly up: Float64Array;
  readonly count: number;
  /** True where something hangs together with the object that cannot be part of it. */
  readonly isCut: boolean;
}

type Extents = readonly [length: number, width: number, height: number];

/** How far beyond the box that stands an object is followed: a share of its size, at least and at most metres. */
const followShare = 0.5;
const follow = { least: 0.3, most: 1.6 } as const;
/** Points beside the box count less than those in it, and only near by: a share of how far it is followed. */
const besideShare = 0.6;
const besideWeight = 0.4;
/** Points farther apart than this are never one object, however thin the scan. */
const link = { least: 0.2, most: 0.6 } as const;

export function objectPoints(
  points: Float32Array,
  size: Extents,
  typicalSize: Extents | null,
  ground: Ground,
): ObjectPoints {
  const half = size.map((extent) => extent / 2) as [number, number, number];
  // Cones and kerbs are low: what counts as ground is thinner under them.
  const overGround = Math.min(0.2, 0.12 * size[2]);
  const reach = [0, 1].map((axis) =>
    Math.min(follow.most, Math.max(follow.least, followShare * size[axis]!)),
  ) as [number, number];
  const candidates: number[] = [];
  for (let at = 0; at + 2 < points.length; at += 3) {
    const [x, y, z] = [points[at]!, points[at + 1]!, points[at + 2]!];
    if (Math.abs(x) > half[0] + reach[0] || Math.abs(y) > half[1] + reach[1]) continue;
    if (z < heightAt(ground, x, y) + overGround || z > half[2] + Math.max(0.4, 0.25 * size[2])) continue;
    candidates.push(at);
  }
  // A box that stands too far back has all sides that are seen before it, not in it.
  const weight = (at: number): number => {
    const outside = Math.max(Math.abs(points[at]!) - half[0], Math.abs(points[at + 1]!) - half[1]);
    if (outside <= 0) return 1;
    return outside <= besideShare * Math.min(...reach) ? besideWeight : 0;
  };
  const members = connected(points, candidates, weight);
  const limits = [0, 1].map((axis) => 1.2 * Math.max(size[axis]!, typicalSize?.[axis] ?? 0) + 0.3);
  const kept = cutLong(points, members, limits as [number, number]);
  return columns(points, kept, kept.length < members.length);
}

/** The part that weighs most in the box, with the other parts that lie mostly inside. */
function connected(
  points: Float32Array,
  candidates: readonly number[],
  weight: (at: number) => number,
): number[] {
  const distance = linkDistance(points, candidates);
  const cells = new Map<string, number[]>();
  const cellOf = (at: number): [number, number, number] => [
    Math.floor(points[at]! / distance),
    Math.floor(points[at + 1]! / distance),
    // Rings lie farther apart upwards than points along a ring.
    Math.floor(points[at + 2]! / (2 * distance)),
  ];
  for (const at of candidates) {
    const key = cellOf(at).join();
    const cell = cells.get(key);
    if (cell) cell.push(at);
    else cells.set(key, [at]);
  }
  const parts: { readonly members: number[]; readonly inside: number }[] = [];
  const seen = new Set<string>();
  for (const start of cells.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const queue = [start];
    const members: number[] = [];
    for (const key of queue) {
      members.push(...cells.get(key)!);
      const [x, y, z] = key.split(',').map(Number) as [number, number, number];
      for (let step = 0; step < 27; step++) {
        const next = [x + (step % 3) - 1, y + (Math.floor(step / 3) % 3) - 1, z + Math.floor(step / 9) - 1];
        const name = next.join();
        if (seen.has(name) || !cells.has(name)) continue;
        seen.add(name);
        queue.push(name);
      }
    }
    parts.push({ members, inside: members.reduce((sum, at) => sum + weight(at), 0) });
  }
  const most = Math.max(0, ...parts.map(({ inside }) => inside));
  if (most === 0) return [];
  return parts.flatMap(({ members, inside }) =>
    inside === most || inside >= 0.7 * members.length ? members : [],
  );
}

/** Three times the usual distance between neighbours along a ring, which grows with range. */
function linkDistance(points: Float32Array, candidates: readonly number[]): number {
  const gaps: number[] = [];
  const step = Math.max(1, Math.floor(candidates.length / 60));
  for (let from = 0; from < candidates.length; from += step) {
    const a = candidates[from]!;
    let nearest = Number.POSITIVE_INFINITY;
    for (const b of candidates) {
      if (a === b) continue;
      const gap = Math.hypot(
        points[a]! - points[b]!,
        points[a + 1]! - points[b + 1]!,
        (points[a + 2]! - points[b + 2]!) / 2,
      );
      if (gap < nearest) nearest = gap;
    }
    if (Number.isFinite(nearest)) gaps.push(nearest);
  }
  gaps.sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length / 2)] ?? link.least;
  return Math.min(link.most, Math.max(link.least, 3 * usual));
}

/** Takes off, along each level axis, what is farthest from the box until the rest is no longer than it can be. */
function cutLong(
  points: Float32Array,
  members: readonly number[],
  limits: readonly [number, number],
): number[] {
  let kept = [...members];
  for (const axis of [0, 1] as const) {
    const values = kept.map((at) => points[at + axis]!).sort((a, b) => a - b);
    const low = values[0] ?? 0;
    const high = values.at(-1) ?? 0;
    if (high - low <= limits[axis]) continue;
    // The window of the allowed length that leaves out least.
    let best = low;
    let most = 0;
    let end = 0;
    for (let start = 0; start < values.length; start++) {
      while (end < values.length && values[end]! - values[start]! <= limits[axis]) end++;
      if (end - start > most) {
        most = end - start;
        best = values[start]!;
      }
    }
    kept = kept.filter((at) => points[at + axis]! >= best && points[at + axis]! <= best + limits[axis]);
  }
  return kept;
}

function columns(points: Float32Array, members: readonly number[], isCut: boolean): ObjectPoints {
  const column = (axis: number): Float64Array => Float64Array.from(members, (at) => points[at + axis]!);
  return { along: column(0), across: column(1), up: column(2), count: members.length, isCut };
}
