/** Which known errors come up for a person, and which results a person may see. */
import type { Delivery } from '../model/delivery.ts';
import { isLeading } from './disagreement.ts';
import { drawnUnit } from './drawn.ts';
import type { Actor, DrawnUnit, Seed } from './events.ts';
import { ownVerdict } from './opinions.ts';
import { judgingOrder } from './presentation.ts';
import type { AuditState, SeedVerdict } from './state.ts';

const none: readonly Seed[] = [];
const known = new WeakMap<readonly Seed[], { readonly sample: object; readonly seeds: readonly Seed[] }>();

/**
 * Errors that can come up while units are judged, one on a label at most. One on a label that a later draw took into
 * the sample no longer does. Asked again about the same it is the same list.
 */
export function livingSeeds(state: AuditState): readonly Seed[] {
  const { sample, seeds } = state;
  if (state.phase !== 'judging' || sample === null) return none;
  const cached = known.get(seeds);
  if (cached?.sample === sample) return cached.seeds;
  const first = new Map(seeds.toReversed().map((seed) => [seed.unit, seed]));
  const living = seeds.filter(
    (seed) => first.get(seed.unit) === seed && drawnUnit(state, seed.unit) === null,
  );
  known.set(seeds, { sample, seeds: living });
  return living;
}

/**
 * The drawn units in the order they are presented, with the errors in their natural places among them. Where errors
 * were put in after a person had begun, those that would turn up among what she had left behind stay out: an open
 * unit in the middle of judged ones would give itself away.
 *
 * @param unitOf the error as a unit of the sample would be; null where the open delivery does not hold the label.
 */
export function orderWithSeeds(
  state: AuditState,
  profile: Actor['profile'] | null,
  delivery: Delivery,
  unitOf: (seed: Seed) => DrawnUnit | null,
): DrawnUnit[] {
  const made = livingSeeds(state).flatMap((seed) => {
    const unit = unitOf(seed);
    return unit ? [{ seed, unit }] : [];
  });
  const seedOf = new Map(made.map(({ seed, unit }) => [unit.id, seed]));
  const all = judgingOrder(
    state.sample!.labels,
    delivery,
    made.map(({ unit }) => unit),
  );
  const lastDrawn = all.findLast(({ id }) => !seedOf.has(id));
  const setAt = state.seedsSet?.seq ?? 0;
  const wasLeft = ({ id }: DrawnUnit): boolean => {
    const own = profile === null ? null : ownVerdict(state, profile, id);
    return own !== null && own.seq < setAt;
  };
  return all.filter((unit, at) => {
    const seed = seedOf.get(unit.id);
    if (seed === undefined || ownSeedVerdict(state, profile, seed.id) !== null) return true;
    const next = all.slice(at + 1).find(({ id }) => !seedOf.has(id)) ?? lastDrawn;
    return next !== undefined && !wasLeft(next);
  });
}

/** What a person said of an error, or null. */
export function ownSeedVerdict(
  state: AuditState,
  profile: Actor['profile'] | null,
  seed: string,
): SeedVerdict | null {
  return (
    state.seedVerdicts.find((verdict) => verdict.seed === seed && verdict.by.profile === profile) ?? null
  );
}

/** Results a person may see: who leads sees all of them, everybody else her own, and those once the lot is signed. */
export function visibleSeedVerdicts(state: AuditState, actor: Actor | null): readonly SeedVerdict[] {
  if (actor === null) return [];
  if (isLeading(actor)) return state.seedVerdicts;
  if (state.phase !== 'signed') return [];
  return state.seedVerdicts.filter(({ by }) => by.profile === actor.profile);
}
