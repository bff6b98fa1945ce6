/** Counts against acceptance numbers, by sample and severity; open units show what they could make of it. */
import { useTranslation } from 'react-i18next';
import type { SeverityCount } from '../../../shared/audit/events.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { countWords, planOfCount } from '../../../shared/report/courseWords.ts';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';
import page from '../../ui/page.module.css';
import styles from './Disposition.module.css';

const marks: Readonly<Record<SeverityCount['outcome'], MarkKind>> = {
  met: 'accept',
  'not-met': 'reject',
  undecidable: 'unsure',
};

export function CountsTable({ audit, counts }: { audit: AuditState; counts: readonly SeverityCount[] }) {
  const { t } = useTranslation();
  const rows = counts.map((count) => ({ count, ...countWords(count, planOfCount(audit, count), t) }));
  const numbers = ['units', 'judged', 'defective', 'limit', 'open', 'onHold'] as const;
  return (
    <>
      <table className={styles.table} data-testid="counts">
        <thead>
          <tr>
            <th scope="col">{t('report.counts.sample')}</th>
            <th scope="col">{t('report.counts.severity')}</th>
            {numbers.map((name) => (
              <th scope="col" key={name} className={styles.number}>
                {t(`report.counts.${name}`)}
              </th>
            ))}
            <th scope="col">{t('report.counts.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ count, units, limits, notes }) => (
            <tr key={`${count.sample} ${count.severity}`}>
              <td>{t(`audit.sample.${count.sample}`)}</td>
              <td>{t(`audit.severity.${count.severity}`)}</td>
              <td className={styles.number}>{units}</td>
              <td className={styles.number}>{count.judged}</td>
              <td className={styles.number}>
                <b>{count.defective}</b>
                {count.open > 0 && (
                  <span className={page.dim}>
                    {' '}
                    {t('disposition.upTo', { most: count.defective + count.open })}
                  </span>
                )}
              </td>
              <td className={styles.number}>
                {limits.map((limit) => (
                  <div key={limit}>{limit}</div>
                ))}
              </td>
              <td className={styles.number}>{count.open}</td>
              <td className={styles.number}>{count.onHold}</td>
              <td>
                <Mark kind={marks[count.outcome]}>{t(`audit.outcome.${count.outcome}`)}</Mark>
                {notes.map((note) => (
                  <span key={note} className={styles.note}>
                    {note}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {counts.some(({ open }) => open > 0) && <p className={page.small}>{t('report.counts.openNote')}</p>}
      {counts.some(({ onHold }) => onHold > 0) && (
        <p className={page.small}>{t('report.counts.onHoldNote')}</p>
      )}
    </>
  );
}
