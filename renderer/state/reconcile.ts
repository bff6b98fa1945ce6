/**
 * Pure rules for entries that may or may not have reached the journal: after a lost answer, a restart, or another
 * service's event in between. They make sending again harmless.
 */
import type { AuditEvent, EventDraft } from '../../shared/audit/events.ts';
import type { QueuedDraft } from '../storage/shelf.ts';

export interface Reconciled {
  /** Entries found in the journal, each with the event it became. */
  readonly saved: readonly { readonly entry: QueuedDraft; readonly event: AuditEvent }[];
  readonly unsaved: readonly QueuedDraft[];
}

/** Looks for each entry, in order, among the events after the one it was based on. */
export function reconcile(queue: readonly QueuedDraft[], events: readonly AuditEvent[]): Reconciled {
  const saved: { entry: QueuedDraft; event: AuditEvent }[] = [];
  const unsaved: QueuedDraft[] = [];
  let next = 0;
  for (const entry of queue) {
    const found = events.findIndex(
      (event, index) => index >= next && event.seq > entry.basedOn && isSameEntry(entry, event),
    );
    if (found < 0) unsaved.push(entry);
    else {
      saved.push({ entry, event: events[found]! });
      next = found + 1;
    }
  }
  return { saved, unsaved };
}

function isSameEntry(entry: QueuedDraft, event: AuditEvent): boolean {
  return (
    entry.draft.type === event.type &&
    entry.actor.profile === event.actor.profile &&
    sortedJson(entry.draft.data) === sortedJson(event.data)
  );
}

/** JSON with sorted keys and well-formed text: equal exactly where the journal's canonical lines would be. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'string') return inner.toWellFormed();
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/**
 * The entries left to send, as they will stand behind the journal's last event. An entry that names another one by
 * seq (an undo, a ruling) follows it to the number it has now, saved or not.
 */
export function rebase({ saved, unsaved }: Reconciled, lastSeq: number): QueuedDraft[] {
  const seqs = new Map(saved.map(({ entry, event }) => [entry.seq, event.seq]));
  unsaved.forEach((entry, at) => {
    seqs.set(entry.seq, lastSeq + 1 + at);
  });
  return unsaved.map((entry, at) => ({
    ...entry,
    seq: lastSeq + 1 + at,
    draft: renumberDraft(entry.draft, seqs),
  }));
}

function renumberDraft(draft: EventDraft, seqs: ReadonlyMap<number, number>): EventDraft {
  if (draft.type === 'verdict.undone') {
    return { ...draft, data: { ...draft.data, seq: seqs.get(draft.data.seq) ?? draft.data.seq } };
  }
  if (draft.type === 'verdict.given' && draft.data.adjudicates) {
    const adjudicates = draft.data.adjudicates.map((seq) => seqs.get(seq) ?? seq);
    return { ...draft, data: { ...draft.data, adjudicates } };
  }
  if (draft.type === 'cell.undone') {
    return { ...draft, data: { ...draft.data, seq: seqs.get(draft.data.seq) ?? draft.data.seq } };
  }
  return draft;
}
