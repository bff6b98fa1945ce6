/** Where the defects are: one figure of rates with a switch between class, distance, scene and defect code. */
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Grouping, groupings, groupRates } from '../../../shared/audit/groupRates.ts';
import { judgedUnits } from '../../../shared/audit/judgedUnits.ts';
import { confidence } from '../../../shared/audit/rate.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { intervalChart } from '../../../shared/report/charts/intervalChart.ts';
import { comparisonNotes, groupRows, limitNotes, overallReference } from '../../../shared/report/rateRows.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useRateWords } from './Rates.tsx';

/** Rows shown at first: as many as one takes in at a glance. */
const firstRows = 12;

export function RatesByGroup({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<Grouping>('class');
  const title = t('rates.title');
  return (
    <Section
      title={title}
      aside={
        <SegmentedControl
          aria-label={t('rates.compareBy')}
          value={by}
          onChange={(value) => setBy(value as Grouping)}
          data={groupings.map((value) => ({ value, label: t(`rates.by.${value}`) }))}
          data-testid="rates-by"
        />
      }
    >
      {judgedUnits(audit).length === 0 ? (
        <p className={page.plain}>{t('rates.waiting')}</p>
      ) : (
        <Groups audit={audit} by={by} key={by} />
      )}
    </Section>
  );
}

function Groups({ audit, by }: { audit: AuditState; by: Grouping }) {
  const { t } = useTranslation();
  const words = useRateWords(audit);
  const [isAll, setAll] = useState(false);
  const rates = groupRates(audit, by);
  if (!rates) return <p className={page.plain}>{t(`rates.unknown.${by}`)}</p>;
  const rows = groupRows(rates, isAll ? Number.POSITIVE_INFINITY : firstRows, words);
  const reference = overallReference(rates, words);
  const lead = by === 'code' ? 'rates.leadCode' : 'rates.lead';
  return (
    <>
      <p className={page.small}>{t(lead, { confidence: 100 * confidence })}</p>
      <Chart
        testId="group-rates"
        draw={(width) =>
          intervalChart({
            title: t(`rates.by.${by}`),
            axisLabel: t('rates.axis'),
            rows,
            reference,
            width,
            palette: screenPalette,
          })
        }
      />
      {rates.groups.length > rows.length && (
        <div className={page.actions}>
          <Button onClick={() => setAll(true)}>{t('rates.showAll', { count: rates.groups.length })}</Button>
        </div>
      )}
      <p className={page.small}>
        {[...comparisonNotes(rates, confidence, t), ...limitNotes([rates], words)].join(' ')}
      </p>
    </>
  );
}
