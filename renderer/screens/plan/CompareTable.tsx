/** Two or three plans side by side: what each draws, lets pass, takes and costs. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../../shared/messages/translate.ts';
import { planParameters } from '../../../shared/report/planWords.ts';
import { planAt, rateOfPlan } from '../../../shared/sampling/planPoint.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { count, duration } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { usePercent } from '../../ui/usePercent.ts';
import styles from './Plan.module.css';
import { planLetters, shortNumbers } from './planNames.ts';
import type { Pin } from './useCompare.ts';

export interface CompareTableProps {
  readonly plan: SamplingPlan;
  readonly pins: readonly Pin[];
  /** Seconds for one unit of this sample. */
  readonly pace: number;
  readonly onUnpin: (id: number) => void;
}

export function CompareTable({ plan, pins, pace, onUnpin }: CompareTableProps) {
  const { t } = useTranslation();
  const percent = usePercent();
  const plans = [plan, ...pins.map((pin) => pin.plan)];
  return (
    <table className={`${styles.table} ${styles.compare}`} data-testid="compare-table">
      <thead>
        <tr>
          <th scope="col" className={styles.rowName}>
            {t('designer.table.plan')}
          </th>
          <th scope="col" className={styles.compared}>
            {planLetters[0]} {t('designer.this')}
          </th>
          {pins.map(({ id }, at) => (
            <th scope="col" key={id} className={styles.compared}>
              {planLetters[at + 1]} {t('designer.pinned')}{' '}
              <IconButton label={t('designer.unpin')} onClick={() => onUnpin(id)}>
                <X size={14} />
              </IconButton>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(plans, pace, { t, percent }).map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row" className={styles.rowName}>
              {name}
            </th>
            {cells.map((cell, at) => (
              <td key={planLetters[at]} className={styles.compared}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ComparedRow {
  readonly name: string;
  readonly cells: readonly ReactNode[];
}

/** How the reader's language says things. */
interface Said {
  readonly t: Translate;
  readonly percent: (share: number) => string;
}

function rowsOf(plans: readonly SamplingPlan[], pace: number, words: Said): ComparedRow[] {
  const { t, percent } = words;
  const rate = commonRate(plans);
  const said = (share: number): string => String(Number((100 * share).toPrecision(3)));
  const unit = t(`designer.aqlUnit.${plans.some(({ model }) => model === 'poisson') ? 'defects' : 'units'}`);
  const row = (name: string, cell: (plan: SamplingPlan) => ReactNode): ComparedRow => ({
    name,
    cells: plans.map(cell),
  });
  const passesAt = (share: number): ComparedRow =>
    row(t('designer.table.passesAt', { rate: said(share), unit }), (plan) =>
      chanceWords(planAt(plan, share).pa, t),
    );
  return [
    row(t('designer.table.kind'), (plan) => (
      <>
        {t(`designer.schemes.${plan.scheme}`)}
        <span className={styles.presetText}>{planParameters(plan, t, percent)}</span>
      </>
    )),
    row(t('designer.table.n'), (plan) => count(plan.sampleSize)),
    row(t('designer.table.numbers'), (plan) => shortNumbers(plan)),
    passesAt(rate),
    passesAt(2 * rate),
    row(t('designer.table.ltpd'), (plan) => ltpdWords(plan, words)),
    row(t('designer.table.mean', { rate: said(rate), unit }), (plan) =>
      count(Math.ceil(planAt(plan, rate).asn)),
    ),
    row(t('designer.table.hours'), (plan) => duration((planAt(plan, rate).asn * pace) / 60)),
  ];
}

/** One quality for all of them: what the first plan that names one wants to pass. */
function commonRate(plans: readonly SamplingPlan[]): number {
  for (const { aql, producer, sequential } of plans) {
    if (aql !== null) return Number(aql) / 100;
    if (producer) return producer.rate;
    if (sequential) return sequential.p0;
  }
  return 0.01;
}

function ltpdWords(plan: SamplingPlan, { t, percent }: Said): string {
  const rate = rateOfPlan(plan, 0.1);
  if (plan.model === 'binomial') return percent(rate);
  return `${Number((100 * rate).toPrecision(3))} ${t('designer.aqlUnit.defects')}`;
}

/** Never a rounded 0 or 100. */
function chanceWords(chance: number, t: Translate): string {
  const times = 100 * chance;
  if (times < 0.05) return t('designer.never');
  if (times > 99.95) return t('designer.always');
  return t('designer.times', { times: Number(times.toFixed(1)) });
}
