/** Whether somebody comes back from a break, and what there is to be said to her before she goes on. */
import { breakMs, type ChangedSince, changedSince, repeatsDue } from '../../../../shared/audit/breaks.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';

export interface BreakFacts {
  readonly changed: ChangedSince;
  /** Units to be judged once more, mixed among open ones. */
  readonly repeats: readonly string[];
}

/**
 * Null where she simply goes on: she was away for less than ten minutes by the record, or nothing changed and
 * nothing is to be judged once more. A window that was closed and opened again within that time is no break: what
 * was on screen is there again. `openUnits`: how many are left for her; with none there is nothing to go on with.
 *
 * @param now UTC, as the events have it.
 */
export function breakFacts(
  state: AuditState,
  profile: string,
  now: string,
  openUnits: number,
): BreakFacts | null {
  if (state.phase !== 'judging' || openUnits === 0) return null;
  const changed = changedSince(state, profile);
  if (changed.last === null) return null;
  const repeats = repeatsDue(state, profile, now);
  const wasAway = Date.parse(now) - Date.parse(changed.last.at) > breakMs;
  return repeats.length > 0 || (wasAway && changed.isAnything) ? { changed, repeats } : null;
}
