/** What the samples say about the lot, as dot and whisker; never "0 %", and nothing where the sample was stopped early. */
import { useTranslation } from 'react-i18next';
import {
  confidence,
  missedEstimate,
  type Rate,
  type SeverityEstimate,
  severityEstimates,
} from '../../../shared/audit/estimates.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { type IntervalRow, intervalChart } from '../../../shared/report/charts/intervalChart.ts';
import { percent } from '../../../shared/report/quantities.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Disposition.module.css';

export function Rates({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const estimates = severityEstimates(audit);
  const missed = missedEstimate(audit);
  const title = t('report.rates.title');
  if (estimates === null) {
    return (
      <Section title={title}>
        <p className={page.plain}>{t('report.rates.none')}</p>
      </Section>
    );
  }
  const rows = [
    ...estimates.map((estimate) => intervalRow(rowLabel(estimate, t), estimate, t)),
    ...(missed ? [intervalRow(t('report.rates.missedLabel'), missed, t)] : []),
  ];
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <p className={page.plain}>{t('report.rates.tooEarly')}</p>
      ) : (
        <>
          <p className={page.small}>{t('report.rates.lead', { confidence: 100 * confidence })}</p>
          <Chart
            testId="rates"
            draw={(width) =>
              intervalChart({ title, axisLabel: t('report.rates.axis'), rows, width, palette: screenPalette })
            }
          />
          <dl className={styles.uppers}>
            {estimates.map((estimate) => (
              <div key={`${estimate.sample} ${estimate.severity}`}>
                <dt>{rowLabel(estimate, t)}</dt>
                <dd>
                  {t(estimate.lotUpper.defectives === 0 ? 'report.rates.lotNone' : 'report.rates.lotUpper', {
                    confidence: 100 * confidence,
                    lot: estimate.lotSize,
                    defectives: estimate.lotUpper.defectives,
                    rate: percent(estimate.lotUpper.rate),
                  })}
                </dd>
              </div>
            ))}
          </dl>
          {missed && <p className={page.small}>{t('report.rates.missedNote')}</p>}
        </>
      )}
    </Section>
  );
}

function rowLabel({ severity, sample }: SeverityEstimate, t: Translate): string {
  return t('report.rates.rowLabel', {
    severity: t(`audit.severity.${severity}`),
    sample: t(`audit.sample.${sample}`),
  });
}

function intervalRow(label: string, rate: Rate, t: Translate): IntervalRow {
  const n = rate.judged + rate.open;
  const isNone = rate.found === 0;
  const text = isNone
    ? t('report.rates.foundNone', { n, upper: percent(rate.upper) })
    : t('report.rates.found', {
        found: rate.found,
        n,
        rate: percent(rate.found / n),
        lower: percent(rate.lower),
        upper: percent(rate.upper),
      });
  return {
    label,
    text,
    found: isNone ? null : rate.found / n,
    lower: rate.lower,
    upper: rate.upper,
    limit: null,
  };
}
