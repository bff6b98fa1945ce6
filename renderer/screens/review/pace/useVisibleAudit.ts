/** The audit as the person at the desk may see it now. */
import { useMemo } from 'react';
import { visibleState } from '../../../../shared/audit/blind.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { useSession } from '../../../state/context.tsx';
import { useDeskState } from '../useDesk.ts';
import { withoutVerdicts } from './warmUp.ts';

/** Without what others said where units are judged blind, and without what is being judged once more. */
export function useVisibleAudit(): AuditState {
  const shown = useSession((state) => state.shown!);
  const profile = useSession((state) => state.actor?.profile ?? null);
  const repeats = useDeskState((state) => state.warmUp?.repeats ?? null);
  return useMemo(() => {
    const visible = visibleState(shown, profile);
    return repeats ? withoutVerdicts(visible, repeats) : visible;
  }, [shown, profile, repeats]);
}
