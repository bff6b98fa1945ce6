/** Says that the sample is done, what asks for a second look, and where to go on. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { auditAddress } from '../../app/routes.ts';
import { nextLook, secondLooks } from './pace/secondLook.ts';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './side.module.css';
import { useDesk, useDeskState } from './useDesk.ts';

export function AllJudged() {
  const { t } = useTranslation();
  const desk = useDesk();
  const audit = useVisibleAudit();
  const given = useDeskState((state) => state.given);
  const isDone = desk.units.every(({ id }) => audit.verdicts.has(id) || given.has(id));
  if (!isDone) return null;
  const looks = secondLooks(audit, desk.units);
  const undecided = looks.filter(({ reason }) => reason === 'unsure' || reason === 'uninspectable').length;
  const cells = audit.sample?.cells.units ?? [];
  const areCellsDone = cells.every(({ id }) => audit.cellVerdicts.has(id));
  return (
    <section className={styles.done} data-testid="all-judged">
      <b>{t('review.allJudged')}</b>
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
      <a href={auditAddress(audit.audit, areCellsDone ? 'disposition' : 'search')}>
        {t(areCellsDone ? 'review.goToDisposition' : 'review.goToSearch')}{' '}
        <CommandKey id={areCellsDone ? 'app.disposition' : 'app.search'} />
      </a>
    </section>
  );
}
