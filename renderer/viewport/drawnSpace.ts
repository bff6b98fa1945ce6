/** What is shown, in the drawn space: places to and fro, the label there, where views look, the strokes around it. */
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { aimView } from './aiming.ts';
import { drawBesideInSpace } from './besideLabels.ts';
import type { EngineView } from './engineContract.ts';
import type { EngineState } from './engineState.ts';
import { drawExplanations } from './explanations.ts';
import type { Layers } from './layers.ts';
import type { Shown } from './shown.ts';
import type { Space } from './space.ts';

export interface DrawnSpace {
  /** From the frame's space to the drawn one. */
  place(inFrame: Vec3): Vec3;
  /** From the drawn space to the frame's. */
  inFrame(place: Vec3): Vec3;
  /** Turns a view to what is shown; `before` = what was, null where nothing was. */
  aim(view: EngineView, shown: Shown, before: Shown | null): void;
  /** Draws the strokes of the views of points anew: what explains the label, and what layers show. */
  stroke(shown: Shown): void;
}

export function createDrawnSpace(
  index: DeliveryIndex,
  space: Space,
  state: Pick<EngineState, 'palette' | 'options' | 'explained'>,
  layers: Layers,
): DrawnSpace {
  const place = ([x, y, z]: Vec3): Vec3 => [x - space.origin[0], y - space.origin[1], z - space.origin[2]];
  const inFrame = ([x, y, z]: Vec3): Vec3 => [x + space.origin[0], y + space.origin[1], z + space.origin[2]];

  /** The label under judgement; null where there is none that can be drawn. */
  function labelOf({ row }: Shown): CuboidShape | null {
    const label = row === null ? null : cuboidAt(index.labels, row);
    return label?.isUsable ? { ...label, center: place(label.center) } : null;
  }

  return {
    place,
    inFrame,
    aim(view, shown, before) {
      const [label, sensorOnGround] = [labelOf(shown), space.sensorOnGround()];
      aimView(view, { shown, before, label, sensor: place([0, 0, 0]), sensorOnGround });
    },
    stroke(shown) {
      const { strokes } = space;
      const { palette, options, explained } = state;
      const [label, sensorOnGround] = [labelOf(shown), space.sensorOnGround()];
      strokes.clear();
      drawBesideInSpace(strokes, index, shown.frame, options, place, palette);
      const isDashed = layers.dashesLabel();
      drawExplanations(strokes, shown, label, explained, isDashed, place, sensorOnGround, palette);
      layers.inSpace({ strokes, shown, palette, options, label, place, sensorOnGround });
    },
  };
}
