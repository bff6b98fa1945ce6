/** Draws measures by hand and the ray behind a pixel: lines and marks in every view and every picture. */
import type { Ray } from '../../../../shared/geometry/ray.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { type StrokeStyle, StrokeView } from '../../../viewport/gpu/strokes.ts';
import { addLine } from '../../../viewport/labelStrokes.ts';
import type { PictureDrawing, SpaceDrawing } from '../../../viewport/layers.ts';
import type { StrokePainter } from '../../../viewport/react/useStrokeLayer.ts';
import type { KeptMeasure } from '../unitDraft.ts';
import type { MeasureTag } from './measureTags.ts';

/** What was found behind a clicked place. */
export interface RayMark {
  readonly frame: string;
  /** From the camera through the clicked pixel; null where a view of points was clicked. */
  readonly ray: Ray | null;
  /** The first lidar point under it. */
  readonly point: Vec3 | null;
  /** Metres along the ray, or from the sensor where there is none. */
  readonly depth: number | null;
  /** Metres of the point beside the ray. */
  readonly aside: number | null;
}

export interface DrawnMeasures {
  readonly frame: string;
  readonly kept: readonly KeptMeasure[];
  /** Clicked so far. */
  readonly pending: readonly Vec3[];
  readonly mark: RayMark | null;
  /** Their words, which leaders tie to their places. */
  readonly tags: readonly MeasureTag[];
}

/** A ray that meets nothing is drawn this far. */
const emptyRayMeters = 80;
const markReach = 0.06;

type Line = (from: Vec3, to: Vec3, style: StrokeStyle) => void;
type Mark = (place: Vec3) => void;

function drawAll({ frame, kept, pending, mark }: DrawnMeasures, style: StrokeStyle, line: Line, dot: Mark) {
  for (const { place } of kept) {
    if (place?.frame !== frame) continue;
    const points = place.points as readonly Vec3[];
    for (let at = 1; at < points.length; at++) line(points[at - 1]!, points[at]!, style);
    for (const point of points) dot(point);
  }
  for (let at = 1; at < pending.length; at++) line(pending[at - 1]!, pending[at]!, { ...style, dash: 4 });
  for (const point of pending) dot(point);
  if (mark?.frame !== frame) return;
  if (mark.ray) {
    const { origin, direction } = mark.ray;
    const reach = mark.point && mark.depth !== null ? mark.depth : emptyRayMeters;
    const at = (meters: number): Vec3 => [
      origin[0] + meters * direction[0],
      origin[1] + meters * direction[1],
      origin[2] + meters * direction[2],
    ];
    line(at(0), at(reach), { ...style, width: 1.25, dash: mark.point ? 0 : 5 });
  }
  if (mark.point) dot(mark.point);
}

function inSpace({ strokes, palette, place }: SpaceDrawing, drawn: DrawnMeasures): void {
  const views = StrokeView.close + StrokeView.context;
  const style: StrokeStyle = { colour: palette.measure, width: 1.75, views };
  const line: Line = (from, to, dress) => addLine(strokes, place(from), place(to), dress);
  drawAll(drawn, style, line, (spot) => {
    const [x, y, z] = place(spot);
    strokes.add(x, y, z, x, y, z, { ...style, width: 6, views: StrokeView.context });
    // Close up a cross leaves the point itself to be seen.
    const cross: StrokeStyle = { ...style, views: StrokeView.close };
    strokes.add(x - markReach, y, z, x + markReach, y, z, cross);
    strokes.add(x, y - markReach, z, x, y + markReach, z, cross);
    strokes.add(x, y, z - markReach, x, y, z + markReach, cross);
  });
  for (const { from, to, views: shownIn } of drawn.tags) {
    if (from === to) continue;
    for (const view of shownIn) line(from, to, { ...style, width: 1, opacity: 0.7, views: StrokeView[view] });
  }
}

function inPicture({ strokes, palette, line, spot }: PictureDrawing, drawn: DrawnMeasures): void {
  drawAll(drawn, { colour: palette.measure, width: 1.75 }, line, (place) => {
    const pixel = spot(place);
    if (!pixel) return;
    const [u, v] = pixel;
    // Of the same size however far the picture is zoomed, with a border that shows on any ground.
    strokes.add(u, v, 0, u, v, 0, { colour: palette.background, width: 11 });
    strokes.add(u, v, 0, u, v, 0, { colour: palette.measure, width: 7 });
  });
}

export const measurePainter: StrokePainter<DrawnMeasures> = { inSpace, inPicture };
