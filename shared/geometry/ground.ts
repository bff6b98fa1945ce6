/**
 * Which points of a sweep lie on the ground. The ground is a height for every cell of a level grid: it begins where
 * the points are densest and spreads outwards from cell to cell as long as the lowest points go on without a step,
 * then a plane through each cell's neighbourhood decides about single points. Kerbs and pavements belong to it; what
 * stands on it does not.
 */
import type { Mat4, Vec3 } from '../model/pose.ts';
import { type Cells, cellMeters, side, slots, sortIntoCells, wipedCells } from './groundCells.ts';
import { addVote, fitPlanes, solved, solveVotes, votes } from './groundPlanes.ts';
import { spreadGround, takeOffTops } from './groundSpread.ts';
import { identityMatrix } from './matrix.ts';
import type { SweepGrid } from './sweepGrid.ts';

/** From the plane of a cell to points that are ground, metres. */
const aboveMeters = 0.18;
const belowMeters = 0.35;

/** `flags`: one byte a point of the sweep, 1 = ground. `count`: how many are. */
export interface GroundFlags {
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly count: number;
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
