/** When a lot may be signed, and what a signed entry must say. */
import type { Problem } from '../base/problem.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { EventData, PlanOutcome } from './events.ts';
import { planOutcome, type Standing, sidesOf, stillToJudge } from './outcome.ts';
import { firstRefusal, isBlank, refusal } from './refusal.ts';
import type { AuditState } from './state.ts';

export type Disposition = EventData<'disposition.signed'>['disposition'];

const followed: Readonly<Record<PlanOutcome['outcome'], Disposition>> = {
  met: 'accept',
  'not-met': 'not-accept',
  undecidable: 'hold',
};

/** True where the disposition is not the one the plan's outcome asks for, so that a reason must be given. */
export function differsFromOutcome(disposition: Disposition, outcome: PlanOutcome['outcome']): boolean {
  return followed[outcome] !== disposition;
}

/**
 * Why the lot may not be signed now, or null.
 * - All that the plans of both samples have asked for is judged; earlier only once a rejection number is reached.
 * - Where the open units could turn the outcome, each of them that the plans ask for must have had its second look. What then stays open
 *   is signed as undecidable.
 * - A lot signed before is signed again only after an upheld dispute, or when it was put on hold.
 */
export function canSign(state: AuditState): Problem | null {
  if (!state.sample) return refusal('plan-not-frozen');
  if (state.sample.specHash !== state.spec?.hash) return refusal('plan-of-another-spec');
  const { labels, cells } = sidesOf(state);
  const asked = [labels, cells].flatMap((side) => side.standings.slice(0, side.asked));
  const { outcome } = planOutcome(state);
  const still = stillToJudge(state);
  const left = still.labels + still.cells;
  const waiting = asked.filter(needsSecondLook).length;
  return firstRefusal(
    () => !mayBeSignedAgain(state) && refusal('audit-signed'),
    () => outcome !== 'not-met' && left > 0 && refusal('sign-unfinished', { left }),
    () => outcome === 'undecidable' && waiting > 0 && refusal('sign-needs-second-look', { waiting }),
  );
}

/** Units whose second look the signature waits for while the outcome differs counted both ways. */
export function needsSecondLook(standing: Standing): boolean {
  return standing.kind === 'open' && !standing.isSecondLook;
}

/** True when an upheld dispute made the signed outcome out of date: a new signed entry is due. */
export function isNewSignatureDue(state: AuditState): boolean {
  const last = state.dispositions.at(-1);
  return last !== undefined && state.lastUpheldSeq !== null && state.lastUpheldSeq > last.seq;
}

function mayBeSignedAgain(state: AuditState): boolean {
  const last = state.dispositions.at(-1);
  return last === undefined || last.disposition === 'hold' || isNewSignatureDue(state);
}

/** The rules for the entry itself. Its signature is checked by who has the key (see `signing.ts`). */
export function maySign(state: AuditState, data: EventData<'disposition.signed'>): Problem | null {
  const outcome = planOutcome(state);
  const supersedes = state.dispositions.at(-1)?.seq ?? null;
  return firstRefusal(
    () => canSign(state),
    () => canonicalJson(data.outcome) !== canonicalJson(outcome) && refusal('sign-outcome-moved'),
    () => data.head !== state.head && refusal('sign-head-moved'),
    () => data.supersedes !== supersedes && refusal('sign-supersedes-wrong'),
    () =>
      differsFromOutcome(data.disposition, outcome.outcome) &&
      isBlank(data.reason) &&
      refusal('sign-needs-reason'),
  );
}
