/** After the decision: findings and the vendor's answers, rulings on disputes, and the way to the next submission. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isNewSignatureDue } from '../../../shared/audit/rulesOfSigning.ts';
import type { Finding } from '../../../shared/audit/state.ts';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { AnswersImport } from './AnswersImport.tsx';
import { FindingDetail } from './FindingDetail.tsx';
import { NextSubmission } from './NextSubmission.tsx';
import { OldFindings } from './OldFindings.tsx';
import styles from './Rework.module.css';
import { useFindingColumns } from './useFindingColumns.tsx';

export default function ReworkScreen() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.shown)!;
  const columns = useFindingColumns(audit.spec?.spec ?? null);
  const [current, setCurrent] = useState<string | null>(null);
  const chosen: Finding | null =
    audit.findings.find((finding) => finding.id === current) ?? audit.findings[0] ?? null;
  return (
    <div className={styles.screen}>
      <div className={styles.main}>
        <div className={page.toolbar}>
          <h1 className={page.title}>{t('rework.title')}</h1>
          <AnswersImport audit={audit} />
        </div>
        {isNewSignatureDue(audit) && (
          <p className={styles.due}>
            {t('report.decision.due')}{' '}
            <a href={auditAddress(audit.audit, 'disposition')}>{t('commands.goDisposition')}</a>
          </p>
        )}
        {audit.findings.length === 0 ? (
          <p className={page.dim}>{t('rework.none')}</p>
        ) : (
          <DataTable
            label={t('rework.title')}
            rows={audit.findings}
            columns={columns}
            rowKey={({ id }) => id}
            onCurrent={({ id }) => setCurrent(id)}
            initialSorting={{ column: 'finding', isDescending: false }}
            isFocusedAtStart
            testId="findings-table"
          />
        )}
      </div>
      <aside className={styles.side}>
        {chosen && <FindingDetail key={chosen.id} audit={audit} finding={chosen} />}
        <OldFindings audit={audit} />
        {audit.phase === 'signed' && <NextSubmission audit={audit} />}
      </aside>
    </div>
  );
}
