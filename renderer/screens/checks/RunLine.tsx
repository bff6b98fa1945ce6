/** Over the screen: start and stop, what ran, what was found, how long it took, and whether it is still so. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { keepFocus } from '../adjudicate/keepFocus.ts';
import styles from './checks.module.css';
import { LearnPart } from './LearnPart.tsx';
import type { Checks } from './useChecks.ts';

export function RunLine({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { run, isStale } = checks;
  const hasRun = run.finished !== null;
  return (
    <header className={styles.runLine}>
      <h1 className={styles.title}>{t('checks.title')}</h1>
      {run.isRunning ? (
        <>
          <ProgressLine progress={run.progress} onCancel={checks.stop} />
          <span role="status">{t('checks.running', { text: count(run.findings.length) })}</span>
        </>
      ) : (
        <>
          <Button
            size="compact-sm"
            variant={!hasRun || isStale ? 'filled' : 'default'}
            onMouseDown={keepFocus}
            onClick={() => checks.start()}
            rightSection={<CommandKey id="checks.run" />}
            data-testid="run-checks"
          >
            {t(hasRun ? 'checks.runAgain' : 'checks.run')}
          </Button>
          {isStale && <span className={styles.stale}>{t('checks.stale')}</span>}
          {hasRun && <Summary checks={checks} />}
          <LearnPart />
        </>
      )}
      {run.problem && <ProblemLine problem={run.problem} />}
    </header>
  );
}

function Summary({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { results, priors, problems, tookMs } = checks.run.finished!;
  const { findings, triage } = checks;
  const ran = results.checks.filter((check) => check.ran > 0).length;
  const skipped = results.checks.length - ran;
  const hard = findings.filter(({ grade }) => grade === 'hard').length;
  const answered = findings.filter(({ id }) => triage.has(id)).length;
  const facts = [
    t('checks.found', { count: findings.length, text: count(findings.length) }),
    hard > 0 && t('checks.hard', { text: count(hard) }),
    answered > 0 && t('checks.answered', { text: count(answered) }),
    t('checks.ranChecks', { count: ran }),
    skipped > 0 && t('checks.skippedChecks', { count: skipped }),
    problems.length > 0 && t('checks.unreadable', { count: problems.length }),
    t('checks.took', { seconds: (tookMs / 1000).toFixed(1) }),
    priors.learnedFrom.length > 0
      ? t('checks.priors.learned', { lots: priors.learnedFrom.length, revision: priors.revision })
      : t('checks.priors.shipped'),
  ].filter((fact) => fact !== false);
  return (
    <p className={styles.summary} data-testid="checks-summary">
      {facts.map((fact, at) => (
        <span key={fact} data-lead={at === 0 || undefined}>
          {fact}
        </span>
      ))}
    </p>
  );
}
