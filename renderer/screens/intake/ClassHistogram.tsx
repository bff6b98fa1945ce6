/** Labels by class, most frequent first; classes outside the QA spec are marked, since they leave the lot. */
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { isIgnoreRegion, specClass } from '../../../shared/audit/specLookup.ts';
import { count } from '../../ui/format.ts';
import styles from './Intake.module.css';

export interface ClassHistogramProps {
  readonly byClass: Readonly<Record<string, number>>;
  readonly spec: QaSpec | null;
}

export function ClassHistogram({ byClass, spec }: ClassHistogramProps) {
  const { t, i18n } = useTranslation();
  const rows = Object.entries(byClass).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...rows.map(([, labels]) => labels));
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return (
    <ol className={styles.histogram} data-testid="class-histogram">
      {rows.map(([name, labels]) => {
        const known = spec && specClass(spec, name);
        const title = isIgnoreRegion(name) ? t('intake.ignoreRegion') : known?.title[language];
        return (
          <li key={name} className={styles.bar}>
            <span className={styles.barName} title={name}>
              {name}
            </span>
            <span className={styles.barTrack}>
              <i
                className={styles.barFill}
                style={{ width: `${(100 * labels) / most}%` }}
                data-known={known !== null}
              />
            </span>
            <span className={styles.barCount}>{count(labels)}</span>
            <span className={styles.barMeaning}>{title ?? t('intake.notInSpec')}</span>
          </li>
        );
      })}
    </ol>
  );
}
