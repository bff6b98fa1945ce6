/** The labels of a search cell: those of the lot's scope whose centre lies in it. */
import { isInCell } from '../../../shared/audit/cells.ts';
import type { DrawnCell } from '../../../shared/audit/events.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { cuboidScope } from '../../../shared/audit/scope.ts';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { lensOf, projectPoint } from '../../../shared/geometry/lens.ts';
import { transformPoint } from '../../../shared/geometry/matrix.ts';
import type { Calibration, Delivery, Frame } from '../../../shared/model/delivery.ts';
import { CuboidFlag, type DeliveryIndex } from '../../../shared/model/labels.ts';
import { pictureSize } from '../../viewport/cameraRank.ts';
import { cellAzimuth } from '../../viewport/cellLook.ts';
import type { ShownCell } from '../../viewport/shown.ts';

export function shownCell(cell: DrawnCell, spec: QaSpec): ShownCell {
  return {
    sectors: spec.search.sectors,
    sector: cell.sector,
    fromMeters: cell.rangeFromMeters,
    toMeters: cell.rangeToMeters,
  };
}

/** `counts`: points inside by row; asked for only where the spec has a minimum. */
export function labelsInCell(
  index: DeliveryIndex,
  spec: QaSpec,
  cell: DrawnCell,
  frame: number,
  counts: ReadonlyMap<number, number>,
): number[] {
  const { cuboids } = index.labels;
  const scope = cuboidScope(index.labels, spec, (row) => counts.get(row) ?? 0);
  const rows: number[] = [];
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (cuboids.flags[row]! & CuboidFlag.unusable || scope(row) !== null) continue;
    const inCell = isInCell(
      cell,
      spec.search.sectors,
      cuboids.center[3 * row]!,
      cuboids.center[3 * row + 1]!,
    );
    if (inCell) rows.push(row);
  }
  return rows;
}

/** Cameras that look into the cell, the one that sees most of it first. */
export function camerasOfCell(
  delivery: Delivery,
  frame: Frame,
  cell: ShownCell,
): { readonly image: number; readonly camera: number }[] {
  return frame.images
    .map((ref, image) => {
      const calibration = effectiveCalibration(delivery, ref);
      return { image, camera: ref.camera, seen: calibration ? seenShare(calibration, cell) : 0 };
    })
    .filter(({ seen }) => seen > 0)
    .sort((a, b) => b.seen - a.seen)
    .map(({ image, camera }) => ({ image, camera }));
}

/** Of places spread over the cell about a metre above and below the sensor, how many the camera sees. */
function seenShare(calibration: Calibration, cell: ShownCell): number {
  const size = pictureSize(calibration);
  if (!size || !lensOf(calibration.model, size)) return 0;
  const middle = cellAzimuth(cell);
  const isWhole = cell.sector < 0 || cell.sectors <= 1;
  const half = isWhole ? Math.PI : Math.PI / cell.sectors;
  let seen = 0;
  let tried = 0;
  for (const radius of [0.25, 0.5, 0.75]) {
    for (let step = -4; step <= 4; step++) {
      const range = cell.fromMeters + radius * (Math.min(cell.toMeters, 100) - cell.fromMeters);
      const angle = middle + (step / 4.5) * half;
      const place = transformPoint(calibration.cameraFromSpace, [
        range * Math.cos(angle),
        range * Math.sin(angle),
        -1,
      ]);
      const pixel = projectPoint(calibration.model, place, size);
      tried++;
      if (pixel && pixel[0] >= 0 && pixel[0] < size[0] && pixel[1] >= 0 && pixel[1] < size[1]) seen++;
    }
  }
  return seen / tried;
}
