/** The colours that cameras give to the points of a sweep: of the pixel that sees each, through its true lens. */
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { multiply } from '../../shared/geometry/matrix.ts';
import { projectorOf } from '../../shared/geometry/projector.ts';
import type { SweepGrid } from '../../shared/geometry/sweepGrid.ts';
import type { Mat4 } from '../../shared/model/pose.ts';
import type { PicturePixels } from './protocol.ts';

export type CalibratedPicture = PicturePixels & { readonly calibration: ImageCalibration };

/** Cells along the longer side of a picture, in each of which the nearest point hides those behind it. */
const hidingCells = 192;
/** A point is hidden by one that is nearer by more than this share of its distance, and this many metres. */
const hidingShare = 0.08;
const hidingMeters = 0.6;

const bytesAPoint = 4;

/**
 * Red, green, blue of each point of the sweep and 255 in the fourth byte where no picture sees it. What lies behind
 * something nearer in the picture gets no colour from it: a lidar that stands beside its camera sees past edges.
 * Among several pictures the one in which the point lies nearest to the middle gives the colour.
 */
export function paintSweep(
  grid: SweepGrid,
  pointCount: number,
  spaceFromPoints: Mat4 | null,
  pictures: readonly CalibratedPicture[],
): Uint8Array<ArrayBuffer> {
  const colours = new Uint8Array(bytesAPoint * pointCount);
  for (let at = 3; at < colours.length; at += bytesAPoint) colours[at] = 255;
  const offMiddle = new Float32Array(grid.count).fill(Number.POSITIVE_INFINITY);
  for (const picture of pictures) {
    const seen = seenPoints(grid, spaceFromPoints, picture);
    const { pixels, width, height, full } = picture;
    const nearest = nearestByCell(seen, full);
    for (let at = 0; at < seen.count; at++) {
      const [u, v, range] = [seen.places[3 * at]!, seen.places[3 * at + 1]!, seen.places[3 * at + 2]!];
      const hider = nearest[cellOf(u, v, full)]!;
      if (range - hider > Math.max(hidingMeters, hidingShare * range)) continue;
      const slot = seen.slots[at]!;
      const off = Math.hypot(u / full[0] - 0.5, v / full[1] - 0.5);
      if (off >= offMiddle[slot]!) continue;
      offMiddle[slot] = off;
      const column = Math.min(width - 1, Math.max(0, Math.floor(((u + 0.5) * width) / full[0])));
      const row = Math.min(height - 1, Math.max(0, Math.floor(((v + 0.5) * height) / full[1])));
      const from = 4 * (row * width + column);
      const to = bytesAPoint * grid.pointIndex[slot]!;
      colours[to] = pixels[from]!;
      colours[to + 1] = pixels[from + 1]!;
      colours[to + 2] = pixels[from + 2]!;
      colours[to + 3] = 0;
    }
  }
  return colours;
}

interface SeenPoints {
  readonly count: number;
  /** Slot in the grid of each. */
  readonly slots: Uint32Array;
  /** u, v in pixels and metres from the camera. */
  readonly places: Float32Array;
}

function seenPoints(
  grid: SweepGrid,
  spaceFromPoints: Mat4 | null,
  { calibration, full: [width, height] }: CalibratedPicture,
): SeenPoints {
  const slots = new Uint32Array(grid.count);
  const places = new Float32Array(3 * grid.count);
  const projector = projectorOf(calibration, [width, height]);
  if (!projector) return { count: 0, slots, places };
  const { cameraFromSpace } = calibration;
  const m = spaceFromPoints ? multiply(cameraFromSpace, spaceFromPoints) : cameraFromSpace;
  const [ox, oy, oz] = grid.origin;
  let count = 0;
  for (let slot = 0; slot < grid.count; slot++) {
    const x = grid.positions[3 * slot]! + ox;
    const y = grid.positions[3 * slot + 1]! + oy;
    const z = grid.positions[3 * slot + 2]! + oz;
    const right = m[0]! * x + m[1]! * y + m[2]! * z + m[3]!;
    const down = m[4]! * x + m[5]! * y + m[6]! * z + m[7]!;
    const ahead = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!;
    if (!projector.project(right, down, ahead, places, 3 * count)) continue;
    const u = places[3 * count]!;
    const v = places[3 * count + 1]!;
    if (!(u >= -0.5 && u <= width - 0.5 && v >= -0.5 && v <= height - 0.5)) continue;
    places[3 * count + 2] = Math.hypot(right, down, ahead);
    slots[count++] = slot;
  }
  return { count, slots, places };
}

/** Square cells, so that a picture that is not square leaves some of them empty. */
function cellOf(u: number, v: number, [width, height]: readonly [number, number]): number {
  const edge = Math.max(width, height) / hidingCells;
  const column = Math.min(hidingCells - 1, Math.floor((u + 0.5) / edge));
  const row = Math.min(hidingCells - 1, Math.floor((v + 0.5) / edge));
  return row * hidingCells + column;
}

function nearestByCell({ count, places }: SeenPoints, full: readonly [number, number]): Float32Array {
  const nearest = new Float32Array(hidingCells * hidingCells).fill(Number.POSITIVE_INFINITY);
  for (let at = 0; at < count; at++) {
    const cell = cellOf(places[3 * at]!, places[3 * at + 1]!, full);
    nearest[cell] = Math.min(nearest[cell]!, places[3 * at + 2]!);
  }
  return nearest;
}
