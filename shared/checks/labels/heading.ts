/** Which way the recording vehicle faces, where its own motion shows it. */
import { invertRigid, transformPoint } from '../../geometry/matrix.ts';
import type { Frame } from '../../model/delivery.ts';

/** The vehicle must go so far from one frame to the next for its step to tell where its front is, metres. */
const leastStep = 0.5;
/** Further than a vehicle goes between two frames: the pose jumped, metres. */
const mostStep = 60;
/** Share of the steps' length that must point one way. */
const steady = 0.9;

/**
 * In the frames' space, radians: the middle of its steps between frames. Null where it does not move, moves both ways,
 * or the frames have no poses.
 */
export function headingOf(frames: readonly Frame[]): number | null {
  let [x, y, length] = [0, 0, 0];
  for (let at = 1; at < frames.length; at++) {
    const [from, to] = [frames[at - 1]!.worldFromSpace, frames[at]!.worldFromSpace];
    if (!from || !to) continue;
    const step = transformPoint(invertRigid(from), transformPoint(to, [0, 0, 0]));
    const far = Math.hypot(step[0], step[1]);
    if (!(far >= leastStep) || far > mostStep) continue;
    x += step[0];
    y += step[1];
    length += far;
  }
  return length > 0 && Math.hypot(x, y) > steady * length ? Math.atan2(y, x) : null;
}
