/** How far a piece of work is, and the way to stop it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress } from '../../shared/host/contract.ts';
import { count } from './format.ts';
import styles from './ProgressLine.module.css';

export function ProgressLine({ progress, onCancel }: { progress: Progress | null; onCancel?: () => void }) {
  const { t } = useTranslation();
  const step = t(progress === null ? 'progress.working' : `progress.${progress.step}`);
  const isMeasured = progress !== null && progress.total > 0;
  return (
    <div className={styles.line} role="status">
      <span>{step}</span>
      <progress
        className={styles.bar}
        aria-label={step}
        {...(isMeasured ? { value: progress.done, max: progress.total } : {})}
      />
      {isMeasured && (
        <span className={styles.numbers}>
          {count(progress.done)} / {count(progress.total)}
        </span>
      )}
      {onCancel && <Button onClick={onCancel}>{t('app.cancel')}</Button>}
    </div>
  );
}
