/**
 * One writer per audit, across processes: a `lock` file that names who holds it. A lock left by a process that is
 * gone is taken over; one from another machine only after it has not been refreshed for ten minutes, measured by
 * the clock of the disk both write to.
 */
import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from '../../../shared/base/door.ts';
import type { AuditHolder } from '../../../shared/host/contract.ts';
import { isMissing, systemCode } from '../faults.ts';
import { parseJson } from '../jsonFile.ts';
import { isProcessAlive, processStart } from '../processes.ts';

const lockSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** UTC time the lock was taken. */
  since: z.string(),
  /** Start of the process in the system's own clock ticks, which tells a reused pid apart; null where unknown. */
  started: z.string().nullable(),
  token: z.string(),
});
type LockContent = z.infer<typeof lockSchema>;

const lockName = 'lock';
const refreshMs = 60_000;
const foreignStaleMs = 600_000;
/** Others may be at it at the same moment; nobody is in the way this often. */
const mostRounds = 8;

export interface AuditLock {
  /** False once someone removed or took over the file. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export type LockAnswer =
  | { readonly isTaken: true; readonly lock: AuditLock }
  | { readonly isTaken: false; readonly heldBy: AuditHolder };

/** Rejects with the system's error where the folder cannot be written. */
export async function takeLock(folder: string, now: () => Date): Promise<LockAnswer> {
  const file = path.join(folder, lockName);
  const ours: LockContent = {
    pid: process.pid,
    host: os.hostname(),
    since: now().toISOString(),
    started: processStart(process.pid),
    token: randomUUID(),
  };
  const draft = `${file}.${ours.token}`;
  await writeFileSynced(draft, JSON.stringify(ours));
  try {
    for (let round = 0; round < mostRounds; round++) {
      if (await linkExclusively(draft, file)) return { isTaken: true, lock: heldLock(file, ours.token) };
      const held = await readLock(file);
      if (held === null) continue;
      const answer = await takeOver(file, draft, held);
      if (answer === 'taken') return { isTaken: true, lock: heldLock(file, ours.token) };
      if (answer !== 'moved') return { isTaken: false, heldBy: holderOf(answer) };
    }
    return { isTaken: false, heldBy: { kind: 'unknown' } };
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Replaces a stale lock. Of all who find it stale only one makes the file `lock.after-<its token>`, and only that
 * one may rename its own lock over it. Where that one died before it did, the same goes for its own token, and so
 * on. Answers who holds it instead, or `moved` where the lock is no longer the one that was found.
 */
async function takeOver(
  file: string,
  draft: string,
  found: LockContent,
): Promise<LockContent | 'taken' | 'moved'> {
  const claims: string[] = [];
  for (let last = found; claims.length < mostRounds; ) {
    if (!(await isStale(file, draft, last))) return last;
    const claim = `${file}.after-${last.token}`;
    claims.push(claim);
    if (await linkExclusively(draft, claim)) {
      // Someone may have gone this whole way and cleared it between our first look and our claim.
      const isSame = (await readLock(file))?.token === found.token;
      if (isSame) await rename(draft, file);
      for (const made of isSame ? claims : [claim]) await rm(made, { force: true });
      return isSame ? 'taken' : 'moved';
    }
    const other = await readLock(claim);
    if (other === null) return 'moved';
    last = other;
  }
  return 'moved';
}

function heldLock(file: string, token: string): AuditLock {
  const isHeld = async (): Promise<boolean> => (await readLock(file))?.token === token;
  const refresh = setInterval(() => {
    // Written, not touched, so that the disk's own clock stamps it. A refresh that fails shows soon enough: the
    // next append looks at the files itself.
    refreshLock(file, token).catch(() => undefined);
  }, refreshMs);
  refresh.unref();
  return {
    isHeld,
    async release() {
      clearInterval(refresh);
      if (await isHeld()) await rm(file, { force: true });
    },
  };
}

async function refreshLock(file: string, token: string): Promise<void> {
  const held = await readLock(file);
  if (held?.token === token) await writeFile(file, JSON.stringify(held), { flag: 'r+' });
}

async function writeFileSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A link is made whole or not at all, so nobody reads half a lock. Disks without links get an exclusive copy. */
async function linkExclusively(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
  }
  try {
    await writeFileSynced(file, await readFile(draft, 'utf8'));
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null where there is none, or none that can be understood. */
async function readLock(file: string): Promise<LockContent | null> {
  try {
    const parsed = lockSchema.safeParse(parseJson(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function isStale(file: string, draft: string, held: LockContent): Promise<boolean> {
  if (held.host !== os.hostname()) {
    const [theirs, ours] = await Promise.all([statOrNull(file), stat(draft)]);
    return theirs === null || ours.mtimeMs - theirs.mtimeMs > foreignStaleMs;
  }
  if (!isProcessAlive(held.pid)) return true;
  const started = processStart(held.pid);
  return started !== null && held.started !== null && started !== held.started;
}

async function statOrNull(file: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function holderOf({ pid, host, since }: LockContent): AuditHolder {
  return { kind: 'process', pid, host, since };
}
