/** The two queues of the review screen, and the audit as the desk of either may see it. */
import { visibleState } from '../../../../shared/audit/blind.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { auditOfTargets } from '../../../../shared/audit/targetsDesk.ts';
import { useSession } from '../../../state/context.tsx';

/** `sample` decides and estimates; `targets` finds what to fix. They are never shown together. */
export type Queue = 'sample' | 'targets';

/** Without what others said where units are judged blind; of the targeted queue with it in the sample's place. */
export function auditOfQueue(queue: Queue, state: AuditState, profile: string | null): AuditState {
  const visible = visibleState(state, profile);
  return queue === 'sample' ? visible : auditOfTargets(visible);
}

/** The whole audit as the person at the desk may see it, whichever queue is on screen. */
export function useVisibleQueue(): AuditState {
  const shown = useSession((state) => state.shown!);
  const profile = useSession((state) => state.actor?.profile ?? null);
  return visibleState(shown, profile);
}
