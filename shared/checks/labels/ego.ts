/**
 * EGO: a label in the place where the vehicle itself is. Only the part of the vehicle is taken that is certain
 * whatever the frame's origin: the space of the frame begins in the vehicle, on its rear axle or under its lidar.
 */

import { boxLength, overlapArea } from '../../geometry/iou.ts';
import type { Check } from '../contract.ts';
import { classOfRow } from '../scene.ts';
import { isRecordingVehicle } from './companions.ts';
import { headingOf } from './heading.ts';
import { frameBoxes } from './nearPairs.ts';
import { boxEvidence, rounded } from './shapeOf.ts';

/** A vehicle of 4.6 x 1.9 m, less what a right label beside it may reach in: metres from the origin. */
const core = { behind: 0.6, ahead: 1.4, aside: 0.6, height: 1.5 } as const;

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
        if (isRecordingVehicle(classOfRow(scene, row).name)) continue;
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
