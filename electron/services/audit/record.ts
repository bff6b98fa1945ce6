/** From drafts to events on the disk: the door, the rules, the seal, the flush. The only way into a journal. */
import { eventLine, sealEvents } from '../../../shared/audit/chain.ts';
import type { Actor, AuditEvent, EventDraft } from '../../../shared/audit/events.ts';
import { fold } from '../../../shared/audit/fold.ts';
import { parseDraft } from '../../../shared/audit/parseEvent.ts';
import { mayRecord } from '../../../shared/audit/rules.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { systemCode } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';
import { JournalLostError, type JournalWriter } from './journalWriter.ts';
import type { HeldAudit } from './openAudits.ts';

/** An event larger than this is refused: nobody judges a megabyte at once. */
const maxEventBytes = 16 * 1024 * 1024;

/** A draft, not yet through the door, with who records it and when. */
export interface StampedDraft {
  readonly draft: unknown;
  readonly at: string;
  readonly actor: Actor;
}

/** The same author and moment for all. */
export function stamped(drafts: readonly unknown[], actor: Actor, at: Date): StampedDraft[] {
  return drafts.map((draft) => ({ draft, actor, at: at.toISOString() }));
}

export interface Recorded {
  readonly events: readonly AuditEvent[];
  readonly state: AuditState;
}

interface Base {
  readonly events: readonly AuditEvent[];
  readonly state: AuditState | null;
  readonly folder: string;
  readonly writer: JournalWriter;
}

/**
 * Records drafts on top of `base`: all of them, or none. Problems: `event-unreadable`, whatever rule refuses,
 * `journal-not-writable` (disk full, folder gone; nothing was acknowledged).
 */
export async function recordDrafts(
  { events, state, folder, writer }: Base,
  drafts: readonly StampedDraft[],
): Promise<Result<Recorded>> {
  let tip = state;
  let last = events.at(-1) ?? null;
  const added: AuditEvent[] = [];
  for (const { draft: json, at, actor } of drafts) {
    const draft = parseDraft(json);
    if (!draft.ok) return draft;
    const refused = mayRecord(tip, draft.value, actor);
    if (refused !== null) return failed(refused);
    const event = seal(draft.value, last, { at, actor });
    if (event === null) return failed({ code: 'event-too-large', severity: 'error', path: '' });
    added.push(event);
    tip = fold(tip, event);
    last = event;
  }
  const written = await appendSealed({ events, folder, writer }, added);
  return written.ok ? done({ events: added, state: tip! }) : written;
}

/** Appends events that are sealed already, on top of the events they continue. Problem `journal-not-writable`. */
export async function appendSealed(
  { events, folder, writer }: Pick<Base, 'events' | 'folder' | 'writer'>,
  added: readonly AuditEvent[],
): Promise<Result<null>> {
  try {
    await writer.append(events, added);
    return done(null);
  } catch (error) {
    return failed(journalProblem(folder, error));
  }
}

/** Records into a held audit and puts the new state in place. */
export async function recordHeld(
  held: HeldAudit,
  replace: (next: HeldAudit) => void,
  drafts: readonly StampedDraft[],
): Promise<Result<HeldAudit & { readonly added: readonly AuditEvent[] }>> {
  const recorded = await recordDrafts(held, drafts);
  if (!recorded.ok) return recorded;
  const { events, state } = recorded.value;
  const next = { ...held, state, events: [...held.events, ...events] };
  replace(next);
  return done({ ...next, added: events });
}

function seal(
  draft: EventDraft,
  last: AuditEvent | null,
  stamp: { readonly at: string; readonly actor: Actor },
): AuditEvent | null {
  const [event] = sealEvents([draft], last, stamp, sha256Hex);
  return Buffer.byteLength(eventLine(event!)) > maxEventBytes ? null : event!;
}

function journalProblem(folder: string, error: unknown): Problem {
  const reason = error instanceof JournalLostError ? error.reason : systemCode(error);
  if (reason === null) throw error;
  return { code: 'journal-not-writable', severity: 'error', path: folder, params: { reason } };
}
