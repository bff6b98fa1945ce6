/**
 * The auditor's box in every view: its edges and heading in a colour of its own, the handle under the cursor, the
 * face that keys move, and while correcting the places to take hold of in the 3D view.
 */
import { fromBoxAxes } from '../../../../shared/geometry/boxAxes.ts';
import { type BoxHandle, faceMiddles, stemMeters } from '../../../../shared/geometry/boxHandles.ts';
import { type CuboidShape, cornerSigns, cuboidEdges } from '../../../../shared/geometry/cuboid.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { type StrokeStyle, type Strokes, StrokeView } from '../../../viewport/gpu/strokes.ts';
import { addBox, addGapPlane, addHeading, addLine } from '../../../viewport/labelStrokes.ts';
import type { PictureDrawing, SpaceDrawing } from '../../../viewport/layers.ts';

export interface CorrectionDrawing {
  /** The auditor's box in the frame's space; null = none yet. */
  readonly shape: CuboidShape | null;
  /** What handles belong to: that box, else the label. Null = nothing can be taken hold of. */
  readonly base: CuboidShape | null;
  readonly held: BoxHandle | null;
  readonly face: number | null;
  /** Handles are shown without the cursor near them. */
  readonly isCorrecting: boolean;
}

const inPoints = StrokeView.close + StrokeView.context;
/** Half the length of a handle's cross in the 3D view: a share of the box's size, at least so many metres. */
const crossShare = 0.03;
const crossLeast = 0.05;

export function drawInSpace(
  { strokes, palette, place }: SpaceDrawing,
  { shape, base, held, face, isCorrecting }: CorrectionDrawing,
): void {
  const colour = palette.correction;
  const drawn = (box: CuboidShape): CuboidShape => ({ ...box, center: place(box.center) });
  if (shape) {
    const style: StrokeStyle = { colour, width: 2, views: inPoints };
    addBox(strokes, drawn(shape), 0, style);
    addHeading(strokes, drawn(shape), { ...style, width: 1.5 });
  }
  if (!base) return;
  const box = drawn(base);
  if (face !== null) {
    addGapPlane(strokes, box, face, 0, { colour, width: 3.5, opacity: 0.55, views: inPoints });
  }
  if (isCorrecting) {
    const style: StrokeStyle = { colour, width: 2.5, views: StrokeView.context };
    const reach = Math.max(crossLeast, crossShare * Math.max(...box.size));
    for (const middle of [...faceMiddles(box), tipOf(box)]) addCross(strokes, box, middle, reach, style);
  }
  if (held) addHeld(strokes, box, held, { colour, width: 4, opacity: 0.75, views: inPoints });
}

function addHeld(strokes: Strokes, box: CuboidShape, held: BoxHandle, style: StrokeStyle): void {
  if (held.kind === 'turn') {
    const front: Vec3 = [box.size[0] / 2, 0, 0];
    addLine(strokes, fromBoxAxes(box, front), fromBoxAxes(box, tipOf(box)), style);
  } else if (held.kind === 'move') {
    addCross(strokes, box, [0, 0, 0], Math.max(crossLeast, crossShare * Math.max(...box.size)), style);
  } else {
    for (const face of held.faces) addGapPlane(strokes, box, face, 0, style);
  }
}

const tipOf = (box: CuboidShape): Vec3 => [box.size[0] / 2 + stemMeters(box), 0, 0];

function addCross(strokes: Strokes, box: CuboidShape, middle: Vec3, reach: number, style: StrokeStyle): void {
  for (let axis = 0; axis < 3; axis++) {
    const end = (side: number): Vec3 => {
      const place: [number, number, number] = [...middle];
      place[axis] = middle[axis]! + side * reach;
      return fromBoxAxes(box, place);
    };
    addLine(strokes, end(-1), end(1), style);
  }
}

export function drawInPicture({ line, palette }: PictureDrawing, { shape }: CorrectionDrawing): void {
  if (!shape) return;
  const style: StrokeStyle = { colour: palette.correction, width: 2 };
  const corners = cornerSigns.map((signs): Vec3 => {
    const half = shape.size.map((extent, axis) => (signs[axis]! * extent) / 2);
    return fromBoxAxes(shape, [half[0]!, half[1]!, half[2]!]);
  });
  for (const [from, to] of cuboidEdges) line(corners[from]!, corners[to]!, style);
  line(fromBoxAxes(shape, [shape.size[0] / 2, 0, 0]), fromBoxAxes(shape, tipOf(shape)), style);
}
