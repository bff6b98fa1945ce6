/**
 * The ground of one frame and what stands on it, in cells of a metre around the sensor: where a label can be put so
 * that it stands on the ground, and where it then holds nothing.
 */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { transformPoint } from '../../geometry/matrix.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import type { Sweep } from '../../model/sweep.ts';

/** Cells along each side, one metre each: places are looked for within half of it. */
const side = 128;
const half = side / 2;

export class GroundMap {
  /** Sum of the heights of a cell's ground points; the first 255 of them are enough, so that a map stays small. */
  readonly #heights = new Float32Array(side * side);
  readonly #ground = new Uint8Array(side * side);
  readonly #above = new Uint8Array(side * side);

  /** `flags`: one byte a point, 1 = ground (`geometry/ground.ts`). Sweeps of one frame add up. */
  add(sweep: Sweep, flags: Uint8Array, spaceFromPoints: Mat4 | null = null): void {
    const { interleaved, strideFloats, position, count, origin } = sweep;
    for (let at = 0; at < count; at++) {
      const from = at * strideFloats + position;
      const stored: Vec3 = [
        interleaved[from]! + origin[0],
        interleaved[from + 1]! + origin[1],
        interleaved[from + 2]! + origin[2],
      ];
      const [x, y, z] = spaceFromPoints ? transformPoint(spaceFromPoints, stored) : stored;
      const cell = cellOf(x, y);
      if (cell < 0 || !Number.isFinite(z)) continue;
      if (flags[at] === 1) {
        if (this.#ground[cell]! === 0xff) continue;
        this.#heights[cell]! += z;
        this.#ground[cell]!++;
      } else if (this.#above[cell]! < 0xff) this.#above[cell]!++;
    }
  }

  /** Height of the ground at a place: the mean of the cell and its neighbours; null where no point shows it. */
  groundAt(x: number, y: number): number | null {
    let sum = 0;
    let count = 0;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const cell = cellOf(x + dx, y + dy);
        if (cell < 0) continue;
        sum += this.#heights[cell]!;
        count += this.#ground[cell]!;
      }
    }
    return count === 0 ? null : sum / count;
  }

  /** Whether the sweep shows anything at all under the cuboid's centre: what nothing hides can be told to be false. */
  isSeen({ center }: CuboidShape): boolean {
    const cell = cellOf(center[0], center[1]);
    return cell >= 0 && this.#ground[cell]! + this.#above[cell]! > 0;
  }

  /**
   * Whether the sweep shows that nothing stands where the cuboid is: ground in most cells under it, so that nothing
   * hides the place, and no point in any of them that is not ground.
   */
  isClear({ center, size }: CuboidShape): boolean {
    const reach = Math.ceil(Math.sqrt(size[0] * size[0] + size[1] * size[1]) / 2);
    let cells = 0;
    let seen = 0;
    for (let dx = -reach; dx <= reach; dx++) {
      for (let dy = -reach; dy <= reach; dy++) {
        if (dx * dx + dy * dy > reach * reach) continue;
        const cell = cellOf(center[0] + dx, center[1] + dy);
        if (cell < 0 || this.#above[cell]! > 0) return false;
        cells++;
        if (this.#ground[cell]! > 0) seen++;
      }
    }
    return seen >= 0.6 * cells;
  }
}

/** -1 = outside of the map, or no number. */
function cellOf(x: number, y: number): number {
  const column = Math.floor(x) + half;
  const row = Math.floor(y) + half;
  const isInside = column >= 0 && column < side && row >= 0 && row < side;
  return isInside ? row * side + column : -1;
}
