/** Which colour and strength every cuboid of the frame on screen is drawn with. */
import { type CuboidColumns, CuboidFlag, NO_TRACK } from '../../shared/model/labels.ts';
import { classColour, instanceCode, instanceColour } from './classColours.ts';
import type { EngineState } from './engineState.ts';
import type { CuboidLines } from './gpu/cuboidLines.ts';
import type { Shown } from './shown.ts';

export interface LabelTintNeeds {
  readonly columns: CuboidColumns;
  readonly lines: CuboidLines;
  readonly state: Pick<EngineState, 'palette' | 'options'>;
  readonly hovered: () => number | null;
}

export interface LabelTints {
  tint(row: number, shown: Shown): void;
  tintAll(shown: Shown): void;
}

export function createLabelTints({ columns, lines, state, hovered }: LabelTintNeeds): LabelTints {
  /** Labels that nobody drew step back. */
  const isMade = (row: number): boolean =>
    (columns.flags[row]! & (CuboidFlag.derived | CuboidFlag.interpolated)) !== 0;

  const codeOf = (row: number): number => {
    const track = columns.track[row]!;
    return instanceCode(track === NO_TRACK ? null : track, row);
  };

  function tint(row: number, shown: Shown): void {
    const { selection, hovered: hoveredColour, others, isDark } = state.palette;
    const { colouring } = state.options;
    // Strokes draw the label under judgement.
    if (row === shown.row) lines.setTint(row, selection, 0);
    else if (row === hovered()) lines.setTint(row, hoveredColour, 1);
    else if (colouring === 'class') lines.setTint(row, classColour(columns.classIndex[row]!, isDark), 0.8);
    else if (colouring === 'instance') lines.setTint(row, instanceColour(codeOf(row), isDark), 0.8);
    else lines.setTint(row, others, isMade(row) ? 0.25 : 0.5);
  }

  return {
    tint,
    tintAll(shown) {
      const to = columns.frameStart[shown.frame + 1]!;
      for (let row = columns.frameStart[shown.frame]!; row < to; row++) tint(row, shown);
    },
  };
}
