/** Every change of the state with its reason, the newest first; choosing one shows it on the timeline. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeriesState } from '../../../shared/audit/ledgerState.ts';
import { localDate } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import styles from './switching.module.css';
import { effectSentence, stateChange } from './words.ts';

const shownAtFirst = 2;

export function MovesList({
  series: { rows },
  onChoose,
}: {
  series: SeriesState;
  onChoose: (at: number) => void;
}) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const moves = rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => row.before !== row.after)
    .reverse();
  const shown = isWhole ? moves : moves.slice(0, shownAtFirst);
  return (
    <div className={styles.detail}>
      <p className={styles.detailTitle}>
        <b>{t('switching.moves')}</b>
        {shown.length < moves.length && (
          <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
            {t('switching.showAll', { count: moves.length })}
          </Button>
        )}
      </p>
      {moves.length === 0 && <p className={page.small}>{t('switching.noMoves')}</p>}
      <ol className={styles.moves} data-testid="moves">
        {shown.map(({ row, at }) => (
          <li key={row.seq}>
            <button type="button" className={styles.moveButton} onClick={() => onChoose(at)}>
              <b>{stateChange(row, t)}</b>{' '}
              <span className={page.dim}>
                {localDate(new Date(row.at))} · {effectSentence(row, rows, t)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
