/** Labels of one frame that stand near enough to share ground: cheap circles first, rotated boxes only where they meet. */
import { boxLength, writeBox } from '../../geometry/iou.ts';
import { yawFromQuaternion } from '../../geometry/rotation.ts';
import type { CheckScene } from '../scene.ts';

/** The judged labels of a frame as `geometry/iou.ts` reads them; box `k` is that of `rows[k]`. */
export interface FrameBoxes {
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  readonly rows: readonly number[];
  readonly boxes: Float64Array;
}

const known = new WeakMap<CheckScene['judged'], readonly FrameBoxes[]>();

/** Made once for each scene: several checks ask. */
export function frameBoxes(scene: CheckScene): readonly FrameBoxes[] {
  const made = known.get(scene.judged) ?? boxesByFrame(scene);
  known.set(scene.judged, made);
  return made;
}

function boxesByFrame(scene: CheckScene): FrameBoxes[] {
  const { frame, center, size, rotation } = scene.index.labels.cuboids;
  const frames: FrameBoxes[] = [];
  const { judged } = scene;
  for (let from = 0, to = 0; from < judged.length; from = to) {
    const at = frame[judged[from]!]!;
    while (to < judged.length && frame[judged[to]!] === at) to++;
    const rows = judged.slice(from, to);
    const boxes = new Float64Array(boxLength * rows.length);
    for (const [k, row] of rows.entries()) {
      const [x, y, z, w] = rotation.subarray(4 * row, 4 * row + 4);
      const yaw = yawFromQuaternion([x!, y!, z!, w!]);
      const [first, end] = [3 * row, 3 * row + 3];
      writeBox(boxes, boxLength * k, center.subarray(first, end), size.subarray(first, end), yaw);
    }
    frames.push({ frame: at, rows, boxes });
  }
  return frames;
}

/**
 * Calls with positions a < b of every two boxes whose circles from above meet. Boxes are walked from west to east, and
 * of the ones further east only those that the widest circle can reach, so that frames of thousands stay cheap.
 */
export function forNearPairs({ rows, boxes }: FrameBoxes, visit: (a: number, b: number) => void): void {
  const count = rows.length;
  const radius = new Float64Array(count);
  let widest = 0;
  for (let k = 0; k < count; k++) {
    radius[k] = Math.hypot(boxes[boxLength * k + 3]!, boxes[boxLength * k + 4]!) / 2;
    widest = Math.max(widest, radius[k]!);
  }
  const x = (k: number): number => boxes[boxLength * k]!;
  const y = (k: number): number => boxes[boxLength * k + 1]!;
  const eastward = Array.from(rows, (_, k) => k).sort((a, b) => x(a) - x(b) || a - b);
  for (const [place, a] of eastward.entries()) {
    for (let next = place + 1; next < count; next++) {
      const b = eastward[next]!;
      if (x(b) - x(a) > radius[a]! + widest) break;
      const reach = radius[a]! + radius[b]!;
      if (Math.abs(y(b) - y(a)) >= reach || Math.hypot(x(b) - x(a), y(b) - y(a)) >= reach) continue;
      visit(Math.min(a, b), Math.max(a, b));
    }
  }
}
