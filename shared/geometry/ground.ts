/**
 * Which points of a sweep lie on the ground. The ground is a height for every cell of a level grid: it begins where
 * the points are densest and spreads outwards from cell to cell as long as the lowest points go on without a step,
 * then a plane through each cell's neighbourhood decides about single points. Kerbs and pavements belong to it; what
 * stands on it does not.
 */
import type { Mat4 } from '../model/pose.ts';
import { identityMatrix } from './matrix.ts';
import type { SweepGrid } from './sweepGrid.ts';

/** Edge of a cell, metres. */
const cellMeters = 1;
/** Cells along each side: the ground is looked for in a square of half a kilometre. */
const side = 512;
/** Cells around the start whose lowest points tell where the ground begins. */
const seedReach = 10;
/** Cells across which the ground may be carried over a place without points. */
const farthestCells = 12;
/** A lowest point may differ so much from the ground beside it: metres, and metres a metre away. */
const stepMeters = 0.15;
const stepSlope = 0.04;
/** So much where nearly all of the cell's points lie low: a slope, not the foot of something upright. */
const slopeMeters = 0.2;
const slopeMost = 0.2;
/** Points of a cell within this of its lowest are its floor; a cell is flat where they are this share of all. */
const floorMeters = 0.25;
const flatShare = 0.7;
/** Fewer points show no slope. */
const fewestFlat = 3;
/** From the plane of a cell to points that are ground, metres. */
const aboveMeters = 0.18;
const belowMeters = 0.35;

/** `flags`: one byte a point of the sweep, 1 = ground. `count`: how many are. */
export interface GroundFlags {
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly count: number;
}

interface Cells {
  /** Cell of each slot of the grid, -1 = outside of the square. */
  readonly of: Int32Array;
  /** Place of each slot in the frame's space: x, y from the square's corner, height. */
  readonly places: Float32Array;
  readonly points: Uint32Array;
  /** Height of the lowest points, NaN in an empty cell. */
  readonly lowest: Float32Array;
  /** Points on the floor of the cell. */
  readonly floor: Uint32Array;
}

/**
 * `pointCount`: of the sweep, points without a place included. `spaceFromPoints` levels the points: z of the frame's
 * space is up. Takes time in proportion to the points.
 */
export function groundFlags(
  grid: SweepGrid,
  pointCount: number,
  spaceFromPoints: Mat4 | null = null,
): GroundFlags {
  const flags = new Uint8Array(pointCount);
  if (grid.count === 0) return { flags, count: 0 };
  const cells = sortIntoCells(grid, spaceFromPoints ?? identityMatrix);
  const ground = spreadGround(cells);
  const planes = fitPlanes(cells, ground);
  let count = 0;
  for (let slot = 0; slot < grid.count; slot++) {
    const cell = cells.of[slot]!;
    if (cell < 0 || Number.isNaN(ground[cell]!)) continue;
    const x = cells.places[3 * slot]!;
    const y = cells.places[3 * slot + 1]!;
    const above =
      cells.places[3 * slot + 2]! -
      (planes[3 * cell]! + planes[3 * cell + 1]! * x + planes[3 * cell + 2]! * y);
    if (above > aboveMeters || above < -belowMeters) continue;
    flags[grid.pointIndex[slot]!] = 1;
    count++;
  }
  return { flags, count };
}

function sortIntoCells(grid: SweepGrid, m: Mat4): Cells {
  const { count, positions, origin } = grid;
  const places = new Float32Array(3 * count);
  // Rebased on the first point in doubles: map coordinates would lose their millimetres.
  const base = levelled(grid, m, 0);
  for (let slot = 0; slot < count; slot++) {
    const x = positions[3 * slot]! + origin[0];
    const y = positions[3 * slot + 1]! + origin[1];
    const z = positions[3 * slot + 2]! + origin[2];
    places[3 * slot] = m[0]! * x + m[1]! * y + m[2]! * z + m[3]! - base[0];
    places[3 * slot + 1] = m[4]! * x + m[5]! * y + m[6]! * z + m[7]! - base[1];
    places[3 * slot + 2] = m[8]! * x + m[9]! * y + m[10]! * z + m[11]! - base[2];
  }
  const corner = [0, 1].map((axis) => middleOf(places, axis) - (side * cellMeters) / 2);
  const of = new Int32Array(count);
  const points = new Uint32Array(side * side);
  for (let slot = 0; slot < count; slot++) {
    places[3 * slot]! -= corner[0]!;
    places[3 * slot + 1]! -= corner[1]!;
    const column = Math.floor(places[3 * slot]! / cellMeters);
    const row = Math.floor(places[3 * slot + 1]! / cellMeters);
    const isWithin = column >= 0 && column < side && row >= 0 && row < side;
    of[slot] = isWithin ? row * side + column : -1;
    if (isWithin) points[of[slot]!]!++;
  }
  const lowest = lowestOf(of, places, points);
  const floor = new Uint32Array(side * side);
  for (let slot = 0; slot < count; slot++) {
    const cell = of[slot]!;
    if (cell >= 0 && places[3 * slot + 2]! - lowest[cell]! < floorMeters) floor[cell]!++;
  }
  return { of, places, points, lowest, floor };
}

function levelled({ positions, origin }: SweepGrid, m: Mat4, slot: number): [number, number, number] {
  const [x, y, z] = [0, 1, 2].map((axis) => positions[3 * slot + axis]! + origin[axis]!) as [
    number,
    number,
    number,
  ];
  return [
    m[0]! * x + m[1]! * y + m[2]! * z + m[3]!,
    m[4]! * x + m[5]! * y + m[6]! * z + m[7]!,
    m[8]! * x + m[9]! * y + m[10]! * z + m[11]!,
  ];
}

/** Median along an axis of about a thousand points: near the sensor, which sees most of what is around itself. */
function middleOf(places: Float32Array, axis: number): number {
  const count = places.length / 3;
  const picked: number[] = [];
  for (let slot = 0; slot < count; slot += Math.max(1, Math.floor(count / 1000))) {
    picked.push(places[3 * slot + axis]!);
  }
  picked.sort((a, b) => a - b);
  return picked[picked.length >> 1]!;
}

/** The lowest height of each cell; where a cell has many points, its third lowest, since stray echoes lie too low. */
function lowestOf(of: Int32Array, places: Float32Array, points: Uint32Array): Float32Array {
  const three = new Float32Array(3 * side * side).fill(Number.POSITIVE_INFINITY);
  for (let slot = 0; slot < of.length; slot++) {
    const cell = of[slot]!;
    if (cell < 0) continue;
    const height = places[3 * slot + 2]!;
    const at = 3 * cell;
    if (height < three[at]!) {
      three[at + 2] = three[at + 1]!;
      three[at + 1] = three[at]!;
      three[at] = height;
    } else if (height < three[at + 1]!) {
      three[at + 2] = three[at + 1]!;
      three[at + 1] = height;
    } else if (height < three[at + 2]!) three[at + 2] = height;
  }
  const lowest = new Float32Array(side * side).fill(Number.NaN);
  for (let cell = 0; cell < lowest.length; cell++) {
    if (points[cell]! > 0) lowest[cell] = three[3 * cell + (points[cell]! >= 8 ? 2 : 0)]!;
  }
  return lowest;
}

/** Height of the ground in every cell that has points; NaN where nothing is known of it. */
function spreadGround({ points, lowest, floor }: Cells): Float32Array {
  const ground = new Float32Array(side * side).fill(Number.NaN);
  /** 1 = the cell's own points say where the ground is, so it may be carried on from here. */
  const isSure = new Uint8Array(side * side);
  const first = firstHeight(lowest);
  if (first === null) return ground;
  for (const cell of nearestFirst(points)) {
    const low = lowest[cell]!;
    const beside = groundBeside(ground, isSure, cell);
    const isNear = distanceFromStart(cell) <= seedReach;
    const expected = beside?.height ?? (isNear ? first : Number.NaN);
    if (Number.isNaN(expected)) continue;
    const meters = beside?.meters ?? distanceFromStart(cell) * cellMeters;
    const step = Math.abs(low - expected);
    const isFlat = floor[cell]! >= Math.max(fewestFlat, flatShare * points[cell]!);
    const goesOn =
      step <= stepMeters + stepSlope * meters || (isFlat && step <= slopeMeters + slopeMost * meters);
    ground[cell] = goesOn ? low : expected;
    isSure[cell] = goesOn ? 1 : 0;
  }
  return ground;
}

const start = side / 2;
const distanceFromStart = (cell: number): number =>
  Math.hypot((cell % side) - start, Math.floor(cell / side) - start);

/** Cells with points, those around the start first. */
function nearestFirst(points: Uint32Array): number[] {
  const filled: number[] = [];
  for (let cell = 0; cell < points.length; cell++) if (points[cell]! > 0) filled.push(cell);
  const distance = new Float32Array(side * side);
  for (const cell of filled) distance[cell] = distanceFromStart(cell);
  return filled.sort((a, b) => distance[a]! - distance[b]!);
}

/** Heights around the start fall into steps; the ground is the lowest step that nearly as many share as the fullest. */
function firstHeight(lowest: Float32Array): number | null {
  const heights: number[] = [];
  for (let row = start - seedReach; row < start + seedReach; row++) {
    for (let column = start - seedReach; column < start + seedReach; column++) {
      const low = lowest[row * side + column]!;
      if (!Number.isNaN(low)) heights.push(low);
    }
  }
  if (heights.length === 0) return null;
  heights.sort((a, b) => a - b);
  const within = (from: number): number => {
    let end = from;
    while (end < heights.length && heights[end]! - heights[from]! < 2 * floorMeters) end++;
    return end - from;
  };
  let fullest = 0;
  for (let from = 0; from < heights.length; from++) fullest = Math.max(fullest, within(from));
  for (let from = 0; from < heights.length; from++) {
    const count = within(from);
    if (2 * count >= fullest) return heights[from + (count >> 1)]!;
  }
  return null;
}

interface Beside {
  readonly height: number;
  /** How far away it was found. */
  readonly meters: number;
}

/** The ground in the nearest cells around that are sure of it: their mean, by nearness. */
function groundBeside(ground: Float32Array, isSure: Uint8Array, cell: number): Beside | null {
  const column = cell % side;
  const row = Math.floor(cell / side);
  for (let reach = 1; reach <= farthestCells; reach = reach < 3 ? 3 : 2 * reach) {
    let [sum, weights, distances] = [0, 0, 0];
    for (let y = Math.max(0, row - reach); y <= Math.min(side - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(side - 1, column + reach); x++) {
        const other = y * side + x;
        if (isSure[other] === 0) continue;
        const squared = (x - column) ** 2 + (y - row) ** 2;
        const weight = 1 / squared;
        sum += weight * ground[other]!;
        distances += weight * Math.sqrt(squared);
        weights += weight;
      }
    }
    if (weights > 0) return { height: sum / weights, meters: (cellMeters * distances) / weights };
  }
  return null;
}

/** Height = a + b x + c y for each cell, through the floors of the cells around it. */
function fitPlanes({ of, places }: Cells, ground: Float32Array): Float32Array {
  /** Of each cell's floor: points, sums of x, y and height. */
  const sums = new Float32Array(4 * side * side);
  for (let slot = 0; slot < of.length; slot++) {
    const cell = of[slot]!;
    if (cell < 0 || !(Math.abs(places[3 * slot + 2]! - ground[cell]!) < floorMeters)) continue;
    sums[4 * cell]!++;
    for (let axis = 0; axis < 3; axis++) sums[4 * cell + 1 + axis]! += places[3 * slot + axis]!;
  }
  const planes = new Float32Array(3 * side * side);
  const fit = new Float64Array(9);
  for (let cell = 0; cell < ground.length; cell++) {
    if (Number.isNaN(ground[cell]!)) continue;
    planeAround(cell, sums, ground, fit, planes);
  }
  return planes;
}

/** Least squares over the middles of up to nine floors, one vote a cell; level where they do not span a plane. */
function planeAround(
  cell: number,
  sums: Float32Array,
  ground: Float32Array,
  fit: Float64Array,
  planes: Float32Array,
): void {
  const column = cell % side;
  const row = Math.floor(cell / side);
  // Around the cell's own middle, so that the numbers stay small.
  const [middleX, middleY] = [(column + 0.5) * cellMeters, (row + 0.5) * cellMeters];
  fit.fill(0);
  for (let y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
      const at = 4 * (y * side + x);
      const count = sums[at]!;
      if (count === 0) continue;
      addVote(fit, sums[at + 1]! / count - middleX, sums[at + 2]! / count - middleY, sums[at + 3]! / count);
    }
  }
  const [n, sx, sy, sh, sxx, sxy, syy, sxh, syh] = fit as unknown as [
    ...[number, number, number, number, number, number, number, number, number],
  ];
  let [slopeX, slopeY] = [0, 0];
  if (n >= 3) {
    const [xx, xy, yy] = [sxx - (sx * sx) / n, sxy - (sx * sy) / n, syy - (sy * sy) / n];
    const [xh, yh] = [sxh - (sx * sh) / n, syh - (sy * sh) / n];
    const determinant = xx * yy - xy * xy;
    if (determinant > 0.1 * n) {
      slopeX = clampSlope((xh * yy - yh * xy) / determinant);
      slopeY = clampSlope((yh * xx - xh * xy) / determinant);
    }
  }
  const level = n > 0 ? (sh - slopeX * sx - slopeY * sy) / n : ground[cell]!;
  planes[3 * cell] = level - slopeX * middleX - slopeY * middleY;
  planes[3 * cell + 1] = slopeX;
  planes[3 * cell + 2] = slopeY;
}

function addVote(fit: Float64Array, x: number, y: number, height: number): void {
  fit[0]! += 1;
  fit[1]! += x;
  fit[2]! += y;
  fit[3]! += height;
  fit[4]! += x * x;
  fit[5]! += x * y;
  fit[6]! += y * y;
  fit[7]! += x * height;
  fit[8]! += y * height;
}

/** Steeper than a ramp in a car park nothing is driven on. */
const clampSlope = (slope: number): number => Math.max(-0.35, Math.min(0.35, slope));
