/** Events from the wire, and entries that are not events yet, as the fold and the rules see them. */
import type { AuditEvent } from '../../shared/audit/events.ts';
import { fold, foldAll } from '../../shared/audit/fold.ts';
import { parseEvent } from '../../shared/audit/parseEvent.ts';
import { mayRecord } from '../../shared/audit/rules.ts';
import type { AuditState } from '../../shared/audit/state.ts';
import { type Problem, ProblemError } from '../../shared/base/problem.ts';
import type { QueuedDraft } from '../storage/shelf.ts';

/** The door for events that the host sends. Throws ProblemError at the first that cannot be read. */
export function parseAll(events: readonly Readonly<Record<string, unknown>>[]): readonly AuditEvent[] {
  return events.map((event) => {
    const parsed = parseEvent(event);
    if (!parsed.ok) throw new ProblemError(parsed.problem);
    return parsed.value;
  });
}

/** What is on disk with the waiting entries folded in. */
export function withPending(audit: AuditState | null, queue: readonly QueuedDraft[]): AuditState | null {
  if (audit === null || queue.length === 0) return audit;
  return foldAll(
    queue.map((entry, place) => asEvent(entry, audit.seq + place + 1)),
    audit,
  );
}

type Entry = Pick<QueuedDraft, 'draft' | 'actor' | 'recordedAt'>;

/** The first entry that the rules forbid, each asked on top of the ones before it. */
export function firstRefused<Asked extends Entry>(
  audit: AuditState | null,
  entries: readonly Asked[],
): { readonly entry: Asked; readonly problem: Problem } | null {
  let state = audit;
  for (const entry of entries) {
    const problem = mayRecord(state, entry.draft, entry.actor);
    if (problem) return { entry, problem };
    state = state && fold(state, asEvent(entry, state.seq + 1));
  }
  return null;
}

/** An entry as it will stand in the journal, but for the hashes that only the journal can give. */
function asEvent({ draft, actor, recordedAt }: Entry, seq: number): AuditEvent {
  return { ...draft, seq, at: recordedAt, actor, prev: '', hash: '' };
}
