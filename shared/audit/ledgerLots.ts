/**
 * What a signed audit says to the ledger: one decision for each severity of each sample.
 *
 * The plan decides, not the person: a lot taken over by concession although its plan was not met counts as not
 * accepted, and so does a lot that was turned away although every plan was met. Where a plan decided nothing, and
 * while a lot is on hold, the decision waits and moves nothing.
 */
import { aqlSeries, cellAt } from '../sampling/iso2859.ts';
import type { FrozenPlan, FrozenSample } from './eventPlan.ts';
import type { AuditEvent, EventData, Intake, SeverityCount } from './events.ts';
import { foldAll } from './fold.ts';
import type { LedgerData, LotSeverityDecision } from './ledgerEvents.ts';
import type { AuditState } from './state.ts';

type Signed = Extract<AuditEvent, { type: 'disposition.signed' }>;

/** A signed entry as the ledger takes it in, with where it belongs and who signed. */
export interface SignedLot {
  readonly vendor: string;
  readonly project: string;
  readonly event: Signed;
  readonly lot: LedgerData<'lot.decided'>;
}

/** Every signed entry of an audit, oldest first. Intake and plan cannot change once a lot is signed. */
export function signedLots(
  events: readonly AuditEvent[],
  state: AuditState | null = foldAll(events),
): SignedLot[] {
  const sample = state?.sample;
  if (!state || !sample) return [];
  const { audit, intake } = state;
  let previous: string | null = null;
  return events
    .filter((event): event is Signed => event.type === 'disposition.signed')
    .map((event) => {
      const supersedes = previous;
      previous = event.hash;
      const { disposition, outcome } = event.data;
      const lot = {
        audit,
        batch: intake.batch,
        submission: intake.submission,
        resubmits: intake.resubmits,
        isPilot: intake.isPilot ?? false,
        signed: { seq: event.seq, hash: event.hash, at: event.at, disposition, outcome: outcome.outcome },
        supersedes,
        decisions: decisionsOf(event.data, sample),
      };
      return { vendor: intake.vendor, project: intake.project ?? '', event, lot };
    });
}

/** The decision of one signed entry on each severity of both samples. */
export function decisionsOf(
  signed: Pick<EventData<'disposition.signed'>, 'disposition' | 'outcome'>,
  sample: FrozenSample,
): LotSeverityDecision[] {
  return signed.outcome.counts.flatMap((count) => decisionOn(count, signed, sample));
}

function decisionOn(
  count: SeverityCount,
  signed: Pick<EventData<'disposition.signed'>, 'disposition' | 'outcome'>,
  sample: FrozenSample,
): LotSeverityDecision[] {
  const series = { sample: count.sample, severity: count.severity };
  const plan = sample[count.sample].plans.find(({ severity }) => severity === count.severity);
  if (!plan) return [];
  return [
    {
      series,
      unit: count.sample === 'cells' ? 'cell' : sample.labels.unit,
      plan,
      count,
      isAccepted: isAccepted(count, signed),
      tighterAc: tighterAcceptance(plan),
      stood: { before: 'normal', after: 'normal', score: 0 },
    },
  ];
}

function isAccepted(
  { outcome }: SeverityCount,
  signed: Pick<EventData<'disposition.signed'>, 'disposition' | 'outcome'>,
): boolean | null {
  if (signed.disposition === 'hold' || outcome === 'undecidable') return null;
  const isTurnedAway = signed.disposition === 'not-accept' && signed.outcome.outcome === 'met';
  return outcome === 'met' && !isTurnedAway;
}

/**
 * Acceptance number of the plan one AQL step stricter at the same code letter; null where its n is another, so that
 * the counts cannot be compared, or where there is none. A lot on tightened inspection has met the stricter plan
 * already.
 */
export function tighterAcceptance(plan: FrozenPlan): number | null {
  if (plan.inspection === 'tightened') return plan.acceptanceNumber;
  if (plan.inspection !== 'normal' || plan.aql === null || plan.codeLetter === null) return null;
  const at = aqlSeries.indexOf(plan.aql);
  // Records come from elsewhere too: a letter or an AQL of no table leads to no cell.
  if (at < 1 || !/^[A-HJ-NPQR]$/.test(plan.codeLetter)) return null;
  const [own, stricter] = [cellAt('normal', plan.codeLetter, at), cellAt('normal', plan.codeLetter, at - 1)];
  return own.n === stricter.n ? stricter.ac : null;
}

/** Resubmissions and pilots are recorded and move nothing. */
export function isFirstSubmission({ submission, resubmits, isPilot }: Isolation): boolean {
  return submission === 1 && resubmits === null && isPilot !== true;
}

/** Lots by themselves: no switching rule applies to how they are inspected. */
export type Isolation = Pick<Intake, 'submission' | 'resubmits' | 'isPilot'>;
