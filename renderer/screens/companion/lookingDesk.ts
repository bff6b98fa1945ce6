/** A desk that only looks: it goes where the real one is, and tells that one what is clicked here. It records nothing. */
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import { judgingOrder } from '../../../shared/audit/presentation.ts';
import { refusal } from '../../../shared/audit/refusal.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Engine } from '../../viewport/engine.ts';
import { createActiveTime } from '../review/activeTime.ts';
import { createCorrector } from '../review/correct/corrector.ts';
import { createDesk, type Desk } from '../review/desk.ts';
import { createUnitLocator } from '../review/locateUnit.ts';
import type { DeskValue } from '../review/useDesk.ts';
import type { CompanionMessage, DeskPlace } from './messages.ts';

export function createLookingDesk(
  engine: Engine,
  audit: () => AuditState,
  post: (message: CompanionMessage) => void,
): DeskValue {
  const { index } = engine;
  const locator = createUnitLocator(index);
  const time = createActiveTime(0);
  const units: readonly DrawnUnit[] = judgingOrder(audit().sample!.labels, index.delivery);
  const made = createDesk(
    {
      units,
      index,
      locator,
      time,
      now: () => 0,
      audit,
      record: () => refusal('audit-read-only'),
      recordAll: (drafts) => drafts.map(() => refusal('audit-read-only')),
      measured: () => null,
      evidence: async () => null,
      keepDraft: () => undefined,
      newId: () => crypto.randomUUID(),
      profile: () => null,
      undoReason: () => '',
      remember: () => undefined,
    },
    0,
  );
  const desk: Desk = {
    ...made,
    select: (row) => post({ kind: 'select', row }),
    goToFrame: (frame) => post({ kind: 'frame', frame }),
  };
  return { queue: 'sample', desk, locator, time, corrector: createCorrector(engine, desk) };
}

/** Puts the looking desk where the real one is; a unit that is not in this sample leaves it where it stands. */
export function follow(desk: Desk, { unit, frame, besideRow }: DeskPlace): void {
  const at = desk.units.findIndex(({ id }) => id === unit);
  if (at < 0) return;
  if (at !== desk.store.getState().at) desk.goTo(at);
  desk.patch({ frame, besideRow });
}
