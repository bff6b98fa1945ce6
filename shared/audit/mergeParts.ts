/** What the parts of a merge are told and answer with. */
import type { Actor, EventDraft } from './events.ts';
import type { AuditState } from './state.ts';

/** A draft with the author and time it was first recorded with. */
export interface MergedDraft {
  /** What a list of conflicts calls it: the unit or cell, or `type@seq` of the other log. */
  readonly about: string;
  readonly draft: EventDraft;
  readonly actor: Actor;
  readonly at: string;
  /** Seq of the entry over there that this one repeats; null for what is only the sum of entries there. */
  readonly seq: number | null;
}

/** The state both logs share, and the two that came of it. */
export interface Fork {
  readonly base: AuditState;
  readonly ours: AuditState;
  readonly theirs: AuditState;
}

/** What one part of the record contributes; conflicts are named as `MergedDraft.about` would. */
export interface Part {
  readonly drafts: readonly MergedDraft[];
  readonly conflicts: readonly string[];
}

type Stamped = { readonly seq: number; readonly at: string; readonly by: Actor };

/** A standing verdict without what the fold added to its event's data. */
export function unstamped<Verdict extends Stamped>(verdict: Verdict): Omit<Verdict, keyof Stamped> {
  const { seq: _seq, at: _at, by: _by, ...data } = verdict;
  return data;
}
