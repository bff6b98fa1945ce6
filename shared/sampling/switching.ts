/**
 * The switching rules of ISO 2859-1 as a fold over lot decisions, one ledger per vendor, project and severity.
 * Only first submissions move anything.
 */

export type SwitchingState = 'normal' | 'tightened' | 'reduced' | 'discontinued';

export interface LotDecision {
  readonly accepted: boolean;
  /** Acceptance number of the plan that was used. */
  readonly ac: number;
  /** Nonconforming units found; the switching score needs it where Ac is 2 or more. */
  readonly defects?: number | undefined;
  /** Ac of the plan one AQL step stricter with the same n; absent where that plan has another n. */
  readonly tighterAc?: number | undefined;
  readonly resubmission?: boolean | undefined;
  /** Z1.4, reduced: accepted with a count between Ac and Re, which ends reduced inspection. */
  readonly isInGap?: boolean | undefined;
  /** Double plans earn by this alone: the lot was accepted on its first sample. */
  readonly isOnFirstSample?: boolean | undefined;
}

export interface Circumstances {
  /** Production is steady. */
  readonly steady: boolean;
  /** The responsible authority agrees to reduced inspection. */
  readonly agreed: boolean;
}

export interface LedgerEntry {
  readonly before: SwitchingState;
  readonly after: SwitchingState;
  readonly score: number;
  /** False for resubmissions and while inspection is discontinued: recorded, moving nothing. */
  readonly counted: boolean;
}

/** Where a sequence stands after some lots. */
export interface SwitchingStanding {
  readonly state: SwitchingState;
  readonly score: number;
  /** Decisions since the present state began, oldest first. */
  readonly since: readonly boolean[];
}

/** From this score on reduced inspection may be agreed. */
export const scoreForReduced = 30;

/** A sequence at its beginning, or a state that was entered otherwise than by a lot. */
export function standingAt(state: SwitchingState): SwitchingStanding {
  return { state, score: 0, since: [] };
}

/** Folds the lots, in order of submission, into the state they lead to. */
export function foldSwitching(
  start: SwitchingState,
  lots: readonly LotDecision[],
  circumstances: Circumstances,
): { state: SwitchingState; score: number; ledger: LedgerEntry[] } {
  const ledger: LedgerEntry[] = [];
  let standing = standingAt(start);
  for (const lot of lots) {
    const counted = !lot.resubmission && standing.state !== 'discontinued';
    const before = standing.state;
    if (counted) standing = afterLot(standing, lot, circumstances);
    ledger.push({ before, after: standing.state, score: standing.score, counted });
  }
  return { state: standing.state, score: standing.score, ledger };
}

/** One lot that counts: a first submission while inspection goes on. */
export function afterLot(
  standing: SwitchingStanding,
  lot: LotDecision,
  circumstances: Circumstances,
): SwitchingStanding {
  const since = [...standing.since, lot.accepted];
  const score = standing.state === 'normal' ? nextScore(standing.score, lot) : 0;
  const isGapEnding = standing.state === 'reduced' && lot.isInGap === true;
  const state = isGapEnding ? 'normal' : nextState(standing.state, since, score, circumstances);
  return state === standing.state ? { state, score, since } : standingAt(state);
}

function nextState(
  state: SwitchingState,
  since: readonly boolean[],
  score: number,
  { steady, agreed }: Circumstances,
): SwitchingState {
  const rejected = (decisions: readonly boolean[]): number =>
    decisions.filter((accepted) => !accepted).length;
  const lastFive = since.slice(-5);
  switch (state) {
    case 'normal':
      if (rejected(lastFive) >= 2) return 'tightened';
      return score >= scoreForReduced && steady && agreed ? 'reduced' : 'normal';
    case 'tightened':
      if (rejected(since) >= 5) return 'discontinued';
      return lastFive.length === 5 && rejected(lastFive) === 0 ? 'normal' : 'tightened';
    case 'reduced':
      return rejected(since) > 0 || !steady ? 'normal' : 'reduced';
    case 'discontinued':
      return 'discontinued';
  }
}

/**
 * Ac 0 or 1: acceptance earns 2. Above: passing the stricter plan as well earns 3, and so does acceptance on the
 * first sample of a double plan. Anything else starts again.
 */
function nextScore(
  score: number,
  { accepted, ac, defects, tighterAc, isOnFirstSample }: LotDecision,
): number {
  if (!accepted) return 0;
  if (isOnFirstSample !== undefined) return isOnFirstSample ? score + 3 : 0;
  if (ac <= 1) return score + 2;
  const passesStricter = defects !== undefined && tighterAc !== undefined && defects <= tighterAc;
  return passesStricter ? score + 3 : 0;
}
