/** What Enter is about to do to a group, counted, and the keys that change it. */
import { useTranslation } from 'react-i18next';
import { Key } from '../../../ui/Key.tsx';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import styles from './bulk.module.css';
import { countByVerdict } from './bulk.ts';
import type { BulkDesk, BulkScope } from './bulkDesk.ts';
import { useBulkState } from './useBulk.ts';

const questions: Readonly<Record<BulkScope, string>> = {
  track: 'bulk.acceptTrack',
  frame: 'bulk.acceptFrame',
  similar: 'bulk.acceptSimilar',
};

export function BulkQuestion({ bulk, scope }: { bulk: BulkDesk; scope: BulkScope }) {
  const { t } = useTranslation();
  // What Enter does follows from these; the plan itself is asked of the desk.
  useVisibleAudit();
  const exceptions = useBulkState(bulk, (state) => state.exceptions);
  const leftOut = useBulkState(bulk, (state) => state.leftOut);
  const { entries, standing, uninspectable } = bulk.plan();
  const counts = countByVerdict(entries);
  const accepted = counts.get('accept') ?? 0;
  const question =
    entries.length === 0
      ? t('bulk.nothing')
      : accepted === 0
        ? t('bulk.onlyExceptions')
        : t(questions[scope], { count: accepted });
  const notes = [
    ...[...counts]
      .filter(([verdict]) => verdict !== 'accept')
      .map(([verdict, count]) => t(`bulk.except.${verdict}`, { count })),
    ...(leftOut.size > 0 ? [t('bulk.leftOut', { count: leftOut.size })] : []),
    ...(standing.length > 0 ? [t('bulk.standing', { count: standing.length })] : []),
    ...(uninspectable.length > 0 ? [t('bulk.uninspectable', { count: uninspectable.length })] : []),
  ];
  return (
    <footer className={styles.question} data-exceptions={exceptions.size || undefined}>
      <div className={styles.asked} role="status" data-testid="bulk-question">
        <b>{question}</b>
        {notes.length > 0 && <span className={styles.notes}>{notes.join(' · ')}</span>}
      </div>
      <div className={styles.answers}>
        <button
          type="button"
          className={styles.give}
          disabled={entries.length === 0}
          onClick={() => bulk.give()}
          data-testid="bulk-give"
        >
          {t('bulk.give')} <Key name="Enter" />
        </button>
        <button type="button" className={styles.back} onClick={() => bulk.close()}>
          {t('bulk.back')} <Key name="Escape" />
        </button>
      </div>
      <p className={styles.keys}>
        <span>
          <Key name="ArrowUp" /> <Key name="ArrowDown" /> {t('bulk.keyMove')}
        </span>
        <span>
          <Key name="1" />…<Key name="9" /> {t('bulk.keyExcept')}
        </span>
        <span>
          <Key name="U" /> {t('bulk.keyUnsure')}
        </span>
        <span>
          <Key name="X" /> {t('bulk.keyLeaveOpen')}
        </span>
      </p>
    </footer>
  );
}
