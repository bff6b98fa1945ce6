/** Units that ask for a second look before the lot is decided, and why. */
import { differing } from '../../../../shared/audit/disagreement.ts';
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import { isHasty } from '../../../../shared/audit/pace.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';

/** The gravest first: what changes the decision stands before what only might. */
export const lookReasons = ['differing', 'unsure', 'uninspectable', 'hasty'] as const;
export type LookReason = (typeof lookReasons)[number];

export interface SecondLook {
  /** Position in the order of presentation. */
  readonly at: number;
  readonly reason: LookReason;
}

/** Why a unit asks for a second look; null where it does not. */
export function lookReason(
  state: Pick<AuditState, 'verdicts' | 'opinions'>,
  unit: string,
): LookReason | null {
  const verdict = state.verdicts.get(unit);
  if (!verdict) return null;
  if (differing(state.opinions.get(unit)).length > 0) return 'differing';
  if (verdict.verdict === 'unsure' || verdict.verdict === 'uninspectable') return verdict.verdict;
  return isHasty(verdict) ? 'hasty' : null;
}

/** All of them, by reason and then as they are presented. */
export function secondLooks(
  state: Pick<AuditState, 'verdicts' | 'opinions'>,
  units: readonly DrawnUnit[],
): SecondLook[] {
  const found = units.flatMap(({ id }, at) => {
    const reason = lookReason(state, id);
    return reason ? [{ at, reason }] : [];
  });
  const rank = ({ reason }: SecondLook): number => lookReasons.indexOf(reason);
  return found.sort((a, b) => rank(a) - rank(b) || a.at - b.at);
}

/** The one after the unit at `at`, going round; the first where that unit is none of them; null where there is none. */
export function nextLook(looks: readonly SecondLook[], at: number): number | null {
  if (looks.length === 0) return null;
  const place = looks.findIndex((look) => look.at === at);
  return looks[(place + 1) % looks.length]!.at;
}
