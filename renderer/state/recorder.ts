/**
 * Gets what a person recorded onto the disk: in order, one request at a time, again and again until the journal has
 * it. Entries stand on the shelf before they are sent, so a reload in between loses nothing and doubles nothing.
 */
import type { AuditEvent, EventDraft } from '../../shared/audit/events.ts';
import type { AuditState } from '../../shared/audit/state.ts';
import type { Problem } from '../../shared/base/problem.ts';
import type { Host } from '../../shared/host/contract.ts';
import { problemOf } from '../host/problems.ts';
import type { QueuedDraft, Shelf } from '../storage/shelf.ts';
import { rebase, reconcile } from './reconcile.ts';

/** After this long without an answer the screen stops saying "saving" and says "not saved". */
const patienceMs = 800;
const retryDelaysMs = [1000, 2000, 4000, 8000];

/** How often in a row the journal may have moved on before it counts as trouble. */
const patientMoves = 5;

export interface RecorderPort {
  readonly host: Host;
  readonly shelf: Shelf;
  readonly now: () => Date;
  /** State on disk of the audit that is open, or null. */
  readonly saved: () => AuditState | null;
  /** Folds events that are on disk, and shows what is still waiting on top of them. */
  readonly adopt: (events: readonly AuditEvent[], queue: readonly QueuedDraft[]) => void;
  /** All events of the open audit as the host has them now. */
  readonly reload: () => Promise<readonly AuditEvent[]>;
  /** Whether this window may write, as the host last said. */
  readonly isWritable: () => boolean;
  /** The first entry that the audit's rules forbid on top of what is on disk, and why. */
  readonly firstRefused: (
    entries: readonly QueuedDraft[],
  ) => { readonly entry: QueuedDraft; readonly problem: Problem } | null;
  readonly saving: () => void;
  readonly trouble: (problem: Problem) => void;
  readonly allSaved: () => void;
  /** The audit's rules forbid the entry: it will never be saved and leaves the queue. */
  readonly refused: (entry: QueuedDraft, problem: Problem) => void;
  readonly shelfFailed: () => void;
  readonly parse: (events: readonly Readonly<Record<string, unknown>>[]) => readonly AuditEvent[];
}

export interface Recorder {
  /** Starts with what the shelf held from before; sends it. */
  begin(queue: readonly QueuedDraft[]): void;
  /** Queues entries in their order; shown at once, and once for all of them. */
  add(drafts: readonly EventDraft[], actor: QueuedDraft['actor']): void;
  retry(): void;
  /** Stops sending; the shelf keeps what is left. Resolves when no request is on its way. */
  end(): Promise<void>;
}

export function createRecorder(port: RecorderPort): Recorder {
  let queue: readonly QueuedDraft[] = [];
  let isEnded = true;
  let attempts = 0;
  let pump: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function setQueue(next: readonly QueuedDraft[]): void {
    queue = next;
    port.adopt([], queue);
  }

  function start(): void {
    clearTimeout(timer);
    if (isEnded || queue.length === 0) return;
    pump ??= sendAll().finally(() => {
      pump = null;
    });
  }

  async function sendAll(): Promise<void> {
    while (queue.length > 0 && !isEnded) {
      const outcome = await sendBatch();
      if (outcome === 'stop') return;
    }
    if (queue.length === 0) port.allSaved();
  }

  /** Sends the leading entries of one person. */
  async function sendBatch(): Promise<'go-on' | 'stop'> {
    const first = queue[0]!;
    const another = queue.findIndex((entry) => entry.actor.profile !== first.actor.profile);
    const batch = queue.slice(0, another < 0 ? queue.length : another);
    port.saving();
    const slow = setTimeout(
      () => port.trouble({ code: 'append-slow', severity: 'warning', path: '' }),
      patienceMs,
    );
    try {
      const answer = await port.host.call('audits.append', {
        audit: first.audit,
        actor: first.actor,
        expectedSeq: port.saved()?.seq ?? 0,
        drafts: batch.map((entry) => entry.draft),
      });
      attempts = 0;
      settle(port.parse(answer.events));
      return 'go-on';
    } catch (error) {
      return await afterFailure(batch, error);
    } finally {
      clearTimeout(slow);
    }
  }

  /** Moved on or lock lost: look again. Forbidden by a rule: drop that entry. Anything else passes: try later. */
  async function afterFailure(batch: readonly QueuedDraft[], error: unknown): Promise<'go-on' | 'stop'> {
    const problem = problemOf(error);
    if (problem === null || isEnded) return 'stop';
    const mayHelp = problem.code === 'audit-moved-on' || problem.code === 'audit-read-only';
    if (mayHelp && attempts < patientMoves) {
      attempts += 1;
      return await catchUp(problem);
    }
    const refused = port.firstRefused(batch);
    if (refused === null) {
      waitAndRetry(problem);
      return 'stop';
    }
    setQueue(queue.filter((entry) => entry.id !== refused.entry.id));
    forget([refused.entry.id]);
    port.refused(refused.entry, refused.problem);
    return 'go-on';
  }

  /** Another service wrote in between, or an answer was lost: take what the journal has, then go on behind it. */
  async function catchUp(reason: Problem): Promise<'go-on' | 'stop'> {
    try {
      settle(await port.reload());
      if (port.isWritable()) return 'go-on';
      port.trouble(reason);
      return 'stop';
    } catch (error) {
      const problem = problemOf(error);
      if (problem) waitAndRetry(problem);
      return 'stop';
    }
  }

  function settle(events: readonly AuditEvent[]): void {
    const reconciled = reconcile(queue, events);
    const lastSeq = Math.max(port.saved()?.seq ?? 0, events.at(-1)?.seq ?? 0);
    queue = rebase(reconciled, lastSeq);
    port.adopt(events, queue);
    forget(reconciled.saved.map(({ entry }) => entry.id));
  }

  function forget(ids: readonly string[]): void {
    if (ids.length > 0) port.shelf.dequeue(ids).catch(port.shelfFailed);
  }

  function waitAndRetry(problem: Problem): void {
    const delay = retryDelaysMs[Math.min(attempts, retryDelaysMs.length - 1)]!;
    attempts += 1;
    port.trouble(problem);
    clearTimeout(timer);
    timer = setTimeout(start, delay);
  }

  return {
    begin(kept) {
      isEnded = false;
      attempts = 0;
      setQueue(kept);
      start();
    },
    add(drafts, actor) {
      const saved = port.saved();
      if (saved === null || isEnded) return;
      const recordedAt = port.now().toISOString();
      const entries = drafts.map(
        (draft, place): QueuedDraft => ({
          id: crypto.randomUUID(),
          audit: saved.audit,
          draft,
          actor,
          basedOn: saved.seq,
          seq: saved.seq + queue.length + place + 1,
          recordedAt,
        }),
      );
      setQueue([...queue, ...entries]);
      for (const entry of entries) port.shelf.enqueue(entry).catch(port.shelfFailed);
      start();
    },
    retry: start,
    async end() {
      isEnded = true;
      clearTimeout(timer);
      await pump;
      queue = [];
    },
  };
}
