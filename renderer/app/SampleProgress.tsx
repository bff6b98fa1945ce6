/** How far the two samples are judged. Only progress: the lot's standing stays hidden while judging. */
import { useTranslation } from 'react-i18next';
import { visibleState } from '../../shared/audit/blind.ts';
import { useSession } from '../state/context.tsx';
import styles from './Header.module.css';

export function SampleProgress() {
  const { t } = useTranslation();
  const sample = useSession((state) => state.shown?.sample ?? null);
  // Where units are judged blind, everybody has all of them to judge: progress is one's own.
  const labels = useSession((state) =>
    state.shown ? visibleState(state.shown, state.actor?.profile ?? null).verdicts.size : 0,
  );
  const cells = useSession((state) => state.shown?.cellVerdicts.size ?? 0);
  if (sample === null) return null;
  const counts = [
    { name: t('app.progressLabels'), judged: labels, drawn: sample.labels.units.length },
    { name: t('app.progressCells'), judged: cells, drawn: sample.cells.units.length },
  ];
  return counts.map(({ name, judged, drawn }) => (
    <span className={styles.fact} key={name} title={name}>
      <span>
        <b>{judged}</b> {t('app.progressOf', { drawn })} <span className={styles.unitName}>{name}</span>
      </span>
      <i className={styles.divider} />
    </span>
  ));
}
