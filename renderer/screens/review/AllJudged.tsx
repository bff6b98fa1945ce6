/** Says that the sample is done, what asks for a second look, and where to go on. */
import { useTranslation } from 'react-i18next';
import { requestOf } from '../../../shared/audit/course.ts';
import { NextSteps } from './NextSteps.tsx';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './side.module.css';
import { useDesk, useDeskState } from './useDesk.ts';

export function AllJudged() {
  const { t } = useTranslation();
  const desk = useDesk();
  const audit = useVisibleAudit();
  const given = useDeskState((state) => state.given);
  const isDone = desk.units.every(({ id }) => audit.verdicts.has(id) || given.has(id));
  // A plan that may stop says itself when it has.
  if (!isDone || requestOf(audit, 'labels') !== null) return null;
  return (
    <section className={styles.done} data-testid="all-judged">
      <b>{t('review.allJudged')}</b>
      <NextSteps audit={audit} />
    </section>
  );
}
