/** Over the desk while the targeted queue is worked through: which queue this is, how far it is, and the way back. */
import { Crosshair } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { targetProgress } from '../../../../shared/audit/targets.ts';
import { CommandKey } from '../../../app/CommandKey.tsx';
import { useCommandRegistry } from '../../../app/commands.ts';
import { useVisibleQueue } from './queue.ts';
import styles from './targets.module.css';
import { useQueue } from './useQueues.ts';

export function TargetBanner() {
  const { t } = useTranslation();
  const { show } = useQueue();
  const { queued, judged, left, found } = targetProgress(useVisibleQueue());
  const registry = useCommandRegistry();
  const openList = (): void => {
    const list = registry.store.getState().commands.find(({ id }) => id === 'targets.list');
    if (list) registry.run(list);
  };
  return (
    <header className={styles.banner} data-testid="target-banner">
      <Crosshair size={18} aria-hidden="true" />
      <strong>{t('targets.title')}</strong>
      <span role="status" data-testid="target-progress">
        {t('targets.progress', { judged, queued, left, found })}
      </span>
      <span className={styles.apart}>{t('targets.apart')}</span>
      <button type="button" className={styles.bannerButton} onClick={openList} data-testid="target-list-open">
        {t('targets.list')}
      </button>
      <button
        type="button"
        className={styles.bannerButton}
        onClick={() => show('sample')}
        data-testid="to-sample"
      >
        {t('targets.toSample')} <CommandKey id="targets.turn" />
      </button>
    </header>
  );
}
