/** The line of the review desk that says go on or stop, under a sequential or double plan of the labels. */
import { useEffect, useRef } from 'react';
import { type Request, requestOf } from '../../../../shared/audit/course.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { NextSteps } from '../NextSteps.tsx';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { useDesk, useDeskState } from '../useDesk.ts';
import { askedUnits, labelsOf } from './askedUnits.ts';
import { hasStopped, RequestLine } from './RequestLine.tsx';

export function CourseLine() {
  const desk = useDesk();
  const at = useDeskState((state) => state.at);
  const audit = useVisibleAudit();
  const request = requestOf(audit, 'labels');
  const isBeyond = at >= askedUnits(desk.units, labelsOf(audit));
  useReturnToDecision(request, audit, isBeyond);
  if (request === null) return null;
  return (
    <RequestLine audit={audit} sample="labels" request={request} isBeyond={isBeyond}>
      <NextSteps audit={audit} />
    </RequestLine>
  );
}

/**
 * The desk goes on at once with every verdict, so the next unit is on screen when the plan says stop. The desk steps
 * back to the unit that decided: there the next Enter judges nothing.
 */
function useReturnToDecision(request: Request | null, audit: AuditState, isBeyond: boolean): void {
  const desk = useDesk();
  const before = useRef(request);
  useEffect(() => {
    const hadStopped = before.current === null || hasStopped(before.current);
    before.current = request;
    const { at, last, warmUp } = desk.store.getState();
    if (hadStopped || !hasStopped(request) || !isBeyond || !last || warmUp) return;
    if (audit.verdicts.has(desk.units[at]!.id)) return;
    const decided = desk.units.findIndex(({ id }) => id === last.unit.id);
    if (decided >= 0) desk.goTo(decided);
  }, [desk, request, audit, isBeyond]);
}
