/**
 * Where the label's track was and will be, and how fast it goes. What was is drawn solid with filled marks, what will
 * be dashed with hollow ones, so that the two differ by more than their place.
 */
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import { partsInLabel } from '../../../../shared/geometry/measures.ts';
import type { TrailStop } from '../../../../shared/geometry/trackTrail.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { Rgb } from '../../../viewport/colourMaps.ts';
import { type StrokeStyle, type Strokes, StrokeView } from '../../../viewport/gpu/strokes.ts';
import type { PictureDrawing, SpaceDrawing } from '../../../viewport/layers.ts';
import type { StrokePainter } from '../../../viewport/react/useStrokeLayer.ts';

export interface DrawnTrail {
  /** Index of the frame it is seen from. */
  readonly frame: number;
  readonly stops: readonly TrailStop[];
  /** Middle of the label's floor and its velocity over the ground in metres a second; null = standing or unknown. */
  readonly motion: { readonly from: Vec3; readonly velocity: Vec3 } | null;
}

/** The arrow reaches where the label will be after so many seconds at this speed. */
export const arrowSeconds = 1;
/** Below this the arrow is shorter than its head. */
export const slowestArrow = 0.3;

const markPixels = 6;

/** End of the velocity arrow. */
export function arrowTip({ from, velocity }: NonNullable<DrawnTrail['motion']>): Vec3 {
  const at = (axis: 0 | 1 | 2): number => from[axis] + arrowSeconds * velocity[axis];
  return [at(0), at(1), at(2)];
}

/** The two ends of the head of an arrow of `most` metres, level with the ground. */
function arrowHead(tip: Vec3, [vx, vy]: Vec3, most: number): readonly Vec3[] {
  const speed = Math.hypot(vx, vy);
  if (speed === 0) return [];
  const reach = Math.min(0.8, 0.35 * most);
  const [dx, dy] = [(vx / speed) * reach, (vy / speed) * reach];
  return [
    [tip[0] - dx - 0.5 * dy, tip[1] - dy + 0.5 * dx, tip[2]],
    [tip[0] - dx + 0.5 * dy, tip[1] - dy - 0.5 * dx, tip[2]],
  ];
}

interface Pen {
  readonly line: (from: Vec3, to: Vec3, style: StrokeStyle) => void;
  readonly mark: (place: Vec3, isFilled: boolean) => void;
}

function drawTrail({ stops, frame, motion }: DrawnTrail, trail: StrokeStyle, arrow: StrokeStyle, pen: Pen) {
  for (let at = 1; at < stops.length; at++) {
    const [from, to] = [stops[at - 1]!, stops[at]!];
    pen.line(from.place, to.place, to.frame <= frame ? trail : { ...trail, dash: 4 });
  }
  for (const { place, frame: other } of stops) if (other !== frame) pen.mark(place, other < frame);
  if (!motion) return;
  const tip = arrowTip(motion);
  pen.line(motion.from, tip, arrow);
  const length = arrowSeconds * Math.hypot(motion.velocity[0], motion.velocity[1]);
  for (const end of arrowHead(tip, motion.velocity, length)) pen.line(tip, end, arrow);
}

/** A square of the same size however near: filled for what was, with a hole for what will be. */
function addMark(
  strokes: Strokes,
  [x, y, z]: Vec3,
  isFilled: boolean,
  style: StrokeStyle,
  background: Rgb,
): void {
  strokes.add(x, y, z, x, y, z, { ...style, width: markPixels, dash: 0 });
  if (isFilled) return;
  strokes.add(x, y, z, x, y, z, { ...style, colour: background, width: markPixels - 3, dash: 0 });
}

function inSpace(drawing: SpaceDrawing, drawn: DrawnTrail): void {
  const { strokes, palette, options, place, shown, label } = drawing;
  if (!options.showTrail || shown.frame !== drawn.frame) return;
  const views = StrokeView.context;
  const trail: StrokeStyle = { colour: palette.selection, width: 1.25, opacity: 0.75, views };
  const arrow: StrokeStyle = { colour: palette.selection, width: 2, views };
  drawTrail(drawn, trail, arrow, {
    line(from, to, style) {
      const [a, b] = [place(from), place(to)];
      strokes.add(a[0], a[1], a[2], b[0], b[1], b[2], style);
    },
    mark: (spot, isFilled) => addMark(strokes, place(spot), isFilled, trail, palette.background),
  });
  // Close up the arrow begins outside the box, so that it shows against the heading and covers no point.
  if (!label || !drawn.motion) return;
  const { velocity } = drawn.motion;
  const start = outOf(label, velocity, shown.toleranceMeters);
  const speed = Math.hypot(velocity[0], velocity[1]);
  if (speed * arrowSeconds <= start) return;
  const [x, y, z] = label.center;
  const at = (meters: number): Vec3 => [
    x + (meters / speed) * velocity[0],
    y + (meters / speed) * velocity[1],
    z,
  ];
  const [from, tip] = [at(start), at(speed * arrowSeconds)];
  const closeUp: StrokeStyle = { ...arrow, views: StrokeView.top };
  for (const [a, b] of [
    [from, tip] as const,
    ...arrowHead(tip, velocity, 2 * (speed * arrowSeconds - start)).map((end) => [tip, end] as const),
  ]) {
    strokes.add(a[0], a[1], a[2], b[0], b[1], b[2], closeUp);
  }
}

/** Metres from the label's middle, along a level direction, to where it leaves the box grown by `margin`. */
function outOf(label: CuboidShape, direction: Vec3, margin: number): number {
  const { along, across } = partsInLabel([0, 0, 0], direction, label.rotation);
  const length = Math.hypot(direction[0], direction[1]);
  const reach = (extent: number, share: number): number =>
    share === 0 ? Number.POSITIVE_INFINITY : (extent / 2 + margin) / Math.abs(share / length);
  return Math.min(reach(label.size[0], along), reach(label.size[1], across));
}

function inPicture(drawing: PictureDrawing, drawn: DrawnTrail): void {
  const { strokes, palette, options, shown, line, spot } = drawing;
  if (!options.showTrail || shown.frame !== drawn.frame) return;
  const trail: StrokeStyle = { colour: palette.selection, width: 1.25, opacity: 0.75 };
  drawTrail(
    drawn,
    trail,
    { colour: palette.selection, width: 2 },
    {
      line,
      mark(place, isFilled) {
        const pixel = spot(place);
        if (pixel) addMark(strokes, [pixel[0], pixel[1], 0], isFilled, trail, palette.background);
      },
    },
  );
}

export const trailPainter: StrokePainter<DrawnTrail> = { inSpace, inPicture };
