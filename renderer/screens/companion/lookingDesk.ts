/** A desk that only looks: it goes where the real one is, and tells that one what is clicked here. It records nothing. */
import type { Session } from '../../state/session.ts';
import type { Engine } from '../../viewport/engine.ts';
import { createActiveTime } from '../review/activeTime.ts';
import { createCorrector } from '../review/correct/corrector.ts';
import { createDesk, type Desk } from '../review/desk.ts';
import { recordToLookAt } from '../review/deskRecord.ts';
import { bookOfDesk, recordWithSeeds, unitsWithSeeds } from '../review/seeds/deskSeeds.ts';
import { createSeededLocator } from '../review/seeds/seededLocator.ts';
import type { DeskValue } from '../review/useDesk.ts';
import type { CompanionMessage, DeskPlace } from './messages.ts';

export function createLookingDesk(
  engine: Engine,
  session: Session,
  post: (message: CompanionMessage) => void,
): DeskValue {
  const { index } = engine;
  const locator = createSeededLocator(index);
  const time = createActiveTime(0);
  // Whoever judges over there: every unit that can come up for anybody is found here.
  const plain = recordToLookAt(session);
  const units = unitsWithSeeds(index, plain.audit(), null);
  const book = bookOfDesk(session, units, () => '');
  const record = book ? recordWithSeeds(plain, book) : plain;
  const made = createDesk(
    {
      ...record,
      units,
      index,
      locator,
      time,
      now: () => 0,
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
  return { queue: 'sample', desk, locator, time, corrector: createCorrector(engine, desk), record, book };
}

/** Puts the looking desk where the real one is; a unit that is not in this sample leaves it where it stands. */
export function follow(desk: Desk, { unit, frame, besideRow }: DeskPlace): void {
  const at = desk.units.findIndex(({ id }) => id === unit);
  if (at < 0) return;
  if (at !== desk.store.getState().at) desk.goTo(at);
  desk.patch({ frame, besideRow });
}
