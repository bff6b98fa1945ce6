/**
 * What stands between a desk and the record. A desk knows one sample and says verdicts on it. What it sees may be
 * less than is recorded (nobody judges blind with others' verdicts in sight), more (errors that were put in) or
 * another list altogether (the targeted queue in the sample's place); what it says goes back the same way. Each of
 * these is a layer that answers to this contract; `seeds/deskSeeds.ts` holds the one that lies over the sample's.
 * Units judged once more after a break are no layer: they are held at the desk itself, where they can be undone.
 */
import { visibleState } from '../../../shared/audit/blind.ts';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { refusal } from '../../../shared/audit/refusal.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { auditOfTargets, draftOfTargets } from '../../../shared/audit/targetsDesk.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import type { Session } from '../../state/session.ts';
import type { Queue } from './targets/queue.ts';

export interface DeskRecord {
  /** A state of the session as this desk is to see it. */
  readonly see: (state: AuditState) => AuditState;
  /** The session's state of now, seen that way. */
  readonly audit: () => AuditState;
  /** Takes what is said of what is seen; null = taken. */
  readonly record: (draft: EventDraft) => Problem | null;
  /** The same for many that do not bear on each other, in one step. One answer for each. */
  readonly recordAll: (drafts: readonly EventDraft[]) => readonly (Problem | null)[];
}

/** The record of a session in which the open audit is judged. */
export function recordOfQueue(session: Session, queue: Queue): DeskRecord {
  const profile = (): string | null => session.getState().actor?.profile ?? null;
  const recorded = (): AuditState => session.getState().shown!;
  const see = (state: AuditState): AuditState => {
    const visible = visibleState(state, profile());
    return queue === 'sample' ? visible : auditOfTargets(visible);
  };
  const said = (draft: EventDraft): EventDraft =>
    queue === 'sample' ? draft : draftOfTargets(recorded(), draft, profile());
  return {
    see,
    audit: () => see(recorded()),
    record: (draft) => session.getState().record(said(draft)),
    recordAll: (drafts) => session.getState().recordAll(drafts.map(said)),
  };
}

/** All that is recorded of the sample, for a window that only looks on. */
export function recordToLookAt(session: Session): DeskRecord {
  return {
    see: (state) => state,
    audit: () => session.getState().shown!,
    record: () => refusal('audit-read-only'),
    recordAll: (drafts) => drafts.map(() => refusal('audit-read-only')),
  };
}
