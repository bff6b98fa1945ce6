/**
 * The lot's standing, only where the lead has shown it: it invites flinching near the acceptance number. Where units
 * are judged blind it counts what others said, so it also waits until all of one's own are given.
 */
import { useTranslation } from 'react-i18next';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { useSession } from '../../state/context.tsx';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './side.module.css';

export function Standing() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.shown!);
  const visible = useVisibleAudit();
  const drawn = audit.sample?.labels.units.length ?? 0;
  if (!audit.isStandingShown || (audit.isBlind && visible.verdicts.size < drawn)) return null;
  const { counts } = planOutcome(audit);
  return (
    <section className={styles.section} data-testid="standing">
      <h2 className={styles.heading}>{t('review.standing')}</h2>
      <dl className={styles.facts}>
        {counts
          .filter(({ sample }) => sample === 'labels')
          .map(({ severity, defective, acceptanceNumber }) => (
            <div key={severity} data-wide>
              <dt>{t(`review.severity.${severity}`)}</dt>
              <dd>{t('review.standingCount', { defective, acceptance: acceptanceNumber })}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
