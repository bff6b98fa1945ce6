/** What a draw cannot give on this lot, said before it is frozen. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { count } from '../../ui/format.ts';
import styles from './DrawPart.module.css';
import type { StratumRow } from './StrataTable.tsx';

/** Below these the units of a lot are few errors seen often. */
const fewScenes = 10;

export interface DrawWarningsProps {
  readonly lot: LotPreview;
  /** Null where the lot is not divided. */
  readonly strata: readonly StratumRow[] | null;
  /** Units drawn beyond the plans' own `n`. */
  readonly added: number;
  readonly n: number;
}

export function DrawWarnings({ lot, strata, added, n }: DrawWarningsProps) {
  const { t } = useTranslation();
  const missed = strata?.filter(({ drawn }) => drawn === 0) ?? [];
  const single = strata?.filter(({ drawn, population }) => drawn === 1 && population > 1) ?? [];
  const units = count(missed.reduce((sum, { population }) => sum + population, 0));
  const warnings = [
    missed.length > 0 && t('draws.warning.notDrawn', { count: missed.length, units }),
    single.length > 0 && t('draws.warning.single', { count: single.length }),
    added > n && t('draws.warning.manyAdded'),
    lot.scenes < fewScenes && lot.unit !== 'scene' && t('draws.warning.fewScenes', { count: lot.scenes }),
  ].filter((warning) => warning !== false);
  return warnings.map((warning) => (
    <p className={styles.warning} key={warning}>
      <TriangleAlert size={16} aria-label={t('app.severityWarning')} />
      <span>{warning}</span>
    </p>
  ));
}
