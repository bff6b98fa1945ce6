/** Other processes of this machine, as far as a lock left behind needs to know them. */
import { readFileSync } from 'node:fs';
import { systemCode } from './faults.ts';

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/**
 * When a process started, in the system's own clock ticks: what tells a reused pid apart. Null where that cannot be
 * read. It is field 22 of /proc/<pid>/stat; the second field may hold spaces, so counting starts after its bracket.
 */
export function processStart(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // Not Linux, or the process has just ended; the pid alone decides then.
    return null;
  }
}
