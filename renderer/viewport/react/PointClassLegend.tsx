/** What the colours of point-wise classes mean: a swatch and a name each. */
import { useTranslation } from 'react-i18next';
import type { PointClass } from '../../../shared/model/delivery.ts';
import { classColour } from '../classColours.ts';
import { useLegendColours } from './useLegendColours.ts';
import styles from './viewport.module.css';

export function PointClassLegend({ classes }: { classes: readonly PointClass[] }) {
  const { t } = useTranslation();
  const { isDark } = useLegendColours();
  return (
    <details className={styles.legend}>
      <summary>{t('viewport.pointClasses', { count: classes.length })}</summary>
      <ul>
        {classes.map(({ value, name, colour }) => (
          <li key={value}>
            <i
              style={{ background: `rgb(${(colour ?? classColour(value, isDark).map(toByte)).join(' ')})` }}
            />
            {name}
            <small>{value}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}

const toByte = (channel: number): number => Math.round(255 * channel);
