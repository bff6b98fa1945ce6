/** Every check with what it found and how often it was right here; the chosen one narrows the findings. */
import { useTranslation } from 'react-i18next';
import { type CheckId, checkIds } from '../../../shared/checks/checkIds.ts';
import type { CheckTally } from '../../../shared/checks/results.ts';
import { count } from '../../ui/format.ts';
import { keepFocus } from '../adjudicate/keepFocus.ts';
import { CheckRow } from './CheckRow.tsx';
import styles from './checks.module.css';
import { checkOf } from './findingPlace.ts';
import { TaughtList } from './TaughtList.tsx';
import type { Checks } from './useChecks.ts';

export interface CheckCount {
  readonly findings: number;
  readonly hard: number;
}

/** Checks that are listed: those that ran or were skipped, and those that this version has. */
export function listedChecks({ run }: Checks): CheckId[] {
  const ran = new Set(run.finished?.results.checks.map(({ id }) => id));
  return checkIds.filter((id) => ran.has(id) || checkOf(id) !== null);
}

/** Of what is found now: what was taught since the run is gone already. */
export function countsOf(findings: Checks['findings']): ReadonlyMap<CheckId, CheckCount> {
  const counts = new Map<CheckId, CheckCount>();
  for (const { check, grade } of findings) {
    const before = counts.get(check) ?? { findings: 0, hard: 0 };
    const hard = before.hard + (grade === 'hard' ? 1 : 0);
    counts.set(check, { findings: before.findings + 1, hard });
  }
  return counts;
}

export function CheckList({ checks, counts }: { checks: Checks; counts: ReadonlyMap<CheckId, CheckCount> }) {
  const { t } = useTranslation();
  const { filter, setFilter, findings, run } = checks;
  const tallies = new Map<CheckId, CheckTally>(
    run.finished?.results.checks.map((tally) => [tally.id, tally]),
  );
  const hard = findings.filter(({ grade }) => grade === 'hard').length;
  return (
    <nav className={styles.side} aria-label={t('checks.list.title')}>
      <ul className={styles.checkList} data-testid="check-list">
        <li>
          <button
            type="button"
            className={styles.check}
            aria-current={filter.check === null || undefined}
            onMouseDown={keepFocus}
            onClick={() => setFilter({ check: null })}
          >
            <span className={styles.checkName}>{t('checks.list.all')}</span>
            <span className={styles.checkCount} title={t('checks.list.count')}>
              {(run.finished || findings.length > 0) && count(findings.length)}
              {hard > 0 && <b data-grade="hard"> {count(hard)}</b>}
            </span>
          </button>
        </li>
        {listedChecks(checks).map((id) => (
          <CheckRow
            key={id}
            id={id}
            tally={tallies.get(id) ?? null}
            counts={counts.get(id) ?? null}
            precision={checks.precision.get(id) ?? null}
            isOff={checks.settings.off.includes(id)}
            isCurrent={filter.check === id}
            onChoose={() => setFilter({ check: id })}
          />
        ))}
      </ul>
      <TaughtList checks={checks} />
    </nav>
  );
}

/** The order in which keys go through the list; null = all checks. */
export function checkSteps(checks: Checks): (CheckId | null)[] {
  return [null, ...listedChecks(checks)];
}
