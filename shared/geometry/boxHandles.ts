/**
 * What of a box can be taken hold of, and where: its faces and edges, its inside, and the stem that marks its
 * heading. A view is known by its ray alone, so that the same handles serve every view.
 */
import type { Vec3 } from '../model/pose.ts';
import { directionInBoxAxes, inBoxAxes } from './boxAxes.ts';
import type { CuboidShape } from './cuboid.ts';
import type { Ray } from './ray.ts';

/** Faces count as in `faceNames`; two of them are an edge. */
export type BoxHandle =
  | { readonly kind: 'faces'; readonly faces: readonly [number] | readonly [number, number] }
  | { readonly kind: 'move' }
  | { readonly kind: 'turn' };

export interface HandleReach {
  /** Rays of the view are parallel: what is seen edge on can be grabbed along its whole length. */
  readonly isParallel: boolean;
  /** Metres from the ray within which a handle counts as hit; where rays spread, metres for each metre of way. */
  readonly reach: number;
  /** The whole inside moves the box, not only its middle. */
  readonly isInsideHeld: boolean;
}

/** Sine of the angle up to which a face counts as seen edge on. */
const edgeOn = 0.35;
/** The middle may be hit a little more coarsely: it is one place, not a line. */
const middleReach = 1.3;

/** Length of the stem out of the front face, metres. */
export function stemMeters(shape: CuboidShape): number {
  return Math.min(0.7, Math.max(0.2, 0.16 * shape.size[0]));
}

/** What lies under a ray given in the space of the shape; null = nothing of the box. */
export function handleUnder(shape: CuboidShape, ray: Ray, reach: HandleReach): BoxHandle | null {
  const own: Ray = {
    origin: inBoxAxes(shape, ray.origin),
    direction: directionInBoxAxes(shape, ray.direction),
  };
  return reach.isParallel ? flatHandle(shape, own, reach) : spreadHandle(shape, own, reach);
}

function flatHandle(shape: CuboidShape, { origin, direction }: Ray, held: HandleReach): BoxHandle | null {
  const half = shape.size.map((extent) => extent / 2) as [number, number, number];
  const depth = [0, 1, 2].reduce((best, axis) =>
    Math.abs(direction[axis]!) > Math.abs(direction[best]!) ? axis : best,
  );
  const cursor = flattened(origin, direction);
  const aside = (from: Vec3, to: Vec3): number =>
    distanceToSegment(cursor, flattened(from, direction), flattened(to, direction));
  if (depth === 2) {
    const stem = stemMeters(shape);
    const distance = aside([half[0] + stem / 3, 0, 0], [half[0] + stem, 0, 0]);
    if (distance <= held.reach && cursor[0] > half[0] + stem / 3 - held.reach / 2) return { kind: 'turn' };
  }
  const hits: { readonly face: number; readonly distance: number }[] = [];
  for (let face = 0; face < 6; face++) {
    const axis = face >> 1;
    const slant = Math.abs(direction[axis]!);
    if (axis === depth || slant > edgeOn) continue;
    const other = 3 - axis - depth;
    const end = (side: number): Vec3 => {
      const place: [number, number, number] = [0, 0, 0];
      place[axis] = face % 2 === 0 ? half[axis]! : -half[axis]!;
      place[other] = side * half[other]!;
      return place;
    };
    // A face seen a little aslant shows as a band.
    const distance = Math.max(0, aside(end(1), end(-1)) - half[depth]! * slant);
    if (distance <= held.reach) hits.push({ face, distance });
  }
  hits.sort((a, b) => a.distance - b.distance);
  const [first, second] = [hits[0], hits.find(({ face }) => face >> 1 !== (hits[0]?.face ?? 0) >> 1)];
  const isNearMiddle = Math.hypot(...cursor) <= middleReach * held.reach;
  // In a box of few pixels everything is near everything: its middle still moves it.
  if (first && !(isNearMiddle && first.distance > held.reach / 2)) {
    return { kind: 'faces', faces: second ? [first.face, second.face] : [first.face] };
  }
  const isInside = [0, 1, 2].every((axis) => axis === depth || Math.abs(cursor[axis]!) <= half[axis]!);
  return isNearMiddle || (held.isInsideHeld && isInside) ? { kind: 'move' } : null;
}

/** Where rays spread, a handle is a place: the middle of each face, the end of the stem, the box's own middle. */
function spreadHandle(shape: CuboidShape, { origin, direction }: Ray, held: HandleReach): BoxHandle | null {
  const places: (readonly [BoxHandle, Vec3])[] = [
    [{ kind: 'turn' }, [shape.size[0] / 2 + stemMeters(shape), 0, 0]],
    ...faceMiddles(shape).map((place, face) => [{ kind: 'faces', faces: [face] } as const, place] as const),
    [{ kind: 'move' }, [0, 0, 0]],
  ];
  let best: BoxHandle | null = null;
  let nearest = 1;
  for (const [handle, place] of places) {
    const way: Vec3 = [place[0] - origin[0], place[1] - origin[1], place[2] - origin[2]];
    const along = dot(way, direction);
    if (along <= 0) continue;
    const share = Math.hypot(...flattened(way, direction)) / (held.reach * along);
    if (share >= nearest) continue;
    best = handle;
    nearest = share;
  }
  return best;
}

/** Middles of the six faces from the box's centre in its own axes, in the order of `faceNames`. */
export function faceMiddles({ size }: CuboidShape): Vec3[] {
  return Array.from({ length: 6 }, (_, face): Vec3 => {
    const place: [number, number, number] = [0, 0, 0];
    place[face >> 1] = ((face % 2 === 0 ? 1 : -1) * size[face >> 1]!) / 2;
    return place;
  });
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** What of a place lies across the direction. */
function flattened(place: Vec3, direction: Vec3): Vec3 {
  const along = dot(place, direction);
  return [place[0] - along * direction[0], place[1] - along * direction[1], place[2] - along * direction[2]];
}

function distanceToSegment(place: Vec3, from: Vec3, to: Vec3): number {
  const way: Vec3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const start: Vec3 = [place[0] - from[0], place[1] - from[1], place[2] - from[2]];
  const length2 = dot(way, way);
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, dot(start, way) / length2));
  return Math.hypot(start[0] - share * way[0], start[1] - share * way[1], start[2] - share * way[2]);
}
