/** What the review desk knows and can do, and what it needs of the world. */
import type { StoreApi } from 'zustand/vanilla';
import type { DefectEntry, DrawnUnit, Evidence } from '../../../shared/audit/events.ts';
import type { DefectSeverity, SpecDefect } from '../../../shared/audit/qaSpec.ts';
import type { AuditState, UnitVerdict } from '../../../shared/audit/state.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { ActiveTime } from './activeTime.ts';
import type { BulkEntry } from './bulk/bulk.ts';
import type { DeskRecord } from './deskRecord.ts';
import type { UnitLocator } from './locateUnit.ts';
import type { WarmUp } from './pace/warmUp.ts';
import type { Measured, UnitDraft } from './unitDraft.ts';
import type { Verdict } from './verdictDrafts.ts';

export type Picker = 'reject' | 'beside' | 'jump';
export type Tool = 'select' | 'ruler' | 'angle' | 'height' | 'ray' | 'correct';

export interface DeskState {
  /** Position in the order of presentation. */
  readonly at: number;
  /** Another frame of the unit's track that is looked at; null = the unit's own. */
  readonly frame: number | null;
  /** A label beside the unit that is looked at; null = the unit's own. */
  readonly besideRow: number | null;
  /** Severity the next code gets instead of the spec's. */
  readonly armed: DefectSeverity | null;
  /** True while the list offers faults of the data instead of the vendor's. */
  readonly isHolding: boolean;
  readonly picker: Picker | null;
  /** What the mouse does in the views. */
  readonly tool: Tool;
  /** Which camera of the ranking is large; null = the best. */
  readonly camera: number | null;
  readonly isWholePicture: boolean;
  /** Prepared and not yet given, by unit. */
  readonly drafts: ReadonlyMap<string, UnitDraft>;
  /** Units whose verdict is on its way into the record (its picture is being made). */
  readonly given: ReadonlySet<string>;
  /** The verdict given last, for the line that says so; of a group how many got which, the common one first. */
  readonly last: {
    readonly unit: DrawnUnit;
    readonly verdict: Verdict;
    readonly codes: readonly string[];
    readonly counts: ReadonlyMap<Verdict, number> | null;
  } | null;
  /** The stretch after a break in which old units come up among open ones; null outside of it. */
  readonly warmUp: WarmUp | null;
}

/** What the desk needs of the world; pictures and measures come from the viewport. */
export interface DeskNeeds extends Omit<DeskRecord, 'see'> {
  readonly units: readonly DrawnUnit[];
  readonly index: DeliveryIndex;
  readonly locator: UnitLocator;
  readonly time: ActiveTime;
  readonly now: () => number;
  readonly measured: (code: string, draft: UnitDraft) => Measured;
  /** Snapshot, pose and picture of what is on screen now. The picture may be given up for the verdict's sake. */
  readonly evidence: (withPicture: boolean, draft: UnitDraft) => Promise<Evidence | null>;
  /** Keeps what is prepared for a unit, over a crash too; null = there is nothing any more. */
  readonly keepDraft: (unit: string, draft: UnitDraft | null) => void;
  readonly newId: () => string;
  /** Who judges; null = nobody has said. */
  readonly profile: () => string | null;
  /** What the record says of a finding beside the unit that was undone. */
  readonly undoReason: () => string;
  readonly remember: (unit: string) => void;
}

export interface Desk {
  readonly store: StoreApi<DeskState>;
  readonly units: readonly DrawnUnit[];
  unit(): DrawnUnit;
  standing(): UnitVerdict | null;
  /** The audit as it may be seen here: without what is judged once more. */
  audit(): AuditState;
  accept(): void;
  /** Rejects with the code and goes on; on a unit already rejected the code is added or taken away. */
  reject(defect: SpecDefect): void;
  unsure(): void;
  hold(defect: SpecDefect): void;
  /** Enter: accepts, or leaves a unit that is judged, or goes back from a label beside it. */
  confirm(): void;
  /** Changes the severity of a standing reject, or prepares it for the next code. */
  setSeverity(severity: DefectSeverity): void;
  noteBeside(defect: SpecDefect): void;
  /** Says a standing reject anew with these defects, and with what is prepared as its evidence; stays there. */
  amend(defects: readonly DefectEntry[]): void;
  /** Judges many units in one action, which Undo takes back at once. */
  giveMany(entries: readonly BulkEntry[]): void;
  /** Takes back what was done last on this screen, or the verdict of the unit shown, and goes there. */
  undo(): void;
  /** Takes back the whole group that the unit shown was judged with, or the last one. */
  undoGroup(): void;
  step(by: 1 | -1): void;
  goTo(at: number): void;
  /** Shows a unit of a group that is about to be judged: its time is the group's. */
  look(at: number): void;
  /** Positions that come up after this one, nearest first. */
  upcoming(count: number): number[];
  /** Mixes these units among the next open ones, to be judged once more. */
  beginWarmUp(repeats: readonly string[], random: () => number): void;
  /** Leaves that stretch; what was said in it so far is recorded. */
  endWarmUp(): void;
  stepFrame(by: 1 | -1): void;
  goToFrame(frame: number): void;
  select(row: number): void;
  /** Back to the unit itself: its own frame and label, no list open. */
  home(): void;
  /** What is prepared for the unit shown, or what its verdict says. */
  draft(): UnitDraft;
  setDraft(patch: Partial<UnitDraft>): void;
  patch(patch: Partial<DeskState>): void;
  /** Settles when everything given so far is with the session. */
  settled(): Promise<void>;
}
