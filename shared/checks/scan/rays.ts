/**
 * The rays of one lidar as a picture of depths, azimuth by elevation: which of them a cuboid meets, and how far each got.
 * Where the sweep has no return though its rings reach there, the ray went out into the open.
 */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { createCuboidFrame, cuboidCorners, setCuboidFrame } from '../../geometry/cuboid.ts';
import type { SweepGrid } from '../../geometry/sweepGrid.ts';
import type { Vec3 } from '../../model/pose.ts';

/** Rises beyond this (a slope of 45 degrees) fall into the border rows. */
const steepest = 1;
const mostColumns = 4096;
const mostRows = 256;
/** Most rays that are asked of one cuboid: a near one is met by more than it needs. */
const mostAsked = 600;
/** A row of the picture is swept where this share of its columns has returns. */
const sweptShare = 0.15;
/** Nearer than this to the lidar a cuboid has no outline to aim at, metres. */
const nearestMeters = 0.5;

export interface DepthPicture {
  place: Vec3;
  columns: number;
  rows: number;
  /** Squared distance of the nearest return of each cell, Infinity without one. */
  nearest: Float32Array;
  /** x, y, z of that return from the lidar. */
  returns: Float32Array;
  /** Index of it in the sweep. */
  points: Int32Array;
  /** Per row: whether the lidar's rings reach there. */
  isSwept: Uint8Array;
}

export function createDepthPicture(): DepthPicture {
  return {
    ...{ place: [0, 0, 0], columns: 0, rows: 0, nearest: new Float32Array(0) },
    ...{ returns: new Float32Array(0), points: new Int32Array(0), isSwept: new Uint8Array(mostRows) },
  };
}

let angles = new Float32Array(0);
let turnedPlaces = new Float32Array(0);
let keptPoints = new Int32Array(0);
const coarse = new Uint8Array(180 * 90);

/**
 * Fills the picture with the returns whose index lies in [from, to), seen from `place` (the frame's space). Its cells
 * are as large as the sweep is fine: about one return each.
 */
export function drawDepths(
  picture: DepthPicture,
  grid: SweepGrid,
  place: Vec3,
  from: number,
  to: number,
): DepthPicture {
  const { positions, origin, pointIndex, count } = grid;
  if (angles.length < 2 * count) {
    angles = new Float32Array(2 * count);
    turnedPlaces = new Float32Array(3 * count);
    keptPoints = new Int32Array(count);
  }
  const shift = [0, 1, 2].map((axis) => origin[axis]! - place[axis]!) as [number, number, number];
  coarse.fill(0);
  let kept = 0;
  let coarseCells = 0;
  for (let slot = 0; slot < count; slot++) {
    const index = pointIndex[slot]!;
    if (index < from || index >= to) continue;
    const x = positions[3 * slot]! + shift[0];
    const y = positions[3 * slot + 1]! + shift[1];
    const z = positions[3 * slot + 2]! + shift[2];
    const ground = Math.sqrt(x * x + y * y);
    if (!(ground > 0.1)) continue;
    const azimuth = Math.atan2(y, x) / (2 * Math.PI) + 0.5;
    const rise = riseShare(z / ground);
    angles[2 * kept] = azimuth;
    angles[2 * kept + 1] = rise;
    turnedPlaces[3 * kept] = x;
    turnedPlaces[3 * kept + 1] = y;
    turnedPlaces[3 * kept + 2] = z;
    keptPoints[kept] = index;
    kept++;
    const cell = Math.min(89, Math.floor(rise * 90)) * 180 + Math.min(179, Math.floor(azimuth * 180));
    if (coarse[cell] === 0) {
      coarse[cell] = 1;
      coarseCells++;
    }
  }
  // A coarse cell spans 2 degrees by about 1.3; a fine one twice as high as wide, since rings lie farther apart.
  const share = kept === 0 ? 1 : coarseCells / (180 * 90);
  const cells = Math.max(1, kept / Math.max(share, 1e-4));
  picture.columns = Math.max(60, Math.min(mostColumns, Math.round(Math.sqrt(cells * 6))));
  picture.rows = Math.max(15, Math.min(mostRows, Math.round(cells / picture.columns)));
  picture.place = place;
  const size = picture.columns * picture.rows;
  if (picture.nearest.length < size) {
    picture.nearest = new Float32Array(size);
    picture.returns = new Float32Array(3 * size);
    picture.points = new Int32Array(size);
  }
  picture.nearest.fill(Number.POSITIVE_INFINITY, 0, size);
  fillCells(picture, kept);
  return picture;
}

function fillCells({ columns, rows, nearest, returns, points, isSwept }: DepthPicture, kept: number): void {
  for (let at = 0; at < kept; at++) {
    const column = Math.min(columns - 1, Math.floor(angles[2 * at]! * columns));
    const cell = rowOf(angles[2 * at + 1]!, rows) * columns + column;
    const x = turnedPlaces[3 * at]!;
    const y = turnedPlaces[3 * at + 1]!;
    const z = turnedPlaces[3 * at + 2]!;
    const squared = x * x + y * y + z * z;
    if (squared >= nearest[cell]!) continue;
    nearest[cell] = squared;
    returns[3 * cell] = x;
    returns[3 * cell + 1] = y;
    returns[3 * cell + 2] = z;
    points[cell] = keptPoints[at]!;
  }
  for (let row = 0; row < rows; row++) {
    let filled = 0;
    for (let column = 0; column < columns; column++) {
      if (nearest[row * columns + column]! < Number.POSITIVE_INFINITY) filled++;
    }
    isSwept[row] = filled >= sweptShare * columns ? 1 : 0;
  }
}

const rowOf = (rise: number, rows: number): number => Math.min(rows - 1, Math.floor(rise * rows));

/** Rise of a ray as a share of the picture's height, 0..1. */
function riseShare(rise: number): number {
  const share = (rise + steepest) / (2 * steepest);
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/**
 * A ray that meets the cuboid, in the cuboid's own axes from its centre: it starts at `from` and is at
 * `from + t * way` for t = 1 where it returned.
 */
export interface MetRay {
  readonly from: Float64Array;
  readonly way: Float64Array;
  /** Where along it the cuboid begins and ends. */
  enter: number;
  leave: number;
  /** 1 where it returned, Infinity where it did not. */
  stop: number;
  /** Metres in one unit of t. */
  scale: number;
  /** Index in the sweep of what it returned from, -1 where it did not. */
  point: number;
}

const ray: MetRay = {
  ...{ from: new Float64Array(3), way: new Float64Array(3) },
  ...{ enter: 0, leave: 0, stop: 1, scale: 1, point: -1 },
};
const box = createCuboidFrame();
const corners = new Float64Array(24);

/**
 * Calls `visit` with each ray that meets the shape (the frame's space), or an even pick of them; the ray is the same
 * object each time. False where the lidar stands in or at the shape.
 */
export function visitRays(
  picture: DepthPicture,
  shape: CuboidShape,
  visit: (ray: Readonly<MetRay>) => void,
): boolean {
  const { place, columns, rows, nearest, returns, points, isSwept } = picture;
  setCuboidFrame(box, shape, place);
  for (let axis = 0; axis < 3; axis++) {
    ray.from[axis] = -(box[0]! * box[6 + axis]! + box[1]! * box[9 + axis]! + box[2]! * box[12 + axis]!);
  }
  const outside = [0, 1, 2].map((axis) => Math.max(0, Math.abs(ray.from[axis]!) - box[3 + axis]!));
  if (Math.hypot(...outside) < nearestMeters) return false;
  cuboidCorners({ ...shape, center: [box[0]!, box[1]!, box[2]!] }, corners);
  const middle = Math.atan2(box[1]!, box[0]!);
  let [left, right] = [0, 0];
  let [low, high] = [steepest, -steepest];
  for (let corner = 0; corner < 24; corner += 3) {
    const [x, y, z] = [corners[corner]!, corners[corner + 1]!, corners[corner + 2]!];
    let turn = Math.atan2(y, x) - middle;
    if (turn > Math.PI) turn -= 2 * Math.PI;
    else if (turn < -Math.PI) turn += 2 * Math.PI;
    left = Math.min(left, turn);
    right = Math.max(right, turn);
    const rise = z / Math.max(0.1, Math.hypot(x, y));
    low = Math.min(low, rise);
    high = Math.max(high, rise);
  }
  // A cuboid above or below the lidar is met at slopes steeper than its corners'.
  if (right - left > Math.PI) return false;
  const first = Math.floor(((middle + left) / (2 * Math.PI) + 0.5) * columns);
  const last = Math.floor(((middle + right) / (2 * Math.PI) + 0.5) * columns);
  const bottom = rowOf(riseShare(low), rows);
  const top = rowOf(riseShare(high), rows);
  const stride = Math.max(1, Math.ceil(((last - first + 1) * (top - bottom + 1)) / mostAsked));
  let asked = 0;
  for (let row = bottom; row <= top; row++) {
    for (let column = first; column <= last; column++) {
      if (asked++ % stride !== 0) continue;
      const wrapped = ((column % columns) + columns) % columns;
      const cell = row * columns + wrapped;
      const isBack = nearest[cell]! < Number.POSITIVE_INFINITY;
      if (!isBack && isSwept[row] === 0) continue;
      if (isBack) aim(returns[3 * cell]!, returns[3 * cell + 1]!, returns[3 * cell + 2]!);
      else aimOpen((wrapped + 0.5) / columns, (row + 0.5) / rows);
      ray.stop = isBack ? 1 : Number.POSITIVE_INFINITY;
      ray.point = isBack ? points[cell]! : -1;
      if (meetsBox()) visit(ray);
    }
  }
  return true;
}

function aimOpen(azimuthShare: number, riseOf: number): void {
  const azimuth = (azimuthShare - 0.5) * 2 * Math.PI;
  aim(Math.cos(azimuth), Math.sin(azimuth), (2 * riseOf - 1) * steepest);
}

/** Sets the ray's way from a direction in the frame's space. */
function aim(x: number, y: number, z: number): void {
  for (let axis = 0; axis < 3; axis++) {
    ray.way[axis] = x * box[6 + axis]! + y * box[9 + axis]! + z * box[12 + axis]!;
  }
  ray.scale = Math.sqrt(x * x + y * y + z * z);
}

/** Sets where the ray enters and leaves; the slabs of Kay and Kajiya (1986). */
function meetsBox(): boolean {
  let enter = 0;
  let leave = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const half = box[3 + axis]!;
    const from = ray.from[axis]!;
    const way = ray.way[axis]!;
    if (Math.abs(way) < 1e-12) {
      if (Math.abs(from) > half) return false;
      continue;
    }
    const one = (-half - from) / way;
    const other = (half - from) / way;
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  ray.enter = enter;
  ray.leave = leave;
  return enter < leave && leave < Number.POSITIVE_INFINITY;
}
