/** Planes through the floors of cells: least squares of height = a + b x + c y. */
import { type Cells, cellMeters, floorMeters, side, slots } from './groundCells.ts';

/** A plane for each cell, through the floors of the cells around it. */
export function fitPlanes(known: Cells): void {
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
export const votes = new Float64Array(9);
/** Height at the middle, slopes along x and y. */
export const solved = new Float64Array(3);

export function addVote(fit: Float64Array, x: number, y: number, height: number): void {
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
export function solveVotes(fit: Float64Array, out: Float64Array): boolean {
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
