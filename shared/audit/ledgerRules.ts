/** Which steps a person may enter in a ledger, and how a signed lot is entered with how its series stood. */
import type { Problem } from '../base/problem.ts';
import { scoreForReduced } from '../sampling/switching.ts';
import { isLeading } from './disagreement.ts';
import type { Actor } from './events.ts';
import type { LedgerData, LedgerEvent, LedgerSeries, LedgerStep } from './ledgerEvents.ts';
import { foldLedger, seriesKey } from './ledgerFold.ts';
import type { LedgerState, SeriesState } from './ledgerState.ts';
import { firstRefusal, isBlank, refusal } from './refusal.ts';

/** Why this person may not enter this step now, or null. */
export function mayEnter(ledger: LedgerState, step: LedgerStep, actor: Actor): Problem | null {
  return firstRefusal(
    () => !isLeading(actor) && refusal('ledger-needs-lead'),
    () => isBlank(step.data.reason) && refusal('reason-missing'),
    () => refusedStep(ledger, step),
  );
}

function refusedStep(ledger: LedgerState, step: LedgerStep): Problem | null {
  switch (step.type) {
    case 'production.observed':
      return ledger.isSteady === step.data.isSteady ? refusal('ledger-says-so-already') : null;
    case 'reduced.agreed':
      return ofSeries(ledger, step.data.series, ({ proposal, score }) =>
        proposal === 'reduce' ? null : refusal('ledger-reduced-not-due', { score, needed: scoreForReduced }),
      );
    case 'inspection.resumed':
      return ofSeries(ledger, step.data.series, ({ proposal }) =>
        proposal === 'resume' ? null : refusal('ledger-not-discontinued'),
      );
    case 'state.set':
      return ofSeries(ledger, step.data.series, ({ state }) => {
        if (step.data.state === state) return refusal('ledger-says-so-already');
        return step.data.state === 'reduced' ? refusal('ledger-reduced-by-score') : null;
      });
    case 'step.takenBack':
      return ledger.standingSteps.has(step.data.seq)
        ? null
        : refusal('ledger-step-unknown', { seq: step.data.seq });
  }
}

function ofSeries(
  ledger: LedgerState,
  series: LedgerSeries,
  rule: (state: SeriesState) => Problem | null,
): Problem | null {
  const state = ledger.series.find((one) => seriesKey(one.series) === seriesKey(series));
  return state ? rule(state) : refusal('ledger-series-unknown', { series: seriesKey(series) });
}

/** The lot with how each of its series stands before and after it, once it follows these events. */
export function withStandings(
  events: readonly LedgerEvent[],
  lot: LedgerData<'lot.decided'>,
  actor: Actor,
): LedgerData<'lot.decided'> {
  const seq = events.length + 1;
  const envelope = { seq, at: lot.signed.at, actor, prev: '', hash: '' };
  const ledger = foldLedger([...events, { ...envelope, type: 'lot.decided', data: lot }]);
  const decisions = lot.decisions.map((decision) => {
    const of = ledger?.series.find((one) => seriesKey(one.series) === seriesKey(decision.series));
    const row = of?.rows.find(({ entry }) => entry.kind === 'lot' && entry.lot.audit === lot.audit);
    return row
      ? { ...decision, stood: { before: row.before, after: row.after, score: row.score } }
      : decision;
  });
  return { ...lot, decisions };
}
