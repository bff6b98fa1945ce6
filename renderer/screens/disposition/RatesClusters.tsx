/** What units of few scenes are worth: the warning, and the design effects that were measured. */
import { useTranslation } from 'react-i18next';
import { clusterFacts } from '../../../shared/audit/clusters.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { clusterWords, largestPlan, measuredRows } from '../../../shared/report/clusterWords.ts';
import { ClusterText } from '../../ui/ClusterNote.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Disposition.module.css';

export function RatesClusters({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const facts = clusterFacts(audit);
  if (!facts || !audit.sample) return null;
  const { unit, plans } = audit.sample.labels;
  const rows = measuredRows(facts, t);
  return (
    <Section title={t('rates.clusters.title')}>
      <ClusterText said={clusterWords(facts, { unit, plan: largestPlan(plans) }, t)} />
      {rows.length > 0 && (
        <>
          <table className={styles.table} data-testid="clusters">
            <thead>
              <tr>
                {(['severity', 'found', 'deff', 'effective', 'trackDeff'] as const).map((name, at) => (
                  <th scope="col" key={name} className={at === 0 ? undefined : styles.number}>
                    {t(`rates.clusters.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...cells]) => (
                <tr key={name}>
                  <td>{name}</td>
                  {cells.map((cell, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                    <td key={at} className={styles.number}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className={page.small}>{t('rates.clusters.few')}</p>
        </>
      )}
    </Section>
  );
}
