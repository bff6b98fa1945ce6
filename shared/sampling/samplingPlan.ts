/** A sampling plan as it is frozen, shown and printed, and the words it needs. */
import type { ProcessModel } from './operatingCharacteristic.ts';

export type PlanScheme = 'iso2859-1' | 'c0';

export const inspectionLevels = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'] as const;
export type InspectionLevel = (typeof inspectionLevels)[number];

export const inspectionStates = ['normal', 'tightened', 'reduced'] as const;
export type InspectionState = (typeof inspectionStates)[number];

/** A sentence of the message catalogue: its full key and the numbers and words in it. */
export interface Sentence {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface SamplingPlan {
  readonly scheme: PlanScheme;
  /** Printed on every plan: the standard's name, or the words that say it is none. */
  readonly standard: string;
  readonly lotSize: number;
  readonly level: InspectionLevel | null;
  /** As the series spells it (`0.40`, `1.0`, `10`). */
  readonly aql: string | null;
  readonly inspection: InspectionState | null;
  /** Letter of the cell that applies, after any arrow. */
  readonly codeLetter: string | null;
  /** Units to inspect: the table's n, or the whole lot where that is smaller. */
  readonly sampleSize: number;
  /** n as the table or the formula gives it, before the lot's size limits it. */
  readonly tableSampleSize: number;
  /** Accept with this many nonconforming units (defects, where `model` is poisson) or fewer. */
  readonly acceptanceNumber: number;
  /** Do not accept with this many or more. */
  readonly rejectionNumber: number;
  readonly fullInspection: boolean;
  /** c0 only: the share of nonconforming units that is found with `confidence`. */
  readonly limitingRate: number | null;
  readonly confidence: number | null;
  /** What is counted: nonconforming units (binomial) or defects per hundred units (poisson). */
  readonly model: ProcessModel;
  /** What a reader must know about this cell. */
  readonly notes: readonly Sentence[];
}
