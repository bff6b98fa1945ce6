/**
 * Appends to the journal: write, flush, and only then answer. A handle whose write or flush failed is never used
 * again, since the system may have dropped the pages it could not write; the next append writes the whole journal
 * anew from memory beside the old one and renames it into place.
 */
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EventEnvelope } from '../../../shared/audit/events.ts';
import { syncFolder, writeDurably } from '../durable.ts';
import { journalName, journalText } from './journalFile.ts';

export interface JournalWriter {
  /**
   * Adds events to a journal that holds `before`. Rejects with the system's error, or JournalLostError; then
   * nothing was acknowledged and the next append starts over.
   */
  append(before: readonly EventEnvelope[], added: readonly EventEnvelope[]): Promise<void>;
  close(): Promise<void>;
}

/** The file under the journal's name is not the one that was written so far. */
export class JournalLostError extends Error {
  /** A word for the person: `removed`, `changed`, `lock-lost`. */
  readonly reason: string;
  constructor(reason: string) {
    super(`journal ${reason}`);
    this.name = 'JournalLostError';
    this.reason = reason;
  }
}

/**
 * @param folder the audit's folder, which holds the journal (possibly still absent)
 * @param holdsLock whether the lock in the folder is still ours; asked before the journal is written anew
 */
export function createJournalWriter(folder: string, holdsLock: () => Promise<boolean>): JournalWriter {
  const file = path.join(folder, journalName);
  let handle: FileHandle | null = null;
  let size = 0;
  let hasFailed = false;

  async function append(before: readonly EventEnvelope[], added: readonly EventEnvelope[]): Promise<void> {
    try {
      if (hasFailed) await writeAnew(before, added);
      else await extend(before, added);
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      await dropHandle();
      throw error;
    }
  }

  async function extend(before: readonly EventEnvelope[], added: readonly EventEnvelope[]): Promise<void> {
    handle ??= await openAt(Buffer.byteLength(journalText(before)));
    await requireOurFile(handle);
    const bytes = Buffer.from(journalText(added));
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, size + written);
      written += bytesWritten;
    }
    await handle.datasync();
    size += bytes.length;
    // A folder deleted meanwhile takes writes without complaint; the name must still lead to this file.
    await requireOurFile(handle);
  }

  async function openAt(expected: number): Promise<FileHandle> {
    const isNew = expected === 0;
    const opened = await open(file, isNew ? 'wx+' : 'r+');
    if (isNew) await syncFolder(folder);
    size = expected;
    return opened;
  }

  async function requireOurFile(held: FileHandle): Promise<void> {
    const ours = await held.stat();
    const named = await stat(file);
    if (named.ino !== ours.ino || named.dev !== ours.dev) throw new JournalLostError('removed');
    if (ours.size !== size) throw new JournalLostError('changed');
  }

  async function writeAnew(before: readonly EventEnvelope[], added: readonly EventEnvelope[]): Promise<void> {
    if (!(await holdsLock())) throw new JournalLostError('lock-lost');
    await writeDurably(file, journalText([...before, ...added]));
  }

  async function dropHandle(): Promise<void> {
    const dropped = handle;
    handle = null;
    // Closing may report the same failure again; it was answered already.
    await dropped?.close().catch(() => undefined);
  }

  return { append, close: dropHandle };
}
