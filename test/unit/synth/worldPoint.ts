/** Places an instance's own point in the world, by the engine's own trigonometry. */
import type { Placement } from '../../../shared/synth/world/motion.ts';

export function worldPoint(
  place: Placement,
  x: number,
  y: number,
  z: number,
): readonly [number, number, number] {
  const c = Math.cos(place.yaw);
  const s = Math.sin(place.yaw);
  return [place.x + c * x - s * y, place.y + s * x + c * y, place.z + z];
}
