/** One entry in words: what it was, what it found, what it did to the state and why; a person's may be taken back. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LedgerRow, LotRow, SeriesState, StepRow } from '../../../shared/audit/ledgerState.ts';
import { planStandard } from '../../../shared/report/planWords.ts';
import { auditAddress } from '../../app/routes.ts';
import { dateTime } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import styles from './switching.module.css';
import { decisionWord, effectSentence, rowName, stateChange, termsText } from './words.ts';

export interface EntryDetailProps {
  readonly series: SeriesState;
  readonly row: LedgerRow;
  /** Absent where nothing may be entered by who sits here. */
  readonly onTakeBack: ((row: LedgerRow) => void) | null;
}

export function EntryDetail({ series, row, onTakeBack }: EntryDetailProps) {
  const { t } = useTranslation();
  const { entry } = row;
  const mayTakeBack = entry.kind === 'step' && entry.takenBack === null && onTakeBack !== null;
  const isNewSequence = row !== series.rows[0] && isFirstOfSequence(series, row);
  return (
    <div className={styles.detail} data-testid="entry-detail">
      <p className={styles.detailTitle}>
        <b>{rowName(row, t)}</b> <span>{decisionWord(row, t)}</span>
        {mayTakeBack && (
          <Button size="compact-sm" onClick={() => onTakeBack(row)} data-testid="take-back">
            {t('switching.act.takeBack')}
          </Button>
        )}
      </p>
      <p className={page.plain}>
        {row.before !== row.after && <b>{stateChange(row, t)} </b>}
        {effectSentence(row, series.rows, t)}{' '}
        {row.scoreBefore !== row.score &&
          t('switching.scoreMoved', { before: row.scoreBefore, after: row.score })}
      </p>
      {isNewSequence && series.terms && (
        <p className={page.plain}>{t('switching.newSequence', { terms: termsOfRow(row, series, t) })}</p>
      )}
      {entry.kind === 'lot' ? <LotFacts row={row} entry={entry} /> : <StepFacts row={row} entry={entry} />}
    </div>
  );
}

function isFirstOfSequence({ rows }: SeriesState, row: LedgerRow): boolean {
  return rows.find(({ sequence }) => sequence === row.sequence) === row;
}

function termsOfRow(
  { entry }: LedgerRow,
  { terms }: SeriesState,
  t: Parameters<typeof termsText>[1],
): string {
  if (entry.kind === 'step') return terms ? termsText(terms, t) : '';
  const { plan, unit } = entry.decision;
  const { standard, level, aql, counts = 'units' } = plan;
  return termsText({ standard, level, aql, counts, unit }, t);
}

function LotFacts({ row, entry: { lot, decision, replaced } }: { row: LedgerRow; entry: LotRow }) {
  const { t } = useTranslation();
  const { plan, count } = decision;
  const facts = [
    t('switching.lot.counts', {
      found: count.defective,
      ac: plan.acceptanceNumber,
      judged: count.judged,
      n: plan.sampleSize,
    }),
    plan.inspection === null
      ? t('switching.lot.noTable', { standard: planStandard(plan, t) })
      : t('switching.lot.inspected', {
          inspection: t(`switching.states.${plan.inspection}`),
          aql: plan.aql ?? '',
        }),
    t('switching.lot.disposition', { disposition: t(`audit.disposition.${lot.signed.disposition}`) }),
    t('switching.lot.signed', { name: row.by.name, at: dateTime(lot.signed.at) }),
  ];
  const was = replaced
    .map(({ disposition }) => t(`audit.disposition.${disposition}`))
    .join(t('switching.listComma'));
  return (
    <>
      <p className={page.small}>
        {facts.join(' · ')} ·{' '}
        <a href={auditAddress(lot.audit, 'disposition')}>{t('app.screens.disposition')}</a>
      </p>
      {replaced.length > 0 && (
        <p className={page.small}>{t('switching.lot.replaced', { count: replaced.length, was })}</p>
      )}
    </>
  );
}

function StepFacts({ row, entry: { step, takenBack } }: { row: LedgerRow; entry: StepRow }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={page.small}>
        {t('switching.steps.by', { name: row.by.name, at: dateTime(row.at) })} ·{' '}
        {t('switching.steps.reason', { reason: step.data.reason })}
      </p>
      {takenBack && (
        <p className={page.small}>
          {t('switching.steps.takenBackBy', {
            name: takenBack.by.name,
            at: dateTime(takenBack.at),
            reason: takenBack.reason,
          })}
        </p>
      )}
    </>
  );
}
