/** Standing findings of both samples by defect code and by class. */
import { useTranslation } from 'react-i18next';
import { severities } from '../../../shared/audit/qaSpec.ts';
import { specClass } from '../../../shared/audit/specLookup.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { type TallyRow, tallyFindings } from '../../../shared/audit/tally.ts';
import { defectTitle } from '../../../shared/report/findingColumns.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Disposition.module.css';

export function TallyTable({ audit }: { audit: AuditState }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const spec = audit.spec?.spec ?? null;
  const byCode = tallyFindings(audit, 'code');
  const byClass = tallyFindings(audit, 'class');
  return (
    <Section title={t('report.defects.title')}>
      {byCode.length === 0 ? (
        <p className={page.plain}>{t('report.defects.none')}</p>
      ) : (
        <div className={styles.tallies}>
          <Tally
            title={t('report.defects.byCode')}
            rows={byCode}
            nameOf={(code) => `${code}  ${defectTitle(spec, code, language)}`}
          />
          <Tally
            title={t('report.defects.byClass')}
            rows={byClass}
            nameOf={(name) =>
              name === ''
                ? t('report.defects.noClass')
                : ((spec && specClass(spec, name)?.title[language]) ?? name)
            }
          />
        </div>
      )}
    </Section>
  );
}

function Tally(props: { title: string; rows: readonly TallyRow[]; nameOf: (key: string) => string }) {
  const { t } = useTranslation();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{props.title}</th>
          {severities.map((severity) => (
            <th scope="col" key={severity} className={styles.number}>
              {t(`audit.severity.${severity}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.key}>
            <td>{props.nameOf(row.key)}</td>
            {severities.map((severity) => (
              <td key={severity} className={styles.number}>
                {row[severity] === 0 ? <span className={page.dim}>·</span> : row[severity]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
