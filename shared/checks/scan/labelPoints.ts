/** The points in and around one label, in its own axes: counted, and held against each of its faces. */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { type SweepGrid, visitInGrid } from '../../geometry/sweepGrid.ts';

/** How far beyond the faces points are looked at, metres. */
export const lookMeters = 1;
/** What counts as inside when a little is allowed, and how far around a label its points belong to it, metres. */
export const grownMeters = 0.1;
/** Thickness of the shell, and how far above the ground it begins, metres. */
const shellMeters = 0.3;
const shellAboveGround = 0.2;
/** A return may lie so far off the surface that it came from: nearer to a face than this a point is on it, metres. */
const noiseMeters = 0.05;
/** Higher over the plane of the ground around a label a point is not the ground's, whatever its cell says, metres. */
const overGroundMeters = 0.12;
/**
 * Points are followed outwards from a face in steps of this, metres. A lidar sees surfaces: the first points may lie so
 * many empty steps before the face; once there were some, the object ends after fewer.
 */
const stepMeters = 0.05;
const steps = Math.round(lookMeters / stepMeters);
const shellSteps = Math.round(shellMeters / stepMeters);
/** Steps whose points are counted by themselves. */
const nearSteps = [2, 12] as const;
/** What goes on has more than this share of them farther out. */
const goingOnShare = 0.3;
const mostEmptyFirst = 9;
const mostEmpty = 3;
/** What stands out is told from so many points at least, or this share of those inside. */
const fewestOut = 3;
const outShare = 0.02;

/** Whose a point is: nobody's, the ground's, or a label's (its row in the frame + 1), by index in the sweep. */
export interface PointOwners {
  readonly isGround: Uint8Array;
  readonly label: Int32Array;
}

export interface LabelPoints {
  inside: number;
  insideGrown: number;
  /** Of `insideGrown`, those that are not the ground's. */
  standing: number;
  /** Height over the ground of the third lowest point in and around the label, metres; Infinity with fewer. */
  lowest: number;
  /** In the shell around the label, above the ground, in no other label, and not just on a face. */
  shell: number;
  /** Points inside that are not the ground's: along, across, up. Longer than 3 * `objectCount` (reused). */
  object: Float32Array;
  objectCount: number;
  /**
   * Metres by which enough points that hang together with those inside stand out beyond each face; 0 where they do not.
   * In the order of `faceNames`.
   */
  readonly out: Float64Array;
  /** Points before each face by themselves, 0.1 to 0.6 m out; none where a wall runs past. */
  readonly outside: Uint16Array;
}

export function createLabelPoints(): LabelPoints {
  return {
    ...{ inside: 0, insideGrown: 0, standing: 0, lowest: 0, shell: 0, objectCount: 0 },
    ...{ object: new Float32Array(3 * 4096), out: new Float64Array(6), outside: new Uint16Array(6) },
  };
}

const outward = new Uint32Array(6 * steps);
/** Points of the shell by the face they lie before; the last for those before an edge. */
const shellOf = new Uint32Array(7);
/** Points as far out as the shell of a face but well beyond its ends: a wall that runs past. */
const passing = new Uint32Array(6);
const passingMeters = 0.35;
/** It is one where they are more than this share of those before the face itself. */
const passingShare = 0.5;

/** `aboveGround`: height over the ground of a point of the frame's space given in the label's own axes. */
export function gatherLabelPoints(
  gathered: LabelPoints,
  grid: SweepGrid,
  shape: CuboidShape,
  self: number,
  { isGround, label }: PointOwners,
  aboveGround: (along: number, across: number, up: number) => number,
): LabelPoints {
  const [halfLength, halfWidth, halfHeight] = shape.size.map((extent) => extent / 2) as [
    number,
    number,
    number,
  ];
  gathered.inside = 0;
  gathered.insideGrown = 0;
  gathered.standing = 0;
  gathered.objectCount = 0;
  outward.fill(0);
  shellOf.fill(0);
  passing.fill(0);
  lowest.fill(Number.POSITIVE_INFINITY);
  visitInGrid(grid, shape, lookMeters, (point, along, across, up) => {
    const beyondLength = Math.abs(along) - halfLength;
    const beyondWidth = Math.abs(across) - halfWidth;
    const beyondHeight = Math.abs(up) - halfHeight;
    const beyond = Math.max(beyondLength, beyondWidth, beyondHeight);
    const height = aboveGround(along, across, up);
    if (height < lowest[2]!) keepLowest(height);
    if (beyond <= grownMeters) {
      gathered.insideGrown++;
      if (isGround[point] === 0 || height > overGroundMeters) gathered.standing++;
    }
    if (beyond <= 0) {
      gathered.inside++;
      if (isGround[point] === 0) keepObject(gathered, along, across, up);
      return;
    }
    const owner = label[point]!;
    if (isGround[point] === 1 || (owner !== 0 && owner !== self)) return;
    if (up < -halfHeight || height < shellAboveGround) return;
    const isBeyondLength = beyondLength > 0;
    const isBeyondWidth = beyondWidth > 0;
    const isEdge = Number(isBeyondLength) + Number(isBeyondWidth) + Number(beyondHeight > 0) !== 1;
    const end = along > 0 ? 0 : 1;
    const flank = across > 0 ? 2 : 3;
    const face = isEdge ? 6 : isBeyondLength ? end : isBeyondWidth ? flank : 4;
    if (beyond > noiseMeters && beyond <= shellMeters) shellOf[face]!++;
    if (!isEdge) outward[face * steps + Math.min(steps - 1, Math.floor(beyond / stepMeters))]!++;
    else if (isBeyondLength && isBeyondWidth) {
      if (beyondLength > passingMeters) passing[flank]!++;
      if (beyondWidth > passingMeters) passing[end]!++;
    }
  });
  gathered.lowest = lowest[2]!;
  followOutwards(gathered);
  gathered.shell = shellOf.reduce((sum, count) => sum + count, 0);
  return gathered;
}

const lowest = new Float64Array(3);

function keepLowest(height: number): void {
  lowest[2] = height;
  lowest.sort();
}

function keepObject(gathered: LabelPoints, along: number, across: number, up: number): void {
  const at = 3 * gathered.objectCount++;
  if (at + 3 > gathered.object.length) {
    const longer = new Float32Array(2 * gathered.object.length);
    longer.set(gathered.object);
    gathered.object = longer;
  }
  gathered.object[at] = along;
  gathered.object[at + 1] = across;
  gathered.object[at + 2] = up;
}

/** The place beyond each face that enough of the points which hang together with the inside still pass. */
function followOutwards({ out, outside, objectCount }: LabelPoints): void {
  const fewest = Math.max(fewestOut, outShare * objectCount);
  for (let face = 0; face < 6; face++) {
    const from = face * steps;
    let end = 0;
    let total = 0;
    for (let step = 0; step < steps; step++) total += outward[from + step]!;
    for (let step = 0, empty = 0; step < steps; step++) {
      empty = outward[from + step] === 0 ? empty + 1 : 0;
      if (empty === 0) end = step + 1;
      if (empty > (end === 0 ? mostEmptyFirst : mostEmpty)) break;
    }
    let beyond = 0;
    let step = end;
    while (step > 0 && beyond < fewest) beyond += outward[from + --step]!;
    const isPassed = passing[face]! > passingShare * total;
    if (isPassed) shellOf[face] = 0;
    // What hangs together beyond the shell is cut off as well.
    else for (let far = shellSteps; far < end; far++) shellOf[face]! += outward[from + far]!;
    outside[face] = isPassed ? 0 : endingBefore(from);
    out[face] = beyond < fewest || isPassed ? 0 : step * stepMeters;
  }
}

/** Points just before a face, unless they go on farther out as walls and trees do. */
function endingBefore(from: number): number {
  let near = 0;
  let far = 0;
  for (let step = nearSteps[0]; step < nearSteps[1]; step++) near += outward[from + step]!;
  for (let step = nearSteps[1]; step < steps; step++) far += outward[from + step]!;
  return far > goingOnShare * near ? 0 : near;
}
