/** The tree of coordinate frames that a recording's transforms make, each edge with its values over time. */
import { identityMatrix, matrixFromPose, multiply } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import type { TransformMessage } from './messages.ts';

interface Sample {
  readonly stamp: bigint;
  readonly translation: Vec3;
  readonly rotation: Quaternion;
}

interface Edge {
  readonly parent: string;
  samples: Sample[];
  isSorted: boolean;
}

/** Trees of vehicles are a few frames deep; a longer chain goes in circles. */
const DEEPEST = 64;

/** Where a frame stands in the topmost one above it. */
export interface Placed {
  readonly root: string;
  readonly rootFromFrame: Mat4;
  /** Does anything on the way up change with time? */
  readonly isMoving: boolean;
}

export class FrameTree {
  readonly #edges = new Map<string, Edge>();
  /** Transforms that could not be used: no numbers, no rotation, or a frame within itself. */
  unusable = 0;
  /** Children that were given another parent than at first; those transforms are left out. */
  readonly contradictory = new Set<string>();

  add({ stamp, parent, child, translation, rotation }: TransformMessage): void {
    const unit = normalizeQuaternion(rotation);
    if (!unit || !translation.every(Number.isFinite) || parent === child || child === '') {
      this.unusable++;
      return;
    }
    const edge = this.#edges.get(child) ?? { parent, samples: [], isSorted: true };
    this.#edges.set(child, edge);
    if (edge.parent !== parent) {
      this.contradictory.add(child);
      return;
    }
    const last = edge.samples.at(-1);
    // Static transforms are repeated for listeners that come late: one copy says it all.
    if (edge.samples.length === 1 && isSame(last!, translation, unit)) return;
    if (last && stamp < last.stamp) edge.isSorted = false;
    edge.samples.push({ stamp, translation, rotation: unit });
  }

  /** The frame in its root at a time, between two samples by interpolation. Null where the chain is a circle. */
  place(frame: string, stamp: bigint): Placed | null {
    let rootFromFrame = identityMatrix;
    let root = frame;
    let isMoving = false;
    for (let depth = 0; depth < DEEPEST; depth++) {
      const edge = this.#edges.get(root);
      if (!edge) return { root, rootFromFrame, isMoving };
      rootFromFrame = multiply(poseAt(edge, stamp), rootFromFrame);
      isMoving ||= edge.samples.length > 1;
      root = edge.parent;
    }
    return null;
  }
}

function isSame(sample: Sample, translation: Vec3, rotation: Quaternion): boolean {
  const isEqual = (value: number, axis: number) => value === translation[axis];
  return (
    sample.translation.every(isEqual) && sample.rotation.every((value, part) => value === rotation[part])
  );
}

function poseAt(edge: Edge, stamp: bigint): Mat4 {
  if (!edge.isSorted) {
    edge.samples.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0));
    edge.isSorted = true;
  }
  const { samples } = edge;
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples[middle]!.stamp <= stamp) low = middle + 1;
    else high = middle;
  }
  const before = samples[Math.max(0, low - 1)]!;
  const after = samples[Math.min(low, samples.length - 1)]!;
  const span = Number(after.stamp - before.stamp);
  const part = span > 0 ? Math.min(1, Math.max(0, Number(stamp - before.stamp) / span)) : 0;
  const translation = before.translation.map(
    (value, axis) => value + part * (after.translation[axis]! - value),
  );
  return matrixFromPose(between(before.rotation, after.rotation, part), translation as unknown as Vec3);
}

/** Along the shorter arc from one rotation to another. */
function between(from: Quaternion, to: Quaternion, part: number): Quaternion {
  const cosine = from.reduce((sum, value, axis) => sum + value * to[axis]!, 0);
  const angle = Math.acos(Math.min(1, Math.abs(cosine)));
  const sine = Math.sin(angle);
  // Nearly the same: a straight line is the arc.
  const [a, b] =
    sine < 1e-9 ? [1 - part, part] : [Math.sin((1 - part) * angle) / sine, Math.sin(part * angle) / sine];
  const sign = cosine < 0 ? -1 : 1;
  const mixed = from.map((value, axis) => a * value + sign * b * to[axis]!) as unknown as Quaternion;
  return normalizeQuaternion(mixed) ?? from;
}
