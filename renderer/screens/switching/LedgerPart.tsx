/** One vendor and project: its severities one below the other, and what a person may enter. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLeading } from '../../../shared/audit/disagreement.ts';
import type { LedgerStep } from '../../../shared/audit/ledgerEvents.ts';
import { seriesKey } from '../../../shared/audit/ledgerFold.ts';
import { useSession } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProfilePicker } from '../../ui/ProfilePicker.tsx';
import page from '../../ui/page.module.css';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { Legend } from './Legend.tsx';
import { SeriesPart } from './SeriesPart.tsx';
import { type AskedStep, observeProduction } from './steps.ts';
import styles from './switching.module.css';
import type { ShownLedger } from './useLedgers.ts';

export interface LedgerPartProps {
  readonly shown: ShownLedger;
  readonly onEnter: (step: LedgerStep) => void;
}

export function LedgerPart({ shown, onEnter }: LedgerPartProps) {
  const { t } = useTranslation();
  const actor = useSession((session) => session.actor);
  const [asked, setAsked] = useState<AskedStep | null>(null);
  const { state, problem } = shown;
  const mayEnter = problem === null && actor !== null && isLeading(actor);
  const ask = mayEnter ? setAsked : null;
  return (
    <div className={styles.ledger}>
      {problem && (
        <>
          <ProblemLine problem={problem} />
          <p className={page.small}>{t('switching.readOnly')}</p>
        </>
      )}
      {state && (
        <>
          <div className={styles.head}>
            <h2 className={styles.vendor}>
              {state.project === ''
                ? state.vendor
                : t('switching.vendorProject', { vendor: state.vendor, project: state.project })}
            </h2>
            {ask && (
              <div className={page.actions}>
                {state.isSteady !== null && (
                  <span className={page.small}>
                    {t(`switching.steps.${state.isSteady ? 'steady' : 'irregular'}`)}
                  </span>
                )}
                {state.isSteady !== false && (
                  <Button onClick={() => ask(observeProduction(false))} data-testid="irregular">
                    {t('switching.act.irregular')}
                  </Button>
                )}
                {state.isSteady !== true && (
                  <Button onClick={() => ask(observeProduction(true))} data-testid="steady">
                    {t('switching.act.steady')}
                  </Button>
                )}
              </div>
            )}
          </div>
          <Legend />
          {problem === null && !mayEnter && (
            <div className={styles.who}>
              <span className={page.small}>{t('switching.act.needsLead')}</span>
              <ProfilePicker />
            </div>
          )}
          {state.series.map((series) => (
            <SeriesPart key={seriesKey(series.series)} series={series} isSteady={state.isSteady} ask={ask} />
          ))}
        </>
      )}
      <ReasonDialog
        isOpen={asked !== null}
        title={t(`switching.${asked?.title ?? 'act.title'}`)}
        text={t(`switching.${asked?.text ?? 'act.title'}`)}
        action={t(`switching.${asked?.action ?? 'act.confirm'}`)}
        onClose={() => setAsked(null)}
        onGive={(reason) => {
          if (asked) onEnter(asked.withReason(reason));
          setAsked(null);
        }}
      />
    </div>
  );
}
