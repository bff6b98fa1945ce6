/** The changes as a table, with a filter for each kind that there is. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChangeKind, changeKinds } from '../../../shared/scoring/labelChanges.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { count } from '../../ui/format.ts';
import styles from './diff.module.css';
import type { ListedChange } from './useDiff.ts';

export type ChangeFilter = ChangeKind | 'unasked' | null;

export interface ChangeListProps {
  readonly changes: readonly ListedChange[];
  readonly unchanged: number;
  readonly filter: ChangeFilter;
  readonly onFilter: (filter: ChangeFilter) => void;
  readonly onCurrent: (change: ListedChange) => void;
}

export function passes(change: ListedChange, filter: ChangeFilter): boolean {
  return filter === null || (filter === 'unasked' ? change.isUnasked === true : change.kind === filter);
}

export function ChangeList({ changes, unchanged, filter, onFilter, onCurrent }: ChangeListProps) {
  const { t } = useTranslation();
  const columns = useColumns();
  const rows = useMemo(() => changes.filter((change) => passes(change, filter)), [changes, filter]);
  const filters = [null, ...changeKinds, 'unasked'] as const;
  return (
    <>
      <div className={styles.filters} role="toolbar" aria-label={t('diff.filter')}>
        {filters.map((kind) => {
          const found = changes.filter((change) => passes(change, kind)).length;
          if (kind !== null && found === 0) return null;
          return (
            <button
              key={kind ?? 'all'}
              type="button"
              className={styles.filter}
              aria-pressed={filter === kind}
              onClick={() => onFilter(kind)}
            >
              {t(`diff.kinds.${kind ?? 'all'}`)} <b>{count(found)}</b>
            </button>
          );
        })}
        <span className={styles.unchanged}>{t('diff.unchanged', { count: unchanged })}</span>
      </div>
      <DataTable
        key={filter ?? 'all'}
        label={t('diff.title')}
        rows={rows}
        columns={columns}
        rowKey={({ key }) => key}
        onCurrent={onCurrent}
        isFocusedAtStart
        testId="diff-table"
      />
    </>
  );
}

function useColumns(): readonly Column<ListedChange>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'kind',
        title: t('diff.column.kind'),
        width: 12,
        grow: 1,
        render: ({ kind, label }) =>
          label === 'box2d' ? `${t(`diff.kinds.${kind}`)} 2D` : t(`diff.kinds.${kind}`),
        sortBy: ({ kind }) => changeKinds.indexOf(kind),
      },
      {
        id: 'amount',
        title: t('diff.column.amount'),
        width: 9,
        grow: 0.6,
        align: 'end',
        render: (change) => amountText(change),
        sortBy: ({ amount }) => amount,
      },
      {
        id: 'class',
        title: t('diff.column.class'),
        width: 9,
        grow: 0.8,
        render: (change) => change.class,
        sortBy: (change) => change.class,
      },
      {
        id: 'frame',
        title: t('diff.column.frame'),
        width: 9,
        grow: 1,
        render: ({ frame }) => frame,
        sortBy: ({ at }) => at,
      },
    ],
    [t],
  );
}

/** By how much, in its own unit; old and new for what has another name. */
export function amountText({ kind, amount, from, to, label }: ListedChange): string {
  if (from !== undefined) return `${from ?? '–'} → ${to ?? '–'}`;
  if (kind === 'turned') return `${((amount * 180) / Math.PI).toFixed(1)}°`;
  if (kind === 'moved' || kind === 'resized') {
    return label === 'box2d' ? `${amount.toFixed(1)} px` : `${amount.toFixed(2)} m`;
  }
  return '';
}
