/**
 * The audits that are open for writing in this process, each held by one client (a tab, a window, a command). All
 * writing to an audit passes through here one piece of work after the other; what is answered is on the disk.
 */
import type { AuditEvent } from '../../../shared/audit/events.ts';
import { foldAll } from '../../../shared/audit/fold.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { AuditHolder, OpenAudit } from '../../../shared/host/contract.ts';
import { systemCode } from '../faults.ts';
import { sharedTurns } from '../turns.ts';
import type { AuditFolders } from './auditFolders.ts';
import { type AuditLock, takeLock } from './auditLock.ts';
import { type JournalContent, readJournal, recoverJournal } from './journalFile.ts';
import { createJournalWriter, type JournalWriter } from './journalWriter.ts';

/** A client not heard of for so long has closed without a word (a crashed tab); another may take its place. */
const leaseMs = 120_000;

export interface AuditView {
  readonly audit: string;
  readonly folder: string;
  readonly events: readonly AuditEvent[];
  readonly state: AuditState;
  readonly recoveredTo: number | null;
}

/** An audit held for writing. Replaced as a whole by every append, so a view once given never changes. */
export interface HeldAudit extends AuditView {
  readonly writer: JournalWriter;
  readonly lock: AuditLock;
}

export interface OpenAudits {
  open(audit: string, client: string): Promise<Result<OpenAudit>>;
  /** As it is now, without asking for it: whoever looks on never holds it. */
  look(audit: string): Promise<Result<OpenAudit>>;
  close(audit: string, client: string): Promise<void>;
  /** Whoever holds it: the state as it is now, from memory or from the disk. */
  view(audit: string): Promise<Result<AuditView>>;
  /** Runs `work` alone on an audit this client holds; `replace` puts a new state in place of the old. */
  withHeld<Value>(audit: string, client: string, work: HeldWork<Value>): Promise<Result<Value>>;
  /** Takes a folder that has just been made, its journal written by `fill`. */
  createIn(
    folder: string,
    audit: string,
    client: string,
    fill: (writer: JournalWriter) => Promise<Result<readonly AuditEvent[]>>,
  ): Promise<Result<OpenAudit>>;
  /** The audits a client holds. */
  heldBy(client: string): readonly HeldAudit[];
  /** A sign of life of a client. */
  seen(client: string): void;
  closeAll(): Promise<void>;
}

export type HeldWork<Value> = (held: HeldAudit, replace: (next: HeldAudit) => void) => Promise<Result<Value>>;

export function createOpenAudits(folders: AuditFolders, now: () => Date): OpenAudits {
  const held = new Map<string, HeldAudit & { readonly client: string }>();
  const lastSeen = new Map<string, number>();
  const turns = sharedTurns();

  const seen = (client: string): void => void lastSeen.set(client, now().getTime());

  function isGone(client: string): boolean {
    return now().getTime() - (lastSeen.get(client) ?? 0) > leaseMs;
  }

  async function open(audit: string, client: string): Promise<Result<OpenAudit>> {
    const current = held.get(audit);
    if (current !== undefined) {
      if (current.client !== client && !isGone(current.client)) {
        return done(answerOf(current, false, { kind: 'window' }));
      }
      held.set(audit, { ...current, client });
      return done(answerOf(current, true, null));
    }
    const folder = await folders.folderOf(audit);
    if (!folder.ok) return folder;
    const present = await readJournal(folder.value);
    if (!present.ok) return present;
    const locked = await tryLock(folder.value);
    if (!locked.isTaken) return readView(audit, folder.value, locked.heldBy);
    return takeIn(audit, folder.value, client, locked.lock);
  }

  /** An audit on a disk that cannot be written opens for reading. */
  async function tryLock(folder: string) {
    try {
      return await takeLock(folder, now);
    } catch (error) {
      const code = systemCode(error);
      if (code === null) throw error;
      return { isTaken: false, heldBy: { kind: 'disk', reason: code } } as const;
    }
  }

  async function takeIn(
    audit: string,
    folder: string,
    client: string,
    lock: AuditLock,
  ): Promise<Result<OpenAudit>> {
    // Read again now that nobody else can write.
    const content = await readJournal(folder);
    if (!content.ok) {
      await lock.release();
      return content;
    }
    const trouble = await recovered(folder, content.value);
    if (trouble !== null) {
      await lock.release();
      return readView(audit, folder, { kind: 'disk', reason: trouble });
    }
    const { events } = content.value;
    const next = {
      audit,
      folder,
      events,
      state: foldAll(events)!,
      recoveredTo: recoveredTo(content.value),
      writer: createJournalWriter(folder, () => lock.isHeld()),
      lock,
      client,
    };
    held.set(audit, next);
    return done(answerOf(next, true, null));
  }

  /** Null when the journal is whole by now; otherwise a word for why it can only be read. */
  async function recovered(folder: string, content: JournalContent): Promise<string | null> {
    try {
      return (await recoverJournal(folder, content))?.code ?? null;
    } catch (error) {
      const code = systemCode(error);
      if (code === null) throw error;
      return code;
    }
  }

  async function readView(audit: string, folder: string, heldBy: AuditHolder): Promise<Result<OpenAudit>> {
    const view = await viewOf(audit, folder);
    return view.ok ? done(answerOf(view.value, false, heldBy)) : view;
  }

  async function view(audit: string): Promise<Result<AuditView>> {
    const current = held.get(audit);
    if (current !== undefined) return done(current);
    const folder = await folders.folderOf(audit);
    return folder.ok ? viewOf(audit, folder.value) : folder;
  }

  async function look(audit: string): Promise<Result<OpenAudit>> {
    const found = await view(audit);
    return found.ok ? done(answerOf(found.value, false, null)) : found;
  }

  async function close(audit: string): Promise<void> {
    const current = held.get(audit);
    if (current === undefined) return;
    held.delete(audit);
    await current.writer.close();
    // A lock on a disk that is gone cannot be given back; it is stale with this process.
    await current.lock.release().catch(() => undefined);
  }

  return {
    open: (audit, client) => {
      seen(client);
      return turns.take(audit, () => open(audit, client));
    },
    look,
    close: (audit, client) =>
      turns.take(audit, async () => {
        if (held.get(audit)?.client === client) await close(audit);
      }),
    view,
    withHeld: (audit, client, work) => {
      seen(client);
      return turns.take(audit, async () => {
        const current = held.get(audit);
        if (current?.client !== client) return failed(readOnly());
        return work(current, (next) => held.set(audit, { ...next, client }));
      });
    },
    createIn: (folder, audit, client, fill) => {
      seen(client);
      return turns.take(audit, async () => {
        const locked = await tryLock(folder);
        if (!locked.isTaken) return failed(readOnly());
        const writer = createJournalWriter(folder, () => locked.lock.isHeld());
        const filled = await fill(writer);
        await writer.close();
        if (filled.ok) return takeIn(audit, folder, client, locked.lock);
        await locked.lock.release();
        return filled;
      });
    },
    heldBy: (client) => [...held.values()].filter((audit) => audit.client === client),
    seen,
    async closeAll() {
      for (const audit of [...held.keys()]) await turns.take(audit, () => close(audit));
    },
  };
}

/** The audit of a folder, read only. */
export async function viewOf(audit: string, folder: string): Promise<Result<AuditView>> {
  const content = await readJournal(folder);
  if (!content.ok) return content;
  const { events } = content.value;
  return done({ audit, folder, events, state: foldAll(events)!, recoveredTo: recoveredTo(content.value) });
}

function recoveredTo(content: { events: readonly AuditEvent[]; verifiedBytes: number; bytes: Uint8Array }) {
  return content.verifiedBytes >= content.bytes.length ? null : content.events.length;
}

export function answerOf(view: AuditView, isWritable: boolean, heldBy: AuditHolder | null): OpenAudit {
  const { audit, folder, events, recoveredTo } = view;
  return { audit, folder, events: events as unknown as OpenAudit['events'], isWritable, heldBy, recoveredTo };
}

function readOnly(): Problem {
  return { code: 'audit-read-only', severity: 'error', path: '' };
}
