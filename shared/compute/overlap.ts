/** The overlap of two upright cuboids. */
import { z } from '../base/door.ts';
import { iou3d, iouFromAbove } from '../geometry/iou.ts';
import { finite, positive, quantity } from './quantity.ts';

/** x, y, z of the centre, length, width, height, yaw: metres and radians. */
const box = z.tuple([finite, finite, finite, positive, positive, positive, finite]);

export const iou = quantity('iou', z.object({ a: box, b: box }), ({ a, b }) => ({
  bev: iouFromAbove(a, b),
  iou3d: iou3d(a, b),
}));
