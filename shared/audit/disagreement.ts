/**
 * Where two people differ on a unit, and what settles it. While they differ the unit counts as open, both ways.
 * A disagreement ends in one of two ways: one of them judges again and now says the same, or a ruling names the
 * verdicts that differ. A ruling is a verdict like any other; what is said after it is not settled by it.
 */
import type { Problem } from '../base/problem.ts';
import type { Actor, EventData } from './events.ts';
import { judgementOf } from './opinions.ts';
import { firstRefusal, refusal } from './refusal.ts';
import type { AuditState, UnitVerdict } from './state.ts';

export interface Disagreement {
  readonly unit: string;
  /** The verdicts that differ, oldest first. While it is open a ruling has to name exactly these. */
  readonly verdicts: readonly UnitVerdict[];
  /** What settled it; null while it is open. */
  readonly ruling: UnitVerdict | null;
}

/**
 * Whether two people's verdicts contradict each other. A second look at what another left undecided, taken in
 * sight of it, answers it and contradicts nothing.
 */
export function contradicts(earlier: UnitVerdict, later: UnitVerdict): boolean {
  const was = judgementOf(earlier);
  if (was === judgementOf(later)) return false;
  return was !== 'undecided' || later.isBlind === true;
}

/** The standing verdicts on a unit since it was last ruled upon that differ among themselves, oldest first. */
export function differing(opinions: readonly UnitVerdict[] | undefined): readonly UnitVerdict[] {
  if (opinions === undefined || opinions.length < 2) return [];
  const ruledAt = latestRuling(opinions)?.seq ?? 0;
  const open = opinions.filter(({ seq }) => seq >= ruledAt);
  return open.filter((opinion, at) =>
    open.some(
      (other, place) =>
        place !== at && (place < at ? contradicts(other, opinion) : contradicts(opinion, other)),
    ),
  );
}

/** The disagreement on a unit, open or settled; null where nobody differs or ever had to be ruled upon. */
export function disagreementOn(state: Pick<AuditState, 'opinions'>, unit: string): Disagreement | null {
  const opinions = state.opinions.get(unit);
  const open = differing(opinions);
  if (open.length > 0) return { unit, verdicts: open, ruling: null };
  const ruling = opinions && latestRuling(opinions);
  if (!ruling) return null;
  const verdicts = opinions.filter(({ seq }) => ruling.adjudicates!.includes(seq));
  return { unit, verdicts, ruling };
}

/** Every disagreement of the sample in drawn order, open ones and settled ones apart. */
export function disagreements(state: AuditState): {
  readonly open: readonly Disagreement[];
  readonly settled: readonly Disagreement[];
} {
  const found = (state.sample?.labels.units ?? []).flatMap(({ id }) => disagreementOn(state, id) ?? []);
  return {
    open: found.filter(({ ruling }) => ruling === null),
    settled: found.filter(({ ruling }) => ruling !== null),
  };
}

function latestRuling(opinions: readonly UnitVerdict[]): UnitVerdict | undefined {
  return opinions.findLast(({ adjudicates }) => adjudicates !== undefined);
}

/** True for those who may settle a disagreement they are a party to, and set how an audit is judged. */
export function isLeading({ role }: Pick<Actor, 'role'>): boolean {
  return role === 'lead' || role === 'manager';
}

/**
 * Why a verdict may not settle what it names, or null. It names the verdicts that differ now, all and only these;
 * it comes from a lead, a manager or a third person. A party may change her own mind by judging again instead.
 */
export function mayAdjudicate(
  state: AuditState,
  { unit, adjudicates }: EventData<'verdict.given'>,
  actor: Actor,
): Problem | null {
  if (adjudicates === undefined) return null;
  const open = differing(state.opinions.get(unit));
  const named = new Set(adjudicates);
  const isParty = open.some(({ by }) => by.profile === actor.profile);
  return firstRefusal(
    () => open.length === 0 && refusal('adjudication-of-nothing', { unit }),
    () =>
      (named.size !== open.length || open.some(({ seq }) => !named.has(seq))) &&
      refusal('adjudication-of-others', { unit }),
    () => isParty && !isLeading(actor) && refusal('adjudication-by-party', { unit }),
    () => actor.role === 'vendor-qa' && state.intake.role === 'client' && refusal('adjudication-by-vendor'),
  );
}
