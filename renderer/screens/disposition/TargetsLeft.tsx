/** Beside the signature: what is still to be looked at in the targeted queue. It stands in nobody's way. */
import { Crosshair } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import { targetProgress, targetQueue } from '../../../shared/audit/targets.ts';
import { auditAddress } from '../../app/routes.ts';
import styles from './Disposition.module.css';

export function TargetsLeft({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const { queued, left } = targetProgress(audit);
  const next = targetQueue(audit).find(({ verdict }) => verdict === null);
  if (audit.phase === 'signed' || !next) return null;
  return (
    <p className={styles.targets} data-testid="targets-left">
      <Crosshair size={16} aria-hidden="true" />
      <span>
        {t('targets.disposition', { queued, left })}{' '}
        <a href={auditAddress(audit.audit, 'review', next.targets[0].target.id)}>{t('targets.goTo')}</a>
      </span>
    </p>
  );
}
