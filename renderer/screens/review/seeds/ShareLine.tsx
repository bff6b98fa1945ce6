/** A share with its interval as a bar, the limit as a stroke across it, and in words what follows. */
import { useTranslation } from 'react-i18next';
import type { LimitState, Share } from '../../../../shared/audit/seedResults.ts';
import page from '../../../ui/page.module.css';
import styles from './seeds.module.css';

export interface ShareLineProps {
  readonly name: 'miss' | 'effectiveness' | 'falseAlarm';
  readonly share: Share;
  readonly state: LimitState;
  /** One of the two. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

export function ShareLine({ name, share, state, atMost, atLeast }: ShareLineProps) {
  const { t } = useTranslation();
  const limit = atMost ?? atLeast ?? 0;
  const { count, of, interval } = share;
  return (
    <div className={styles.line} data-testid={`share-${name}`} data-limit={state}>
      <span className={styles.lineName}>
        <b>{t(`seeds.${name}`)}</b>
        <span className={page.small}>{t(`seeds.${name}Hint`)}</span>
      </span>
      <span className={styles.lineValue}>
        {of === 0 ? (
          <span className={page.dim}>{t('seeds.nothing')}</span>
        ) : (
          <>
            {t('seeds.share', { count, of })}
            {interval && (
              <span className={page.small}>
                {t('seeds.interval', { lower: tenths(interval.lower), upper: tenths(interval.upper) })}
              </span>
            )}
          </>
        )}
      </span>
      <span className={styles.bar} aria-hidden="true">
        {interval && (
          <>
            <span
              className={styles.range}
              style={{ left: `${100 * interval.lower}%`, right: `${100 * (1 - interval.upper)}%` }}
            />
            <span className={styles.point} style={{ left: `${(100 * count) / of}%` }} />
          </>
        )}
        <span className={styles.limit} style={{ left: `${100 * limit}%` }} />
      </span>
      <span className={styles.lineState}>
        {of > 0 && <b data-limit={state}>{t(`seeds.limit.${state}`)}</b>}
        <span className={page.small}>
          {t(atMost === undefined ? 'seeds.atLeast' : 'seeds.atMost', { limit: 100 * limit })}
        </span>
      </span>
    </div>
  );
}

const tenths = (share: number): string => (100 * share).toFixed(1);
