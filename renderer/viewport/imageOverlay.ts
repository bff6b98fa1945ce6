/** Draws the labels of a frame into one camera's picture: the selected one plainly, the others thin and grey. */
import { type CuboidShape, frontCorners } from '../../shared/geometry/cuboid.ts';
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { transformPoint } from '../../shared/geometry/matrix.ts';
import { isInConvexPolygon, type Ltrb } from '../../shared/geometry/polygon.ts';
import { type ProjectedCuboid, projectCuboid, projectSegment } from '../../shared/geometry/projectCuboid.ts';
import { projectorOf } from '../../shared/geometry/projector.ts';
import { quaternionFromYaw } from '../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import { CuboidFlag, type LabelTable } from '../../shared/model/labels.ts';
import type { StrokeStyle, Strokes } from './gpu/strokes.ts';
import type { Palette } from './palette.ts';
import type { ShownBox } from './shown.ts';

/** What can be clicked in a picture: a label and its outline there. */
export interface PictureTarget {
  readonly row: number;
  readonly outline: readonly number[];
  readonly area: number;
}

export interface PictureLabels {
  readonly targets: readonly PictureTarget[];
  /** Bounds of the selected label in the picture, null where the camera does not see it. */
  readonly hull: Ltrb | null;
}

/** Labels farther than this from the camera are specks and only clutter. */
const farthestMeters = 120;

export function drawPictureLabels(
  strokes: Strokes,
  labels: LabelTable,
  frame: number,
  selected: number | null,
  calibration: ImageCalibration,
  imageSize: readonly [number, number],
  palette: Palette,
  isDashed: boolean,
): PictureLabels {
  const { cuboids } = labels;
  const targets: PictureTarget[] = [];
  const others: StrokeStyle = { colour: palette.others, opacity: 0.55, width: 1 };
  let hull: Ltrb | null = null;
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (cuboids.flags[row]! & CuboidFlag.unusable) continue;
    const shape = cuboidAt(labels, row);
    if (row !== selected && !isNear(calibration, shape)) continue;
    const projected = projectCuboid(calibration, shape, { imageSize, clipEdges: true });
    if (!projected?.visible) continue;
    if (row !== selected) addEdges(strokes, projected, others);
    else hull = projected.hull;
    if (projected.hull) targets.push({ row, outline: projected.outline, area: areaOf(projected.hull) });
  }
  if (selected !== null) {
    drawSelected(strokes, cuboidAt(labels, selected), calibration, imageSize, palette, isDashed);
  }
  return { targets, hull };
}

/** The smallest label under a pixel: the one in front, nearly always, and the one that is harder to hit. */
export function targetAt(targets: readonly PictureTarget[], u: number, v: number): number | null {
  let best: PictureTarget | null = null;
  for (const target of targets) {
    if ((!best || target.area < best.area) && isInConvexPolygon(target.outline, u, v)) best = target;
  }
  return best?.row ?? null;
}

export function addRectangle(strokes: Strokes, [left, top, right, bottom]: Ltrb, style: StrokeStyle): void {
  strokes.add(left, top, 0, right, top, 0, style);
  strokes.add(right, top, 0, right, bottom, 0, style);
  strokes.add(right, bottom, 0, left, bottom, 0, style);
  strokes.add(left, bottom, 0, left, top, 0, style);
}

/** An object the auditor found missing. */
export function drawBox(
  strokes: Strokes,
  box: ShownBox,
  calibration: ImageCalibration,
  imageSize: readonly [number, number],
  palette: Palette,
): void {
  const shape = { center: box.center, size: box.size, rotation: quaternionFromYaw(box.yaw) };
  const projected = projectCuboid(calibration, shape, { imageSize, clipEdges: true });
  if (projected) addEdges(strokes, projected, { colour: palette.missed, width: box.isSelected ? 2 : 1.25 });
}

/** A cuboid with a marked front: its edges, and the diagonals of its front face. */
export function drawSelected(
  strokes: Strokes,
  shape: CuboidShape,
  calibration: ImageCalibration,
  imageSize: readonly [number, number],
  palette: Palette,
  isDashed: boolean,
): void {
  const projected = projectCuboid(calibration, shape, { imageSize, clipEdges: true });
  if (!projected) return;
  const style: StrokeStyle = { colour: palette.selection, width: 1.75, dash: isDashed ? 4 : 0 };
  addEdges(strokes, projected, style);
  const corners = frontCorners.map((corner) => projected.corners[corner]);
  for (const [from, to] of [
    [0, 2],
    [1, 3],
  ] as const) {
    const [a, b] = [corners[from], corners[to]];
    if (a && b) strokes.add(a[0], a[1], 0, b[0], b[1], 0, { ...style, width: 1, opacity: 0.55 });
  }
  drawStem(strokes, shape, calibration, imageSize, style);
}

function drawStem(
  strokes: Strokes,
  shape: CuboidShape,
  calibration: ImageCalibration,
  imageSize: readonly [number, number],
  style: StrokeStyle,
): void {
  const projector = projectorOf(calibration, imageSize);
  if (!projector) return;
  const [x, y, z, w] = shape.rotation;
  const forward = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)] as const;
  const at = (meters: number) =>
    transformPoint(calibration.cameraFromSpace, [
      shape.center[0] + forward[0] * meters,
      shape.center[1] + forward[1] * meters,
      shape.center[2] + forward[2] * meters,
    ]);
  const front = shape.size[0] / 2;
  for (const line of projectSegment(projector, at(front), at(front + Math.min(1, 0.3 * shape.size[0])), 4)) {
    addPolyline(strokes, line, style);
  }
}

function addEdges(strokes: Strokes, projected: ProjectedCuboid, style: StrokeStyle): void {
  for (const { points } of projected.edges) addPolyline(strokes, points, style);
}

function addPolyline(strokes: Strokes, points: readonly number[], style: StrokeStyle): void {
  for (let at = 0; at + 3 < points.length; at += 2) {
    strokes.add(points[at]!, points[at + 1]!, 0, points[at + 2]!, points[at + 3]!, 0, style);
  }
}

function isNear(calibration: ImageCalibration, shape: CuboidShape): boolean {
  const inCamera = transformPoint(calibration.cameraFromSpace, shape.center);
  return Math.hypot(...inCamera) < farthestMeters;
}

function areaOf([left, top, right, bottom]: Ltrb): number {
  return (right - left) * (bottom - top);
}
