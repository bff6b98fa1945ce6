/**
 * How far the person at the desk is, counted over what comes up there: the header shows this while she is at it, so
 * that it moves with every verdict, whatever the verdict was about.
 */
import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { askedUnits, labelsOf } from '../course/askedUnits.ts';
import type { DeskState } from '../deskContract.ts';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { type DeskValue, useDeskState, useDeskValue } from '../useDesk.ts';

export interface DeskProgress {
  readonly judged: number;
  readonly asked: number;
}

/** Null while no desk of the sample is on screen. */
export const deskProgress = createStore<{ readonly labels: DeskProgress | null }>(() => ({ labels: null }));

export function progressAtDesk(
  { units }: Pick<DeskValue['desk'], 'units'>,
  audit: AuditState,
  warmUp: DeskState['warmUp'],
): DeskProgress {
  const asked = askedUnits(units, labelsOf(audit));
  const isJudged = (id: string): boolean => audit.verdicts.has(id) || (warmUp?.held.has(id) ?? false);
  return { judged: units.slice(0, asked).filter(({ id }) => isJudged(id)).length, asked };
}

/** Tells the header while the desk is on screen. */
export function useTellProgress(): void {
  const { desk, queue } = useDeskValue();
  const warmUp = useDeskState((state) => state.warmUp);
  const audit = useVisibleAudit();
  useEffect(() => {
    if (queue !== 'sample') return;
    deskProgress.setState({ labels: progressAtDesk(desk, audit, warmUp) });
  }, [desk, queue, audit, warmUp]);
  useEffect(() => () => deskProgress.setState({ labels: null }), []);
}
