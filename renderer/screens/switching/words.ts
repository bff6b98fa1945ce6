/** What an entry of a ledger is, did, and why, as sentences. */
import type { LedgerSeries } from '../../../shared/audit/ledgerEvents.ts';
import type { LedgerRow, LotRow, SequenceTerms, StepRow } from '../../../shared/audit/ledgerState.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { scoreForReduced } from '../../../shared/sampling/switching.ts';
import { dateTime } from '../../ui/format.ts';

export function seriesName({ severity, sample }: LedgerSeries, t: Translate): string {
  return t('switching.seriesTitle', {
    severity: t(`audit.severity.${severity}`),
    sample: t(`audit.sample.${sample}`),
  });
}

export function termsText({ standard, level, aql, unit, counts }: SequenceTerms, t: Translate): string {
  return t('switching.terms', {
    standard,
    level: level ?? '',
    aql: aql ?? '',
    unit: t(`switching.unit.${unit}`),
    counts: t(`switching.counts.${counts}`),
  });
}

/** `Batch 12`, or what a person entered. */
export function rowName({ entry }: LedgerRow, t: Translate): string {
  return entry.kind === 'lot' ? lotName(entry, t) : stepName(entry, t);
}

function lotName({ lot }: LotRow, t: Translate): string {
  return lot.submission === 1
    ? lot.batch
    : `${lot.batch}, ${t('switching.lot.submission', { submission: lot.submission })}`;
}

function stepName({ step }: StepRow, t: Translate): string {
  switch (step.type) {
    case 'production.observed':
      return t(`switching.steps.${step.data.isSteady ? 'steady' : 'irregular'}`);
    case 'reduced.agreed':
      return t('switching.steps.agreed');
    case 'inspection.resumed':
      return t('switching.steps.resumed');
    case 'state.set':
      return t('switching.steps.set', { state: t(`switching.states.${step.data.state}`) });
    case 'step.takenBack':
      return t('switching.act.takeBack');
  }
}

/** Accepted or not, in a word; empty for a person's entry. */
export function decisionWord({ entry }: LedgerRow, t: Translate): string {
  if (entry.kind === 'step') return '';
  const { isAccepted } = entry.decision;
  if (isAccepted === null) return t('switching.lot.waiting');
  return t(`switching.lot.${isAccepted ? 'accepted' : 'notAccepted'}`);
}

/** What it did to the state and why, with the lots that brought it about. */
export function effectSentence(row: LedgerRow, rows: readonly LedgerRow[], t: Translate): string {
  const causes = causesOf(row, rows)
    .map((cause) => rowName(cause, t))
    .join(t('switching.listComma'));
  const isScoreLost = row.effect === 'counted' && row.score === 0 && row.before === 'normal';
  const isAccepted = row.entry.kind === 'lot' && row.entry.decision.isAccepted === true;
  const plan = row.entry.kind === 'lot' ? row.entry.decision.plan : null;
  return t(`switching.effects.${isScoreLost && isAccepted ? 'scoreBegins' : row.effect}`, {
    lots: causes,
    needed: scoreForReduced,
    inspection: plan?.inspection ? t(`switching.states.${plan.inspection}`) : '',
    due: t(`switching.states.${row.before}`),
  });
}

/** Lots that counted since the state before this move began, the moving one last. */
function causesOf(row: LedgerRow, rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const at = rows.indexOf(row);
  const began = rows.findLastIndex(
    (other, place) =>
      place < at &&
      (other.before !== other.after || (rows[place + 1]?.sequence ?? other.sequence) !== other.sequence),
  );
  const since = rows.slice(began + 1, at + 1).filter(isCounted);
  const bad = (own: readonly LedgerRow[]) => own.filter((one) => !isAcceptedLot(one));
  switch (row.effect) {
    case 'twoOfFive':
      return bad(since.slice(-5));
    case 'fiveNotAccepted':
      return bad(since);
    case 'fiveAccepted':
      return since.slice(-5);
    default:
      return [row];
  }
}

function isAcceptedLot({ entry }: LedgerRow): boolean {
  return entry.kind === 'lot' && entry.decision.isAccepted === true;
}

/** Whether the lot entered the rules at all. */
function isCounted({ entry, effect, before, after }: LedgerRow): boolean {
  return entry.kind === 'lot' && (effect === 'counted' || before !== after);
}

/** `normal → tightened`, or that it stays. */
export function stateChange({ before, after }: LedgerRow, t: Translate): string {
  return before === after
    ? t('switching.stays', { state: t(`switching.states.${after}`) })
    : t('switching.moved', {
        before: t(`switching.states.${before}`),
        after: t(`switching.states.${after}`),
      });
}

/** One line for who cannot see the marks: name, decision, what it did, when. */
export function rowLine(row: LedgerRow, rows: readonly LedgerRow[], t: Translate): string {
  const parts = [
    rowName(row, t),
    decisionWord(row, t),
    stateChange(row, t),
    effectSentence(row, rows, t),
    dateTime(row.at),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
