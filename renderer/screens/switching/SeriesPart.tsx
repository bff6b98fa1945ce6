/** One severity of one sample: where it stands, what is proposed, its timeline, and why it stands there. */
import { Button, NativeSelect } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerRow, SeriesState } from '../../../shared/audit/ledgerState.ts';
import { type SwitchingState, scoreForReduced } from '../../../shared/sampling/switching.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { EntryDetail } from './EntryDetail.tsx';
import { MovesList } from './MovesList.tsx';
import { StateMark } from './StateMark.tsx';
import type { AskedStep } from './steps.ts';
import { confirmProposal, setState, takeBack } from './steps.ts';
import styles from './switching.module.css';
import { TimelineChart } from './TimelineChart.tsx';
import { seriesName, termsText } from './words.ts';

/** States the authority may set; reduced is only ever agreed. */
const settable: readonly SwitchingState[] = ['normal', 'tightened', 'discontinued'];

export interface SeriesPartProps {
  readonly series: SeriesState;
  readonly isSteady: boolean | null;
  /** Asks for the reason of a step and enters it; null where nothing may be entered. */
  readonly ask: ((asked: AskedStep) => void) | null;
}

export function SeriesPart({ series, isSteady, ask }: SeriesPartProps) {
  const { t } = useTranslation();
  const scope = useId();
  const { rows, state, terms } = series;
  const [picked, setPicked] = useState<number | null>(null);
  const chosen = Math.min(picked ?? rows.length - 1, rows.length - 1);
  const row = rows[chosen];
  const name = seriesName(series.series, t);
  if (terms === null && rows.every(({ entry }) => entry.kind === 'lot')) {
    return (
      <Section title={name}>
        <p className={page.small} data-testid="no-switching">
          {t('switching.nothingApplies')}
        </p>
      </Section>
    );
  }
  return (
    <Section
      title={name}
      aside={
        <>
          {terms && <span className={page.small}>{termsText(terms, t)}</span>}
          {ask && (
            <NativeSelect
              aria-label={t('switching.act.setTo', { series: name })}
              value=""
              onChange={(event) => ask(setState(series.series, event.currentTarget.value as SwitchingState))}
              data={[
                { value: '', label: t('switching.act.set') },
                ...settable
                  .filter((one) => one !== state)
                  .map((one) => ({ value: one, label: t(`switching.states.${one}`) })),
              ]}
              data-testid="set-state"
            />
          )}
        </>
      }
    >
      <div data-testid="series" data-series={`${series.series.sample}/${series.series.severity}`}>
        <p className={styles.stands}>
          <StateMark state={state} scope={scope} />
          <span>{t(`switching.next.${state}`)}</span>
          <span className={page.dim}>
            {state === 'normal'
              ? t('switching.score', { score: series.score, needed: scoreForReduced })
              : t('switching.scoreIdle')}
          </span>
        </p>
        <Proposal series={series} isSteady={isSteady} ask={ask} />
        <TimelineChart state={series} chosen={chosen} onChoose={setPicked} />
        <div className={styles.details}>
          {row && (
            <EntryDetail
              series={series}
              row={row}
              onTakeBack={ask && ((back: LedgerRow) => ask(takeBack(back.seq)))}
            />
          )}
          <MovesList series={series} onChoose={setPicked} />
        </div>
      </div>
    </Section>
  );
}

function Proposal({ series, isSteady, ask }: SeriesPartProps) {
  const { t } = useTranslation();
  const { proposal, state, score } = series;
  const isHeldBack = state === 'normal' && score >= scoreForReduced && isSteady === false;
  if (isHeldBack) {
    return <p className={styles.proposal}>{t('switching.propose.irregular', { needed: scoreForReduced })}</p>;
  }
  if (proposal === null) return null;
  return (
    <div className={styles.proposal} data-testid="proposal">
      <span>{t(`switching.propose.${proposal}`, { needed: scoreForReduced })}</span>
      {ask && (
        <Button
          variant="filled"
          onClick={() => ask(confirmProposal(series.series, proposal))}
          data-testid="confirm-proposal"
        >
          {t(`switching.propose.${proposal}Action`)}
        </Button>
      )}
    </div>
  );
}
