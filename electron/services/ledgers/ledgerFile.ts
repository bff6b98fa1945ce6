/**
 * A ledger as it lies on disk: a folder with a journal of its own, in the form and with the care of an audit's. A
 * write that never ended is set aside; a line that does not hold leaves the ledger to be read up to it, and no more.
 */
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChainReport, verifyChainOf } from '../../../shared/audit/chain.ts';
import { type LedgerEvent, ledgerDoor } from '../../../shared/audit/ledgerEvents.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../../shared/base/problem.ts';
import { type AuditLock, takeLock } from '../audit/auditLock.ts';
import { checkLines, type JournalContent, journalName, recoverJournal } from '../audit/journalFile.ts';
import { createJournalWriter, JournalLostError } from '../audit/journalWriter.ts';
import { makeFolder } from '../durable.ts';
import { isMissing, readProblem, systemCode } from '../faults.ts';

/** Thousands of lots take a few dozen megabytes; more than this is not a ledger of ours. */
const maxLedgerBytes = 256 * 1024 * 1024;

/** Others hold a ledger for the length of one write. */
const lockTries = 60;
const lockPauseMs = 50;

export interface LedgerContent {
  readonly events: readonly LedgerEvent[];
  /** Why nothing may be added: `ledger-damaged`, `ledger-too-large`, or an entry this version cannot read. */
  readonly problem: Problem | null;
}

type Journal = JournalContent<LedgerEvent>;

/** What holds of the ledger in that folder; empty where there is none. Problem `file-unreadable`. */
export async function readLedger(folder: string): Promise<Result<LedgerContent>> {
  const journal = await readJournalOf(folder);
  return journal.ok
    ? done({ events: journal.value.events, problem: damageOf(folder, journal.value) })
    : journal;
}

async function readJournalOf(folder: string): Promise<Result<Journal>> {
  const file = path.join(folder, journalName);
  try {
    if ((await stat(file)).size > maxLedgerBytes) {
      const params = { maxBytes: maxLedgerBytes };
      return failed({ code: 'ledger-too-large', severity: 'error', path: file, params });
    }
    return done(checkLines(await readFile(file), verifyLedger));
  } catch (error) {
    if (isMissing(error)) return done(checkLines(new Uint8Array(), verifyLedger));
    return failed(readProblem('file', file, error));
  }
}

function verifyLedger(
  lines: readonly string[],
  sha256: Parameters<typeof verifyChainOf>[2],
): ChainReport<LedgerEvent> {
  return verifyChainOf(lines, ledgerDoor, sha256);
}

function damageOf(folder: string, { problem, brokenAt }: Journal): Problem | null {
  const file = path.join(folder, journalName);
  if (problem !== null) return { ...problem, path: file };
  if (brokenAt === null) return null;
  return { code: 'ledger-damaged', severity: 'error', path: file, params: { line: brokenAt } };
}

/** What follows the events there are; empty = nothing is written. */
export type LedgerWork = (events: readonly LedgerEvent[]) => Result<readonly LedgerEvent[]>;

/**
 * Adds to the ledger in that folder, which is made where it is absent, alone among all processes. Answers what was
 * added, once it is on the disk. Problems: those of `readLedger`, `ledger-busy`, `ledger-not-writable`, and what
 * `work` refuses.
 */
export async function extendLedger(
  folder: string,
  now: () => Date,
  work: LedgerWork,
): Promise<Result<readonly LedgerEvent[]>> {
  try {
    await makeFolder(folder);
    const lock = await lockOf(folder, now);
    try {
      return await extendHeld(folder, lock, work);
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    const reason = error instanceof JournalLostError ? error.reason : systemCode(error);
    if (reason === null) throw error;
    return failed({ code: 'ledger-not-writable', severity: 'error', path: folder, params: { reason } });
  }
}

async function lockOf(folder: string, now: () => Date): Promise<AuditLock> {
  for (let tries = 0; tries < lockTries; tries++) {
    const answer = await takeLock(folder, now);
    if (answer.isTaken) return answer.lock;
    await pause(lockPauseMs);
  }
  throw new ProblemError({ code: 'ledger-busy', severity: 'error', path: folder });
}

async function extendHeld(
  folder: string,
  lock: AuditLock,
  work: LedgerWork,
): Promise<Result<readonly LedgerEvent[]>> {
  const journal = await readJournalOf(folder);
  if (!journal.ok) return journal;
  const damage = damageOf(folder, journal.value);
  if (damage !== null) return failed(damage);
  const { events } = journal.value;
  const added = work(events);
  if (!added.ok || added.value.length === 0) return added;
  await recoverJournal(folder, journal.value);
  // Of a first write that never ended an empty file may be left; the writer begins with a file of its own.
  if (events.length === 0) await rm(path.join(folder, journalName), { force: true });
  const writer = createJournalWriter(folder, () => lock.isHeld());
  try {
    await writer.append(events, added.value);
  } finally {
    await writer.close();
  }
  return added;
}
