/**
 * Clusters of points without a label that could be road users: things of their size that stand on the ground, are solid
 * and hang together with nothing larger. Buildings, walls, hedges, trees and poles are left out as well as a single
 * sweep allows.
 */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import type { GroundSurface } from '../../geometry/ground.ts';
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import { type SweepGrid, visitInGrid } from '../../geometry/sweepGrid.ts';
import type { Vec3 } from '../../model/pose.ts';
import { type Footprint, footprintOf, wholeOf } from './footprint.ts';
import { roughnessOf } from './roughness.ts';
import {
  cellOf,
  cellPlace,
  cellsAlong,
  createStandingCells,
  fillStandingCells,
  type StandingCells,
} from './standingCells.ts';

/** A cluster of one frame before it is followed over others. */
export interface FoundCluster {
  readonly box: CuboidShape;
  readonly points: number;
  readonly rangeMeters: number;
}

/** Around a label everything is taken for its own, metres: two people who walk together stand hardly farther apart. */
const labelMargin = 0.3;
/** Farther out clusters are not told, metres. */
const farthest = 50;
/** Fewest points at all. */
const fewestPoints = 10;
/** Cells apart that still hang together, by range in metres: rings and columns lie farther apart far out. */
const links = [
  { upTo: 15, cells: 1.5 },
  { upTo: 35, cells: 2.3 },
  { upTo: Number.POSITIVE_INFINITY, cells: 2.9 },
] as const;
/** Body of a road user: how high it begins at most, how high it reaches at least, metres. */
const highestStart = 0.9;
/** Of a vehicle the upper part may be all that is seen over another one. */
const highestVehicleStart = 1.3;
const vehicleCells = 4;
/** What reaches less high than this ends below what hangs over it, metres. */
const belowCanopy = 2.1;
const lowestTop = 0.55;
/** Footprints, metres: nothing of either side is longer, unless it is as high as a bus; thin things that are high are poles. */
const longest = 7;
const longestHigh = { length: 13, above: 2.3 } as const;
const widest = 3.2;
const poleMeters = 0.35;
/** High and narrow: signs and lamp posts. */
const post = { above: 2.3, narrower: 1.3 } as const;
/** Upright sheets: fences, hoardings, pieces of walls. */
const sheet = { longer: 2, thinner: 0.25, above: 1 } as const;
/** Long and low: hedges, low walls. Vehicles of that length are higher. */
const hedge = { longer: 5.5, lower: 1.9 } as const;
/** Longer than a cycle and lower than any car: bushes, low walls. */
const bush = { longer: 2.3, lower: 1.15 } as const;
/** Boards that hang on posts: upright, thin, and with nothing below. */
const board = { thinner: 0.15, from: 0.7, to: 1.9 } as const;
/** Too high for a cone, too low for a person: bins and bollards. */
const bollard = { narrower: 0.6, above: 0.85, lower: 1.35 } as const;
/** Share of a cluster's cells that something taller stands beside: what is left of a wall, where it reaches up as far. */
const besideTallShare = 0.35;
/**
 * Buildings and trees go on upwards where the body of a road user ends: so many points, as a share of its own, right above
 * something as high as a van. Trucks that are higher show less.
 */
const goesOn = { above: 1.9, within: 1.5, around: 0.4, share: 0.5 } as const;
/** Solid things send back farther returns higher up; leaves do not. Share of steps upwards that come nearer. */
const roughest = 0.22;

const cells = createStandingCells();
const clusterOf = new Int32Array(cellsAlong * cellsAlong).fill(-1);
const parent = new Int32Array(cellsAlong * cellsAlong);

interface Part {
  cells: number;
  points: number;
  from: number;
  to: number;
  besideTall: number;
  readonly places: number[];
}

/** `shapes`: of all labels of the frame, whatever their class. */
export function findClusters(
  grid: SweepGrid,
  ground: GroundSurface,
  isGround: Uint8Array,
  shapes: readonly CuboidShape[],
  eye: Vec3,
): FoundCluster[] {
  const isNear = new Uint8Array(isGround.length);
  for (const shape of shapes) {
    visitInGrid(grid, shape, labelMargin, (point) => {
      isNear[point] = 1;
    });
  }
  fillStandingCells(cells, grid, ground, (point) => isGround[point] === 1 || isNear[point] === 1);
  joinCells(cells);
  const parts = partsOf(cells);
  const kept = new Map([...parts].filter(([, part]) => couldBeUser(part)));
  gatherPlaces(grid, kept);
  const found: FoundCluster[] = [];
  for (const part of kept.values()) {
    const cluster = clusterFrom(grid, part, eye);
    if (cluster) found.push(cluster);
  }
  for (let at = 0; at < cells.filledCount; at++) clusterOf[cells.filled[at]!] = -1;
  return found;
}

/**
 * Holds a body that does not reach on into something taller: what stands beside a wall does not become a part of it, and
 * what stands below a tree or an awning is not lost.
 */
function isBody({ points, tallPoints, midPoints, to }: StandingCells, cell: number): boolean {
  if (points[cell] === 0) return false;
  return tallPoints[cell] === 0 || (midPoints[cell] === 0 && to[cell]! < belowCanopy);
}

/** Joins cells that hang together: a forest, each cell pointing towards its root. */
function joinCells(standing: StandingCells): void {
  const { filled, filledCount } = standing;
  for (let at = 0; at < filledCount; at++) parent[filled[at]!] = filled[at]!;
  for (let at = 0; at < filledCount; at++) {
    const cell = filled[at]!;
    if (!isBody(standing, cell)) continue;
    const [x, y] = cellPlace(cell);
    const range = Math.hypot(x, y);
    const reach = links.find(({ upTo }) => range <= upTo)!.cells;
    const whole = Math.floor(reach);
    // Half of the circle is enough: the other half looks back.
    for (let down = 0; down <= whole; down++) {
      for (let right = down === 0 ? 1 : -whole; right <= whole; right++) {
        if (down * down + right * right > reach * reach) continue;
        const other = neighbour(cell, right, down);
        if (other >= 0 && isBody(standing, other)) join(cell, other);
      }
    }
  }
}

function neighbour(cell: number, right: number, down: number): number {
  const column = (cell % cellsAlong) + right;
  const row = Math.floor(cell / cellsAlong) + down;
  return column < 0 || row < 0 || column >= cellsAlong || row >= cellsAlong ? -1 : row * cellsAlong + column;
}

function rootOf(cell: number): number {
  let root = cell;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}

function join(a: number, b: number): void {
  const [one, other] = [rootOf(a), rootOf(b)];
  if (one !== other) parent[Math.max(one, other)] = Math.min(one, other);
}

function partsOf(standing: StandingCells): Map<number, Part> {
  const { filled, filledCount, points, tallPoints, from, to } = standing;
  const parts = new Map<number, Part>();
  for (let at = 0; at < filledCount; at++) {
    const cell = filled[at]!;
    if (!isBody(standing, cell)) continue;
    const root = rootOf(cell);
    clusterOf[cell] = root;
    let part = parts.get(root);
    if (!part) {
      part = { cells: 0, points: 0, from: 1e9, to: -1e9, besideTall: 0, places: [] };
      parts.set(root, part);
    }
    part.cells++;
    part.points += points[cell]!;
    part.from = Math.min(part.from, from[cell]!);
    part.to = Math.max(part.to, to[cell]!);
    if (isBesideTall(tallPoints, cell)) part.besideTall++;
  }
  return parts;
}

function isBesideTall(tallPoints: Uint16Array, cell: number): boolean {
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      const other = neighbour(cell, right, down);
      if (other >= 0 && tallPoints[other]! > 0) return true;
    }
  }
  return false;
}

function couldBeUser({ cells: count, points, from, to, besideTall }: Part): boolean {
  const isRest = besideTall > besideTallShare * count && to > belowCanopy;
  return (
    points >= fewestPoints &&
    from <= (count >= vehicleCells ? highestVehicleStart : highestStart) &&
    to >= lowestTop &&
    !isRest
  );
}

/** Puts the points of the parts into them: x, y, z of the frame's space. */
function gatherPlaces({ positions, origin, count }: SweepGrid, kept: ReadonlyMap<number, Part>): void {
  if (kept.size === 0) return;
  for (let slot = 0; slot < count; slot++) {
    if (Number.isNaN(cells.heights[slot]!)) continue;
    const x = positions[3 * slot]! + origin[0];
    const y = positions[3 * slot + 1]! + origin[1];
    const cell = cellOf(x, y);
    const part = cell < 0 || clusterOf[cell]! < 0 ? undefined : kept.get(clusterOf[cell]!);
    part?.places.push(x, y, positions[3 * slot + 2]! + origin[2]);
  }
}

function clusterFrom(grid: SweepGrid, { places, points, from, to }: Part, eye: Vec3): FoundCluster | null {
  const footprint = footprintOf(places);
  const { center, length, width, low, high } = footprint;
  const rangeMeters = Math.hypot(center[0], center[1]);
  if (rangeMeters > farthest || width > widest) return null;
  const isHigh = to >= longestHigh.above;
  if (length > (isHigh ? longestHigh.length : longest)) return null;
  // The body is what was gathered; down to the ground it is the same thing.
  const bottom = low - from;
  if (isStreetFurniture(length, width, high - bottom) || isBoard(width, from, to)) return null;
  if (to >= goesOn.above && pointsAbove(grid, footprint) > goesOn.share * points) return null;
  if (roughnessOf(places, eye) > roughest) return null;
  const whole = wholeOf(footprint, high - bottom, eye);
  const box: CuboidShape = {
    center: [whole.center[0], whole.center[1], (bottom + high) / 2],
    size: [whole.length, whole.width, Math.max(high - bottom, 0.2)],
    rotation: quaternionFromYaw(whole.yaw),
  };
  return { box, points, rangeMeters };
}

function isBoard(width: number, from: number, to: number): boolean {
  return width < board.thinner && from > board.from && to > board.to;
}

/** Points right above a footprint and a little around it. */
function pointsAbove(grid: SweepGrid, { center, length, width, yaw, high }: Footprint): number {
  const shape: CuboidShape = {
    center: [center[0], center[1], high + goesOn.within / 2],
    size: [length + 2 * goesOn.around, width + 2 * goesOn.around, goesOn.within],
    rotation: quaternionFromYaw(yaw),
  };
  let above = 0;
  visitInGrid(grid, shape, 0, () => {
    above++;
  });
  return above;
}

function isStreetFurniture(length: number, width: number, height: number): boolean {
  return (
    (length < poleMeters && height > bollard.lower) ||
    (length < post.narrower && height > post.above) ||
    (length > sheet.longer && width < sheet.thinner && height > sheet.above) ||
    (length > hedge.longer && height < hedge.lower) ||
    (length > bush.longer && height < bush.lower) ||
    (length < bollard.narrower && height > bollard.above && height < bollard.lower)
  );
}
