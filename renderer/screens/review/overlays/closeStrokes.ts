/** Draws the leader lines of the close views, each into its own view. */
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import { type StrokeStyle, StrokeView } from '../../../viewport/gpu/strokes.ts';
import { addLine, inLabel } from '../../../viewport/labelStrokes.ts';
import type { SpaceDrawing } from '../../../viewport/layers.ts';
import type { StrokePainter } from '../../../viewport/react/useStrokeLayer.ts';
import type { CloseFace } from '../../../viewport/views/closeView.ts';
import type { CloseNotes } from './closeNotes.ts';

export interface DrawnCloseNotes {
  /** Row of the label they belong to; -1 = none. */
  readonly row: number;
  readonly notes: readonly (readonly [CloseFace, CloseNotes])[];
}

function inSpace({ strokes, palette, shown, label }: SpaceDrawing, { row, notes }: DrawnCloseNotes): void {
  if (!label || shown.row !== row) return;
  for (const [face, { lines }] of notes) {
    for (const { from, to, tone, isDashed } of lines) {
      const style: StrokeStyle = {
        colour: tone === 'quiet' ? palette.others : palette.measure,
        width: tone === 'over' ? 2 : 1,
        dash: isDashed ? 4 : 0,
        views: StrokeView[face],
      };
      addLine(strokes, inAxes(label, from), inAxes(label, to), style);
    }
  }
}

const inAxes = (label: CuboidShape, [along, across, up]: readonly [number, number, number]) =>
  inLabel(label, along, across, up);

export const closePainter: StrokePainter<DrawnCloseNotes> = { inSpace };
