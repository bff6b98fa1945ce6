/**
 * What stands on the ground and has no label, as a level grid of small cells: where there is something at the height of
 * road users, how high it reaches, and where something taller stands.
 */
import type { GroundSurface } from '../../geometry/ground.ts';
import type { SweepGrid } from '../../geometry/sweepGrid.ts';

/** Edge of a cell, metres, and how far out they go. */
export const cellMeters = 0.4;
const reachMeters = 54;
export const cellsAlong = Math.round((2 * reachMeters) / cellMeters);
/** From here up to there above the ground road users have their bodies, metres. */
const lowest = 0.25;
const highest = 2.6;
/** Higher than a truck: buildings, trees, poles. */
const tall = 4.2;
/** Ground is asked for over squares of so many cells. */
const patch = 5;
const patchesAlong = Math.ceil(cellsAlong / patch);
/** How far around a square ground is looked for, metres: farther only where there is none nearer. */
const patchReaches = [4, 8, 13] as const;
/** The recording vehicle itself lies within this of the origin, metres. */
const ownMeters = 3;

export interface StandingCells {
  /** Cells that hold anything; the arrays below are wiped for them alone. */
  readonly filled: Int32Array;
  filledCount: number;
  /** Points between `lowest` and `highest`. */
  readonly points: Uint16Array;
  /** Points higher than a truck. */
  readonly tallPoints: Uint16Array;
  /** Points in between. */
  readonly midPoints: Uint16Array;
  /** Height over the ground that the cell's body reaches from and to, metres. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** Of each slot of the grid: height over the ground of a point of a body, NaN for every other. */
  heights: Float32Array;
}

export function createStandingCells(): StandingCells {
  const count = cellsAlong * cellsAlong;
  return {
    ...{ filled: new Int32Array(count), filledCount: 0, points: new Uint16Array(count) },
    ...{
      tallPoints: new Uint16Array(count),
      midPoints: new Uint16Array(count),
      from: new Float32Array(count),
      to: new Float32Array(count),
    },
    heights: new Float32Array(0),
  };
}

const patchGround = new Float32Array(patchesAlong * patchesAlong);
const patchKnown = new Uint8Array(patchesAlong * patchesAlong);

/** `isTaken`: points that the ground or a label accounts for, by index in the sweep. */
export function fillStandingCells(
  cells: StandingCells,
  grid: SweepGrid,
  ground: GroundSurface,
  isTaken: (point: number) => boolean,
): void {
  const { filled, points, tallPoints, midPoints, from, to } = cells;
  for (let at = 0; at < cells.filledCount; at++) {
    points[filled[at]!] = 0;
    tallPoints[filled[at]!] = 0;
    midPoints[filled[at]!] = 0;
  }
  cells.filledCount = 0;
  patchKnown.fill(0);
  const { positions, origin, pointIndex, count } = grid;
  if (cells.heights.length < count) cells.heights = new Float32Array(count);
  const { heights } = cells;
  heights.fill(Number.NaN, 0, count);
  for (let slot = 0; slot < count; slot++) {
    const x = positions[3 * slot]! + origin[0];
    const y = positions[3 * slot + 1]! + origin[1];
    const column = Math.floor((x + reachMeters) / cellMeters);
    const row = Math.floor((y + reachMeters) / cellMeters);
    if (column < 0 || row < 0 || column >= cellsAlong || row >= cellsAlong) continue;
    if (isTaken(pointIndex[slot]!) || (Math.abs(x) < ownMeters && Math.abs(y) < ownMeters)) continue;
    const height = positions[3 * slot + 2]! + origin[2] - groundAt(ground, column, row);
    // NaN where no ground is known: nothing can be said of what stands there.
    if (!(height >= lowest)) continue;
    const cell = row * cellsAlong + column;
    if (points[cell] === 0 && tallPoints[cell] === 0 && midPoints[cell] === 0) {
      filled[cells.filledCount++] = cell;
      from[cell] = Number.POSITIVE_INFINITY;
      to[cell] = Number.NEGATIVE_INFINITY;
    }
    if (height > highest) {
      (height > tall ? tallPoints : midPoints)[cell]!++;
      continue;
    }
    heights[slot] = height;
    points[cell]!++;
    if (height < from[cell]!) from[cell] = height;
    if (height > to[cell]!) to[cell] = height;
  }
}

function groundAt(ground: GroundSurface, column: number, row: number): number {
  const [patchColumn, patchRow] = [Math.floor(column / patch), Math.floor(row / patch)];
  const at = patchRow * patchesAlong + patchColumn;
  if (patchKnown[at] === 0) {
    patchKnown[at] = 1;
    const middle = (index: number): number => (index + 0.5) * patch * cellMeters - reachMeters;
    patchGround[at] = Number.NaN;
    for (const reach of patchReaches) {
      const plane = ground.around(middle(patchColumn), middle(patchRow), reach);
      if (!plane || plane.cells < 3) continue;
      patchGround[at] = plane.height;
      break;
    }
  }
  return patchGround[at]!;
}

/** Middle of a cell in the frame's space. */
export function cellPlace(cell: number): readonly [x: number, y: number] {
  const middle = (index: number): number => (index + 0.5) * cellMeters - reachMeters;
  return [middle(cell % cellsAlong), middle(Math.floor(cell / cellsAlong))];
}

/** The cell of a place, -1 beyond the grid. */
export function cellOf(x: number, y: number): number {
  const column = Math.floor((x + reachMeters) / cellMeters);
  const row = Math.floor((y + reachMeters) / cellMeters);
  const isWithin = column >= 0 && row >= 0 && column < cellsAlong && row < cellsAlong;
  return isWithin ? row * cellsAlong + column : -1;
}
