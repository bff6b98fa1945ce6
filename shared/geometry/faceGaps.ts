/**
 * How tightly a cuboid sits on its points, face by face, in its own axes: the numbers an auditor needs to judge
 * "loose" and "cutting".
 */
import type { CuboidShape } from './cuboid.ts';
import { type SweepGrid, visitInGrid } from './sweepGrid.ts';

export interface FaceGaps {
  /** Points inside the cuboid, faces inclusive. */
  readonly inside: number;
  /**
   * Metres from each face inwards to the nearest inside point, in the order of `faceNames` (front, rear, left,
   * right, top, bottom); Infinity where no point is inside.
   */
  readonly inward: readonly number[];
  /**
   * Metres from each face outwards to the nearest point in front of that face (between the planes of its four
   * neighbours); Infinity where there is none within the reach.
   */
  readonly outward: readonly number[];
}

/** Looks `reach` metres beyond the faces. The shape is in the space of the sweep's own coordinates. */
export function faceGaps(grid: SweepGrid, shape: CuboidShape, reach = 1): FaceGaps {
  const half = shape.size.map((extent) => extent / 2) as [number, number, number];
  const inward = new Array<number>(6).fill(Number.POSITIVE_INFINITY);
  const outward = new Array<number>(6).fill(Number.POSITIVE_INFINITY);
  let inside = 0;
  visitInGrid(grid, shape, reach, (_point, along, across, up) => {
    const place = [along, across, up];
    const beyond = place.findIndex((value, axis) => Math.abs(value) > half[axis]!);
    if (beyond === -1) inside++;
    for (let axis = 0; axis < 3; axis++) {
      const [positive, negative] = [2 * axis, 2 * axis + 1];
      const toPositive = half[axis]! - place[axis]!;
      const toNegative = half[axis]! + place[axis]!;
      if (beyond === -1) {
        inward[positive] = Math.min(inward[positive]!, toPositive);
        inward[negative] = Math.min(inward[negative]!, toNegative);
      } else if (isBeyondOnly(place, half, axis)) {
        const face = toPositive < 0 ? positive : negative;
        outward[face] = Math.min(outward[face]!, -Math.min(toPositive, toNegative));
      }
    }
  });
  return { inside, inward, outward };
}

function isBeyondOnly(place: readonly number[], half: readonly number[], axis: number): boolean {
  return place.every((value, other) => Math.abs(value) > half[other]! === (other === axis));
}
