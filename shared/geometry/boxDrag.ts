/**
 * A box taken hold of and pulled along by a ray: faces follow along their own axis, the inside in the plane of the
 * view (where rays spread: level), the stem turns. Only the ray's own movement counts, so nothing jumps at the grip.
 */
import type { Vec3 } from '../model/pose.ts';
import { directionInBoxAxes, inBoxAxes } from './boxAxes.ts';
import { moved, turned, withFaceMoved } from './boxEdits.ts';
import type { BoxHandle } from './boxHandles.ts';
import type { CuboidShape } from './cuboid.ts';
import type { Ray } from './ray.ts';
import { wrapAngle } from './rotation.ts';

export interface PullOptions {
  /** Share of the ray's movement that counts: 1, less to be exact. */
  readonly share: number;
  /** Where a face goes that is pulled to `position` (metres along its axis from the grabbed box's centre). */
  readonly snap: ((face: number, position: number) => number) | null;
}

export interface BoxDrag {
  /** The box as it is with the ray there; given in the space of the shape. */
  pull(ray: Ray, options: PullOptions): CuboidShape;
}

/** Cosine beyond which a ray runs along an axis and says nothing about a place on it. */
const alongAxis = 0.995;

export function beginDrag(shape: CuboidShape, handle: BoxHandle, ray: Ray, isParallel: boolean): BoxDrag {
  const own = ({ origin, direction }: Ray): Ray => ({
    origin: inBoxAxes(shape, origin),
    direction: directionInBoxAxes(shape, direction),
  });
  const normal: Vec3 = isParallel && handle.kind === 'move' ? own(ray).direction : [0, 0, 1];
  const measure = (at: Ray): Vec3 | null =>
    handle.kind === 'faces' ? onAxes(own(at)) : onPlane(own(at), normal);
  let last = measure(ray);
  const way: [number, number, number] = [0, 0, 0];
  let angle = 0;

  return {
    pull(at, { share, snap }) {
      const next = measure(at);
      if (next && last) {
        for (let axis = 0; axis < 3; axis++) way[axis]! += share * (next[axis]! - last[axis]!);
        angle += share * wrapAngle(Math.atan2(next[1], next[0]) - Math.atan2(last[1], last[0]));
      }
      last = next ?? last;
      if (handle.kind === 'turn') return turned(shape, wrapAngle(angle));
      if (handle.kind === 'move') return moved(shape, way);
      let pulled = shape;
      for (const face of handle.faces) {
        const axis = face >> 1;
        const sign = face % 2 === 0 ? 1 : -1;
        const rest = (sign * shape.size[axis]!) / 2;
        const position = snap ? snap(face, rest + way[axis]!) : rest + way[axis]!;
        pulled = withFaceMoved(pulled, face, sign * (position - rest));
      }
      return pulled;
    },
  };
}

/** The place of each axis of the box that the ray comes nearest to; 0 where it runs along that axis. */
function onAxes({ origin, direction }: Ray): Vec3 {
  const aside = origin[0] * direction[0] + origin[1] * direction[1] + origin[2] * direction[2];
  const place = (axis: 0 | 1 | 2): number => {
    const cosine = direction[axis];
    return Math.abs(cosine) > alongAxis ? 0 : (origin[axis] - aside * cosine) / (1 - cosine * cosine);
  };
  return [place(0), place(1), place(2)];
}

/** Where the ray meets the plane through the box's centre; null where it does not. */
function onPlane({ origin, direction }: Ray, normal: Vec3): Vec3 | null {
  const speed = direction[0] * normal[0] + direction[1] * normal[1] + direction[2] * normal[2];
  if (Math.abs(speed) < 0.02) return null;
  const along = -(origin[0] * normal[0] + origin[1] * normal[1] + origin[2] * normal[2]) / speed;
  return [
    origin[0] + along * direction[0],
    origin[1] + along * direction[1],
    origin[2] + along * direction[2],
  ];
}
