/** Where to go once all that is asked for is judged: open units and hasty verdicts again, the cells, the decision. */
import { useTranslation } from 'react-i18next';
import { progressOf, requestOf } from '../../../shared/audit/course.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { auditAddress } from '../../app/routes.ts';
import { nextLook, secondLooks } from './pace/secondLook.ts';
import styles from './side.module.css';
import { useDesk } from './useDesk.ts';

export function NextSteps({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const looks = secondLooks(audit, desk.units);
  const undecided = looks.filter(({ reason }) => reason === 'unsure' || reason === 'uninspectable').length;
  return (
    <>
      {undecided > 0 && <span>{t('review.allJudgedOpen', { count: undecided })}</span>}
      {looks.length > 0 && (
        <button
          type="button"
          className={styles.link}
          onClick={() => desk.goTo(nextLook(looks, desk.store.getState().at)!)}
          data-testid="second-look"
        >
          {t('pace.secondLookCount', { count: looks.length })} <CommandKey id="review.secondLook" />
        </button>
      )}
      <NextScreen audit={audit} />
    </>
  );
}

/** The search cells while they are asked for, else the decision. */
function NextScreen({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const { judged, asked } = progressOf(audit, 'cells');
  // A plan that stopped because the lot is not met asks for no cells either.
  const isDecided = requestOf(audit, 'labels') !== null && planOutcome(audit).outcome === 'not-met';
  const areCellsDone = judged >= asked || isDecided;
  return (
    <a className={styles.link} href={auditAddress(audit.audit, areCellsDone ? 'disposition' : 'search')}>
      {t(areCellsDone ? 'review.goToDisposition' : 'review.goToSearch')}{' '}
      <CommandKey id={areCellsDone ? 'app.disposition' : 'app.search'} />
    </a>
  );
}
