/** The height of the ground in each cell: it begins where the points are densest and spreads from cell to cell. */
import { type Cells, cellMeters, floorMeters, side } from './groundCells.ts';

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
/** A cell is flat where its floor has this share of its points. */
const flatShare = 0.7;
/** Fewer points show no slope. */
const fewestFlat = 3;

/** Sets the height of the ground in every cell that has points, where something is known of it. */
export function spreadGround({ filled, filledCount, points, lowest, floor, ground, isSure }: Cells): void {
  const first = firstHeight(points, lowest);
  if (first === null) return;
  for (const cell of nearestFirst(filled.subarray(0, filledCount))) {
    const low = lowest[cell]!;
    const isBeside = lookBeside(ground, isSure, cell);
    const isNear = distanceFromStart(cell) <= seedReach;
    const expected = isBeside ? beside.height : isNear ? first : Number.NaN;
    if (Number.isNaN(expected)) continue;
    const meters = isBeside ? beside.meters : distanceFromStart(cell) * cellMeters;
    const step = Math.abs(low - expected);
    const isFlat = floor[cell]! >= Math.max(fewestFlat, flatShare * points[cell]!);
    const goesOn =
      step <= stepMeters + stepSlope * meters || (isFlat && step <= slopeMeters + slopeMost * meters);
    ground[cell] = goesOn ? low : expected;
    isSure[cell] = goesOn ? 1 : 0;
  }
}

/** How far around a cell lower ground is looked for, cells; and how much lower it may be: metres, and metres a metre. */
const topReach = 4;
const topMeters = 0.35;
const topSlope = 0.15;
/** So many cells must be lower: one may be a stray echo. */
const fewestLower = 2;

/** Bonnets and roofs are flat, too: what stands well above the ground around it is none, however level. */
export function takeOffTops({ filled, filledCount, ground, isSure }: Cells): void {
  let tops = 0;
  for (let at = 0; at < filledCount; at++) {
    const cell = filled[at]!;
    if (isSure[cell] === 0) continue;
    const below = groundBelow(ground, isSure, cell);
    if (Number.isNaN(below)) continue;
    topCells[tops] = cell;
    topGround[tops++] = below;
  }
  for (let at = 0; at < tops; at++) {
    ground[topCells[at]!] = topGround[at]!;
    isSure[topCells[at]!] = 0;
  }
}

const topCells: number[] = [];
const topGround: number[] = [];

/** Height of the lowest ground around a cell that the cell stands on top of; NaN where it does not. */
function groundBelow(ground: Float32Array, isSure: Uint8Array, cell: number): number {
  const column = cell % side;
  const row = Math.floor(cell / side);
  let lower = 0;
  let lowest = Number.NaN;
  const [rowEnd, columnEnd] = [Math.min(side - 1, row + topReach), Math.min(side - 1, column + topReach)];
  for (let y = Math.max(0, row - topReach); y <= rowEnd; y++) {
    for (let x = Math.max(0, column - topReach); x <= columnEnd; x++) {
      const other = y * side + x;
      if (isSure[other] === 0) continue;
      const distance = cellMeters * Math.sqrt((x - column) ** 2 + (y - row) ** 2);
      if (ground[cell]! - ground[other]! <= topMeters + topSlope * distance) continue;
      lower++;
      if (!(ground[other]! >= lowest)) lowest = ground[other]!;
    }
  }
  return lower >= fewestLower ? lowest : Number.NaN;
}

const start = side / 2;
const distanceFromStart = (cell: number): number => Math.sqrt(squaredFromStart(cell));

function squaredFromStart(cell: number): number {
  const x = (cell % side) - start;
  const y = Math.floor(cell / side) - start;
  return x * x + y * y;
}

/** Cells with points, those around the start first; of several as far away, the one that comes first in the square. */
function nearestFirst(filled: Int32Array): Float64Array {
  const keys = new Float64Array(filled.length);
  for (let at = 0; at < filled.length; at++) {
    keys[at] = squaredFromStart(filled[at]!) * side * side + filled[at]!;
  }
  // One number a cell: sorting numbers needs no comparing function, which would cost more than all the rest.
  keys.sort();
  for (let at = 0; at < keys.length; at++) keys[at] = keys[at]! % (side * side);
  return keys;
}

/** Heights around the start fall into steps; the ground is the lowest step that nearly as many share as the fullest. */
function firstHeight(points: Uint32Array, lowest: Float32Array): number | null {
  const heights: number[] = [];
  for (let row = start - seedReach; row < start + seedReach; row++) {
    for (let column = start - seedReach; column < start + seedReach; column++) {
      const cell = row * side + column;
      if (points[cell]! > 0) heights.push(lowest[cell]!);
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

/** What `lookBeside` found: a height, and how far away. */
const beside = { height: 0, meters: 0 };

/** The ground in the nearest cells around that are sure of it: their mean, by nearness. False where there is none. */
function lookBeside(ground: Float32Array, isSure: Uint8Array, cell: number): boolean {
  const column = cell % side;
  const row = Math.floor(cell / side);
  for (let reach = 1; reach <= farthestCells; reach = reach < 3 ? 3 : 2 * reach) {
    let sum = 0;
    let weights = 0;
    let distances = 0;
    const [rowEnd, columnEnd] = [Math.min(side - 1, row + reach), Math.min(side - 1, column + reach)];
    for (let y = Math.max(0, row - reach); y <= rowEnd; y++) {
      for (let x = Math.max(0, column - reach); x <= columnEnd; x++) {
        const other = y * side + x;
        if (isSure[other] === 0) continue;
        const squared = (x - column) ** 2 + (y - row) ** 2;
        const weight = 1 / squared;
        sum += weight * ground[other]!;
        distances += weight * Math.sqrt(squared);
        weights += weight;
      }
    }
    if (weights === 0) continue;
    beside.height = sum / weights;
    beside.meters = (cellMeters * distances) / weights;
    return true;
  }
  return false;
}
