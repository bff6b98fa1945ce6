/** The decision about the lot: what the plan says, on what it rests, and the person who signs. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planOutcome, stillToJudge } from '../../../shared/audit/outcome.ts';
import { isNewSignatureDue } from '../../../shared/audit/rulesOfSigning.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { decidedWords, earlyStopWords, planOfCount } from '../../../shared/report/courseWords.ts';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { dateTime } from '../../ui/format.ts';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';
import { Message } from '../../ui/Message.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useRememberPace } from '../plan/usePace.ts';
import { CountsTable } from './CountsTable.tsx';
import { CourseOfPlans } from './CourseOfPlans.tsx';
import styles from './Disposition.module.css';
import { decidingCount, openUnits } from './decision.ts';
import { Exports } from './Exports.tsx';
import { OpenUnits } from './OpenUnits.tsx';
import { Rates } from './Rates.tsx';
import { RatesByGroup } from './RatesByGroup.tsx';
import { RatesClusters } from './RatesClusters.tsx';
import { RatesOfTargets } from './RatesOfTargets.tsx';
import { SignedEntries } from './SignedEntries.tsx';
import { SignForm } from './SignForm.tsx';
import { TallyTable } from './TallyTable.tsx';
import { TargetsLeft } from './TargetsLeft.tsx';

const outcomeMarks: Readonly<Record<string, MarkKind>> = {
  met: 'accept',
  'not-met': 'reject',
  undecidable: 'unsure',
};

export default function DispositionScreen() {
  const audit = useSession((state) => state.shown)!;
  const actor = useSession((state) => state.actor);
  const [isRevealed, setRevealed] = useState(false);
  const still = stillToJudge(audit);
  const left = still.labels + still.cells;
  const isJudging = left > 0 && audit.phase !== 'signed';
  const mayReveal = actor?.role === 'lead' || actor?.role === 'manager';
  if (isJudging && !isRevealed && !audit.isStandingShown && planOutcome(audit).outcome !== 'not-met') {
    return <Unfinished left={left} onReveal={mayReveal ? () => setRevealed(true) : null} />;
  }
  return <Decision audit={audit} />;
}

/** While judging, how the lot stands is not shown: it would pull the next verdict its way. */
function Unfinished({ left, onReveal }: { left: number; onReveal: (() => void) | null }) {
  const { t } = useTranslation();
  const record = useSession((state) => state.record);
  const audit = useSession((state) => state.auditId)!;
  return (
    <Message title={t('disposition.unfinished', { count: left })}>
      <p className={page.plain}>{t('disposition.unfinishedText')}</p>
      <div className={page.actions}>
        <Button component="a" href={auditAddress(audit, 'review')} variant="filled">
          {t('planScreen.toReview')}
        </Button>
        <Button component="a" href={auditAddress(audit, 'search')}>
          {t('commands.goSearch')}
        </Button>
        {onReveal && (
          <Button
            onClick={() => {
              record({ type: 'standing.shown', data: { isShown: true } });
              onReveal();
            }}
          >
            {t('disposition.showStanding')}
          </Button>
        )}
      </div>
    </Message>
  );
}

function Decision({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  useRememberPace(audit);
  const outcome = planOutcome(audit);
  const deciding = decidingCount(outcome);
  const signed = audit.dispositions.at(-1) ?? null;
  return (
    <div className={page.page}>
      <header className={styles.decision} data-outcome={outcome.outcome} data-testid="decision">
        <h1 className={styles.sentence}>
          <Mark kind={outcomeMarks[outcome.outcome]!} />
          {t(`disposition.outcome.${outcome.outcome}`)}{' '}
          {deciding && (
            <span className={styles.because}>
              {decidedWords(deciding, planOfCount(audit, deciding), t) ??
                t(`disposition.because.${deciding.outcome}`, {
                  found: deciding.defective,
                  open: deciding.open,
                  n: deciding.sampleSize,
                  ac: deciding.acceptanceNumber,
                  re: deciding.rejectionNumber,
                  severity: t(`audit.severity.${deciding.severity}`),
                  sample: t(`audit.sample.${deciding.sample}`),
                })}
            </span>
          )}
        </h1>
        {outcome.stoppedEarly && <p className={page.plain}>{earlyStopWords(outcome, t)}</p>}
        {isNewSignatureDue(audit) && <p className={styles.due}>{t('report.decision.due')}</p>}
        {signed && (
          <p className={page.plain}>
            <b>{t(`audit.disposition.${signed.disposition}`)}</b>{' '}
            <span className={page.dim}>
              {t('report.decision.signedBy', {
                name: signed.by.name,
                role: t(`audit.role.${signed.by.role}`),
                at: dateTime(signed.at),
              })}
            </span>
          </p>
        )}
      </header>
      <div className={styles.columns}>
        <div>
          <Section title={t('report.counts.title')}>
            <CountsTable audit={audit} counts={outcome.counts} />
          </Section>
          <CourseOfPlans audit={audit} />
          <Rates audit={audit} />
          <RatesByGroup audit={audit} />
          <RatesClusters audit={audit} />
          <RatesOfTargets audit={audit} />
          <TallyTable audit={audit} />
          <OpenUnits audit={audit} units={openUnits(audit)} />
        </div>
        <div>
          <TargetsLeft audit={audit} />
          <SignForm audit={audit} outcome={outcome} />
          <SignedEntries audit={audit} />
          <Exports audit={audit} />
        </div>
      </div>
    </div>
  );
}
