/** Labels by class, most frequent first; classes outside the QA spec are marked, since they leave the lot. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { isIgnoreRegion, specClass } from '../../../shared/audit/specLookup.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { type ClassCount, classCounts } from '../../../shared/readers/arrival.ts';
import { count } from '../../ui/format.ts';
import styles from './Intake.module.css';

export interface ClassHistogramProps {
  readonly index: DeliveryIndex;
  readonly spec: QaSpec | null;
}

export function ClassHistogram({ index, spec }: ClassHistogramProps) {
  const { t, i18n } = useTranslation();
  const rows = useMemo(() => classCounts(index), [index]);
  // Bars are of cuboids; a delivery without any shows its 2D boxes.
  const hasCuboids = rows.some(({ cuboids }) => cuboids > 0);
  const barOf = (row: ClassCount): number => (hasCuboids ? row.cuboids : row.boxes2d);
  const most = Math.max(1, ...rows.map(barOf));
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  if (rows.length === 0) return <p className={styles.none}>{t('intake.noLabels')}</p>;
  return (
    <table className={styles.histogram} data-testid="class-histogram">
      <thead>
        <tr>
          <th scope="col">{t('intake.class')}</th>
          <th scope="col" className={styles.number}>
            {t('intake.cuboids')}
          </th>
          <td />
          <th scope="col" className={styles.number}>
            {t('intake.boxes2d')}
          </th>
          <th scope="col">{t('intake.inSpec')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { name, cuboids, boxes2d } = row;
          const known = spec && specClass(spec, name);
          const meaning = isIgnoreRegion(name) ? t('intake.ignoreRegion') : known?.title[language];
          return (
            <tr key={name}>
              <td title={name}>{name}</td>
              <td className={styles.number}>{count(cuboids)}</td>
              <td>
                <i
                  className={styles.barFill}
                  style={{ width: `${(100 * barOf(row)) / most}%` }}
                  data-known={known !== null}
                />
              </td>
              <td className={styles.number}>{boxes2d === 0 ? '–' : count(boxes2d)}</td>
              <td className={styles.meaning}>{meaning ?? t('intake.notInSpec')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
