/** What the fold of a ledger knows: see `ledgerFold.ts`. */
import type { SwitchingState } from '../sampling/switching.ts';
import type { Actor } from './events.ts';
import type {
  LedgerData,
  LedgerEvent,
  LedgerSeries,
  LedgerStep,
  LotSeverityDecision,
} from './ledgerEvents.ts';

/**
 * What an entry did to the state, or why it did nothing. Key of its sentence under `switching.effects`.
 *
 * Moved it: `twoOfFive` to tightened; `fiveAccepted` to normal; `fiveNotAccepted` to discontinued; `notAccepted`,
 * `gap` and `irregular` from reduced to normal; `agreed` to reduced; `resumed` to tightened; `set` by the authority.
 *
 * Moved nothing: `counted` (the score at most); `resubmission`, `pilot`, `waiting` (on hold), `undecided`,
 * `discontinued`, `otherPlan` (a plan that is not of the AQL system), `laxer` (accepted, but inspected less strictly
 * than was due, which proves nothing); `noted`; `takenBack`; `tooLate` (a step that the state no longer has room for).
 */
export const ledgerEffects = [
  'twoOfFive',
  'fiveAccepted',
  'fiveNotAccepted',
  'notAccepted',
  'gap',
  'irregular',
  'agreed',
  'resumed',
  'set',
  'counted',
  'resubmission',
  'pilot',
  'waiting',
  'undecided',
  'discontinued',
  'otherPlan',
  'laxer',
  'noted',
  'takenBack',
  'tooLate',
] as const;
export type LedgerEffect = (typeof ledgerEffects)[number];

/** One entry as one series sees it, at its place. A lot keeps the place of its first signed entry. */
export interface LedgerRow {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
  readonly before: SwitchingState;
  readonly after: SwitchingState;
  readonly scoreBefore: number;
  readonly score: number;
  readonly effect: LedgerEffect;
  /** Counts from 1; another AQL, level, standard, count or unit begins the next. */
  readonly sequence: number;
  readonly entry: LotRow | StepRow;
}

export interface LotRow {
  readonly kind: 'lot';
  readonly lot: LedgerData<'lot.decided'>;
  readonly decision: LotSeverityDecision;
  /** Signed entries that this one took the place of. */
  readonly replaced: readonly LedgerData<'lot.decided'>['signed'][];
}

export interface StepRow {
  readonly kind: 'step';
  readonly step: LedgerStep;
  readonly takenBack: { readonly at: string; readonly by: Actor; readonly reason: string } | null;
}

/** What keeps lots comparable: they are one sequence as long as none of this changes. */
export interface SequenceTerms {
  readonly standard: string;
  readonly level: string | null;
  readonly aql: string | null;
  readonly counts: 'units' | 'defects';
  readonly unit: LotSeverityDecision['unit'];
}

export interface SeriesState {
  readonly series: LedgerSeries;
  readonly state: SwitchingState;
  readonly score: number;
  /** Of the present sequence; null while no lot of the AQL system has come. */
  readonly terms: SequenceTerms | null;
  /** What a person may confirm now: reduced inspection (agreement), or going on after corrective action. */
  readonly proposal: 'reduce' | 'resume' | null;
  readonly rows: readonly LedgerRow[];
}

export interface LedgerState {
  readonly vendor: string;
  readonly project: string;
  readonly seq: number;
  /** As it was last observed; null = nobody said anything. */
  readonly isSteady: boolean | null;
  /** Labels before cells, graver before lighter. */
  readonly series: readonly SeriesState[];
  /** Seqs of people's steps that stand. */
  readonly standingSteps: ReadonlyMap<number, Extract<LedgerEvent, LedgerStep>>;
}
