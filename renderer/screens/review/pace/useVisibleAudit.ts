/** The audit as the person at the desk may see it now. */
import { useMemo } from 'react';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { useSession } from '../../../state/context.tsx';
import { useSaid } from '../seeds/useSeeds.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import { withoutVerdicts } from './warmUp.ts';

/** Of the queue at hand, without what others said where units are judged blind or what is being judged once more. */
export function useVisibleAudit(): AuditState {
  const shown = useSession((state) => state.shown!);
  const profile = useSession((state) => state.actor?.profile ?? null);
  const { record, book } = useDeskValue();
  const said = useSaid(book);
  const repeats = useDeskState((state) => state.warmUp?.repeats ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is seen depends on who looks and what was said
  return useMemo(() => {
    const visible = record.see(shown);
    return repeats ? withoutVerdicts(visible, repeats) : visible;
  }, [record, said, shown, profile, repeats]);
}
