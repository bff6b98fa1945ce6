/** Findings of the submission before, each with where its label is now, to be seen as fixed or not. */
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findingsToVerify, type OldFinding } from '../../../shared/audit/redelivery.ts';
import type { AuditState, OldFindingCheck } from '../../../shared/audit/state.ts';
import { defectTitle } from '../../../shared/report/findingColumns.ts';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { useOldAudit } from '../../state/useOldAudit.ts';
import { Mark } from '../../ui/Mark.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import page from '../../ui/page.module.css';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './Rework.module.css';

export function OldFindings({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const index = useSession((state) => state.index);
  const { old, problem } = useOldAudit(audit.intake.resubmits);
  const rows = useMemo(() => (old && index ? findingsToVerify(old, index) : []), [old, index]);
  if (audit.intake.resubmits === null) return null;
  return (
    <Section title={t('report.old.title')}>
      {problem && <ProblemLine problem={problem} />}
      {old && index && rows.length === 0 && <p className={page.plain}>{t('rework.oldNone')}</p>}
      {index === null && (
        <p className={page.plain}>{t('app.needsDelivery', { path: audit.delivery.path })}</p>
      )}
      {index !== null && index.others.length > 0 && (
        <p className={page.plain}>
          <a href={auditAddress(audit.audit, 'diff')}>{t('diff.open')}</a>
        </p>
      )}
      <ul className={styles.old}>
        {rows.map((row) => (
          <OldRow
            key={row.reference}
            row={row}
            old={old!}
            check={audit.oldFindings.get(row.reference) ?? null}
          />
        ))}
      </ul>
    </Section>
  );
}

function OldRow({ row, old, check }: { row: OldFinding; old: AuditState; check: OldFindingCheck | null }) {
  const { t, i18n } = useTranslation();
  const record = useSession((state) => state.record);
  const isWritable = useSession((state) => state.isWritable && state.actor !== null);
  const [isAsking, setAsking] = useState(false);
  const { finding, how, distanceMeters } = row;
  const verify = (isFixed: boolean, note: string): void => {
    record({ type: 'finding.verified', data: { finding: row.reference, isFixed, note } });
  };
  const title = defectTitle(
    old.spec?.spec ?? null,
    finding.defect.code,
    i18n.language === 'zh' ? 'zh' : 'en',
  );
  return (
    <li className={styles.oldRow} data-testid="old-finding">
      <div>
        <b>{finding.id}</b> {title}, {finding.className ?? finding.missed?.className ?? ''}{' '}
        <span className={page.small}>
          {finding.frame} · {t(`rework.how.${how}`, { meters: distanceMeters?.toFixed(2) ?? '' })}
        </span>
        {finding.defect.note !== '' && <p className={page.plain}>{finding.defect.note}</p>}
      </div>
      {check && (
        <Mark kind={check.isFixed ? 'accept' : 'reject'}>
          {t(check.isFixed ? 'report.old.fixed' : 'report.old.notFixed')}
        </Mark>
      )}
      <div className={page.actions}>
        <Button disabled={!isWritable} onClick={() => verify(true, '')}>
          {t('rework.isFixed')}
        </Button>
        <Button disabled={!isWritable} onClick={() => setAsking(true)}>
          {t('rework.isNotFixed')}
        </Button>
      </div>
      <ReasonDialog
        isOpen={isAsking}
        title={t('rework.ask.not-fixed')}
        text={t('rework.askText.not-fixed')}
        action={t('rework.record')}
        onClose={() => setAsking(false)}
        onGive={(note) => {
          setAsking(false);
          verify(false, note);
        }}
      />
    </li>
  );
}
