/** What one person said of the unit: verdict, defects, comment, correction, measures, picture, and how it was given. */

import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hastyMs, isHasty } from '../../../shared/audit/pace.ts';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import { pictureAddress } from '../../../shared/host/addresses.ts';
import { correctionMeasures, isBeyond } from '../../../shared/report/corrections.ts';
import { defectTitle } from '../../../shared/report/findingColumns.ts';
import { measuredText } from '../../../shared/report/quantities.ts';
import { useSession } from '../../state/context.tsx';
import { dateTime } from '../../ui/format.ts';
import { Mark } from '../../ui/Mark.tsx';
import page from '../../ui/page.module.css';
import styles from './adjudicate.module.css';
import { markOf } from './verdictWords.ts';

export interface SaidCardProps {
  readonly title: string;
  /** Whose line in the views is this card's correction. */
  readonly line: 'left' | 'right' | null;
  readonly verdict: UnitVerdict;
  /** What the card is, where it is not one of the two sides. */
  readonly tag?: string;
  /** Below what was said. */
  readonly more?: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
  readonly testId: string;
}

export function SaidCard({ title, line, verdict, tag, more, children, testId }: SaidCardProps) {
  const { t } = useTranslation();
  const { by, at } = verdict;
  return (
    <section className={styles.card} aria-label={title} data-verdict={verdict.verdict} data-testid={testId}>
      <header className={styles.head}>
        <h2 className={styles.person}>{by.name}</h2>
        <span className={page.small}>
          {t(`audit.role.${by.role}`)} · {dateTime(at)}
        </span>
      </header>
      <div className={styles.said}>
        {tag && <p className={styles.tag}>{tag}</p>}
        <p className={styles.verdict}>
          <Mark kind={markOf(verdict.verdict)}>{t(`audit.verdict.${verdict.verdict}`)}</Mark>
        </p>
        <Defects verdict={verdict} />
        {verdict.comment !== '' && <p className={styles.comment}>{verdict.comment}</p>}
        <CorrectionLines verdict={verdict} line={line} />
        <Measures verdict={verdict} />
        <EvidencePicture verdict={verdict} />
        <HowGiven verdict={verdict} />
        {more}
      </div>
      {children && <footer className={styles.act}>{children}</footer>}
    </section>
  );
}

function Defects({ verdict: { defects } }: { verdict: UnitVerdict }) {
  const { t, i18n } = useTranslation();
  const spec = useSession((state) => state.shown!.spec?.spec ?? null);
  if (defects.length === 0) return null;
  return (
    <ul className={styles.defects}>
      {defects.map(({ code, severity, measured, note }) => (
        <li key={code}>
          <span className={styles.code}>{code}</span>{' '}
          {defectTitle(spec, code, i18n.language === 'zh' ? 'zh' : 'en')}{' '}
          <span className={styles.severity} data-severity={severity}>
            {t(`audit.severity.${severity}`)}
          </span>
          {measured && <span className={page.small}> {measuredText(measured, t)}</span>}
          {note !== '' && <p className={page.small}>{note}</p>}
        </li>
      ))}
    </ul>
  );
}

/** How this person's own box differs from the label, beyond the limit in bold; the line is the one in the views. */
function CorrectionLines({ verdict, line }: { verdict: UnitVerdict; line: SaidCardProps['line'] }) {
  const { t } = useTranslation();
  const spec = useSession((state) => state.shown!.spec?.spec ?? null);
  const correction = verdict.evidence?.correction;
  if (!correction) return null;
  const measures = correctionMeasures(verdict.evidence, spec);
  return (
    <div className={styles.correction}>
      <h3 className={styles.small}>
        {line && <span className={styles.swatch} data-line={line} aria-hidden="true" />}
        {t('adjudicate.correction')} · {t(`report.findings.correctionSource.${correction.source}`)}
      </h3>
      {measures.length === 0 && <p className={page.small}>{t('report.findings.correctionNone')}</p>}
      <ul className={styles.measures}>
        {measures.map((measured) => (
          <li key={measured.quantity} data-beyond={isBeyond(measured) || undefined}>
            {measuredText(measured, t)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Measures({ verdict }: { verdict: UnitVerdict }) {
  const { t } = useTranslation();
  const measures = verdict.evidence?.measures ?? [];
  if (measures.length === 0) return null;
  return (
    <div>
      <h3 className={styles.small}>{t('report.findings.measures')}</h3>
      <ul className={styles.measures}>
        {measures.map((measured, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a verdict's measures never change their order
          <li key={at}>{measuredText(measured, t)}</li>
        ))}
      </ul>
    </div>
  );
}

/** A picture may still be on its way, or have been left out of a bundle. */
function EvidencePicture({ verdict }: { verdict: UnitVerdict }) {
  const { t } = useTranslation();
  const audit = useSession((state) => state.auditId)!;
  const [missing, setMissing] = useState<string | null>(null);
  const hash = verdict.evidence?.picture ?? null;
  if (hash === null || missing === hash) return null;
  const address = pictureAddress(audit, hash);
  return (
    <a href={address} target="_blank" rel="noreferrer" className={styles.picture}>
      <img
        src={address}
        alt={t('adjudicate.pictureAlt', { name: verdict.by.name })}
        onError={() => setMissing(hash)}
      />
    </a>
  );
}

function HowGiven({ verdict }: { verdict: UnitVerdict }) {
  const { t } = useTranslation();
  const seconds = (verdict.durationMs / 1000).toFixed(1);
  const parts = [
    t('adjudicate.took', { seconds }),
    verdict.isBlind ? t('adjudicate.blindly') : t('adjudicate.inSight'),
    ...(verdict.bulk ? [t('report.findings.givenInBulk', { count: verdict.bulk.count })] : []),
  ];
  return (
    <p className={page.small}>
      {parts.join(' · ')}
      {isHasty(verdict) && (
        <span className={styles.hasty}> {t('adjudicate.hasty', { seconds: hastyMs / 1000 })}</span>
      )}
    </p>
  );
}
