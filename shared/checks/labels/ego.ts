/**
 * EGO: a label in the place where the vehicle itself is. Only the part of the vehicle is taken that is certain
 * whatever the frame's origin: the space of the frame begins in the vehicle, on its rear axle or under its lidar.
 */

import { boxLength, overlapArea } from '../../geometry/iou.ts';
import { invertRigid, transformPoint } from '../../geometry/matrix.ts';
import type { Frame } from '../../model/delivery.ts';
import type { Check } from '../contract.ts';
import { type CheckScene, classOfRow } from '../scene.ts';
import { frameBoxes } from './nearPairs.ts';
import { boxEvidence, rounded } from './shapeOf.ts';

/** A vehicle of 4.6 x 1.9 m, less what a right label beside it may reach in: metres from the origin. */
const core = { behind: 0.6, ahead: 1.4, aside: 0.6, height: 1.5 } as const;
/** The vehicle must go so far from one frame to the next for its step to tell where its front is, metres. */
const leastStep = 0.5;

export const egoCheck: Check = {
  id: 'EGO',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids'],
  code: 'GHOST',
  quantity: { unit: 'share', wrong: 'above', range: [0, 1] },
  /** Share of the vehicle's core that the label covers from above. */
  limits: { all: { soft: null, hard: 0.02 } },
  run(scene, sink) {
    const heading = headingOf(scene.frames);
    const reach = heading === null ? core.behind : core.ahead;
    const along = (reach - core.behind) / 2;
    const [cos, sin] = [Math.cos(heading ?? 0), Math.sin(heading ?? 0)];
    const size = [reach + core.behind, 2 * core.aside, core.height] as const;
    const vehicle = Float64Array.of(along * cos, along * sin, 0, ...size, heading ?? 0);
    for (const { frame, rows, boxes } of frameBoxes(scene)) {
      for (const [k, row] of rows.entries()) {
        if (isVehicleItself(scene, row)) continue;
        const share = overlapArea(boxes, vehicle, boxLength * k, 0) / (size[0] * size[1]);
        sink.measure({
          ...{ frame, row, value: share },
          params: { percent: Math.round(100 * share), meters: rounded(distanceOf(boxes, k)) },
          evidence: () => [
            boxEvidence(
              {
                center: [vehicle[0]!, vehicle[1]!, 0],
                size,
                rotation: [0, 0, Math.sin((heading ?? 0) / 2), Math.cos((heading ?? 0) / 2)],
              },
              'other',
            ),
          ],
        });
      }
    }
  },
};

function distanceOf(boxes: Float64Array, k: number): number {
  return Math.hypot(boxes[boxLength * k]!, boxes[boxLength * k + 1]!);
}

/** Some deliveries hold the recording vehicle as an object like any other. */
function isVehicleItself(scene: CheckScene, row: number): boolean {
  return /^ego/i.test(classOfRow(scene, row).name.trim());
}

/**
 * Which way the vehicle faces in the frame's space, radians: the middle of its steps between frames. Null where it
 * does not move, or moves both ways.
 */
function headingOf(frames: readonly Frame[]): number | null {
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

/** Further than a vehicle goes between two frames: the pose jumped, metres. */
const mostStep = 60;
/** Share of the steps' length that must point one way. */
const steady = 0.9;
