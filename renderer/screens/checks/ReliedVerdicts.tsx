/** The verdicts of the audit that relied on data which a systematic finding found to be off, each to be looked at again. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { reliedOn } from '../../../shared/checks/systematic.ts';
import { auditAddress } from '../../app/routes.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { unitName } from '../review/unitName.ts';
import styles from './checks.module.css';
import { reliedUnits } from './reliedUnits.ts';

/** More than these are a number; review lists them all. */
const mostNamed = 12;

export function ReliedVerdicts({ audit, finding }: { audit: AuditState; finding: CheckFinding }) {
  const { t } = useTranslation();
  const { index } = useEngine();
  const units = useMemo(() => reliedUnits(audit, reliedOn(index, finding)), [audit, index, finding]);
  if (units.length === 0) return <p className={styles.quiet}>{t('checks.systematic.reliedNone')}</p>;
  return (
    <details className={styles.relied}>
      <summary>{t('checks.systematic.relied', { count: units.length })}</summary>
      <ul className={styles.plainList}>
        {units.slice(0, mostNamed).map((unit) => (
          <li key={unit.id}>
            <a href={auditAddress(audit.audit, 'review', unit.id)}>
              {unitName(unit)} {unit.frame}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
