/** The two queues of the review screen, and the audit as whoever is at it may see it. */
import { visibleState } from '../../../../shared/audit/blind.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { useSession } from '../../../state/context.tsx';

/** `sample` decides and estimates; `targets` finds what to fix. They are never shown together. */
export type Queue = 'sample' | 'targets';

/** The whole audit as the person at the desk may see it, whichever queue is on screen. */
export function useVisibleQueue(): AuditState {
  const shown = useSession((state) => state.shown!);
  const profile = useSession((state) => state.actor?.profile ?? null);
  return visibleState(shown, profile);
}
