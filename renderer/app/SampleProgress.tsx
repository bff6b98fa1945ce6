/** How far what the plans ask for is judged. Only progress: the lot's standing stays hidden while judging. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { visibleState } from '../../shared/audit/blind.ts';
import { progressOf, requestOf, type SampleName } from '../../shared/audit/course.ts';
import { judgedAsDrawn } from '../../shared/audit/presentation.ts';
import type { AuditState } from '../../shared/audit/state.ts';
import { useSession } from '../state/context.tsx';
import { deskProgress } from '../state/deskProgress.ts';
import styles from './Header.module.css';

export function SampleProgress() {
  const { t } = useTranslation();
  const shown = useSession((state) => state.shown);
  const profile = useSession((state) => state.actor?.profile ?? null);
  const atDesk = useStore(deskProgress, ({ labels }) => labels);
  if (!shown?.sample) return null;
  // Where units are judged blind, everybody has all of them to judge: progress is one's own.
  const audit = visibleState(shown, profile);
  const counts = [
    {
      name: t('app.progressLabels'),
      ...(atDesk ?? progressOf(audit, 'labels')),
      isAtMost: mayStop(audit, 'labels'),
    },
    { name: t('app.progressCells'), ...progressOf(audit, 'cells'), isAtMost: mayStop(audit, 'cells') },
  ];
  return counts.map(({ name, judged, asked, isAtMost }) => (
    <span className={styles.fact} key={name} title={name}>
      <span>
        <b>{judged}</b> {t(isAtMost ? 'sequential.progressAtMost' : 'app.progressOf', { drawn: asked })}{' '}
        <span className={styles.unitName}>{name}</span>
      </span>
      <i className={styles.divider} />
    </span>
  ));
}

/** A sequential plan that has not stopped yet: what is asked for is only a bound. */
function mayStop(audit: AuditState, sample: SampleName): boolean {
  return judgedAsDrawn(audit.sample?.[sample].plans ?? []) > 0 && requestOf(audit, sample) === 'go-on';
}
