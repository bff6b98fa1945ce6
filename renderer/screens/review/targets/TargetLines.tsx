/** At the end of the side panel: that the queue is done, or, at the sample, that there is a queue too. */
import { useTranslation } from 'react-i18next';
import { targetProgress } from '../../../../shared/audit/targets.ts';
import { CommandKey } from '../../../app/CommandKey.tsx';
import { useSession } from '../../../state/context.tsx';
import side from '../side.module.css';
import { useVisibleQueue } from './queue.ts';
import { useQueue } from './useQueues.ts';

export function TargetsDone() {
  const { t } = useTranslation();
  const { show } = useQueue();
  const { left, found } = targetProgress(useVisibleQueue());
  if (left > 0) return null;
  return (
    <section className={side.done} data-testid="targets-done">
      <b>{t('targets.done', { count: found })}</b>
      <button type="button" className={side.link} onClick={() => show('sample')}>
        {t('targets.toSample')} <CommandKey id="targets.turn" />
      </button>
    </section>
  );
}

/** Nothing while the queue is empty: most audits need none. */
export function TargetsLine() {
  const { t } = useTranslation();
  const { show } = useQueue();
  const { queued, left } = targetProgress(useVisibleQueue());
  const isAudited = useSession((state) => state.shown!.phase !== 'signed');
  if (queued === 0 || !isAudited) return null;
  return (
    <section className={side.section} data-testid="targets-line">
      <button type="button" className={side.link} onClick={() => show('targets')}>
        {left === 0 ? t('targets.lineDone') : t('targets.line', { count: left })}{' '}
        <CommandKey id="targets.turn" />
      </button>
    </section>
  );
}
