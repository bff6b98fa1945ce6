/**
 * Which points of a sweep lie on the ground. The ground is a height for every cell of a level grid: it begins where
 * the points are densest and spreads outwards from cell to cell as long as the lowest points go on without a step,
 * then a plane through each cell's neighbourhood decides about single points. Kerbs and pavements belong to it; what
 * stands on it does not.
 */
import type { Mat4, Vec3 } from '../model/pose.ts';
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

/**
 * The cells of the square, kept from sweep to sweep: half a kilometre of fresh arrays costs more than the ground itself.
 * Only the cells in `filled` hold anything, and they are wiped before the next sweep.
 */
interface Cells {
  filled: Int32Array;
  filledCount: number;
  readonly points: Uint32Array;
  /** The three lowest heights of a cell's points, lowest first. */
  readonly three: Float32Array;
  /** Height of the lowest points. */
  readonly lowest: Float32Array;
  /** Points on the floor of the cell. */
  readonly floor: Uint32Array;
  /** Height of the ground, NaN where nothing is known of it. */
  readonly ground: Float32Array;
  /** 1 = the cell's own points say where the ground is, so it may be carried on from here. */
  readonly isSure: Uint8Array;
  /** Of each cell's floor: points, sums of x, y and height. */
  readonly sums: Float32Array;
  /** Height = a + b x + c y. */
  readonly planes: Float32Array;
}

/** Points of the sweep at hand, by slot of its grid. */
interface Slots {
  count: number;
  /** Cell of each slot, -1 = outside of the square. */
  of: Int32Array;
  /** Place of each slot in the frame's space: x, y from the square's corner, height from `base`. */
  places: Float32Array;
}

const slots: Slots = { count: 0, of: new Int32Array(0), places: new Float32Array(0) };
let cells: Cells | null = null;

function wipedCells(): Cells {
  if (cells === null) {
    const count = side * side;
    cells = {
      ...{ filled: new Int32Array(0), filledCount: 0, points: new Uint32Array(count) },
      ...{ three: new Float32Array(3 * count), lowest: new Float32Array(count) },
      ...{ floor: new Uint32Array(count), ground: new Float32Array(count).fill(Number.NaN) },
      ...{ isSure: new Uint8Array(count), sums: new Float32Array(4 * count) },
      planes: new Float32Array(3 * count),
    };
  }
  for (let at = 0; at < cells.filledCount; at++) {
    const cell = cells.filled[at]!;
    cells.points[cell] = 0;
    cells.floor[cell] = 0;
    cells.isSure[cell] = 0;
    cells.ground[cell] = Number.NaN;
    cells.sums.fill(0, 4 * cell, 4 * cell + 4);
  }
  cells.filledCount = 0;
  return cells;
}

/** The ground around a place: a plane through the floors near it. */
export interface GroundPlane {
  /** Height at the place that was asked for, in the frame's space. */
  readonly height: number;
  /** Rise along x and y, metres a metre; 0 where the floors that are known do not span a plane. */
  readonly slope: readonly [x: number, y: number];
  /** Whether they do. */
  readonly hasSlope: boolean;
  /** Cells that it rests on. */
  readonly cells: number;
}

/** The ground of one sweep. Holds until the next one is looked at. */
export interface GroundSurface {
  /** `pointCount`: of the sweep, points without a place included. */
  flags(pointCount: number): GroundFlags;
  /**
   * The ground within `reach` metres of a place of the frame's space, but for the cells whose middle `isLeftOut`.
   * Null where nothing is known of it.
   */
  around(
    x: number,
    y: number,
    reach: number,
    isLeftOut?: (x: number, y: number) => boolean,
  ): GroundPlane | null;
}

/**
 * Finds the ground of a sweep. `spaceFromPoints` levels the points: z of the frame's space is up. Takes time in
 * proportion to the points.
 */
export function groundSurface(grid: SweepGrid, spaceFromPoints: Mat4 | null = null): GroundSurface {
  const known = wipedCells();
  slots.count = grid.count;
  if (grid.count === 0) {
    return { flags: (pointCount) => ({ flags: new Uint8Array(pointCount), count: 0 }), around: () => null };
  }
  const corner = sortIntoCells(grid, spaceFromPoints ?? identityMatrix, known);
  spreadGround(known);
  takeOffTops(known);
  fitPlanes(known);
  return {
    flags: (pointCount) => flagPoints(grid, pointCount, known),
    around: (x, y, reach, isLeftOut) => planeAt(known, corner, [x, y], reach, isLeftOut),
  };
}

/** The flags alone. */
export function groundFlags(
  grid: SweepGrid,
  pointCount: number,
  spaceFromPoints: Mat4 | null = null,
): GroundFlags {
  return groundSurface(grid, spaceFromPoints).flags(pointCount);
}

function flagPoints(grid: SweepGrid, pointCount: number, { ground, planes }: Cells): GroundFlags {
  const { of, places } = slots;
  const flags = new Uint8Array(pointCount);
  let count = 0;
  for (let slot = 0; slot < grid.count; slot++) {
    const cell = of[slot]!;
    if (cell < 0 || Number.isNaN(ground[cell]!)) continue;
    const x = places[3 * slot]!;
    const y = places[3 * slot + 1]!;
    const above =
      places[3 * slot + 2]! - (planes[3 * cell]! + planes[3 * cell + 1]! * x + planes[3 * cell + 2]! * y);
    if (above > aboveMeters || above < -belowMeters) continue;
    flags[grid.pointIndex[slot]!] = 1;
    count++;
  }
  return { flags, count };
}

/** Farther than this from the plane through all floors a floor is another level, metres. */
const otherLevel = 0.15;

function planeAt(
  { isSure, sums }: Cells,
  corner: Vec3,
  place: readonly [number, number],
  reach: number,
  isLeftOut: ((x: number, y: number) => boolean) | undefined,
): GroundPlane | null {
  const [x, y] = [place[0] - corner[0], place[1] - corner[1]];
  const cellOf = (value: number): number => Math.max(0, Math.min(side - 1, Math.floor(value / cellMeters)));
  /** x, y from the place, height: three numbers a floor. */
  const floors: number[] = [];
  for (let row = cellOf(y - reach); row <= cellOf(y + reach); row++) {
    for (let column = cellOf(x - reach); column <= cellOf(x + reach); column++) {
      const cell = row * side + column;
      const count = sums[4 * cell]!;
      if (isSure[cell] === 0 || count === 0) continue;
      const [floorX, floorY] = [sums[4 * cell + 1]! / count, sums[4 * cell + 2]! / count];
      if (Math.hypot(floorX - x, floorY - y) > reach) continue;
      if (isLeftOut?.(floorX + corner[0], floorY + corner[1])) continue;
      floors.push(floorX - x, floorY - y, sums[4 * cell + 3]! / count);
    }
  }
  const plane = planeThrough(floors);
  return plane && { ...plane, height: plane.height + corner[2] };
}

/** Through the floors that agree with most of the others. */
function planeThrough(floors: readonly number[]): GroundPlane | null {
  if (floors.length === 0) return null;
  let plane = leastSquares(floors, () => true)!;
  for (let round = 0; round < 2; round++) {
    const { height, slope } = plane;
    const off = (at: number): number =>
      Math.abs(floors[at + 2]! - height - slope[0] * floors[at]! - slope[1] * floors[at + 1]!);
    const offs = Array.from({ length: floors.length / 3 }, (_, at) => off(3 * at)).sort((a, b) => a - b);
    const allowed = Math.max(otherLevel / 3, Math.min(otherLevel, 3 * offs[offs.length >> 1]!));
    plane = leastSquares(floors, (at) => off(at) <= allowed) ?? plane;
  }
  return plane;
}

function leastSquares(floors: readonly number[], isTaken: (at: number) => boolean): GroundPlane | null {
  votes.fill(0);
  for (let at = 0; at < floors.length; at += 3) {
    if (isTaken(at)) addVote(votes, floors[at]!, floors[at + 1]!, floors[at + 2]!);
  }
  const cells = votes[0]!;
  if (cells === 0) return null;
  const hasSlope = solveVotes(votes, solved);
  return { height: solved[0]!, slope: [solved[1]!, solved[2]!], hasSlope, cells };
}

/** Fills `slots` and the cells' counts, lowest heights and floors; answers the square's corner in the frame's space. */
function sortIntoCells(grid: SweepGrid, m: Mat4, known: Cells): Vec3 {
  const { count, positions, origin } = grid;
  if (slots.of.length < count) {
    slots.of = new Int32Array(count);
    slots.places = new Float32Array(3 * count);
  }
  const { of, places } = slots;
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
  const cornerX = middleOf(places, count, 0) - (side * cellMeters) / 2;
  const cornerY = middleOf(places, count, 1) - (side * cellMeters) / 2;
  if (known.filled.length < count) known.filled = new Int32Array(count);
  const { filled, points, three, lowest, floor } = known;
  let filledCount = 0;
  for (let slot = 0; slot < count; slot++) {
    const x = places[3 * slot]! - cornerX;
    const y = places[3 * slot + 1]! - cornerY;
    places[3 * slot] = x;
    places[3 * slot + 1] = y;
    const column = Math.floor(x / cellMeters);
    const row = Math.floor(y / cellMeters);
    const isWithin = column >= 0 && column < side && row >= 0 && row < side;
    const cell = isWithin ? row * side + column : -1;
    of[slot] = cell;
    if (cell < 0) continue;
    if (points[cell]! === 0) {
      filled[filledCount++] = cell;
      three.fill(Number.POSITIVE_INFINITY, 3 * cell, 3 * cell + 3);
    }
    points[cell]!++;
    keepLowest(three, 3 * cell, places[3 * slot + 2]!);
  }
  known.filledCount = filledCount;
  // A cell's lowest height; where it has many points, the third lowest, since stray echoes lie too low.
  for (let at = 0; at < filledCount; at++) {
    const cell = filled[at]!;
    lowest[cell] = three[3 * cell + (points[cell]! >= 8 ? 2 : 0)]!;
  }
  for (let slot = 0; slot < count; slot++) {
    const cell = of[slot]!;
    if (cell >= 0 && places[3 * slot + 2]! - lowest[cell]! < floorMeters) floor[cell]!++;
  }
  return [base[0] + cornerX, base[1] + cornerY, base[2]];
}

function keepLowest(three: Float32Array, at: number, height: number): void {
  if (height < three[at]!) {
    three[at + 2] = three[at + 1]!;
    three[at + 1] = three[at]!;
    three[at] = height;
  } else if (height < three[at + 1]!) {
    three[at + 2] = three[at + 1]!;
    three[at + 1] = height;
  } else if (height < three[at + 2]!) three[at + 2] = height;
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
function middleOf(places: Float32Array, count: number, axis: number): number {
  const picked: number[] = [];
  for (let slot = 0; slot < count; slot += Math.max(1, Math.floor(count / 1000))) {
    picked.push(places[3 * slot + axis]!);
  }
  picked.sort((a, b) => a - b);
  return picked[picked.length >> 1]!;
}

/** Sets the height of the ground in every cell that has points, where something is known of it. */
function spreadGround({ filled, filledCount, points, lowest, floor, ground, isSure }: Cells): void {
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
function takeOffTops({ filled, filledCount, ground, isSure }: Cells): void {
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

/** A plane for each cell, through the floors of the cells around it. */
function fitPlanes(known: Cells): void {
  const { of, places, count } = slots;
  const { ground, sums, filled, filledCount } = known;
  for (let slot = 0; slot < count; slot++) {
    const cell = of[slot]!;
    if (cell < 0 || !(Math.abs(places[3 * slot + 2]! - ground[cell]!) < floorMeters)) continue;
    const at = 4 * cell;
    sums[at]!++;
    sums[at + 1]! += places[3 * slot]!;
    sums[at + 2]! += places[3 * slot + 1]!;
    sums[at + 3]! += places[3 * slot + 2]!;
  }
  for (let at = 0; at < filledCount; at++) {
    const cell = filled[at]!;
    if (!Number.isNaN(ground[cell]!)) planeAround(cell, known);
  }
}

/** Least squares over the middles of up to nine floors, one vote a cell; level where they do not span a plane. */
function planeAround(cell: number, { sums, ground, planes }: Cells): void {
  const column = cell % side;
  const row = Math.floor(cell / side);
  // Around the cell's own middle, so that the numbers stay small.
  const middleX = (column + 0.5) * cellMeters;
  const middleY = (row + 0.5) * cellMeters;
  votes.fill(0);
  const [rowEnd, columnEnd] = [Math.min(side - 1, row + 1), Math.min(side - 1, column + 1)];
  for (let y = Math.max(0, row - 1); y <= rowEnd; y++) {
    for (let x = Math.max(0, column - 1); x <= columnEnd; x++) {
      const at = 4 * (y * side + x);
      const count = sums[at]!;
      if (count === 0) continue;
      addVote(votes, sums[at + 1]! / count - middleX, sums[at + 2]! / count - middleY, sums[at + 3]! / count);
    }
  }
  solveVotes(votes, solved);
  const level = votes[0]! > 0 ? solved[0]! : ground[cell]!;
  const [slopeX, slopeY] = votes[0]! > 0 ? [solved[1]!, solved[2]!] : [0, 0];
  planes[3 * cell] = level - slopeX * middleX - slopeY * middleY;
  planes[3 * cell + 1] = slopeX;
  planes[3 * cell + 2] = slopeY;
}

/** Count, sums of x, y and height, sums of the products xx, xy, yy, x height and y height. */
const votes = new Float64Array(9);
/** Height at the middle, slopes along x and y. */
const solved = new Float64Array(3);

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

/** Least squares of height = a + b x + c y; false, and level, where the votes do not span a plane. */
function solveVotes(fit: Float64Array, out: Float64Array): boolean {
  const n = fit[0]!;
  const [sx, sy, sh] = [fit[1]!, fit[2]!, fit[3]!];
  let slopeX = 0;
  let slopeY = 0;
  let isPlane = false;
  if (n >= 3) {
    const xx = fit[4]! - (sx * sx) / n;
    const xy = fit[5]! - (sx * sy) / n;
    const yy = fit[6]! - (sy * sy) / n;
    const xh = fit[7]! - (sx * sh) / n;
    const yh = fit[8]! - (sy * sh) / n;
    const determinant = xx * yy - xy * xy;
    isPlane = determinant > 0.1 * n;
    if (isPlane) {
      slopeX = clampSlope((xh * yy - yh * xy) / determinant);
      slopeY = clampSlope((yh * xx - xh * xy) / determinant);
    }
  }
  out[0] = n > 0 ? (sh - slopeX * sx - slopeY * sy) / n : Number.NaN;
  out[1] = slopeX;
  out[2] = slopeY;
  return isPlane;
}

/** Steeper than a ramp in a car park nothing is driven on. */
const clampSlope = (slope: number): number => Math.max(-0.35, Math.min(0.35, slope));
