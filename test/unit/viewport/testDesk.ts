/** A review desk on an audit that is kept in memory: everything the desk needs of the world, made plain. */
import { createActiveTime } from '../../../renderer/screens/review/activeTime.ts';
import { createDesk, type Desk, type DeskNeeds } from '../../../renderer/screens/review/desk.ts';
import type { DeskRecord } from '../../../renderer/screens/review/deskRecord.ts';
import { createUnitLocator } from '../../../renderer/screens/review/locateUnit.ts';
import type { UnitDraft } from '../../../renderer/screens/review/unitDraft.ts';
import { evidenceOf } from '../../../renderer/screens/review/verdictDrafts.ts';
import type { Evidence } from '../../../shared/audit/events.ts';
import { judgingOrder } from '../../../shared/audit/presentation.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { type AuditDesk, auditor } from '../audit/auditDesk.ts';

/** The record of an audit, through its rules. @param at when an entry is made, where that matters. */
export function recordOf(audit: AuditDesk, at: () => string | undefined = () => undefined): DeskRecord {
  const record: DeskRecord['record'] = (draft) => {
    const time = at();
    const problem = audit.refuses(draft, auditor);
    if (!problem) audit.record(draft, auditor, time);
    return problem;
  };
  return {
    see: (state) => state,
    audit: () => audit.state!,
    record,
    recordAll: (drafts) => drafts.map(record),
  };
}

/** A desk of the auditor, at the unit named, where the clock stands still unless a test moves it. */
export function deskOf(
  audit: AuditDesk,
  index: DeliveryIndex,
  {
    clock = () => 0,
    first = 0,
    ...needs
  }: Partial<DeskNeeds> & { clock?: () => number; first?: number } = {},
): Desk {
  let ids = 0;
  return createDesk(
    {
      ...recordOf(audit),
      units: judgingOrder(audit.state!.sample!.labels, index.delivery),
      index,
      locator: createUnitLocator(index),
      time: createActiveTime(clock()),
      now: clock,
      measured: () => null,
      evidence: async () => null,
      newId: () => `id-${++ids}`,
      profile: () => auditor.profile,
      undoReason: () => 'taken back',
      remember: () => undefined,
      keepDraft: () => undefined,
      ...needs,
    },
    first,
  );
}

/** Evidence of the label in front, as a view that counts 12 points inside would give it, without a picture. */
export function evidenceInFront(
  desk: Desk,
  { index, locator }: Pick<DeskNeeds, 'index' | 'locator'>,
  draft: UnitDraft,
): Evidence | null {
  const { frame, row, box } = locator.locate(desk.unit())!;
  return evidenceOf(index, { frame, row, box, pointsInside: 12, pose: null, picture: null, draft });
}
