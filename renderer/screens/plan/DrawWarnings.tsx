/** What a draw cannot give on this lot, said before it is frozen. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { count } from '../../ui/format.ts';
import styles from './DrawPart.module.css';
import type { StratumRow } from './StrataTable.tsx';

export interface DrawWarningsProps {
  readonly strata: readonly StratumRow[];
  /** Units drawn beyond the plans' own `n`. */
  readonly added: number;
  readonly n: number;
}

export function DrawWarnings({ strata, added, n }: DrawWarningsProps) {
  const { t } = useTranslation();
  const missed = strata.filter(({ drawn }) => drawn === 0);
  const single = strata.filter(({ drawn, population }) => drawn === 1 && population > 1);
  const units = count(missed.reduce((sum, { population }) => sum + population, 0));
  const warnings = [
    missed.length > 0 && t('draws.warning.notDrawn', { count: missed.length, units }),
    single.length > 0 && t('draws.warning.single', { count: single.length }),
    added > n && t('draws.warning.manyAdded'),
  ].filter((warning) => warning !== false);
  return warnings.map((warning) => (
    <p className={styles.warning} key={warning}>
      <TriangleAlert size={16} aria-label={t('app.severityWarning')} />
      <span>{warning}</span>
    </p>
  ));
}
