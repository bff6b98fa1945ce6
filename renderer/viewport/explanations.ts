/** All strokes of the shared scene in one pass: the label, its shell and gap, boxes of missing objects, cells. */
import { type CuboidShape, faceNames } from '../../shared/geometry/cuboid.ts';
import { quaternionFromYaw } from '../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { type StrokeStyle, type Strokes, StrokeView } from './gpu/strokes.ts';
import { addBox, addGapPlane, addHeading, addLine, gapTagPlace } from './labelStrokes.ts';
import type { Palette } from './palette.ts';
import type { Shown, ShownBox, ShownCell, ShownGap } from './shown.ts';

export interface Explained {
  gap: ShownGap | null;
  boxes: readonly ShownBox[];
}

const solid = StrokeView.close + StrokeView.context;
/** Dashes of a label that another box is drawn over, CSS pixels. */
export const labelDash = 5;
/** Metres between the label's edge and the words of a gap, as a share of the label's size. */
const leaderShare = 0.12;

/** `shape` and `sensorOnGround` are in the drawn space; `place` brings a place of the frame's space there. */
export function drawExplanations(
  strokes: Strokes,
  shown: Shown,
  shape: CuboidShape | null,
  { gap, boxes }: Explained,
  isDashed: boolean,
  place: (inFrame: Vec3) => Vec3,
  sensorOnGround: Vec3,
  palette: Palette,
): void {
  if (shown.cell) addCell(strokes, shown.cell, sensorOnGround, palette);
  if (shape) {
    if (shown.toleranceMeters > 0) {
      addBox(strokes, shape, shown.toleranceMeters, {
        colour: palette.tolerance,
        width: 1,
        dash: 3,
        views: StrokeView.close,
      });
    }
    if (gap && gap.row === shown.row) addGap(strokes, shape, gap, palette);
    const dash = isDashed ? labelDash : 0;
    const selection: StrokeStyle = { colour: palette.selection, width: 1.75, dash, views: solid };
    addBox(strokes, shape, 0, selection);
    addHeading(strokes, shape, { ...selection, width: 1.25 });
  }
  for (const box of boxes) {
    const style: StrokeStyle = {
      colour: box.isSelected ? palette.selection : palette.missed,
      width: 2,
      views: solid,
    };
    const drawn = { center: place(box.center), size: box.size, rotation: quaternionFromYaw(box.yaw) };
    addBox(strokes, drawn, 0, style);
    addHeading(strokes, drawn, style);
  }
}

function addGap(strokes: Strokes, shape: CuboidShape, gap: ShownGap, palette: Palette): void {
  const style: StrokeStyle = { colour: palette.measure, width: 1.5, views: StrokeView.close };
  addGapPlane(strokes, shape, gap.face, gap.meters, { ...style, dash: 4 });
  const { from, to } = gapTagPlace(shape, gap.face, gap.meters, leaderOf(shape));
  addLine(strokes, from, to, { ...style, width: 1 });
}

/** Length of the line from the label's edge to the words. */
export function leaderOf(shape: CuboidShape): number {
  return Math.max(0.15, leaderShare * Math.max(...shape.size));
}

/** The close view that shows a face from aside, where its words stand. */
export function faceIsReadIn(face: number): 'top' | 'side' {
  const name = faceNames[face]!;
  return name === 'top' || name === 'bottom' ? 'side' : 'top';
}

const arcSteps = 64;

/** Border of a search cell on the ground around the sensor. */
function addCell(strokes: Strokes, cell: ShownCell, [x, y, z]: Vec3, palette: Palette): void {
  const style: StrokeStyle = { colour: palette.selection, width: 1.5, dash: 6, views: solid };
  const isWhole = cell.sectors <= 1 || cell.sector < 0;
  const width = (2 * Math.PI) / Math.max(1, cell.sectors);
  // The first sector is centred on +x.
  const start = isWhole ? -Math.PI : (cell.sector - 0.5) * width;
  const sweep = isWhole ? 2 * Math.PI : width;
  const at = (radius: number, angle: number): Vec3 => [
    x + radius * Math.cos(angle),
    y + radius * Math.sin(angle),
    z,
  ];
  for (const radius of [cell.fromMeters, cell.toMeters]) {
    if (radius <= 0) continue;
    for (let step = 0; step < arcSteps; step++) {
      const [from, to] = [step, step + 1].map((end) => at(radius, start + (sweep * end) / arcSteps));
      addLine(strokes, from!, to!, { ...style, dash: 0 });
    }
  }
  if (isWhole) return;
  for (const angle of [start, start + sweep]) {
    addLine(strokes, at(cell.fromMeters, angle), at(cell.toMeters, angle), style);
  }
}
