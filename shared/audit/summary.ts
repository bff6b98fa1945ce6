/** One audit in one row: what the list of deliveries shows, as far as the events tell it. */
import { progressOf } from './course.ts';
import type { AuditState, Finding } from './state.ts';

/** Everything that is left to do about a finding is done: it was wrong, or it is fixed and seen to be. */
export function isClosed(finding: Finding): boolean {
  return finding.status === 'overturned' || finding.status === 'verified';
}

/** The fields of the contract's audit summary that derive from the state; the rest is where it lies on disk. */
export function summariseAudit(state: AuditState) {
  const { audit, intake, delivery } = state;
  const labels = progressOf(state, 'labels');
  const cells = progressOf(state, 'cells');
  return {
    audit,
    vendor: intake.vendor,
    team: intake.team,
    project: intake.project,
    batch: intake.batch,
    submission: intake.submission,
    format: delivery.format,
    deliveryPath: delivery.path,
    sensorsPath: delivery.sensorsPath,
    phase: state.phase,
    /** Units and search cells together, as far as the plans ask for them. */
    judged: labels.judged + cells.judged,
    drawn: labels.asked + cells.asked,
    disposition: state.dispositions.at(-1)?.disposition ?? null,
    openFindings: state.findings.filter((finding) => !isClosed(finding)).length,
    receivedOn: intake.receivedOn,
    dueOn: intake.dueOn,
    startedAt: state.startedAt,
    lastAt: state.lastAt,
  };
}
