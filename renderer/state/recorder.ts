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
import { reconcile, renumber } from './reconcile.ts';

/** After this long without an answer the screen stops saying "saving" and says "not saved". */
const patienceMs = 800;
const retryDelaysMs = [1000, 2000, 4000, 8000];

/** Trouble with the disk or the connection: the entry itself is sound and is sent again. */
const passingCodes = new Set([
  'host-unreachable',
  'host-refused',
  'host-answer-broken',
  'unexpected',
  'journal-unwritable',
  'audit-locked',
]);

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
  add(draft: EventDraft, actor: QueuedDraft['actor']): void;
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

  /** Sends the leading entries of one actor; alone if a rule refused the batch, so that only the culprit goes. */
  async function sendBatch(isSingle = false): Promise<'go-on' | 'stop'> {
    const first = queue[0]!;
    const sameActor = queue.findIndex((entry) => entry.actor.profile !== first.actor.profile);
    const batch = isSingle ? [first] : queue.slice(0, sameActor < 0 ? queue.length : sameActor);
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

  async function afterFailure(batch: readonly QueuedDraft[], error: unknown): Promise<'go-on' | 'stop'> {
    const problem = problemOf(error);
    if (problem === null || isEnded) return 'stop';
    if (problem.code === 'audit-moved-on' && attempts < 5) {
      attempts += 1;
      return await catchUp();
    }
    if (passingCodes.has(problem.code) || problem.code === 'audit-moved-on') {
      waitAndRetry(problem);
      return 'stop';
    }
    if (batch.length > 1) return await sendBatch(true);
    const culprit = batch[0]!;
    drop([culprit]);
    port.refused(culprit, problem);
    return 'go-on';
  }

  /** Another service wrote in between, or an answer was lost: take what the journal has, then go on behind it. */
  async function catchUp(): Promise<'go-on' | 'stop'> {
    try {
      settle(await port.reload());
      return 'go-on';
    } catch (error) {
      const problem = problemOf(error);
      if (problem) waitAndRetry(problem);
      return 'stop';
    }
  }

  function settle(events: readonly AuditEvent[]): void {
    const { saved, unsaved } = reconcile(queue, events);
    const seqs = new Map(saved.map(({ entry, event }) => [entry.seq, event.seq]));
    queue = renumber(unsaved, seqs);
    port.adopt(events, queue);
    forget(saved.map(({ entry }) => entry.id));
  }

  function drop(entries: readonly QueuedDraft[]): void {
    const ids = new Set(entries.map((entry) => entry.id));
    setQueue(queue.filter((entry) => !ids.has(entry.id)));
    forget([...ids]);
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
    add(draft, actor) {
      const saved = port.saved();
      if (saved === null || isEnded) return;
      const entry: QueuedDraft = {
        id: crypto.randomUUID(),
        audit: saved.audit,
        draft,
        actor,
        basedOn: saved.seq,
        seq: saved.seq + queue.length + 1,
        recordedAt: port.now().toISOString(),
      };
      setQueue([...queue, entry]);
      port.shelf.enqueue(entry).catch(port.shelfFailed);
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
