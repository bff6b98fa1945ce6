/** The cells that the ground is looked for in, filled with the points of one sweep. */
import type { Mat4, Vec3 } from '../model/pose.ts';
import type { SweepGrid } from './sweepGrid.ts';

/** Edge of a cell, metres. */
export const cellMeters = 1;
/** Cells along each side: the ground is looked for in a square of half a kilometre. */
export const side = 512;
/** Points of a cell within this of its lowest are its floor, metres. */
export const floorMeters = 0.25;

/**
 * The cells of the square, kept from sweep to sweep: half a kilometre of fresh arrays costs more than the ground itself.
 * Only the cells in `filled` hold anything, and they are wiped before the next sweep.
 */
export interface Cells {
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
export interface Slots {
  count: number;
  /** Cell of each slot, -1 = outside of the square. */
  of: Int32Array;
  /** Place of each slot in the frame's space: x, y from the square's corner, height from `base`. */
  places: Float32Array;
}

export const slots: Slots = { count: 0, of: new Int32Array(0), places: new Float32Array(0) };
let cells: Cells | null = null;

/** The cells of the square, empty. */
export function wipedCells(): Cells {
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

/** Fills `slots` and the cells' counts, lowest heights and floors; answers the square's corner in the frame's space. */
export function sortIntoCells(grid: SweepGrid, m: Mat4, known: Cells): Vec3 {
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
