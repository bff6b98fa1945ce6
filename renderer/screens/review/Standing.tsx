/**
 * The lot's standing, only where the lead has shown it: it invites flinching near the acceptance number. Where units
 * are judged blind it counts what others said, so it also waits until all of one's own are given.
 */
import { useTranslation } from 'react-i18next';
import { linesAt, progressOf } from '../../../shared/audit/course.ts';
import type { SeverityCount } from '../../../shared/audit/events.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { useSession } from '../../state/context.tsx';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './side.module.css';

export function Standing() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.shown!);
  const visible = useVisibleAudit();
  const own = progressOf(visible, 'labels');
  if (!audit.isStandingShown || (audit.isBlind && own.judged < own.asked)) return null;
  const { counts } = planOutcome(audit);
  const plans = audit.sample?.labels.plans ?? [];
  const standingOf = (count: SeverityCount): string => {
    const lines = plans.find(({ severity }) => severity === count.severity)?.sequential;
    const { defective, judged, acceptanceNumber: acceptance } = count;
    if (!lines) return t('review.standingCount', { defective, acceptance });
    const { accept, reject } = linesAt(lines, judged);
    return t(`sequential.${accept < 0 ? 'standingNoAccept' : 'standingLines'}`, {
      ...{ defective, judged, accept, reject },
    });
  };
  return (
    <section className={styles.section} data-testid="standing">
      <h2 className={styles.heading}>{t('review.standing')}</h2>
      <dl className={styles.facts}>
        {counts
          .filter(({ sample }) => sample === 'labels')
          .map((count) => (
            <div key={count.severity} data-wide>
              <dt>{t(`review.severity.${count.severity}`)}</dt>
              <dd>{standingOf(count)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
