/**
 * Whose verdicts stand on one unit. Each person has one at most, the newest last and the unit's own; a ruling
 * stands beside the verdicts it settles, its author's own among them, so that both sides stay to be read.
 */
import type { Actor } from './events.ts';
import { type DefectSeverity, severities } from './qaSpec.ts';
import type { AuditState, UnitVerdict } from './state.ts';

/**
 * The opinions once a verdict is given. A verdict that does not say whether it was given blind comes from before
 * opinions were kept apart: it replaces all that stood, so that records of that time read as they did.
 */
export function withOpinion(opinions: readonly UnitVerdict[], given: UnitVerdict): readonly UnitVerdict[] {
  if (given.isBlind === undefined) return [given];
  const stays = (opinion: UnitVerdict): boolean =>
    opinion.by.profile !== given.by.profile ||
    (opinion.adjudicates === undefined && (given.adjudicates?.includes(opinion.seq) ?? false));
  return [...opinions.filter(stays), given];
}

/** The verdict a person stands by on a unit, her ruling where she gave one; null where she has none. */
export function ownVerdict(
  state: Pick<AuditState, 'opinions'>,
  profile: Actor['profile'],
  unit: string,
): UnitVerdict | null {
  return state.opinions.get(unit)?.findLast(({ by }) => by.profile === profile) ?? null;
}

export const judgements = [
  'accept',
  'reject-critical',
  'reject-major',
  'reject-minor',
  'sensor-limited',
  'undecided',
] as const;

/** What a verdict says of a unit, as far as two people have to say the same: its kind, and how bad the worst is. */
export type Judgement = (typeof judgements)[number];

/** `unsure` and `uninspectable` are one: neither decides anything. */
export function judgementOf({ verdict, defects }: Pick<UnitVerdict, 'verdict' | 'defects'>): Judgement {
  if (verdict === 'accept' || verdict === 'sensor-limited') return verdict;
  const worst = verdict === 'reject' ? worstSeverity(defects) : null;
  return worst === null ? 'undecided' : `reject-${worst}`;
}

/** The gravest severity among defects; null where there are none. */
export function worstSeverity(
  defects: readonly { readonly severity: DefectSeverity }[],
): DefectSeverity | null {
  return severities.find((severity) => defects.some((defect) => defect.severity === severity)) ?? null;
}
