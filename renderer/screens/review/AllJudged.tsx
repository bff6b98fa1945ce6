/** Says that the sample is done, what is still open in it, and where to go on. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import styles from './side.module.css';
import { useDesk, useDeskState } from './useDesk.ts';

export function AllJudged() {
  const { t } = useTranslation();
  const desk = useDesk();
  const audit = useSession((state) => state.shown!);
  const given = useDeskState((state) => state.given);
  const isDone = desk.units.every(({ id }) => audit.verdicts.has(id) || given.has(id));
  if (!isDone) return null;
  const open = desk.units.findIndex(({ id }) => {
    const verdict = audit.verdicts.get(id)?.verdict;
    return verdict === 'unsure' || verdict === 'uninspectable';
  });
  const openCount = desk.units.filter(({ id }) => {
    const verdict = audit.verdicts.get(id)?.verdict;
    return verdict === 'unsure' || verdict === 'uninspectable';
  }).length;
  const cells = audit.sample?.cells.units ?? [];
  const areCellsDone = cells.every(({ id }) => audit.cellVerdicts.has(id));
  return (
    <section className={styles.done} data-testid="all-judged">
      <b>{t('review.allJudged')}</b>
      {openCount > 0 && <span>{t('review.allJudgedOpen', { count: openCount })}</span>}
      {open >= 0 && (
        <button type="button" className={styles.link} onClick={() => desk.goTo(open)}>
          {t('review.secondLook')}
        </button>
      )}
      <a href={auditAddress(audit.audit, areCellsDone ? 'disposition' : 'search')}>
        {t(areCellsDone ? 'review.goToDisposition' : 'review.goToSearch')}{' '}
        <CommandKey id={areCellsDone ? 'app.disposition' : 'app.search'} />
      </a>
    </section>
  );
}
