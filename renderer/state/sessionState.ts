/** What the session knows and can do: one delivery, one audit, one person, and what is saved of it. */
import type { Actor, EventDraft } from '../../shared/audit/events.ts';
import type { AuditState } from '../../shared/audit/state.ts';
import type { Problem } from '../../shared/base/problem.ts';
import type { AuditHolder, CallOptions, OpenedDelivery, Progress } from '../../shared/host/contract.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Arrival } from '../../shared/readers/arrival.ts';
import type { OpenOptions } from './deliveryOpener.ts';

export interface Saving {
  readonly status: 'idle' | 'saving' | 'saved' | 'unsaved' | 'read-only';
  /** Time of the last event on disk, as the journal wrote it. */
  readonly at: string | null;
  /** Folder of the audit. */
  readonly folder: string;
  readonly problem: Problem | null;
  /** Entries recorded and not yet acknowledged. */
  readonly queued: number;
}

/** Something the person is told once and can put away; never a passing pop-up. */
export interface Notice {
  readonly id: number;
  /** Catalogue key. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly problem: Problem | null;
}

export interface Opening {
  readonly what: 'delivery' | 'audit';
  readonly progress: Progress | null;
  /** One frame of the delivery that is being read; null until there is one. */
  readonly firstLook: FirstLook | null;
}

export interface FirstLook {
  readonly delivery: string;
  readonly index: DeliveryIndex;
}

export interface SessionFacts {
  readonly opening: Opening | null;
  readonly opened: OpenedDelivery | null;
  readonly index: DeliveryIndex | null;
  readonly arrival: Arrival | null;
  /** What is open is only tried out. */
  readonly isTrial: boolean;
  /** Why the audit's delivery is not open, or that its labels are no longer those of the intake. */
  readonly deliveryProblem: Problem | null;
  readonly auditId: string | null;
  /** The fold of what is on disk. */
  readonly audit: AuditState | null;
  /** The same with the pending entries folded in: what screens show while judging. */
  readonly shown: AuditState | null;
  readonly isWritable: boolean;
  /** Who else holds the audit's lock. */
  readonly heldBy: AuditHolder | null;
  readonly actor: Actor | null;
  readonly saving: Saving;
  /** Recorded by the person, not yet acknowledged by the host. */
  readonly pending: readonly EventDraft[];
  readonly notices: readonly Notice[];
  /** The window only looks on: it asked neither for the lock nor for anything on the shelf. */
  readonly isReader: boolean;
  /**
   * What the person prepared and did not give, by unit or cell, and how she left a desk, by its name; each desk parses
   * its own. What belongs to a unit that is not drawn any more stays here, unseen, for when it is.
   */
  readonly drafts: ReadonlyMap<string, unknown>;
  /** Profile of the person whose drafts these are. */
  readonly draftsOf: string;
}

export interface OpenAuditOptions extends CallOptions {
  /** Only to look on: the lock is left to others, now and later. */
  readonly isReader?: boolean;
}

export interface SessionState extends SessionFacts {
  /** Opens a folder and loads its index. Rejects with ProblemError; a second call cancels the first. */
  openDelivery(path: string, sensorsPath: string | null, options?: OpenOptions): Promise<OpenedDelivery>;
  /** Opens an audit and, where it can be found, its delivery. Rejects with ProblemError when there is no such audit. */
  openAudit(audit: string, options?: OpenAuditOptions): Promise<void>;
  /**
   * Takes a folder as the audit's delivery where it, or its sensor data, moved. Rejects with ProblemError when its
   * labels are not those of the audit; then nothing has changed.
   */
  attachDelivery(path: string, sensorsPath: string | null, options?: CallOptions): Promise<void>;
  /** Gives the lock back. */
  closeAudit(): Promise<void>;
  /**
   * Queues an entry: shown at once, appended in order, folded when the journal answers, kept and sent again on
   * failure. Where the audit's rules forbid it nothing happens but a notice, and the reason is the answer.
   */
  record(draft: EventDraft): Problem | null;
  /**
   * The same for many that do not bear on each other: each is asked for by itself, what is allowed is queued in its
   * order and shown in one step. Answers as `record` does, one for each.
   */
  recordAll(drafts: readonly EventDraft[]): readonly (Problem | null)[];
  /**
   * The same for entries that belong together, each on top of the ones before it: all of them are queued and sent in
   * one go, or none.
   */
  recordTogether(drafts: readonly EventDraft[]): Problem | null;
  /** Folds events that a service wrote (freeze, sign, import) and the host answered with. */
  adopt(events: readonly Readonly<Record<string, unknown>>[]): void;
  /** Asks the host for events written since, e.g. after an export. */
  refresh(): Promise<void>;
  /** Sends unsaved entries now instead of at the next try. */
  retry(): void;
  /** Keeps what is prepared under a name over a crash; null = there is nothing any more. */
  keepDraft(name: string, draft: unknown): void;
  /** Sends an evidence picture in the background, and again once saving works, until the host has it. */
  sendPicture(hash: string, blob: Blob): void;
  /** Goes on in another folder; rejects with ProblemError when that cannot be written either. */
  moveTo(folder: string): Promise<void>;
  /** Asks for the audit's lock again where another window held it. */
  takeOver(): Promise<void>;
  /** Says who judges; her own drafts come with her. */
  setActor(actor: Actor | null): void;
  /** Tells the person something that stays until put away. `key` is a catalogue key. */
  notify(key: string, params?: Notice['params'], problem?: Problem | null): void;
  dismissNotice(id: number): void;
  /** The page goes away: gives the lock back without waiting. The shelf keeps what is not saved. */
  leave(): void;
}

export const emptyFacts: SessionFacts = {
  opening: null,
  opened: null,
  index: null,
  arrival: null,
  isTrial: false,
  deliveryProblem: null,
  auditId: null,
  audit: null,
  shown: null,
  isWritable: false,
  heldBy: null,
  actor: null,
  saving: { status: 'idle', at: null, folder: '', problem: null, queued: 0 },
  pending: [],
  notices: [],
  isReader: false,
  drafts: new Map(),
  draftsOf: '',
};
