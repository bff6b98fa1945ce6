/** What the desk of the sample needs so that errors put in come up among its units. */
import type { DrawnUnit, EventDraft } from '../../../../shared/audit/events.ts';
import { livingSeeds, orderWithSeeds } from '../../../../shared/audit/seedsShown.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import type { Problem } from '../../../../shared/base/problem.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Session } from '../../../state/session.ts';
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

/** Many drafts at once: those on errors into the book, the others recorded in one step. One answer for each. */
export function recordBeside(
  book: SeedBook | null,
  drafts: readonly EventDraft[],
  recordAll: (drafts: readonly EventDraft[]) => readonly (Problem | null)[],
): (Problem | null)[] {
  const taken = drafts.map((draft) => book?.take(draft) ?? null);
  const refusals = recordAll(drafts.filter((_draft, at) => taken[at] === null)).values();
  return taken.map((answer) => (answer ? answer.refusal : (refusals.next().value ?? null)));
}
