/** What the lines in the views are: each role that is drawn, with its stroke. */
import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../../shared/checks/evidence.ts';
import styles from './checks.module.css';
import { isDashed, rolesOf } from './evidenceStrokes.ts';

export function EvidenceLegend({ pieces }: { pieces: readonly Evidence[] }) {
  const { t } = useTranslation();
  const roles = rolesOf(pieces);
  if (roles.length === 0) return null;
  return (
    <ul className={styles.legend} aria-label={t('checks.card.drawn')}>
      {roles.map((role) => (
        <li key={role}>
          <svg width={22} height={8} aria-hidden="true" className={styles.legendLine} data-role={role}>
            <line x1={1} x2={21} y1={4} y2={4} strokeDasharray={isDashed(role) ? '5 3' : undefined} />
          </svg>
          {t(`checks.evidence.${role}`)}
        </li>
      ))}
    </ul>
  );
}
