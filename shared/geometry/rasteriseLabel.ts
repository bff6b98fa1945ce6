/**
 * One label and the points around it as a small picture in the label's own axes: the box stands still in the middle
 * and the points move, so that over a track a drift, a jitter or a flicker leaps to the eye.
 */
import type { Vec3 } from '../model/pose.ts';
import { createRaster, fillRectangle, type Raster, type RasterColour, strokeRectangle } from './rasterise.ts';

/**
 * `top`: from above, front upwards, its left at the left; `side`: from its right, front to the right, its top
 * upwards. The same as the close views, so that the eye need not turn.
 */
export type LabelFace = 'top' | 'side';

export interface LabelColours {
  readonly background: RasterColour;
  /** Points inside the label. */
  readonly inside: RasterColour;
  /** Points around it, drawn at half strength. */
  readonly around: RasterColour;
  readonly outline: RasterColour;
  readonly tolerance: RasterColour;
}

export interface LabelPicture {
  readonly face: LabelFace;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly metersPerPixel: number;
  /** Device pixels a line is wide and a point is large; where few are inside, those are one larger. */
  readonly line: number;
  /** Width of the tolerance shell, metres; 0 = none is drawn. */
  readonly toleranceMeters: number;
  /** A place where a label is missing: its outline is dashed and nothing is drawn bright. */
  readonly isMissing: boolean;
  readonly colours: LabelColours;
}

/** Points farther than this beyond the label along the line of sight are left out, metres. */
export const slabMeters = 0.5;

/** More of the label's own pixels than this share with a point in each, and larger points would fill it. */
const densePixels = 0.05;

/** Own axes shown to the right and upwards: axis and sign. */
const directions: Readonly<
  Record<
    LabelFace,
    { right: readonly [0 | 1 | 2, 1 | -1]; up: readonly [0 | 1 | 2, 1 | -1]; depth: 0 | 1 | 2 }
  >
> = {
  top: { right: [1, -1], up: [0, 1], depth: 2 },
  side: { right: [0, 1], up: [2, 1], depth: 1 },
};

/** `points`: along, across, up each, metres from the label's centre in its own axes. `size` in metres. */
export function rasteriseLabel(points: Float32Array, size: Vec3, picture: LabelPicture): Raster {
  const { width, height, metersPerPixel, line, colours, isMissing } = picture;
  const { right, up, depth } = directions[picture.face];
  const raster = createRaster(width, height, colours.background);
  const x = (meters: number): number => width / 2 + meters / metersPerPixel;
  const y = (meters: number): number => height / 2 - meters / metersPerPixel;
  const half: Vec3 = [size[0] / 2, size[1] / 2, size[2] / 2];

  const isInside = (at: number): boolean =>
    !isMissing &&
    Math.abs(points[at]!) <= half[0] &&
    Math.abs(points[at + 1]!) <= half[1] &&
    Math.abs(points[at + 2]!) <= half[2];
  let inside = 0;
  for (let at = 0; at + 2 < points.length; at += 3) if (isInside(at)) inside++;
  const pixels = (size[right[0]] * size[up[0]]) / metersPerPixel ** 2;
  const brightExtent = inside * line ** 2 < densePixels * pixels ? line + 1 : line;

  // What lies around first: nothing may cover the label's own points.
  for (const isBright of [false, true]) {
    const extent = isBright ? brightExtent : line;
    const colour = isBright ? colours.inside : colours.around;
    for (let at = 0; at + 2 < points.length; at += 3) {
      if (Math.abs(points[at + depth]!) > half[depth] + slabMeters || isInside(at) !== isBright) continue;
      const left = Math.floor(x(right[1] * points[at + right[0]]!) - (line - 1) / 2);
      const top = Math.floor(y(up[1] * points[at + up[0]]!) - (line - 1) / 2);
      fillRectangle(raster, left, top, left + extent, top + extent, colour, isBright ? 1 : 0.5);
    }
  }

  const rectangle = (grownMeters: number): [number, number, number, number] => [
    x(-half[right[0]] - grownMeters),
    y(half[up[0]] + grownMeters),
    x(half[right[0]] + grownMeters),
    y(-half[up[0]] - grownMeters),
  ];
  const dash = [2 * line, 2 * line] as const;
  if (picture.toleranceMeters > 0) {
    strokeRectangle(raster, rectangle(picture.toleranceMeters), line, colours.tolerance, 0.6, dash);
  }
  strokeRectangle(raster, rectangle(0), line, colours.outline, 1, isMissing ? [3 * line, 3 * line] : null);
  if (!isMissing) drawFront(raster, picture, rectangle(0));
  return raster;
}

/** A tick from the middle of the front face: which way the label looks. */
function drawFront(
  raster: Raster,
  { face, line, colours }: LabelPicture,
  [left, top, right, bottom]: readonly [number, number, number, number],
): void {
  const length = 4 * line;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  if (face === 'top') {
    fillRectangle(raster, middleX - line / 2, top - length, middleX + line / 2, top, colours.outline, 1);
  } else {
    fillRectangle(raster, right, middleY - line / 2, right + length, middleY + line / 2, colours.outline, 1);
  }
}
