/** A sampling plan as it is frozen, shown and printed, and the words it needs. */
import type { ProcessModel } from './operatingCharacteristic.ts';

/** Every way of deciding a lot from counts; each prints its own standard, or says that it is none. */
export const planSchemes = ['iso2859-1', 'z1.4', 'c0', 'isolated', 'double', 'sprt'] as const;
export type PlanScheme = (typeof planSchemes)[number];

/** Nonconforming units, each once; or all defects on them, against plans for defects per hundred units. */
export const countedThings = ['units', 'defects'] as const;
export type CountedThing = (typeof countedThings)[number];

/** Double sampling: `n2` more units only where the first `n1` hold between `ac1` and `re1` bad ones. */
export interface DoubleStages {
  readonly n1: number;
  readonly ac1: number;
  readonly re1: number;
  readonly n2: number;
  /** Acceptance and rejection number for both samples together. */
  readonly ac2: number;
  readonly re2: number;
}

/** Wald's plan: what it was asked for, and the two lines that follow from it. */
export interface SequentialTerms {
  /** Share of bad units that is to be accepted but for `alpha`, and the worse one that is to pass with `beta` at most. */
  readonly p0: number;
  readonly p1: number;
  readonly alpha: number;
  readonly beta: number;
  /** Both lines are this many times as far apart as for independent units; 1 = units are taken as independent. */
  readonly designEffect: number;
  /** Accept at d <= slope n - hAccept, do not accept at d >= slope n + hReject; the design effect is in them. */
  readonly hAccept: number;
  readonly hReject: number;
  readonly slope: number;
  /** Units after which the middle line d = slope n decides. */
  readonly truncateAt: number;
}

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
  /** Most units to inspect: the table's n, both samples of a double plan, a sequential plan's end; never above the lot. */
  readonly sampleSize: number;
  /** n as the table or the formula gives it, before the lot's size limits it. */
  readonly tableSampleSize: number;
  /** Accept with this many nonconforming units (defects, where `model` is poisson) or fewer, at the plan's end. */
  readonly acceptanceNumber: number;
  /**
   * Do not accept with this many or more. Reduced inspection by Z1.4 leaves a gap: a count between the two accepts
   * this lot and ends reduced inspection.
   */
  readonly rejectionNumber: number;
  /** Every unit of the lot is inspected; never said of a plan that may stop before. */
  readonly fullInspection: boolean;
  /** c0 and isolated: a lot this bad is found out with `confidence`. */
  readonly limitingRate: number | null;
  readonly confidence: number | null;
  /** isolated: a lot this good is turned away with probability `risk` at most; null where nobody asked for it. */
  readonly producer: { readonly rate: number; readonly risk: number } | null;
  readonly double: DoubleStages | null;
  readonly sequential: SequentialTerms | null;
  /** What is counted: nonconforming units (binomial) or defects per hundred units (poisson). */
  readonly model: ProcessModel;
  /** What a reader must know about this cell. */
  readonly notes: readonly Sentence[];
}
