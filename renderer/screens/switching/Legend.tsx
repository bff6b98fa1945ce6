/** What the marks mean, once for all timelines below. */
import { useTranslation } from 'react-i18next';
import styles from './switching.module.css';
import { TimelineMarkShape } from './TimelineMarkShape.tsx';

const marks = [
  ['accepted', 'accepted', false],
  ['not-accepted', 'notAccepted', false],
  ['accepted', 'apart', true],
  ['waiting', 'waiting', false],
  ['step', 'step', false],
] as const;

export function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={styles.legend}>
      {marks.map(([shape, word, isHollow]) => (
        <li key={word}>
          <svg width="14" height="14" aria-hidden="true">
            <TimelineMarkShape shape={shape} isHollow={isHollow} x={7} y={7} />
          </svg>
          {t(`switching.legend.${word}`)}
        </li>
      ))}
      <li>
        <svg width="14" height="14" aria-hidden="true">
          <line className={styles.sequence} x1="7" x2="7" y1="0" y2="14" />
        </svg>
        {t('switching.legend.sequence')}
      </li>
    </ul>
  );
}
