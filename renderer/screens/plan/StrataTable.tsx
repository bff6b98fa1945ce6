/** The strata of a draw: how many units the lot has of each, how many are drawn, and how likely one is to be. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../ui/format.ts';
import styles from './DrawPart.module.css';

export interface StratumRow {
  readonly name: string;
  readonly population: number;
  readonly drawn: number;
}

/** Strata beyond these are shown on demand. */
const shownAtFirst = 8;

export function StrataTable({ rows }: { rows: readonly StratumRow[] }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const sorted = rows.toSorted((a, b) => b.population - a.population);
  // One hidden row would take as much room as the button that shows it.
  const shown = isWhole || rows.length <= shownAtFirst + 1 ? sorted : sorted.slice(0, shownAtFirst);
  const hidden = rows.length - shown.length;
  const most = Math.max(1, ...rows.map(({ population }) => population));
  return (
    <>
      <table className={styles.table} aria-label={t('draws.table.title')} data-testid="strata-table">
        <thead>
          <tr>
            <th scope="col">{t('draws.table.stratum')}</th>
            <th scope="col" className={styles.number}>
              {t('draws.table.population')}
            </th>
            <th scope="col" className={styles.number}>
              {t('draws.table.drawn')}
            </th>
            <th scope="col" className={styles.number}>
              {t('draws.table.chance')}
            </th>
            <td className={styles.barHead} />
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <StratumLine key={row.name} row={row} most={most} />
          ))}
        </tbody>
        <tfoot>
          <StratumTotal rows={rows} />
        </tfoot>
      </table>
      {(hidden > 0 || isWhole) && rows.length > shownAtFirst + 1 && (
        <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('draws.table.fewer') : t('draws.table.more', { count: hidden })}
        </button>
      )}
    </>
  );
}

/** Both bars are drawn to the largest stratum: the pale one is the lot, the full one what is drawn of it. */
function StratumLine({ row, most }: { row: StratumRow; most: number }) {
  const { name, population, drawn } = row;
  return (
    <tr data-empty={drawn === 0}>
      <th scope="row" title={name}>
        {name}
      </th>
      <td className={styles.number}>{count(population)}</td>
      <td className={styles.number}>{count(drawn)}</td>
      <td className={styles.number}>
        <Chance row={row} />
      </td>
      <td className={styles.bar} aria-hidden="true">
        <span className={styles.lotBar} style={{ width: `${(100 * population) / most}%` }}>
          <span className={styles.drawnBar} style={{ width: `${(100 * drawn) / population}%` }} />
        </span>
      </td>
    </tr>
  );
}

function StratumTotal({ rows }: { rows: readonly StratumRow[] }) {
  const { t } = useTranslation();
  const sum = (of: (row: StratumRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const all = { name: '', population: sum((row) => row.population), drawn: sum((row) => row.drawn) };
  return (
    <tr>
      <th scope="row">{t('draws.table.total')}</th>
      <td className={styles.number}>{count(all.population)}</td>
      <td className={styles.number}>{count(all.drawn)}</td>
      <td className={styles.number}>
        <Chance row={all} />
      </td>
      <td />
    </tr>
  );
}

/** `4.2 %`, with as many figures as tell it from nothing. */
function Chance({ row: { population, drawn } }: { row: StratumRow }) {
  const { t } = useTranslation();
  if (drawn === population) return t('draws.table.all');
  if (drawn === 0) return '–';
  const percent = (100 * drawn) / population;
  return `${percent < 10 ? percent.toPrecision(2) : percent.toFixed(0)} %`;
}
