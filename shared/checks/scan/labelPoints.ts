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
/** Points are followed outwards from a face in steps of this, metres: where one is empty the object ends. */
const stepMeters = 0.1;
const steps = lookMeters / stepMeters;
/** A step without so large a share of the points inside is empty. */
const fewShare = 0.01;

/** Whose a point is: nobody's, the ground's, or a label's (its row in the frame + 1), by index in the sweep. */
export interface PointOwners {
  readonly isGround: Uint8Array;
  readonly label: Int32Array;
}

export interface LabelPoints {
  inside: number;
  insideGrown: number;
  shell: number;
  /** Points inside that are not the ground's: along, across, up. Longer than 3 * `objectCount` (reused). */
  object: Float32Array;
  objectCount: number;
  /**
   * Metres that points go on beyond each face without a break, 0 where there are none; `lookMeters` where they do not
   * end within reach. In the order of `faceNames`.
   */
  readonly out: Float64Array;
}

export function createLabelPoints(): LabelPoints {
  return {
    ...{ inside: 0, insideGrown: 0, shell: 0, objectCount: 0 },
    ...{ object: new Float32Array(3 * 4096), out: new Float64Array(6) },
  };
}

const outward = new Uint32Array(6 * steps);

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
  gathered.shell = 0;
  gathered.objectCount = 0;
  outward.fill(0);
  visitInGrid(grid, shape, lookMeters, (point, along, across, up) => {
    const beyondLength = Math.abs(along) - halfLength;
    const beyondWidth = Math.abs(across) - halfWidth;
    const beyondHeight = Math.abs(up) - halfHeight;
    const beyond = Math.max(beyondLength, beyondWidth, beyondHeight);
    if (beyond <= grownMeters) gathered.insideGrown++;
    if (beyond <= 0) {
      gathered.inside++;
      if (isGround[point] === 0) keepObject(gathered, along, across, up);
      return;
    }
    const owner = label[point]!;
    if (isGround[point] === 1 || (owner !== 0 && owner !== self)) return;
    if (up < -halfHeight || aboveGround(along, across, up) < shellAboveGround) return;
    if (beyond <= shellMeters) gathered.shell++;
    const isBeyondLength = beyondLength > 0;
    const isBeyondWidth = beyondWidth > 0;
    if (Number(isBeyondLength) + Number(isBeyondWidth) + Number(beyondHeight > 0) !== 1) return;
    const face = isBeyondLength ? (along > 0 ? 0 : 1) : isBeyondWidth ? (across > 0 ? 2 : 3) : 4;
    outward[face * steps + Math.min(steps - 1, Math.floor(beyond / stepMeters))]!++;
  });
  followOutwards(gathered);
  return gathered;
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

function followOutwards({ out, objectCount }: LabelPoints): void {
  const fewest = Math.max(1, fewShare * objectCount);
  for (let face = 0; face < 6; face++) {
    let step = 0;
    while (step < steps && outward[face * steps + step]! >= fewest) step++;
    out[face] = step * stepMeters;
  }
}
