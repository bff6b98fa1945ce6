/** One finding: what was seen, what the vendor answered, and what is to be decided about it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState, Finding } from '../../../shared/audit/state.ts';
import { deskUnitOfTarget } from '../../../shared/audit/targets.ts';
import { pictureAddress } from '../../../shared/host/addresses.ts';
import { boxOf, defectTitle } from '../../../shared/report/findingColumns.ts';
import { measuredText } from '../../../shared/report/quantities.ts';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { dateTime } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './Rework.module.css';

export interface FindingDetailProps {
  readonly audit: AuditState;
  readonly finding: Finding;
}

export function FindingDetail({ audit, finding }: FindingDetailProps) {
  const { t, i18n } = useTranslation();
  const title = defectTitle(
    audit.spec?.spec ?? null,
    finding.defect.code,
    i18n.language === 'zh' ? 'zh' : 'en',
  );
  const picture = finding.evidence?.picture ?? null;
  const screen = finding.source === 'cell' ? 'search' : 'review';
  const unit = finding.unit ?? (finding.key === null ? null : deskUnitOfTarget(audit, finding.key));
  return (
    <Section
      title={`${finding.id}  ${title}`}
      aside={unit !== null && <a href={auditAddress(audit.audit, screen, unit)}>{t('rework.lookAtIt')}</a>}
    >
      {picture && <EvidencePicture key={picture} audit={audit.audit} hash={picture} finding={finding.id} />}
      <Facts facts={useDetailFacts(finding)} />
      {finding.defect.note !== '' && <p className={page.plain}>{finding.defect.note}</p>}
      {finding.remarks.length > 0 && (
        <ol className={styles.remarks}>
          {finding.remarks.map((remark) => (
            <li key={`${remark.at} ${remark.text}`}>
              <span className={page.small}>
                {remark.by}, {dateTime(remark.at)}
              </span>
              <p className={page.plain}>{remark.text}</p>
            </li>
          ))}
        </ol>
      )}
      <Rulings finding={finding} />
    </Section>
  );
}

function useDetailFacts(finding: Finding): Fact[] {
  const { t } = useTranslation();
  const box = boxOf(finding);
  const { measured, severity } = finding.defect;
  const meters = (values: readonly number[]): string =>
    `${values.map((value) => value.toFixed(2)).join(' × ')} m`;
  return [
    { name: t('report.rework.severity'), value: t(`audit.severity.${severity}`) },
    { name: t('report.rework.status'), value: t(`audit.status.${finding.status}`) },
    { name: t('report.findings.class'), value: finding.className ?? '' },
    { name: t('report.findings.frame'), value: finding.frame },
    { name: t('report.findings.label'), value: finding.label ?? '–' },
    ...(measured ? [{ name: t('report.findings.measured'), value: measuredText(measured, t) }] : []),
    ...(box
      ? [
          { name: t('report.findings.size'), value: meters(box.size) },
          {
            name: t('report.findings.at'),
            value: `${box.center.map((value) => value.toFixed(2)).join(', ')} m`,
          },
          { name: t('report.findings.yaw'), value: `${((box.yawRadians * 180) / Math.PI).toFixed(1)}°` },
        ]
      : []),
  ];
}

type Asking = 'uphold' | 'overturn' | 'not-fixed' | null;

/** A dispute is ruled on once, with a reason; what the vendor says is fixed is looked at. */
function Rulings({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const record = useSession((state) => state.record);
  const isWritable = useSession((state) => state.isWritable && state.actor !== null);
  const [asking, setAsking] = useState<Asking>(null);
  const rule = (isUpheld: boolean, reason: string): void => {
    record({ type: 'dispute.ruled', data: { finding: finding.id, isUpheld, reason } });
  };
  const verify = (isFixed: boolean, note: string): void => {
    record({ type: 'finding.verified', data: { finding: finding.id, isFixed, note } });
  };
  const give = (reason: string): void => {
    if (asking === 'not-fixed') verify(false, reason);
    else rule(asking === 'overturn', reason);
    setAsking(null);
  };
  return (
    <div className={page.actions}>
      {finding.status === 'disputed' && (
        <>
          <Button disabled={!isWritable} onClick={() => setAsking('overturn')} data-testid="rule-for-vendor">
            {t('rework.takeBack')}
          </Button>
          <Button
            disabled={!isWritable}
            onClick={() => setAsking('uphold')}
            data-testid="rule-against-vendor"
          >
            {t('rework.keep')}
          </Button>
        </>
      )}
      {finding.status === 'fixed' && (
        <>
          <Button disabled={!isWritable} onClick={() => verify(true, '')}>
            {t('rework.isFixed')}
          </Button>
          <Button disabled={!isWritable} onClick={() => setAsking('not-fixed')}>
            {t('rework.isNotFixed')}
          </Button>
        </>
      )}
      <ReasonDialog
        isOpen={asking !== null}
        title={t(`rework.ask.${asking ?? 'uphold'}`)}
        text={t(`rework.askText.${asking ?? 'uphold'}`)}
        action={t('rework.record')}
        onClose={() => setAsking(null)}
        onGive={give}
      />
    </div>
  );
}

/** A picture may still be on its way, or have been left out of a bundle: then its place says so. */
function EvidencePicture({ audit, hash, finding }: { audit: string; hash: string; finding: string }) {
  const { t } = useTranslation();
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <p className={styles.noPicture}>{t('rework.noPicture')}</p>;
  return (
    <img
      className={styles.picture}
      src={pictureAddress(audit, hash)}
      alt={t('report.findings.pictureAlt', { id: finding })}
      onError={() => setMissing(true)}
    />
  );
}
