/**
 * A grid over one sweep, seen from above: built once where the sweep is decoded, then asked for points in cuboids,
 * near rays and around faces. Points are sorted by cell, row by row, so that a query reads a few runs of memory.
 * The grid ends somewhere; whatever lies beyond falls into the border cells, so far outliers cost no memory and
 * are still found.
 */
import type { CuboidColumns } from '../model/labels.ts';
import type { Vec3 } from '../model/pose.ts';
import type { Sweep } from '../model/sweep.ts';
import {
  type CuboidFrame,
  type CuboidShape,
  createCuboidFrame,
  setCuboidFrame,
  setCuboidFrameFromRow,
} from './cuboid.ts';

/** Cells are square; their edge in metres. Half a metre measured a third faster than one for cuboids, and no slower to build. */
const cellMeters = 0.5;
/** Most cells along one side: a square of half a kilometre, well past any lidar's range. */
const maxCellsPerSide = 1024;

export interface SweepGrid {
  readonly origin: Vec3;
  /** Finite points in the grid; the arrays below may be longer (reused). */
  readonly count: number;
  /** Lower corner of cell (0, 0) in stored coordinates (origin taken off). */
  readonly minX: number;
  readonly minY: number;
  readonly columns: number;
  readonly rows: number;
  /** Points of cell c = row * columns + column are [cellStart[c], cellStart[c + 1]) of the sorted arrays. */
  readonly cellStart: Uint32Array<ArrayBuffer>;
  /** Index in the sweep of each sorted point. */
  readonly pointIndex: Uint32Array<ArrayBuffer>;
  /** x, y, z of each sorted point, stored coordinates. */
  readonly positions: Float32Array<ArrayBuffer>;
}

/** Cell along one axis, clamped to the border. Monotone in `value`, which is what makes clamping safe. */
export function gridCell(value: number, min: number, cells: number): number {
  const cell = Math.floor((value - min) / cellMeters);
  return cell < 0 ? 0 : cell >= cells ? cells - 1 : cell;
}

/** Edge lengths by which callers that walk the grid step. */
export const gridCellMeters = cellMeters;

/**
 * Sorts the sweep's finite points into cells (counting sort, two passes). Pass the grid of a sweep no longer
 * needed as `reuse`, and its arrays are filled again instead of new ones being made.
 */
export function buildSweepGrid(sweep: Sweep, reuse?: SweepGrid): SweepGrid {
  const { interleaved, strideFloats, position, count } = sweep;
  const [minX, columns] = gridSpan(sweep, 0);
  const [minY, rows] = gridSpan(sweep, 1);
  const cells = columns * rows;
  const cellStart = atLeast(Uint32Array, cells + 1, reuse?.cellStart);
  cellStart.fill(0, 0, cells + 1);
  const cellOfPoint = scratchCells(count);

  let finite = 0;
  for (let point = 0, at = position; point < count; point++, at += strideFloats) {
    const x = interleaved[at]!;
    const y = interleaved[at + 1]!;
    // The difference of a number with itself is 0 only where the number is finite.
    if (x - x + (y - y) + (interleaved[at + 2]! - interleaved[at + 2]!) !== 0) {
      cellOfPoint[point] = noCell;
      continue;
    }
    const cell = gridCell(y, minY, rows) * columns + gridCell(x, minX, columns);
    cellOfPoint[point] = cell;
    cellStart[cell + 1]!++;
    finite++;
  }
  for (let cell = 0; cell < cells; cell++) cellStart[cell + 1]! += cellStart[cell]!;

  const pointIndex = atLeast(Uint32Array, finite, reuse?.pointIndex);
  const positions = atLeast(Float32Array, 3 * finite, reuse?.positions);
  // Filling moves each start to its cell's end, which is the next cell's start; shifting back restores them.
  for (let point = 0, at = position; point < count; point++, at += strideFloats) {
    const cell = cellOfPoint[point]!;
    if (cell === noCell) continue;
    const slot = cellStart[cell]!++;
    pointIndex[slot] = point;
    positions[3 * slot] = interleaved[at]!;
    positions[3 * slot + 1] = interleaved[at + 1]!;
    positions[3 * slot + 2] = interleaved[at + 2]!;
  }
  cellStart.copyWithin(1, 0, cells);
  cellStart[0] = 0;
  return { origin: sweep.origin, count: finite, minX, minY, columns, rows, cellStart, pointIndex, positions };
}

const noCell = 0xffff_ffff;
let cellScratch = new Uint32Array(0);

function scratchCells(count: number): Uint32Array {
  if (cellScratch.length < count) cellScratch = new Uint32Array(count);
  return cellScratch;
}

function atLeast<Kind extends Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  make: new (length: number) => Kind,
  length: number,
  reuse: Kind | undefined,
): Kind {
  return reuse !== undefined && reuse.length >= length ? reuse : new make(length);
}

/** Where the cells of one axis begin and how many there are: the bounds, or a window round the middle if too long. */
function gridSpan(sweep: Sweep, axis: 0 | 1): [min: number, cells: number] {
  const low = sweep.bounds[axis] - sweep.origin[axis];
  const high = sweep.bounds[axis + 3]! - sweep.origin[axis];
  if (sweep.finiteCount === 0 || !(high >= low)) return [0, 1];
  const cells = Math.floor((high - low) / cellMeters) + 1;
  if (cells <= maxCellsPerSide) return [low, cells];
  return [middleOf(sweep, axis) - (maxCellsPerSide * cellMeters) / 2, maxCellsPerSide];
}

/** Median of an even pick of about a thousand points. */
function middleOf(sweep: Sweep, axis: 0 | 1): number {
  const { interleaved, strideFloats, position, count } = sweep;
  const picked: number[] = [];
  for (let point = 0; point < count; point += Math.max(1, Math.floor(count / 1000))) {
    const value = interleaved[point * strideFloats + position + axis]!;
    if (Number.isFinite(value)) picked.push(value);
  }
  picked.sort((a, b) => a - b);
  return picked[picked.length >> 1] ?? 0;
}

const scratchFrame = createCuboidFrame();

/** How many points lie in the cuboid: the same answer as `countPointsInside`. */
export function countInGrid(grid: SweepGrid, shape: CuboidShape): number {
  return countInFrame(grid, setCuboidFrame(scratchFrame, shape, grid.origin));
}

/** Counts for the rows [from, to) of the label columns, written to `out` from index 0. Allocates nothing. */
export function countRowsInGrid(
  grid: SweepGrid,
  columns: CuboidColumns,
  from: number,
  to: number,
  out: Uint32Array,
): void {
  for (let row = from; row < to; row++) {
    out[row - from] = countInFrame(grid, setCuboidFrameFromRow(scratchFrame, columns, row, grid.origin));
  }
}

function countInFrame(grid: SweepGrid, f: CuboidFrame): number {
  const { columns, cellStart } = grid;
  let inside = 0;
  setWindow(grid, f, 0);
  for (let row = window.rowFrom; row <= window.rowTo; row++) {
    if (!narrowToRow(grid, row)) continue;
    const first = cellStart[row * columns + window.columnFrom]!;
    const end = cellStart[row * columns + window.columnTo + 1]!;
    inside += countInRun(grid.positions, first, end, f);
  }
  return inside;
}

/** `isInside` over a run of sorted points, with the frame held in registers: the inner loop of every count. */
function countInRun(positions: Float32Array, first: number, end: number, f: CuboidFrame): number {
  const centerX = f[0]!;
  const centerY = f[1]!;
  const centerZ = f[2]!;
  const halfLength = f[3]!;
  const halfWidth = f[4]!;
  const halfHeight = f[5]!;
  const xx = f[6]!;
  const xy = f[7]!;
  const xz = f[8]!;
  const yx = f[9]!;
  const yy = f[10]!;
  const yz = f[11]!;
  const zx = f[12]!;
  const zy = f[13]!;
  const zz = f[14]!;
  let inside = 0;
  for (let at = 3 * first; at < 3 * end; at += 3) {
    const dx = positions[at]! - centerX;
    const dy = positions[at + 1]! - centerY;
    const dz = positions[at + 2]! - centerZ;
    if (
      Math.abs(dx * xx + dy * yx + dz * zx) <= halfLength &&
      Math.abs(dx * xy + dy * yy + dz * zy) <= halfWidth &&
      Math.abs(dx * xz + dy * yz + dz * zz) <= halfHeight
    ) {
      inside++;
    }
  }
  return inside;
}

/** Indices in the sweep of the points inside the cuboid grown by `margin` metres on every face, ascending. */
export function pointsInGrid(grid: SweepGrid, shape: CuboidShape, margin = 0): Uint32Array {
  const found: number[] = [];
  visitInGrid(grid, shape, margin, (point) => {
    found.push(point);
  });
  return Uint32Array.from(found).sort();
}

/**
 * Calls `visit` for every point inside the cuboid grown by `margin`, in no promised order, with the point's
 * index in the sweep and its place along the cuboid's own axes from its centre, metres.
 */
export function visitInGrid(
  grid: SweepGrid,
  shape: CuboidShape,
  margin: number,
  visit: (point: number, along: number, across: number, up: number) => void,
): void {
  const f = setCuboidFrame(createCuboidFrame(), shape, grid.origin);
  const { positions, cellStart, columns, pointIndex } = grid;
  setWindow(grid, f, margin);
  // The callback may ask the grid itself, so the window's limits are not read again once it has run.
  const { rowFrom, rowTo, columnFrom, columnTo } = window;
  for (let row = rowFrom; row <= rowTo; row++) {
    const end = cellStart[row * columns + columnTo + 1]!;
    for (let slot = cellStart[row * columns + columnFrom]!; slot < end; slot++) {
      const dx = positions[3 * slot]! - f[0]!;
      const dy = positions[3 * slot + 1]! - f[1]!;
      const dz = positions[3 * slot + 2]! - f[2]!;
      const along = dx * f[6]! + dy * f[9]! + dz * f[12]!;
      const across = dx * f[7]! + dy * f[10]! + dz * f[13]!;
      const up = dx * f[8]! + dy * f[11]! + dz * f[14]!;
      if (
        Math.abs(along) <= f[3]! + margin &&
        Math.abs(across) <= f[4]! + margin &&
        Math.abs(up) <= f[5]! + margin
      ) {
        visit(pointIndex[slot]!, along, across, up);
      }
    }
  }
}

/**
 * The cells a query reads. Rows and outer columns come from the cuboid's bounds; `a` and `b` are the two pairs of
 * upright-ish faces as bands in the plane, |x u + y v| <= half, by which each row's columns are narrowed.
 */
const window = {
  ...{ rowFrom: 0, rowTo: 0, columnFrom: 0, columnTo: 0, outerFrom: 0, outerTo: 0 },
  ...{ centerX: 0, centerY: 0, aX: 0, aY: 0, aHalf: 0, bX: 0, bY: 0, bHalf: 0 },
};

/** Sets the window round the cuboid grown by `margin`; a hair wider than exact, since rounding may go either way. */
function setWindow(grid: SweepGrid, f: CuboidFrame, margin: number): void {
  const hx = f[3]! + margin;
  const hy = f[4]! + margin;
  const hz = f[5]! + margin;
  const reachX = Math.abs(f[6]!) * hx + Math.abs(f[7]!) * hy + Math.abs(f[8]!) * hz;
  const reachY = Math.abs(f[9]!) * hx + Math.abs(f[10]!) * hy + Math.abs(f[11]!) * hz;
  const reachZ = Math.abs(f[12]!) * hx + Math.abs(f[13]!) * hy + Math.abs(f[14]!) * hz;
  const slack = 1e-9 * (1 + reachX + reachY + reachZ + Math.abs(f[0]!) + Math.abs(f[1]!));
  window.outerFrom = window.columnFrom = gridCell(f[0]! - reachX - slack, grid.minX, grid.columns);
  window.outerTo = window.columnTo = gridCell(f[0]! + reachX + slack, grid.minX, grid.columns);
  window.rowFrom = gridCell(f[1]! - reachY - slack, grid.minY, grid.rows);
  window.rowTo = gridCell(f[1]! + reachY + slack, grid.minY, grid.rows);
  window.centerX = f[0]!;
  window.centerY = f[1]!;
  window.aX = f[6]!;
  window.aY = f[9]!;
  window.aHalf = hx + Math.abs(f[12]!) * reachZ + slack;
  window.bX = f[7]!;
  window.bY = f[10]!;
  window.bHalf = hy + Math.abs(f[13]!) * reachZ + slack;
}

/** Sets `columnFrom` and `columnTo` for one row; false where the cuboid leaves it out. */
function narrowToRow(grid: SweepGrid, row: number): boolean {
  window.columnFrom = window.outerFrom;
  window.columnTo = window.outerTo;
  // Border rows hold everything beyond them as well, so nothing is known of their y.
  if (row === 0 || row === grid.rows - 1) return true;
  const low = grid.minY + row * cellMeters - window.centerY;
  narrowToBand(grid, low, window.aX, window.aY, window.aHalf);
  narrowToBand(grid, low, window.bX, window.bY, window.bHalf);
  return window.columnFrom <= window.columnTo;
}

function narrowToBand(grid: SweepGrid, low: number, u: number, v: number, half: number): void {
  // A band almost along the row narrows nothing, and dividing by its slope would cost the digits.
  if (Math.abs(u) < 1e-3) return;
  const atLow = v * low;
  const atHigh = v * (low + cellMeters);
  const one = (half - Math.min(atLow, atHigh)) / u;
  const other = (-half - Math.max(atLow, atHigh)) / u;
  const from = gridCell(window.centerX + Math.min(one, other) - 1e-6, grid.minX, grid.columns);
  const to = gridCell(window.centerX + Math.max(one, other) + 1e-6, grid.minX, grid.columns);
  if (from > window.columnFrom) window.columnFrom = from;
  if (to < window.columnTo) window.columnTo = to;
}
