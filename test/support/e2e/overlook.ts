/** Where a place of the world appears in the 3D view. */
import type { Page } from '@playwright/test';
import { cellOrbit } from '../../../renderer/viewport/cellLook.ts';
import { birdsEye, type Orbit, orbitAxes, orbitEye } from '../../../renderer/viewport/views/contextView.ts';
import type { DrawnCell } from '../../../shared/audit/events.ts';

export type Place = readonly [number, number, number];

/** Half the height of what the view sees, one metre away: 50 degrees from top to bottom. */
const halfTangent = Math.tan((25 * Math.PI) / 180);
/** How far off the desk begins to look at a label, metres. */
const labelDistance = 55;

/** How the desk looks at a label when a review begins. */
export function orbitOfLabel(center: Place): Orbit {
  return { ...birdsEye, target: [...center], distance: labelDistance };
}

/** How a frame is looked at while no label is meant: around the sensor. */
export const orbitOfFrame: Orbit = { ...birdsEye, target: [0, 0, 0], distance: 90 };

/** How it looks over a search cell. `groundHeight` is the road's height in the frame's space. */
export function orbitOfCell(cell: DrawnCell, sectors: number, groundHeight: number): Orbit {
  const { sector, rangeFromMeters: fromMeters, rangeToMeters: toMeters } = cell;
  return cellOrbit({ sectors, sector, fromMeters, toMeters }, [0, 0, groundHeight]);
}

/** The place in pixels of the page. */
export async function pixelOf(page: Page, place: Place, orbit: Orbit): Promise<{ x: number; y: number }> {
  const pane = await page.getByTestId('pane-context').boundingBox();
  if (!pane) throw new Error('the 3D view is not on screen');
  const eye = orbitEye(orbit);
  const { right, up, back } = orbitAxes(orbit);
  const sight = place.map((value, axis) => value - eye[axis]!);
  const along = (axis: readonly number[]): number =>
    axis.reduce((sum, part, at) => sum + part * sight[at]!, 0);
  const depth = -along(back);
  const pixelsPerTangent = pane.height / (2 * halfTangent);
  return {
    x: pane.x + pane.width / 2 + (along(right) / depth) * pixelsPerTangent,
    y: pane.y + pane.height / 2 - (along(up) / depth) * pixelsPerTangent,
  };
}
