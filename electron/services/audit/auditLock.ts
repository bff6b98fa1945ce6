/**
 * One writer per audit, across processes: a `lock` file that names who holds it. A lock left by a process that is
 * gone is taken over; one from another machine only after it has not been refreshed for ten minutes, measured by
 * the clock of the disk both write to.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from '../../../shared/base/door.ts';
import { isMissing, systemCode } from '../faults.ts';
import { parseJson } from '../jsonFile.ts';

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

export interface AuditLock {
  /** False once someone removed or took over the file. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export type LockAnswer =
  | { readonly isTaken: true; readonly lock: AuditLock }
  /** Who holds it, for people; null where the lock cannot be read. */
  | { readonly isTaken: false; readonly heldBy: string };

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
    // Two rounds: the second after a stale lock was moved out of the way.
    for (let round = 0; round < 2; round++) {
      if (await linkExclusively(draft, file)) return { isTaken: true, lock: heldLock(file, ours.token) };
      const held = await readLock(file);
      if (held !== null && !(await isStale(file, draft, held)))
        return { isTaken: false, heldBy: holderText(held) };
      await moveAside(file, held);
    }
    const held = await readLock(file);
    return { isTaken: false, heldBy: held === null ? 'another process' : holderText(held) };
  } finally {
    await rm(draft, { force: true });
  }
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
    const [theirs, ours] = await Promise.all([stat(file), stat(draft)]);
    return ours.mtimeMs - theirs.mtimeMs > foreignStaleMs;
  }
  if (!isAlive(held.pid)) return true;
  const started = processStart(held.pid);
  return started !== null && held.started !== null && started !== held.started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/** Field 22 of /proc/<pid>/stat; its second field may hold spaces, so counting starts after the last bracket. */
function processStart(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // Not Linux, or the process has just ended; the pid alone decides then.
    return null;
  }
}

/** Moves a stale lock away; puts it back if in the meantime another process made the place its own. */
async function moveAside(file: string, stale: LockContent | null): Promise<void> {
  const aside = `${file}.stale-${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const moved = await readLock(aside);
  if (moved !== null && moved.token !== stale?.token) await linkExclusively(aside, file);
  await rm(aside, { force: true });
}

function holderText({ pid, host, since }: LockContent): string {
  return `pid ${pid} on ${host}, since ${since.slice(11, 16)} UTC`;
}
