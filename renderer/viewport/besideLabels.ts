/** What is drawn beside the judged labels: those of another source, dashed, and labels that are no boxes. */
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { projectCuboid } from '../../shared/geometry/projectCuboid.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import {
  CuboidFlag,
  type DeliveryIndex,
  type LabelTable,
  type ShapeLabel,
} from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { type StrokeStyle, type Strokes, StrokeView } from './gpu/strokes.ts';
import { addBox, addHeading, addLine } from './labelStrokes.ts';
import type { Palette } from './palette.ts';
import type { ViewOptions } from './viewOptions.ts';

type Choice = Pick<ViewOptions, 'compareWith' | 'showShapes'>;

function comparedWith({ others }: DeliveryIndex, { compareWith }: Choice): LabelTable | null {
  return others.find(({ name }) => name === compareWith)?.labels ?? null;
}

function* usableRows({ cuboids }: LabelTable, frame: number): Generator<number> {
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (!(cuboids.flags[row]! & CuboidFlag.unusable)) yield row;
  }
}

const shapesOf = (labels: LabelTable, frame: number, camera: number | null): ShapeLabel[] =>
  labels.shapes.filter((shape) => shape.frame === frame && shape.camera === camera);

/** Into the views of points. `place` brings a place of the frame's space into the drawn one. */
export function drawBesideInSpace(
  strokes: Strokes,
  index: DeliveryIndex,
  frame: number,
  choice: Choice,
  place: (inFrame: Vec3) => Vec3,
  palette: Palette,
): void {
  const views = StrokeView.close + StrokeView.context;
  const style: StrokeStyle = { colour: palette.otherSource, width: 1.25, dash: 5, views };
  const table = comparedWith(index, choice);
  for (const row of table ? usableRows(table, frame) : []) {
    const { center, size, rotation } = cuboidAt(table!, row);
    const shape = { center: place(center), size, rotation };
    addBox(strokes, shape, 0, style);
    addHeading(strokes, shape, style);
  }
  if (!choice.showShapes) return;
  for (const shape of shapesOf(index.labels, frame, null)) {
    const points = Array.from({ length: Math.floor(shape.coordinates.length / 3) }, (_, at) =>
      place([shape.coordinates[3 * at]!, shape.coordinates[3 * at + 1]!, shape.coordinates[3 * at + 2]!]),
    );
    const plain: StrokeStyle = { colour: palette.others, width: 1.25, views };
    drawPath(shape, points, (from, to) => addLine(strokes, from, to, plain), pointReachMeters);
  }
}

/** Into a camera's picture. `calibration` null = nothing can be projected; shapes drawn in the picture still are. */
export function drawBesideInPicture(
  strokes: Strokes,
  index: DeliveryIndex,
  frame: number,
  camera: number,
  choice: Choice,
  calibration: ImageCalibration | null,
  imageSize: readonly [number, number],
  palette: Palette,
): void {
  const table = comparedWith(index, choice);
  const style: StrokeStyle = { colour: palette.otherSource, width: 1.25, dash: 4 };
  const line = (from: readonly number[], to: readonly number[], dress: StrokeStyle): void =>
    strokes.add(from[0]!, from[1]!, 0, to[0]!, to[1]!, 0, dress);
  if (table && calibration) {
    for (const row of usableRows(table, frame)) {
      const projected = projectCuboid(calibration, cuboidAt(table, row), { imageSize, clipEdges: true });
      for (const { points } of projected?.edges ?? []) {
        for (let at = 0; at + 3 < points.length; at += 2) {
          line(points.slice(at, at + 2), points.slice(at + 2, at + 4), style);
        }
      }
    }
  }
  if (!choice.showShapes) return;
  const plain: StrokeStyle = { colour: palette.others, opacity: 0.8, width: 1.25 };
  for (const shape of shapesOf(index.labels, frame, camera)) {
    const points = Array.from(
      { length: Math.floor(shape.coordinates.length / 2) },
      (_, at): Vec3 => [shape.coordinates[2 * at]!, shape.coordinates[2 * at + 1]!, 0],
    );
    drawPath(shape, points, (from, to) => line(from, to, plain), pointReachPixels);
  }
}

/** Half the width of the cross that stands for a point. */
const pointReachMeters = 0.15;
const pointReachPixels = 4;

function drawPath(
  { kind }: ShapeLabel,
  points: readonly Vec3[],
  line: (from: Vec3, to: Vec3) => void,
  reach: number,
): void {
  if (kind === 'points' || kind === 'mesh') {
    for (const [x, y, z] of points) {
      line([x - reach, y, z], [x + reach, y, z]);
      line([x, y - reach, z], [x, y + reach, z]);
    }
    return;
  }
  for (let at = 1; at < points.length; at++) line(points[at - 1]!, points[at]!);
  if (kind !== 'polyline' && points.length > 2) line(points.at(-1)!, points[0]!);
}
