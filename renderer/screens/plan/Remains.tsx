/** What finding nothing still allows, and where units of a whole frame fail on one slip. */
import { useTranslation } from 'react-i18next';
import { type DeliverySizes, labelsOnOneUnit } from '../../../shared/audit/planChoice.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { finiteLotUpper } from '../../../shared/sampling/intervals.ts';
import { ClusterNote } from '../../ui/ClusterNote.tsx';
import { count } from '../../ui/format.ts';
import { usePercent } from '../../ui/usePercent.ts';
import { judgedUnits } from './effort.ts';
import styles from './Plan.module.css';
import type { PlanRow } from './planRows.ts';

/** Single plans that accept on zero: "0 found in 125" is not "none in the lot". */
export function Remains({ rows }: { rows: readonly PlanRow[] }) {
  const { t } = useTranslation();
  const percent = usePercent();
  return rows.map(({ sample, severity, plan }) => {
    if (!plan.ok) return null;
    const { sampleSize: n, lotSize, rejectionNumber, fullInspection, double, sequential, model } = plan.value;
    const isOnZero = rejectionNumber === 1 && !double && !sequential && model === 'binomial';
    if (!isOnZero || fullInspection) return null;
    const { rate } = finiteLotUpper(lotSize, n, 0, 0.95);
    if (rate === 0) return null;
    const said = {
      sample: t(`audit.sample.${sample}`),
      severity: t(`audit.severity.${severity}`),
      n: count(n),
      upper: percent(rate),
    };
    return (
      <p className={styles.note} key={`${sample} ${severity}`} data-testid={`remains-${sample}-${severity}`}>
        {t('designer.remains', said)}
      </p>
    );
  });
}

/** A fixed plan beside one that may stop is judged to its end: the stop then spares little or nothing. */
export function OthersAsk({ rows, row }: { rows: readonly PlanRow[]; row: PlanRow }) {
  const { t } = useTranslation();
  if (!row.plan.ok || !(row.plan.value.sequential || row.plan.value.double)) return null;
  const { least } = judgedUnits(row.plan.value, 0);
  const fixed = rows.flatMap(({ sample, severity, plan }) => {
    const isFixed = plan.ok && !plan.value.sequential && !plan.value.double;
    return sample === row.sample && isFixed ? [{ severity, n: plan.value.sampleSize }] : [];
  });
  const largest = fixed.toSorted((a, b) => b.n - a.n)[0];
  if (largest === undefined || largest.n <= least) return null;
  const said = { severity: t(`audit.severity.${largest.severity}`), n: count(largest.n) };
  return (
    <p className={styles.note} data-testid="others-ask">
      {t('designer.othersAsk', said)}
    </p>
  );
}

/** Units of few scenes tell less than their number: said of the label sample's largest plan, before it is drawn. */
export function FewScenes(props: { rows: readonly PlanRow[]; lot: LotPreview; spec: QaSpec }) {
  const { rows, lot, spec } = props;
  const plans = rows.flatMap(({ sample, plan }) => (sample === 'labels' && plan.ok ? [plan.value] : []));
  const largest = plans.toSorted((a, b) => b.sampleSize - a.sampleSize)[0];
  if (largest === undefined || lot.scenes === 0 || spec.unit === 'scene') return null;
  const { sampleSize, acceptanceNumber, lotSize, model } = largest;
  const counts = model === 'poisson' ? { counts: 'defects' as const } : {};
  const plan = { sampleSize, acceptanceNumber, lotSize, ...counts };
  return (
    <div className={styles.scenes}>
      <ClusterNote units={sampleSize} scenes={lot.scenes} unit={spec.unit} plan={plan} />
    </div>
  );
}

/** In crowds a frame is bad almost surely, whatever the labels are worth. */
export function CrowdNote({ spec, sizes }: { spec: QaSpec; sizes: DeliverySizes }) {
  const { t } = useTranslation();
  const labels = labelsOnOneUnit(spec, sizes);
  if (labels === null || labels < 2) return null;
  return (
    <p className={styles.warning} role="note" data-testid="crowd-note">
      {t('designer.crowd', { count: Math.round(labels) })}
    </p>
  );
}
