/**
 * The journal file as it lies on disk: `events.jsonl`, one canonical line an event. Reading takes the longest
 * verified prefix; recovery sets what comes after it aside and never deletes it.
 */
import { access, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ChainReport, eventLine, verifyChain } from '../../../shared/audit/chain.ts';
import type { AuditEvent, EventEnvelope } from '../../../shared/audit/events.ts';
import type { Sha256Hex } from '../../../shared/base/bytes.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { writeDurably } from '../durable.ts';
import { isMissing, readProblem } from '../faults.ts';
import { sha256Hex } from '../hashes.ts';

export const journalName = 'events.jsonl';

export interface JournalContent<Event extends EventEnvelope = AuditEvent> extends ChainReport<Event> {
  /** Bytes of the verified prefix, line feeds included. */
  readonly verifiedBytes: number;
  /** The file as it was read. */
  readonly bytes: Uint8Array;
}

/** Problems: `audit-missing`, `file-unreadable`, `audit-unreadable` (not even its first event holds). */
export async function readJournal(folder: string): Promise<Result<JournalContent>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path.join(folder, journalName));
  } catch (error) {
    if (isMissing(error)) return failed({ code: 'audit-missing', severity: 'error', path: folder });
    return failed(readProblem('file', path.join(folder, journalName), error));
  }
  const content = checkJournal(bytes);
  if (content.events.length > 0) return done(content);
  return failed(content.problem ?? { code: 'audit-unreadable', severity: 'error', path: folder });
}

export function checkJournal(bytes: Uint8Array): JournalContent {
  return checkLines(bytes, verifyChain);
}

/** The same for a journal of another kind: `verify` knows what its lines hold. */
export function checkLines<Event extends EventEnvelope>(
  bytes: Uint8Array,
  verify: (lines: readonly string[], sha256: Sha256Hex) => ChainReport<Event>,
): JournalContent<Event> {
  const report = verify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n'), sha256Hex);
  const verifiedBytes = Buffer.byteLength(journalText(report.events));
  return { ...report, verifiedBytes, bytes };
}

export function journalText(events: readonly EventEnvelope[]): string {
  return events.map((event) => `${eventLine(event)}\n`).join('');
}

/**
 * Cuts the file back to its verified prefix after keeping the rest as `events.broken-<n>.jsonl`. A prefix that
 * ends at an event of a newer version is whole: it is left alone, and the problem says so.
 */
export async function recoverJournal(
  folder: string,
  content: JournalContent<EventEnvelope>,
): Promise<Problem | null> {
  if (content.problem !== null) return content.problem;
  const { length } = content.bytes;
  if (content.verifiedBytes === length) return null;
  // The last event is whole and lacks only its line feed: it gets one.
  if (content.verifiedBytes > length) await endLine(path.join(folder, journalName));
  else await cutTail(folder, content);
  return null;
}

async function endLine(file: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.write('\n');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function cutTail(folder: string, content: JournalContent<EventEnvelope>): Promise<void> {
  await writeDurably(await freeName(folder), content.bytes.subarray(content.verifiedBytes));
  const handle = await open(path.join(folder, journalName), 'r+');
  try {
    await handle.truncate(content.verifiedBytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function freeName(folder: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = path.join(folder, `events.broken-${number}.jsonl`);
    try {
      await access(name);
    } catch (error) {
      if (isMissing(error)) return name;
      throw error;
    }
  }
}
