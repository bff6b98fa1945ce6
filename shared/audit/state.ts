/**
 * What the fold of an audit's events knows. Screens and reports read this; only `fold.ts` makes it. Plain objects
 * with structural sharing: an untouched part keeps its identity from event to event.
 */
import type {
  Actor,
  AuditEvent,
  DefectEntry,
  DeliveryStamp,
  EventData,
  Evidence,
  FrozenSample,
  Intake,
  MissedObject,
  Seed,
  Target,
} from './events.ts';
import type { QaSpec } from './qaSpec.ts';

export type AuditPhase = 'intake' | 'judging' | 'signed';

/** Where a finding came from, and so whether it counts. */
export type FindingSource = 'sample' | 'cell' | 'beside' | 'targeted';

export type FindingStatus =
  | 'open'
  | 'vendor-accepted'
  | 'disputed'
  | 'overturned'
  | 'upheld'
  | 'fixed'
  | 'verified';

/** One thing for the vendor to answer. Stable id: `F0001` … in the order the events first named it. */
export interface Finding {
  readonly id: string;
  readonly source: FindingSource;
  /** Drawn unit or cell it belongs to; null for findings outside the sample. */
  readonly unit: string | null;
  readonly scene: string;
  readonly frame: string;
  readonly label: string | null;
  readonly track: string | null;
  readonly className: string | null;
  readonly defect: DefectEntry;
  readonly evidence: Evidence | null;
  readonly missed: MissedObject | null;
  /** The recorder's own id of a missed object or noted finding: what stays the same when a cell is judged again. */
  readonly key: string | null;
  readonly status: FindingStatus;
  /** The vendor's remark and the ruling's reason, newest last. */
  readonly remarks: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  readonly by: Actor;
  readonly at: string;
  /** Seq of the event that named it. */
  readonly seq: number;
}

export interface UnitVerdict extends EventData<'verdict.given'> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

export interface CellVerdict extends EventData<'cell.judged'> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

export interface SignedDisposition extends EventData<'disposition.signed'> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

export interface RepeatVerdict extends EventData<'repeat.judged'> {
  /** The person's own verdict as it stood when she judged the unit once more. */
  readonly repeated: UnitVerdict;
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

/** A target with what was said of it; the newest verdict stands. */
export interface QueuedTarget {
  readonly target: Target;
  /** Seq of the event that queued it; targets drawn together share it, and the draw. */
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
  readonly verdict: TargetVerdict | null;
  /** The standing verdict of each person who judged it, oldest first; the last one is the target's own. */
  readonly opinions: readonly TargetVerdict[];
}

export interface TargetVerdict extends EventData<'target.judged'> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

/** A draw of targets with known chances. */
export interface TargetDraw extends NonNullable<EventData<'targets.queued'>['draw']> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

/** What a person said of a label that was shown to her with an error put in. */
export interface SeedVerdict extends EventData<'seed.judged'> {
  readonly shown: Seed;
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

/** What a person said of a finding of the automatic checks. */
export interface TriageAnswer extends EventData<'finding.triaged'> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

export interface ChecksRun extends EventData<'checks.ran'> {
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

export interface ChecksSet extends EventData<'checks.set'> {
  /** What it replaced; null = as shipped. */
  readonly before: EventData<'checks.set'>['settings'] | null;
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

/** What became of a finding of the lot this one resubmits. */
export interface OldFindingCheck {
  readonly isFixed: boolean;
  readonly note: string;
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

/** Events after which an audit is worked on otherwise than before. */
export const milestoneTypes = [
  'delivery.attached',
  'spec.chosen',
  'plan.frozen',
  'blind.set',
  'disposition.signed',
  'rework.answered',
  'dispute.ruled',
  'audit.merged',
] as const;

export interface Milestone {
  readonly type: (typeof milestoneTypes)[number];
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
}

export interface AuditState {
  readonly audit: string;
  readonly phase: AuditPhase;
  readonly seq: number;
  readonly head: string;
  readonly delivery: DeliveryStamp;
  readonly intake: Intake;
  readonly spec: { readonly spec: QaSpec; readonly hash: string } | null;
  readonly order: EventData<'order.compared'> | null;
  readonly sample: (FrozenSample & { readonly seq: number; readonly at: string; readonly by: Actor }) | null;
  /** Every draw made, the current one last; more than one means a logged re-plan. */
  readonly draws: readonly { readonly seq: number; readonly at: string; readonly reason: string | null }[];
  /** Latest standing verdict by unit id. */
  readonly verdicts: ReadonlyMap<string, UnitVerdict>;
  /**
   * By unit: the standing verdict of each person who judged it, oldest first; the last one is the unit's own. A
   * ruling stands beside the verdicts it settles (see `opinions.ts`).
   */
  readonly opinions: ReadonlyMap<string, readonly UnitVerdict[]>;
  /** Hidden repeats, in the order they were recorded. */
  readonly repeats: readonly RepeatVerdict[];
  readonly isBlind: boolean;
  /** The targeted queue by target id, in the order it was queued. Nothing in it counts against a plan. */
  readonly targets: ReadonlyMap<string, QueuedTarget>;
  readonly targetDraws: readonly TargetDraw[];
  /** Errors put in that are still to be shown, and what people said of those they were shown. */
  readonly seeds: readonly Seed[];
  /** When they were put in; null before any were. */
  readonly seedsSet: { readonly seq: number; readonly at: string; readonly by: Actor } | null;
  readonly seedVerdicts: readonly SeedVerdict[];
  /** How the automatic checks are set; null = as shipped. */
  readonly checksSet: ChecksSet | null;
  /** The last run of the automatic checks; null = they were never run in this audit. */
  readonly checksRan: ChecksRun | null;
  /** By id of the check's finding: the answer that stands. */
  readonly triage: ReadonlyMap<string, TriageAnswer>;
  readonly cellVerdicts: ReadonlyMap<string, CellVerdict>;
  readonly findings: readonly Finding[];
  /** How many ids were ever given out: an id is never given twice, not even after an undo. */
  readonly findingsNamed: number;
  /** By `<audit resubmitted>/<finding id>`. */
  readonly oldFindings: ReadonlyMap<string, OldFindingCheck>;
  /** Seq of the last ruling that upheld a dispute; later than the last signed entry = a new one is due. */
  readonly lastUpheldSeq: number | null;
  readonly reworkIssued: readonly {
    readonly seq: number;
    readonly at: string;
    readonly findings: readonly string[];
  }[];
  readonly isStandingShown: boolean;
  readonly sensorsHashed: EventData<'sensors.hashed'> | null;
  /** Signed entries, the valid one last. */
  readonly dispositions: readonly SignedDisposition[];
  readonly exports: readonly { readonly kind: string; readonly path: string; readonly at: string }[];
  /** What changed how the audit is worked on, oldest first. */
  readonly milestones: readonly Milestone[];
  readonly startedAt: string;
  readonly lastAt: string;
}

/** Folds one more event in; see fold.ts. */
export type Fold = (state: AuditState | null, event: AuditEvent) => AuditState;
