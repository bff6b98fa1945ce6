/** Where the number of a measure stands: beside the label in close views, tied by a leader, never on its points. */
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import { partsInLabel } from '../../../../shared/geometry/measures.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { inLabel } from '../../../viewport/labelStrokes.ts';
import { type CloseFace, closeDirections, closeFaces } from '../../../viewport/views/closeView.ts';
import type { KeptMeasure } from '../unitDraft.ts';
import { isOverLimit, valueText } from './handMeasures.ts';
import type { RayMark } from './measureStrokes.ts';

export interface MeasureTag {
  readonly id: string;
  readonly text: string;
  readonly isOver: boolean;
  readonly views: readonly (CloseFace | 'context')[];
  /** What it belongs to, and where the word stands; frame's space. */
  readonly from: Vec3;
  readonly to: Vec3;
}

export interface TagRoom {
  readonly frame: string;
  /** Null where no label is looked at: then words stand at their points. */
  readonly label: CuboidShape | null;
  readonly toleranceMeters: number;
  readonly isFlipped: boolean;
}

export function measureTags(
  kept: readonly KeptMeasure[],
  mark: RayMark | null,
  room: TagRoom,
): readonly MeasureTag[] {
  const numbers = kept.flatMap((measure, at) => {
    const points = measure.place?.frame === room.frame ? measure.place.points : [];
    // An angle stands at its corner, everything else at its end.
    const point = measure.quantity === 'angle' ? points[1] : points.at(-1);
    return point ? [{ id: String(at), point, text: valueText(measure), isOver: isOverLimit(measure) }] : [];
  });
  if (mark?.point && mark.depth !== null && mark.frame === room.frame) {
    numbers.push({
      ...{ id: 'ray', point: [...mark.point], isOver: false },
      text: valueText({ value: mark.depth, unit: 'm' }),
    });
  }
  return numbers.flatMap(({ id, point, text, isOver }) => [
    { id: `${id} context`, text, isOver, views: ['context' as const], from: point, to: point },
    ...closeFaces.map(
      (face): MeasureTag => ({
        ...{ id: `${id} ${face}`, text, isOver, views: [face], from: point },
        to: besideLabel(point, face, room),
      }),
    ),
  ]);
}

/** A point over the label or its shell has its word to the right of them, on its own level. */
function besideLabel(point: Vec3, face: CloseFace, { label, toleranceMeters, isFlipped }: TagRoom): Vec3 {
  if (!label) return point;
  const { right, up } = closeDirections(face, isFlipped);
  const { along, across, up: upwards } = partsInLabel(label.center, point, label.rotation);
  const place: [number, number, number] = [along, across, upwards];
  const half = (axis: 0 | 1 | 2): number => label.size[axis] / 2 + toleranceMeters;
  const isOver = Math.abs(place[right[0]]) <= half(right[0]) && Math.abs(place[up[0]]) <= half(up[0]);
  if (!isOver) return point;
  place[right[0]] = right[1] * (half(right[0]) + 0.06 * Math.max(label.size[right[0]], label.size[up[0]]));
  return inLabel(label, ...place);
}
