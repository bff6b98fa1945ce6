/**
 * How rough a cluster is to the lidar. Going up along one direction, the returns of a solid thing on the ground come
 * from farther and farther away, or from the same wall; those of leaves and twigs come from anywhere.
 */
import type { Vec3 } from '../../model/pose.ts';

/** Directions are told apart by this, radians; steps up by more than `mostRise` are not neighbours. */
const binRadians = 0.007;
const mostRise = 0.06;
/** A return comes nearer where it does so by more than this, metres. */
const nearerMeters = 0.12;
/** Fewer steps up tell nothing. */
const fewestSteps = 8;

/** Share of the steps up that come nearer, 0..1; 0 where there are too few. `places`: x, y, z of each point. */
export function roughnessOf(places: readonly number[], eye: Vec3): number {
  const rays: { bin: number; rise: number; range: number }[] = [];
  for (let at = 0; at < places.length; at += 3) {
    const [x, y, z] = [places[at]! - eye[0], places[at + 1]! - eye[1], places[at + 2]! - eye[2]];
    const range = Math.hypot(x, y);
    rays.push({ bin: Math.floor(Math.atan2(y, x) / binRadians), rise: z / range, range });
  }
  rays.sort((a, b) => a.bin - b.bin || a.rise - b.rise);
  let [steps, nearer] = [0, 0];
  for (let at = 1; at < rays.length; at++) {
    const [below, above] = [rays[at - 1]!, rays[at]!];
    if (below.bin !== above.bin || above.rise - below.rise > mostRise) continue;
    steps++;
    if (above.range < below.range - nearerMeters) nearer++;
  }
  return steps < fewestSteps ? 0 : nearer / steps;
}
