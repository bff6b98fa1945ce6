/**
 * A whole track or frame about to be judged: its units with their marks over the side panel, while the views show
 * the one under the cursor. The usual case is two keys: open, Enter.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import type { OfferedCode } from '../panels.tsx';
import { unitName } from '../unitName.ts';
import { useDesk } from '../useDesk.ts';
import { BulkQuestion } from './BulkQuestion.tsx';
import styles from './bulk.module.css';
import { FateWord } from './FateWord.tsx';
import { fateOf, markOfFate } from './unitFate.ts';
import type { Bulk } from './useBulk.ts';
import { useBulkState } from './useBulk.ts';
import { useBulkKeys } from './useBulkKeys.ts';

export function GroupPanel({ bulk, codes }: { bulk: Bulk; codes: readonly OfferedCode[] }) {
  const scope = useBulkState(bulk.desk, (state) => state.scope);
  const isOpen = scope === 'track' || scope === 'frame';
  useBulkKeys({ bulk: bulk.desk, codes, columns: () => 1, isOpen });
  return isOpen ? <GroupBody bulk={bulk} scope={scope} /> : null;
}

function GroupBody({ bulk, scope }: { bulk: Bulk; scope: 'track' | 'frame' }) {
  const { t } = useTranslation();
  const { units } = useDesk();
  const audit = useVisibleAudit();
  const state = useBulkState(bulk.desk, (whole) => whole);
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the unit under the cursor stays in sight
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [state.cursor]);
  return (
    <section
      className={styles.group}
      aria-label={t(scope === 'track' ? 'bulk.titleTrack' : 'bulk.titleFrame')}
      data-testid="bulk-group"
    >
      <h2 className={styles.title}>{t(scope === 'track' ? 'bulk.titleTrack' : 'bulk.titleFrame')}</h2>
      <ul className={styles.units} aria-label={t('bulk.units')}>
        {state.positions.map((at, place) => {
          const unit = units[at]!;
          const fate = fateOf(unit, state, audit);
          const isCurrent = place === state.cursor;
          return (
            <li key={unit.id}>
              <button
                type="button"
                ref={isCurrent ? current : null}
                className={styles.unit}
                aria-current={isCurrent ? 'true' : undefined}
                tabIndex={-1}
                onClick={() => bulk.desk.moveTo(place)}
              >
                <i
                  className={styles.mark}
                  data-mark={markOfFate(fate)}
                  data-will={fate.kind === 'accept' || undefined}
                />
                <span className={styles.name}>{scope === 'track' ? unit.frame : unitName(unit)}</span>
                <FateWord fate={fate} />
              </button>
            </li>
          );
        })}
      </ul>
      <BulkQuestion bulk={bulk.desk} scope={scope} />
    </section>
  );
}
