/** The units of one kind before anything is drawn: columns and positions, and how to make one of them an object. */
import { type DeliveryIndex, NO_LINK } from '../model/labels.ts';
import type { DrawnUnit } from './eventPlan.ts';
import type { QaSpec } from './qaSpec.ts';

/** A unit of the lot, before it is drawn. */
export type LotUnit = Omit<DrawnUnit, 'probability'>;

/** What all kinds of population are built from. */
export interface PopulationSource {
  readonly index: DeliveryIndex;
  readonly spec: QaSpec;
  readonly isReadable: readonly boolean[];
  readonly unreadable: ReadonlySet<string>;
  readonly pointsInside: (row: number) => number;
}

export interface Population {
  readonly ids: readonly string[];
  readonly isInspectable: (position: number) => boolean;
  readonly unitAt: (position: number) => LotUnit;
  readonly className: (position: number) => string | null;
  /** Index of the frame the unit is shown in. */
  readonly frameAt: (position: number) => number;
  /** Rows of the label tables that stand for the unit (a track's first ones in the lot), or NO_LINK. */
  readonly cuboidAt: (position: number) => number;
  readonly box2dAt: (position: number) => number;
  /** Index of its track, or NO_TRACK. */
  readonly trackAt: (position: number) => number;
  /** Labels left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** The row itself, or that of the cuboid a 2D box is linked to; NO_LINK where there is neither. */
export function cuboidOf(
  { labels }: DeliveryIndex,
  { cuboidAt, box2dAt }: Pick<Population, 'cuboidAt' | 'box2dAt'>,
  position: number,
): number {
  const row = cuboidAt(position);
  const box = box2dAt(position);
  return row !== NO_LINK || box === NO_LINK ? row : labels.boxes2d.cuboid[box]!;
}
