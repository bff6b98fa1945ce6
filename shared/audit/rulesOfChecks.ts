/** What may be said of findings of the automatic checks, and how the checks may be set. */
import type { Problem } from '../base/problem.ts';
import type { EventData } from './events.ts';
import { firstRefusal, isBlank, refusal } from './refusal.ts';
import { specDefect } from './specLookup.ts';
import type { AuditState } from './state.ts';

export function maySetChecks({ reason }: EventData<'checks.set'>): Problem | null {
  return isBlank(reason) ? refusal('reason-missing') : null;
}

/**
 * One answer stands at a time. A confirmed finding is a defect of the spec and stands in the targeted queue before it
 * is answered; only what concerns no single frame has nothing that could be queued. The sample is drawn first: what is
 * in it is judged there.
 */
export function mayTriage(state: AuditState, data: EventData<'finding.triaged'>): Problem | null {
  const { finding, answer, defect, target, reason } = data;
  const isConfirmed = answer === 'defect';
  return firstRefusal(
    () => state.triage.has(finding.id) && refusal('finding-answered', { finding: finding.id }),
    () => isConfirmed !== (defect !== null) && refusal('answer-odd', { finding: finding.id }),
    () => !isConfirmed && isBlank(reason) && refusal('reason-missing'),
    () => isConfirmed && mayConfirm(state, data),
    () => !isConfirmed && target !== null && refusal('answer-odd', { finding: finding.id }),
  );
}

function mayConfirm(
  state: AuditState,
  { finding, defect, target }: EventData<'finding.triaged'>,
): Problem | null {
  const isOfFrame = finding.frame !== '';
  return firstRefusal(
    () => (state.spec === null || state.sample === null) && refusal('plan-not-frozen'),
    () =>
      specDefect(state.spec!.spec, defect!.code) === null &&
      refusal('defect-unknown', { code: defect!.code }),
    () => isOfFrame !== (target !== null) && refusal('answer-odd', { finding: finding.id }),
    () => target !== null && !state.targets.has(target) && refusal('target-unknown', { target }),
  );
}

export function mayReopen(state: AuditState, { finding }: EventData<'finding.reopened'>): Problem | null {
  return state.triage.has(finding) ? null : refusal('finding-not-answered', { finding });
}
