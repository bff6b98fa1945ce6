/** The chosen finding in words and numbers: what was measured against which limit, what it means, what was taught. */
import { useTranslation } from 'react-i18next';

import { deskUnitOfTarget, isInSample } from '../../../shared/audit/targets.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { precisionOf } from '../../../shared/checks/precision.ts';
import { checkMeaning, checkTitle, findingSentence } from '../../../shared/report/checkWords.ts';
import { auditAddress } from '../../app/routes.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { count, dateTime } from '../../ui/format.ts';
import { CheckPicture } from './CheckPicture.tsx';
import styles from './checks.module.css';
import { exceptionText, findingQuantity, keyName, percentText, subjectText } from './checkText.ts';
import { EvidenceLegend } from './EvidenceLegend.tsx';
import { checkOf } from './findingPlace.ts';
import { ReliedVerdicts } from './ReliedVerdicts.tsx';
import { SeverityMark } from './SeverityMark.tsx';
import type { Checks } from './useChecks.ts';

export function FactCard({ checks, finding }: { checks: Checks; finding: CheckFinding }) {
  const { t } = useTranslation();
  const { check } = finding;
  const taught = checks.settings.exceptions.filter((exception) => exception.check === check);
  return (
    <section className={styles.card} aria-label={t('checks.card.label')} data-testid="finding-card">
      <header className={styles.cardHead}>
        <SeverityMark finding={finding} />
        <b>{checkTitle(check, t)}</b>
        <span>{subjectText(finding, t)}</span>
        <span className={styles.quiet} title={t('checks.card.version')}>
          {check} {finding.version}
        </span>
        <span className={styles.space} />
        <InReview checks={checks} finding={finding} />
      </header>
      <p className={styles.sentence} role="status" data-testid="finding-sentence">
        {findingSentence(finding, t)}
      </p>
      <AnswerGiven checks={checks} finding={finding} />
      <dl className={styles.numbers}>
        {useCardFacts(checks, finding).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {finding.owner === 'data' && checks.audit && <ReliedVerdicts audit={checks.audit} finding={finding} />}
      <EvidenceLegend pieces={finding.evidence} />
      <div className={styles.means}>
        <CheckPicture id={check} />
        <div>
          <p className={styles.quiet}>{checkMeaning(check, t)}</p>
          {taught.length > 0 && (
            <p className={styles.quiet}>
              {t('checks.card.taught')}: {taught.map((one) => exceptionText(one, t)).join(' · ')}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

function useCardFacts(checks: Checks, finding: CheckFinding): Fact[] {
  const { t } = useTranslation();
  const { check, value, limit, limitKey, score, code, frames, firstFrame, lastFrame } = finding;
  const { annotator, explained, severity } = finding;
  const precision = checks.precision.get(check) ?? precisionOf(0, 0);
  const known = checkOf(check);
  const key = known && limitKey !== 'all' ? ` (${keyName(known, limitKey, t)})` : '';
  const span = { count: frames, first: firstFrame, last: lastFrame };
  const counts =
    precision.answers > 0 ? `${precision.defects}/${precision.answers}` : t('checks.precision.none');
  return [
    { name: t('checks.card.measured'), value: <b>{findingQuantity(check, value)}</b> },
    { name: t('checks.card.limit'), value: `${findingQuantity(check, limit)}${key}` },
    { name: t('checks.card.code'), value: `${code} · ${t(`review.severity.${severity}`)}` },
    { name: t('checks.card.score'), value: score.toFixed(2) },
    { name: t('checks.card.precision'), value: `${percentText(precision.estimate)} (${counts})` },
    ...(frames > 1 ? [{ name: t('checks.card.frames'), value: t('checks.card.framesSpan', span) }] : []),
    ...(annotator === null ? [] : [{ name: t('checks.card.annotator'), value: annotator }]),
    ...(explained === 0
      ? []
      : [
          {
            name: t('checks.card.explains'),
            value: t('checks.found', { count: explained, text: count(explained) }),
          },
        ]),
  ];
}

function AnswerGiven({ checks, finding }: { checks: Checks; finding: CheckFinding }) {
  const { t } = useTranslation();
  const given = checks.triage.get(finding.id);
  if (!given) return null;
  const what = [t(`checks.state.${given.answer}`), given.defect?.code, given.reason]
    .filter(Boolean)
    .join(' · ');
  return (
    <p className={styles.given} data-testid="answer-given">
      {t('checks.card.answeredBy', { answer: what, name: given.by.name, at: dateTime(given.at) })}
    </p>
  );
}

/** Where a confirmed finding is judged or can be looked at again. */
function InReview({ checks: { audit, triage }, finding }: { checks: Checks; finding: CheckFinding }) {
  const { t } = useTranslation();
  const target = triage.get(finding.id)?.target ?? null;
  const queued = target === null ? undefined : audit?.targets.get(target);
  if (!audit || !queued) return null;
  const unit = isInSample(audit, queued.target)
    ? queued.target.unit
    : deskUnitOfTarget(audit, queued.target.id);
  return <a href={auditAddress(audit.audit, 'review', unit)}>{t('checks.card.inReview')}</a>;
}
