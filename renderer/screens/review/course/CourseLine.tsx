/** The line of the review desk that says go on or stop, under a sequential or double plan of the labels. */
import { requestOf } from '../../../../shared/audit/course.ts';
import { NextSteps } from '../NextSteps.tsx';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { useDesk, useDeskState } from '../useDesk.ts';
import { askedUnits, labelsOf } from './askedUnits.ts';
import { RequestLine } from './RequestLine.tsx';
import { progressAtDesk } from './tellProgress.ts';
import { useReturnToDecision } from './useReturnToDecision.ts';

export function CourseLine() {
  const desk = useDesk();
  const at = useDeskState((state) => state.at);
  const warmUp = useDeskState((state) => state.warmUp);
  const audit = useVisibleAudit();
  const request = requestOf(audit, 'labels');
  const asked = askedUnits(desk.units, labelsOf(audit));
  const isBeyond = at >= asked;
  const isAhead = isBeyond && warmUp === null && !audit.verdicts.has(desk.units[at]!.id);
  useReturnToDecision(request, isAhead, () => desk.goTo(asked - 1));
  if (request === null) return null;
  // Over what comes up at this desk: a count that stood still after a verdict would tell what it was about.
  const progress = progressAtDesk(desk, audit, warmUp);
  return (
    <RequestLine audit={audit} sample="labels" request={request} progress={progress} isBeyond={isBeyond}>
      <NextSteps audit={audit} />
    </RequestLine>
  );
}
