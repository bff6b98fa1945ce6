/** The checks of a delivery: what ran, what was found by which check, the chosen finding in the views, and its answer. */
import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cuboidLimits } from '../../../shared/audit/specLookup.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { count } from '../../ui/format.ts';
import { EngineProvider, useEngine } from '../../viewport/react/engineContext.tsx';
import { AnswerBar } from './AnswerBar.tsx';
import { AnswerDialogs } from './AnswerDialogs.tsx';
import { CheckList, checkSteps, countsOf } from './CheckList.tsx';
import styles from './checks.module.css';
import { FactCard } from './FactCard.tsx';
import { FilterBar } from './FilterBar.tsx';
import { FindingTable } from './FindingTable.tsx';
import { FindingViews } from './FindingViews.tsx';
import { answerCounts, isNarrowed, noFilter } from './findingFilter.ts';
import { placeOf } from './findingPlace.ts';
import { HistogramPart } from './HistogramPart.tsx';
import { RunLine } from './RunLine.tsx';
import { SystematicPart } from './SystematicPart.tsx';
import { type Checks, useChecks } from './useChecks.ts';
import { useChecksCommands } from './useChecksCommands.ts';
import { useTriage } from './useTriage.ts';

export interface ChecksBenchProps {
  readonly index: DeliveryIndex;
  readonly delivery: string;
  /** No audit is open, or none is meant: nothing is answered here. */
  readonly isLookOnly: boolean;
}

export function ChecksBench({ index, delivery, isLookOnly }: ChecksBenchProps) {
  return (
    <EngineProvider key={delivery} index={index} delivery={delivery}>
      <Bench delivery={delivery} isLookOnly={isLookOnly} />
    </EngineProvider>
  );
}

function Bench({ delivery, isLookOnly }: Pick<ChecksBenchProps, 'delivery' | 'isLookOnly'>) {
  const { index } = useEngine();
  const checks = useChecks(delivery, isLookOnly);
  const triage = useTriage(checks, index);
  const counts = useMemo(() => countsOf(checks.findings), [checks.findings]);
  const bench = useRef<HTMLDivElement>(null);
  // The keys are the bench's from the start, not the link's that led here.
  useEffect(() => bench.current?.focus({ preventScroll: true }), []);
  useChecksCommands(checks, triage, (by) => {
    const steps = checkSteps(checks);
    const at = steps.indexOf(checks.filter.check) + by;
    checks.setFilter({ check: steps[Math.max(0, Math.min(steps.length - 1, at))] ?? null });
  });
  const toleranceMeters = useTolerance(checks, index);
  const hasAny = checks.run.finished !== null || checks.run.findings.length > 0;
  return (
    <div className={styles.bench} ref={bench} tabIndex={-1}>
      <RunLine checks={checks} />
      <CheckList checks={checks} counts={counts} />
      {hasAny ? (
        <>
          <div className={styles.middle}>
            <HistogramPart checks={checks} />
            <FilterBar checks={checks} />
            <SystematicPart checks={checks} />
            {checks.listed.length > 0 ? <FindingTable checks={checks} /> : <NothingListed checks={checks} />}
          </div>
          <div className={styles.found}>
            <FindingViews finding={checks.chosen} toleranceMeters={toleranceMeters} />
            {checks.chosen && (
              <div className={styles.cardScroll}>
                <FactCard checks={checks} finding={checks.chosen} />
              </div>
            )}
            {checks.chosen && <AnswerBar checks={checks} triage={triage} />}
          </div>
        </>
      ) : (
        <NeverRan checks={checks} labels={index.labels.cuboids.count} />
      )}
      <AnswerDialogs checks={checks} triage={triage} />
    </div>
  );
}

/** What the spec tolerates of the chosen label's place; 0 where there is none, or nothing is said of it. */
function useTolerance({ chosen, spec }: Checks, index: DeliveryIndex): number {
  return useMemo(() => {
    const row = chosen ? (placeOf(index, chosen)?.row ?? null) : null;
    if (row === null) return 0;
    const { className, center, size } = cuboidAt(index.labels, row);
    return cuboidLimits(spec, className, Math.hypot(center[0], center[1]), size, null)?.centerMeters ?? 0;
  }, [chosen, spec, index]);
}

function NeverRan({ checks, labels }: { checks: Checks; labels: number }) {
  const { t } = useTranslation();
  const { isRunning } = checks.run;
  return (
    <div className={styles.never} data-testid="never-ran">
      {isRunning ? (
        <>
          <p className={styles.neverTitle}>{t('checks.first')}</p>
          <p className={styles.neverText}>{t('checks.lead')}</p>
        </>
      ) : (
        <>
          <p className={styles.neverTitle}>{t('checks.never')}</p>
          <p className={styles.neverText}>{t('checks.neverText', { count: labels })}</p>
          <p className={styles.neverText}>{t('checks.lead')}</p>
          <Button
            variant="filled"
            onClick={() => checks.start()}
            rightSection={<CommandKey id="checks.run" />}
          >
            {t('checks.run')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Why the table is empty, and what can be done. */
function NothingListed({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { findings, filter, setFilter, triage, run, systematic } = checks;
  if (run.isRunning || systematic.length > 0) return null;
  const isAllAnswered = findings.length > 0 && findings.every(({ id }) => triage.has(id));
  if (findings.length === 0) {
    const { checks: tallies, objects, frames } = run.finished!.results;
    const ran = tallies.filter((tally) => tally.ran > 0).length;
    return (
      <div className={styles.nothing} data-testid="nothing-found">
        <b>{t('checks.nothingFound')}</b>
        <span>
          {t('checks.nothingFoundText', { checks: ran, objects: count(objects), frames: count(frames) })}
        </span>
      </div>
    );
  }
  if (isAllAnswered && filter.answer === 'open') {
    return (
      <div className={styles.nothing} data-testid="all-answered">
        <b>{t('checks.allAnswered')}</b>
        <span>{t('checks.allAnsweredText', { ...answerCounts(triage.values()) })}</span>
      </div>
    );
  }
  return (
    <div className={styles.nothing} data-testid="nothing-matches">
      <b>{t('checks.nothingMatches')}</b>
      {(isNarrowed(filter) || filter.answer !== 'all') && (
        <Button size="compact-sm" onClick={() => setFilter({ ...noFilter, answer: 'all' })}>
          {t('checks.clearFilters')}
        </Button>
      )}
    </div>
  );
}
