/** The plans of both samples: what is drawn, and how much may be found. */
import { useTranslation } from 'react-i18next';
import { planParameters } from '../../../shared/report/planWords.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { usePercent } from '../../ui/usePercent.ts';
import styles from './Plan.module.css';
import type { PlanRow } from './planRows.ts';

export interface PlanTableProps {
  readonly rows: readonly PlanRow[];
  readonly shown: number;
  readonly onShow: (row: number) => void;
}

/** Rows are chosen with the radio at their front; the curve beside the table is that of the chosen one. */
export function PlanTable({ rows, shown, onShow }: PlanTableProps) {
  const { t } = useTranslation();
  return (
    <table className={styles.table} data-testid="plan-table">
      <thead>
        <tr>
          <th scope="col">{t('planScreen.sample')}</th>
          <th scope="col">{t('planScreen.severity')}</th>
          <th scope="col">{t('planScreen.plan')}</th>
          <th scope="col" className={styles.number}>
            n
          </th>
          <th scope="col" className={styles.number}>
            Ac
          </th>
          <th scope="col" className={styles.number}>
            Re
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={`${row.sample} ${row.severity}`} data-shown={at === shown} onClick={() => onShow(at)}>
            <td>
              <label className={styles.choice}>
                <input type="radio" name="plan" checked={at === shown} onChange={() => onShow(at)} />
                {t(`audit.sample.${row.sample}`)}
              </label>
            </td>
            <td>{t(`audit.severity.${row.severity}`)}</td>
            {row.plan.ok ? (
              <PlanCells plan={row.plan.value} />
            ) : (
              <td colSpan={4}>
                <ProblemLine problem={row.plan.problem} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PlanCells({ plan }: { plan: SamplingPlan }) {
  const { t } = useTranslation();
  const percent = usePercent();
  return (
    <>
      <td>
        {t(`designer.schemes.${plan.scheme}`)}
        <span className={styles.presetText}>{planParameters(plan, t, percent)}</span>
      </td>
      <td className={styles.number}>
        {plan.double || plan.sequential
          ? t('designer.atMost', { n: count(plan.sampleSize) })
          : count(plan.sampleSize)}
        {plan.fullInspection && <span className={styles.all}> {t('planScreen.allUnits')}</span>}
      </td>
      <Limits plan={plan} />
    </>
  );
}

/** Ac and Re; a plan that may stop earlier has a pair for each stage, or two lines. */
function Limits({ plan }: { plan: SamplingPlan }) {
  const { t } = useTranslation();
  const { double, sequential, acceptanceNumber, rejectionNumber } = plan;
  if (sequential) {
    return (
      <td className={styles.number} colSpan={2}>
        {t('designer.twoLines')}
      </td>
    );
  }
  const pairs = double
    ? [
        [double.ac1, double.re1],
        [double.ac2, double.re2],
      ]
    : [[acceptanceNumber, rejectionNumber]];
  return [0, 1].map((side) => (
    <td key={side} className={styles.number}>
      {pairs.map((pair) => pair[side]).join(', ')}
    </td>
  ));
}
