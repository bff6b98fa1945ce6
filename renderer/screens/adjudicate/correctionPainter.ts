/** Draws both people's corrections beside the label: the left one's solid, the right one's dashed. */
import { type CuboidShape, cornerSigns, cuboidEdges } from '../../../shared/geometry/cuboid.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { StrokeStyle } from '../../viewport/gpu/strokes.ts';
import { addLine, inLabel } from '../../viewport/labelStrokes.ts';
import type { Palette } from '../../viewport/palette.ts';
import type { StrokePainter } from '../../viewport/react/useStrokeLayer.ts';

/** Boxes in the frame's space, metres; they belong to the label in `row` alone. */
export interface DrawnCorrections {
  readonly row: number | null;
  readonly left: CuboidShape | null;
  readonly right: CuboidShape | null;
}

/** The cards show the same two lines: `--view-measure` solid and `--view-other-source` dashed. */
function styles({ measure, otherSource }: Palette): readonly (readonly ['left' | 'right', StrokeStyle])[] {
  return [
    ['left', { colour: measure, width: 2 }],
    ['right', { colour: otherSource, width: 2, dash: 5 }],
  ];
}

function edgesOf(shape: CuboidShape): (readonly [Vec3, Vec3])[] {
  const [length, width, height] = shape.size;
  const corners = cornerSigns.map(([x, y, z]) =>
    inLabel(shape, (x * length) / 2, (y * width) / 2, (z * height) / 2),
  );
  return cuboidEdges.map(([from, to]) => [corners[from]!, corners[to]!] as const);
}

export const correctionPainter: StrokePainter<DrawnCorrections> = {
  inSpace({ strokes, palette, shown, place }, drawn) {
    if (drawn.row === null || shown.row !== drawn.row) return;
    for (const [side, style] of styles(palette)) {
      const shape = drawn[side];
      if (!shape) continue;
      for (const [from, to] of edgesOf(shape)) addLine(strokes, place(from), place(to), style);
    }
  },
  inPicture({ palette, shown, line }, drawn) {
    if (drawn.row === null || shown.row !== drawn.row) return;
    for (const [side, style] of styles(palette)) {
      const shape = drawn[side];
      if (!shape) continue;
      for (const [from, to] of edgesOf(shape)) line(from, to, style);
    }
  },
};
