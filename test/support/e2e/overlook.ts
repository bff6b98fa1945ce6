/** Where a place of the world appears in the 3D view, when the desk looks over a search cell. */
import type { Page } from '@playwright/test';
import { cellOrbit } from '../../../renderer/viewport/cellLook.ts';
import { orbitAxes, orbitEye } from '../../../renderer/viewport/views/contextView.ts';
import type { DrawnCell } from '../../../shared/audit/events.ts';

type Place = readonly [number, number, number];

/** Half the height of what the view sees, one metre away: 50 degrees from top to bottom. */
const halfTangent = Math.tan((25 * Math.PI) / 180);

/** Pixels of the page. `groundHeight` is the road's height in the frame's space. */
export async function pixelOf(
  page: Page,
  place: Place,
  cell: DrawnCell,
  sectors: number,
  groundHeight: number,
): Promise<{ readonly x: number; readonly y: number }> {
  const pane = await page.getByTestId('pane-context').boundingBox();
  if (!pane) throw new Error('the 3D view is not on screen');
  const shown = {
    sectors,
    sector: cell.sector,
    fromMeters: cell.rangeFromMeters,
    toMeters: cell.rangeToMeters,
  };
  const orbit = cellOrbit(shown, [0, 0, groundHeight]);
  const eye = orbitEye(orbit);
  const { right, up, back } = orbitAxes(orbit);
  const sight = place.map((value, axis) => value - eye[axis]!);
  const along = (axis: readonly number[]): number =>
    axis.reduce((sum, part, at) => sum + part * sight[at]!, 0);
  const pixelsPerTangent = pane.height / (2 * halfTangent);
  const depth = -along(back);
  return {
    x: pane.x + pane.width / 2 + (along(right) / depth) * pixelsPerTangent,
    y: pane.y + pane.height / 2 - (along(up) / depth) * pixelsPerTangent,
  };
}
