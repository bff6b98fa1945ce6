/** What the desk of the sample needs so that errors put in come up among its units. */
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import { livingSeeds, orderWithSeeds } from '../../../../shared/audit/seedsShown.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Session } from '../../../state/session.ts';
import type { DeskRecord } from '../deskRecord.ts';
import { createSeedBook, type SeedBook } from './seedBook.ts';
import { seededOf } from './seededIndex.ts';

/** The units of the sample as they come up for a person, with the errors among them. */
export function unitsWithSeeds(
  index: DeliveryIndex,
  audit: AuditState,
  profile: string | null,
): readonly DrawnUnit[] {
  const { base, units } = seededOf(index);
  return orderWithSeeds(audit, profile, base.delivery, (seed) => units.get(seed.unit) ?? null);
}

/** The book of a desk with these units; null where none of them is an error. */
export function bookOfDesk(
  session: Session,
  units: readonly DrawnUnit[],
  inFront: () => string,
): SeedBook | null {
  const state = session.getState().shown!;
  const ids = new Set(units.map(({ id }) => id));
  const seeds = new Map(
    livingSeeds(state).flatMap((seed) => (ids.has(seed.unit) ? [[seed.unit, seed] as const] : [])),
  );
  if (seeds.size === 0) return null;
  return createSeedBook({
    seeds,
    actor: () => session.getState().actor,
    audit: () => session.getState().shown!,
    record: (draft) => session.getState().record(draft),
    refuse: (problem) => session.getState().notify('saving.refused', {}, problem),
    inFront,
    now: () => new Date().toISOString(),
  });
}

/** A record with the book over it: the book shows what was said of errors, and keeps out what is said of them. */
export function recordWithSeeds(under: DeskRecord, book: SeedBook): DeskRecord {
  return {
    see: (state) => book.audit(under.see(state)),
    audit: () => book.audit(under.audit()),
    record(draft) {
      const taken = book.take(draft);
      return taken ? taken.refusal : under.record(draft);
    },
    recordAll(drafts) {
      const taken = drafts.map((draft) => book.take(draft));
      const refusals = under.recordAll(drafts.filter((_draft, at) => taken[at] === null)).values();
      return taken.map((answer) => (answer ? answer.refusal : (refusals.next().value ?? null)));
    },
  };
}
