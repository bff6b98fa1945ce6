/** Says on the plan screen where the ledger wants another state of inspection than the spec has, and sets it. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intake } from '../../../shared/audit/events.ts';
import { isSameLedger } from '../../../shared/audit/ledgerEvents.ts';
import { seriesKey } from '../../../shared/audit/ledgerFold.ts';
import { isFirstSubmission } from '../../../shared/audit/ledgerLots.ts';
import { dueInspections, withDueInspection } from '../../../shared/audit/ledgerPlans.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { routeAddress } from '../../app/routes.ts';
import { useHost } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { useTask } from '../../ui/useTask.ts';
import styles from './switching.module.css';
import { listLedgers, type ShownLedger } from './useLedgers.ts';
import { seriesName } from './words.ts';

export interface SwitchingNoticeProps {
  readonly intake: Intake;
  readonly spec: QaSpec;
  readonly onChange: (spec: QaSpec) => void;
}

/** Nothing where the spec is at the state that is due, or where the lot stands by itself. */
export function SwitchingNotice({ intake, spec, onChange }: SwitchingNoticeProps) {
  const { t } = useTranslation();
  const { shown, problem } = useLedgerOf(intake);
  if (!isFirstSubmission(intake)) return null;
  if (problem) return <ProblemLine problem={problem} />;
  // Without a ledger this is the vendor's first lot, and the spec's own state is where it starts.
  if (!shown?.state) return null;
  const due = dueInspections(spec, shown.state);
  if (due.length === 0) return null;
  const isStopped = due.some((one) => one.due === 'discontinued');
  const states = due
    .map((one) =>
      t('switching.notice.state', {
        series: seriesName(one.series, t),
        state: t(`switching.states.${one.due}`),
      }),
    )
    .join(t('switching.notice.and'));
  return (
    <div className={styles.proposal} data-testid="switching-notice">
      <span>
        {t('switching.notice.stands', { vendor: shown.state.vendor, states })}
        {isStopped && ` ${t('switching.notice.discontinued')}`}{' '}
        <a href={routeAddress({ screen: 'switching', ledger: shown.ledger })}>
          {t('switching.notice.toLedger')}
        </a>
      </span>
      {due.some((one) => one.due !== 'discontinued') && (
        <Button
          onClick={() => onChange(withDueInspection(spec, shown.state))}
          data-testid="apply-switching"
          data-series={due.map(({ series }) => seriesKey(series)).join(' ')}
        >
          {t('switching.notice.apply')}
        </Button>
      )}
    </div>
  );
}

/** The ledger of the vendor and project, with what was signed last in it. */
function useLedgerOf({ vendor, project = '' }: Intake) {
  const host = useHost();
  const { run, problem } = useTask();
  const [shown, setShown] = useState<ShownLedger | null>(null);
  useEffect(() => {
    void run(async () => {
      await host.call('ledgers.refresh', {});
      const ledgers = await listLedgers(host);
      setShown(ledgers.find(({ state }) => state && isSameLedger(state, { vendor, project })) ?? null);
    });
  }, [host, run, vendor, project]);
  return { shown, problem: problem ?? shown?.problem ?? null };
}
