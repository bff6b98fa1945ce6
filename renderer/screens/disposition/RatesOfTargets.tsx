/** Targets that were drawn with known chances, beside the sample; nothing where there are none. */
import { useTranslation } from 'react-i18next';
import { combinedEstimate } from '../../../shared/audit/combinedEstimate.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { intervalChart } from '../../../shared/report/charts/intervalChart.ts';
import { combinedNotes, combinedRows } from '../../../shared/report/rateRows.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useRateWords } from './Rates.tsx';

export function RatesOfTargets({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const words = useRateWords(audit);
  const estimate = combinedEstimate(audit);
  if (!estimate) return null;
  const rows = combinedRows(estimate, words);
  const title = t('rates.combined.title');
  return (
    <Section title={title}>
      <p className={page.small}>{t('rates.combined.lead')}</p>
      {rows.length > 0 && (
        <Chart
          testId="combined-rates"
          draw={(width) =>
            intervalChart({ title, axisLabel: t('rates.axis'), rows, width, palette: screenPalette })
          }
        />
      )}
      {combinedNotes(estimate, words).map((note) => (
        <p key={note} className={page.small}>
          {note}
        </p>
      ))}
    </Section>
  );
}
