/** Vendors and projects with the states they stand at: what is not normal is seen without opening anything. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { seriesKey } from '../../../shared/audit/ledgerFold.ts';
import page from '../../ui/page.module.css';
import { StateMark } from './StateMark.tsx';
import styles from './switching.module.css';
import type { ShownLedger } from './useLedgers.ts';
import { seriesName } from './words.ts';

export interface LedgerListProps {
  readonly ledgers: readonly ShownLedger[];
  readonly shown: string | null;
  readonly onChoose: (ledger: string) => void;
}

export function LedgerList({ ledgers, shown, onChoose }: LedgerListProps) {
  const { t } = useTranslation();
  return (
    <nav className={styles.list} aria-label={t('switching.ledgers')}>
      {ledgers.map((one) => (
        <button
          key={one.ledger}
          type="button"
          className={styles.listed}
          aria-current={one.ledger === shown ? 'true' : undefined}
          onClick={() => onChoose(one.ledger)}
          data-testid="ledger"
        >
          <b>{one.state?.vendor ?? t('switching.unreadableLedger', { ledger: one.ledger.slice(0, 8) })}</b>
          {one.state && <span className={page.small}>{one.state.project || t('switching.noProject')}</span>}
          <States one={one} />
        </button>
      ))}
    </nav>
  );
}

function States({ one: { state, problem } }: { one: ShownLedger }) {
  const { t } = useTranslation();
  const scope = useId();
  const unusual =
    state?.series.filter((series) => series.state !== 'normal' || series.proposal !== null) ?? [];
  return (
    <>
      {problem && <span className={styles.damaged}>{t('switching.damaged')}</span>}
      {unusual.map((series) => (
        <span key={seriesKey(series.series)} className={styles.listedState}>
          <StateMark state={series.state} scope={`${scope}-${seriesKey(series.series)}`} />
          <span className={page.small}>
            {seriesName(series.series, t)}
            {series.proposal && ` · ${t('switching.proposed')}`}
          </span>
        </span>
      ))}
      {state && unusual.length === 0 && <StateMark state="normal" scope={`${scope}-normal`} />}
    </>
  );
}
