/**
 * What a ray meets: cuboids by the slab test, points of a sweep through its grid. Directions have length 1, so a
 * ray's parameter is metres.
 */
import type { CuboidColumns } from '../model/labels.ts';
import type { Vec3 } from '../model/pose.ts';
import {
  type CuboidFrame,
  type CuboidShape,
  createCuboidFrame,
  setCuboidFrame,
  setCuboidFrameFromRow,
} from './cuboid.ts';
import { gridCell, gridCellMeters, type SweepGrid } from './sweepGrid.ts';

export interface Ray {
  readonly origin: Vec3;
  /** Unit length. */
  readonly direction: Vec3;
}

const scratchFrame = createCuboidFrame();

/** Metres along the ray to where it enters the cuboid, 0 from inside; `null` where it misses. */
export function rayToCuboid(ray: Ray, shape: CuboidShape): number | null {
  const distance = enterDistance(ray, setCuboidFrame(scratchFrame, shape));
  return distance === Number.POSITIVE_INFINITY ? null : distance;
}

/** Row in [from, to) of the cuboid that the ray enters first, or -1. Cuboids around the ray's start are passed over. */
export function pickCuboidRow(ray: Ray, columns: CuboidColumns, from: number, to: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let picked = -1;
  for (let row = from; row < to; row++) {
    const distance = enterDistance(ray, setCuboidFrameFromRow(scratchFrame, columns, row));
    if (distance > 0 && distance < nearest) {
      nearest = distance;
      picked = row;
    }
  }
  return picked;
}

function enterDistance(ray: Ray, f: CuboidFrame): number {
  const { origin, direction } = ray;
  const x = origin[0] - f[0]!;
  const y = origin[1] - f[1]!;
  const z = origin[2] - f[2]!;
  let enter = 0;
  let leave = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const start = x * f[6 + axis]! + y * f[9 + axis]! + z * f[12 + axis]!;
    const speed = direction[0] * f[6 + axis]! + direction[1] * f[9 + axis]! + direction[2] * f[12 + axis]!;
    const half = f[3 + axis]!;
    if (speed === 0) {
      if (Math.abs(start) > half) return Number.POSITIVE_INFINITY;
      continue;
    }
    const toNear = (-Math.sign(speed) * half - start) / speed;
    const toFar = (Math.sign(speed) * half - start) / speed;
    if (toNear > enter) enter = toNear;
    if (toFar < leave) leave = toFar;
  }
  return enter <= leave ? enter : Number.POSITIVE_INFINITY;
}

export interface PointHit {
  /** Index of the point in the sweep. */
  readonly point: number;
  /** Metres along the ray to the place nearest to the point. */
  readonly along: number;
  /** Metres from the ray to the point. */
  readonly aside: number;
}

/**
 * The first point along the ray that lies within reach of it, where the reach is `radius + slope * along` metres:
 * a tube for orthographic views, a cone (slope = pixel tolerance over focal length) for perspective ones. Points
 * at the same distance: the lower index. `null` where there is none up to `farthest` metres.
 */
export function firstPointAlongRay(
  grid: SweepGrid,
  ray: Ray,
  radius: number,
  slope = 0,
  farthest = 1000,
): PointHit | null {
  const { positions, pointIndex, cellStart, columns, rows, minX, minY } = grid;
  const ox = ray.origin[0] - grid.origin[0];
  const oy = ray.origin[1] - grid.origin[1];
  const oz = ray.origin[2] - grid.origin[2];
  const [dx, dy, dz] = ray.direction;
  const widest = radius + slope * farthest;
  let best: PointHit | null = null;
  let limit = farthest;
  const rowOf = (y: number): number => gridCell(y, minY, rows);
  const [endA, endB] = [
    rowOf(Math.min(oy, oy + farthest * dy) - widest),
    rowOf(Math.max(oy, oy + farthest * dy) + widest),
  ];
  // Along the ray, so that a near hit shortens the rest of the way.
  const step = dy < 0 ? -1 : 1;
  for (let row = step > 0 ? endA : endB; row >= endA && row <= endB; row += step) {
    // Border rows stand for everything beyond them.
    const yFrom = row === 0 ? Number.NEGATIVE_INFINITY : minY + row * gridCellMeters - widest;
    const yTo = row === rows - 1 ? Number.POSITIVE_INFINITY : minY + (row + 1) * gridCellMeters + widest;
    const [tFrom, tTo] = rangeWithin(oy, dy, yFrom, yTo, limit);
    if (!(tFrom <= tTo)) continue;
    const reach = radius + slope * tTo;
    const xA = ox + tFrom * dx;
    const xB = ox + tTo * dx;
    const slack = 1e-9 * (1 + Math.abs(xA) + Math.abs(xB));
    const columnFrom = gridCell(Math.min(xA, xB) - reach - slack, minX, columns);
    const columnTo = gridCell(Math.max(xA, xB) + reach + slack, minX, columns);
    const end = cellStart[row * columns + columnTo + 1]!;
    for (let slot = cellStart[row * columns + columnFrom]!; slot < end; slot++) {
      const px = positions[3 * slot]! - ox;
      const py = positions[3 * slot + 1]! - oy;
      const pz = positions[3 * slot + 2]! - oz;
      const along = px * dx + py * dy + pz * dz;
      if (!(along >= 0 && along <= limit)) continue;
      const ax = px - along * dx;
      const ay = py - along * dy;
      const az = pz - along * dz;
      const aside2 = ax * ax + ay * ay + az * az;
      const allowed = radius + slope * along;
      if (aside2 > allowed * allowed) continue;
      const point = pointIndex[slot]!;
      if (best !== null && along === best.along && point > best.point) continue;
      best = { point, along, aside: Math.sqrt(aside2) };
      limit = along;
    }
  }
  return best;
}

/** Parameters t in [0, limit] for which start + t * speed lies in [low, high]; an empty range is [1, 0]. */
function rangeWithin(
  start: number,
  speed: number,
  low: number,
  high: number,
  limit: number,
): [number, number] {
  if (speed === 0) return start >= low && start <= high ? [0, limit] : [1, 0];
  const a = (low - start) / speed;
  const b = (high - start) / speed;
  return [Math.max(0, Math.min(a, b)), Math.min(limit, Math.max(a, b))];
}
