/** What finding nothing still allows, and where units of a whole frame fail on one slip. */
import { useTranslation } from 'react-i18next';
import { type DeliverySizes, labelsOnOneUnit } from '../../../shared/audit/planChoice.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { finiteLotUpper } from '../../../shared/sampling/intervals.ts';
import { ClusterNote } from '../../ui/ClusterNote.tsx';
import { count } from '../../ui/format.ts';
import { usePercent } from '../../ui/usePercent.ts';
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
