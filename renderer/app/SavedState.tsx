/** Whether what the person did is on disk, where, and since when. */
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../state/context.tsx';
import { clockTime } from '../ui/format.ts';
import styles from './Header.module.css';

export function SavedState() {
  const { t } = useTranslation();
  const saving = useSession((state) => state.saving);
  const at = saving.at === null ? '' : clockTime(saving.at);
  const words = {
    idle: t('saving.idle'),
    saving: t('saving.saving'),
    saved: t('saving.saved', { at }),
    unsaved: t('saving.unsaved', { count: saving.queued }),
    'read-only': t('saving.readOnly'),
  };
  if (saving.status === 'idle') return null;
  return (
    <Tooltip label={t('saving.savedHere', { at, folder: saving.folder })}>
      <span
        className={`${styles.fact} ${saving.status === 'unsaved' ? styles.unsaved : ''}`}
        role="status"
        data-testid="saved-state"
        data-status={saving.status}
      >
        <i className={styles.dot} data-state={saving.status} />
        {words[saving.status]}
      </span>
    </Tooltip>
  );
}
