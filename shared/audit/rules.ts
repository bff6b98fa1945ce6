/**
 * What may be recorded when. Every draft passes here before it becomes an event, whoever asks: a screen, the
 * command line, an import. A refusal is a problem the person can read; the record itself is never judged here.
 */
import type { Problem } from '../base/problem.ts';
import { isLeading } from './disagreement.ts';
import type { Actor, DeliveryStamp, EventData, EventDraft, EventType } from './events.ts';
import { firstRefusal, isBlank, refusal } from './refusal.ts';
import { mayReopen, maySetChecks, mayTriage } from './rulesOfChecks.ts';
import {
  mayJudgeCell,
  mayJudgeUnit,
  mayNoteFinding,
  mayRepeat,
  mayUndoCell,
  mayUndoUnit,
} from './rulesOfJudging.ts';
import { mayFreeze } from './rulesOfPlan.ts';
import { maySign } from './rulesOfSigning.ts';
import {
  mayJudgeSeed,
  mayJudgeTarget,
  mayQueue,
  mayRemoveTarget,
  maySetSeeds,
  mayUndoTarget,
} from './rulesOfTargets.ts';
import type { AuditState, Finding } from './state.ts';
import { isClosed } from './summary.ts';

type Rules = {
  readonly [Type in EventType]: (state: AuditState, data: EventData<Type>, actor: Actor) => Problem | null;
};

/** Why this draft may not be recorded by this person now, or null. `state` null = nothing is recorded yet. */
export function mayRecord(state: AuditState | null, draft: EventDraft, actor: Actor): Problem | null {
  if (state === null) return draft.type === 'audit.opened' ? null : refusal('audit-not-opened');
  const rule = rules[draft.type] as (state: AuditState, data: unknown, actor: Actor) => Problem | null;
  return rule(state, draft.data, actor);
}

const rules: Rules = {
  'audit.opened': () => refusal('audit-already-opened'),
  'intake.changed': (state) => unlessSigned(state),
  'delivery.attached': (state, { delivery }) => unlessSameLabels(state, delivery),
  'spec.chosen': (state) =>
    unlessSigned(state) ??
    (state.verdicts.size + state.cellVerdicts.size > 0 ? refusal('spec-after-verdict') : null),
  'order.compared': (state) => unlessSigned(state),
  'plan.frozen': (state, data) => unlessSigned(state) ?? mayFreeze(state, data),
  'verdict.given': (state, data, actor) => mayJudgeUnit(state, data, actor),
  'verdict.undone': (state, data, actor) => unlessSigned(state) ?? mayUndoUnit(state, data, actor),
  'repeat.judged': (state, data, actor) => unlessSigned(state) ?? mayRepeat(state, data, actor),
  'blind.set': (_state, _data, actor) => (isLeading(actor) ? null : refusal('blind-needs-lead')),
  'cell.judged': (state, data) => mayJudgeCell(state, data),
  'cell.undone': (state, data) => unlessSigned(state) ?? mayUndoCell(state, data),
  'targets.queued': (state, data) => unlessSigned(state) ?? mayQueue(state, data),
  'target.judged': (state, data) => unlessSigned(state) ?? mayJudgeTarget(state, data),
  'target.undone': (state, data, actor) => unlessSigned(state) ?? mayUndoTarget(state, data, actor),
  'target.removed': (state, data) => unlessSigned(state) ?? mayRemoveTarget(state, data),
  'seeds.set': (state, data, actor) => unlessSigned(state) ?? maySetSeeds(state, data, actor),
  'seed.judged': (state, data, actor) => unlessSigned(state) ?? mayJudgeSeed(state, data, actor),
  'checks.set': (state, data) => unlessSigned(state) ?? maySetChecks(data),
  // A fact about the labels, true whenever it is found out.
  'checks.ran': () => null,
  'finding.triaged': (state, data) => unlessSigned(state) ?? mayTriage(state, data),
  'finding.reopened': (state, data) => unlessSigned(state) ?? mayReopen(state, data),
  'finding.noted': (state, data) => unlessSigned(state) ?? mayNoteFinding(state, data),
  'finding.withdrawn': (state, data) => unlessSigned(state) ?? mayWithdraw(state, data),
  'finding.verified': (state, data) => mayVerify(state, data),
  'standing.shown': (_state, _data, actor) => (isLeading(actor) ? null : refusal('standing-needs-lead')),
  'sensors.hashed': () => null,
  'disposition.signed': (state, data) => maySign(state, data),
  'rework.issued': (state, { findings }) => unlessUnsigned(state) ?? unknownFinding(state, findings),
  'rework.answered': (state, data) => mayAnswer(state, data),
  'dispute.ruled': (state, data, actor) => mayRule(state, data, actor),
  // Says only where what follows came from; each entry that follows passes the rules itself.
  'audit.merged': () => null,
  'record.exported': () => null,
};

/** Signed lots and findings are immutable; a correction is a new entry. */
function unlessSigned(state: AuditState): Problem | null {
  return state.phase === 'signed' ? refusal('audit-signed') : null;
}

/** What is handed to the vendor must no longer change under his hands. */
function unlessUnsigned(state: AuditState): Problem | null {
  return state.phase === 'signed' ? null : refusal('audit-not-signed');
}

function findingOf(state: AuditState, id: string): Finding | null {
  return state.findings.find((finding) => finding.id === id) ?? null;
}

function unknownFinding(state: AuditState, ids: readonly string[]): Problem | null {
  const known = new Set(state.findings.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  return unknown === undefined ? null : refusal('finding-unknown', { finding: unknown });
}

function mayWithdraw(state: AuditState, data: EventData<'finding.withdrawn'>): Problem | null {
  const finding = findingOf(state, data.finding);
  if (!finding) return refusal('finding-unknown', { finding: data.finding });
  if (finding.source === 'sample' || finding.source === 'cell') {
    return refusal('finding-of-sample', { finding: finding.id });
  }
  return isBlank(data.reason) ? refusal('reason-missing') : null;
}

/** Of this lot once the vendor says it is fixed, or of the lot this one resubmits (`<audit>/<finding>`). */
function mayVerify(state: AuditState, data: EventData<'finding.verified'>): Problem | null {
  const { resubmits } = state.intake;
  if (resubmits !== null && data.finding.startsWith(`${resubmits}/`)) return null;
  const finding = findingOf(state, data.finding);
  if (!finding) return refusal('finding-unknown', { finding: data.finding });
  return finding.status === 'overturned' ? refusal('finding-closed', { finding: finding.id }) : null;
}

/** Why these are not the labels of the audit: other files, or another source within them. */
export function unlessSameLabels(
  { delivery: audited }: AuditState,
  { labelsHash, source }: Pick<DeliveryStamp, 'labelsHash' | 'source'>,
): Problem | null {
  if (labelsHash !== audited.labelsHash) return refusal('delivery-is-another');
  // Records from before there could be several sources name none.
  const isSame = audited.source === undefined || audited.source === source;
  return isSame ? null : refusal('source-is-another', { source: audited.source ?? '' });
}

function mayAnswer(state: AuditState, data: EventData<'rework.answered'>): Problem | null {
  return firstRefusal(
    () => unlessUnsigned(state),
    () =>
      unknownFinding(
        state,
        data.answers.map(({ finding }) => finding),
      ),
    () => {
      const closed = data.answers.find(
        ({ finding, answer }) => !isAnswerable(findingOf(state, finding)!, answer),
      );
      return closed !== undefined && refusal('finding-closed', { finding: closed.finding });
    },
  );
}

/** What was taken back or is seen to be fixed takes no answer; what was ruled to stand can only be agreed or fixed. */
export function isAnswerable(
  finding: Finding,
  answer: EventData<'rework.answered'>['answers'][number]['answer'],
): boolean {
  return !isClosed(finding) && !(finding.status === 'upheld' && answer === 'dispute');
}

function mayRule(state: AuditState, data: EventData<'dispute.ruled'>, actor: Actor): Problem | null {
  const finding = findingOf(state, data.finding);
  if (!finding) return refusal('finding-unknown', { finding: data.finding });
  if (finding.status !== 'disputed') return refusal('finding-not-disputed', { finding: finding.id });
  // In a client's audit the vendor cannot rule on his own dispute; in a vendor's self-audit there is nobody else.
  if (actor.role === 'vendor-qa' && state.intake.role === 'client') return refusal('ruling-by-vendor');
  return isBlank(data.reason) ? refusal('reason-missing') : null;
}
