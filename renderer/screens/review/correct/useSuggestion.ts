/** What follows from the correction in hand, for whoever shows it. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Correction } from '../../../../shared/audit/events.ts';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import { type SuggestedCode, suggestedCode } from './correctingDesk.ts';
import type { Correctable } from './corrector.ts';

export interface CorrectionInHand {
  /** Null where nothing can be corrected. */
  readonly target: Correctable | null;
  readonly correction: Correction | null;
  readonly suggested: SuggestedCode | null;
  /** Undo takes back a step of the correction before any verdict. */
  readonly hasSteps: boolean;
}

export function useCorrectionInHand(): CorrectionInHand {
  const { desk, corrector } = useDeskValue();
  const target = useStore(corrector.store, (state) => state.target);
  const drafts = useDeskState((state) => state.drafts);
  const at = useDeskState((state) => state.at);
  const isAway = useDeskState((state) => state.besideRow !== null || state.frame !== null);
  const verdict = useVisibleAudit().verdicts.get(desk.units[at]!.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the desk answers from what these say
  return useMemo(() => {
    const isHere = target !== null && target.unit === desk.unit().id && !isAway;
    return {
      target: isHere ? target : null,
      correction: isHere ? desk.draft().correction : null,
      suggested: suggestedCode(desk, corrector),
      hasSteps: corrector.hasSteps(),
    };
  }, [desk, corrector, target, drafts, at, isAway, verdict]);
}
