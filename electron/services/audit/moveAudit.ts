/**
 * Goes on in another folder: the stick was pulled, the disk is full. Every event so far is written there from
 * memory, pictures follow where they can still be read, and from then on the other folder is the audit's place.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import { isInside } from '../confine.ts';
import type { Deliveries } from '../deliveries.ts';
import { makeFolder, writeDurably } from '../durable.ts';
import { systemCode } from '../faults.ts';
import type { Places } from '../places.ts';
import type { AuditFolders } from './auditFolders.ts';
import { takeLock } from './auditLock.ts';
import { journalName, journalText, readJournal } from './journalFile.ts';
import { createJournalWriter } from './journalWriter.ts';
import type { HeldAudit, OpenAudits } from './openAudits.ts';
import { listPictures, pictureFile, picturesFolder } from './pictures.ts';

export interface MoveOptions {
  readonly folders: AuditFolders;
  readonly openAudits: OpenAudits;
  readonly deliveries: Deliveries;
  readonly places: Places;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** Problems: `journal-not-writable`, `folder-in-delivery`, `audit-place-taken`, and those of the place. */
export async function moveAudit(
  audit: string,
  named: string,
  client: string,
  { folders, openAudits, deliveries, places, now, log }: MoveOptions,
): Promise<Result<{ folder: string }>> {
  const parent = await places.target(named);
  if (!parent.ok) return parent;
  const folder = path.join(parent.value, audit);
  const refused = await refuseInsideDelivery(folder, deliveries);
  if (!refused.ok) return refused;
  return openAudits.withHeld(audit, client, async (held, replace) => {
    if (held.folder === folder) return done({ folder });
    const moved = await settleIn(held, folder, now);
    if (!moved.ok) return moved;
    replace(moved.value);
    await folders.place(audit, folder);
    await held.writer.close();
    // The old place may be gone; its lock is then as gone as the rest.
    await held.lock.release().catch(() => undefined);
    await copyPictures(held.folder, folder, log);
    return done({ folder });
  });
}

/** Problem `folder-in-delivery`: nothing of ours is ever written into what a vendor delivered. */
export async function refuseInsideDelivery(folder: string, deliveries: Deliveries): Promise<Result<null>> {
  const roots = await deliveries.knownRoots();
  if (!roots.some((root) => isInside(root, folder))) return done(null);
  return failed({ code: 'folder-in-delivery', severity: 'error', path: folder });
}

async function settleIn(held: HeldAudit, folder: string, now: () => Date): Promise<Result<HeldAudit>> {
  try {
    await makeFolder(picturesFolder(folder));
    const taken = await takeLock(folder, now);
    if (!taken.isTaken) {
      return failed({ code: 'audit-read-only', severity: 'error', path: folder });
    }
    if (!(await isFreeFor(held, folder))) {
      await taken.lock.release();
      return failed({ code: 'audit-place-taken', severity: 'error', path: folder });
    }
    await writeDurably(path.join(folder, journalName), journalText(held.events));
    const { spec } = held.state;
    if (spec !== null)
      await writeFile(path.join(folder, 'spec.json'), `${JSON.stringify(spec.spec, null, 2)}\n`);
    const writer = createJournalWriter(folder, () => taken.lock.isHeld());
    return done({ ...held, folder, lock: taken.lock, writer });
  } catch (error) {
    const reason = systemCode(error);
    if (reason === null) throw error;
    return failed({ code: 'journal-not-writable', severity: 'error', path: folder, params: { reason } });
  }
}

/** An earlier copy of this very audit may be replaced, anything else may not. */
async function isFreeFor(held: HeldAudit, folder: string): Promise<boolean> {
  const present = await readJournal(folder);
  if (!present.ok) return present.problem.code === 'audit-missing';
  const { events } = present.value;
  return events.at(-1)?.hash === held.events[events.length - 1]?.hash;
}

async function copyPictures(from: string, to: string, log: (line: string) => void): Promise<void> {
  try {
    for (const hash of await listPictures(from)) {
      await writeFile(pictureFile(to, hash), await readFile(pictureFile(from, hash)));
    }
  } catch (error) {
    log(`not every picture could be brought from ${from} to ${to}: ${String(error)}`);
  }
}
