/** What the samples say about the lot, as dot and whisker; never "0 %", and no interval where a sample stopped early. */
import { useTranslation } from 'react-i18next';
import { severityEstimates, withheldEstimates } from '../../../shared/audit/estimates.ts';
import { cellRho, missedRates } from '../../../shared/audit/missedRates.ts';
import { confidence } from '../../../shared/audit/rate.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { intervalChart } from '../../../shared/report/charts/intervalChart.ts';
import { percent } from '../../../shared/report/quantities.ts';
import {
  missedNote,
  missedRows,
  planName,
  type RateWords,
  severityRows,
  withheldSentence,
} from '../../../shared/report/rateRows.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Disposition.module.css';

/** How the rates of an audit are said on the screen, in its language. */
export function useRateWords(state: AuditState): RateWords {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  // Chinese sets the sign close to the number.
  const say = (share: number): string =>
    language === 'zh' ? percent(share).replace(' %', '%') : percent(share);
  return { state, words: t, percent: say, language };
}

export function Rates({ audit }: { audit: AuditState }) {
  const words = useRateWords(audit);
  const { t } = useTranslation();
  const estimates = severityEstimates(audit);
  const withheld = withheldEstimates(audit);
  const rows = severityRows(words);
  const title = t('report.rates.title');
  const isByStrata = audit.sample?.labels.draw?.design === 'stratified';
  const kinds = [...new Set(estimates.map(({ bound }) => bound))];
  return (
    <Section title={title}>
      {rows.length + withheld.length === 0 && <p className={page.plain}>{t('report.rates.tooEarly')}</p>}
      {rows.length > 0 && (
        <>
          <p className={page.small}>{t('report.rates.lead', { confidence: 100 * confidence })}</p>
          <Chart
            testId="rates"
            draw={(width) =>
              intervalChart({ title, axisLabel: t('report.rates.axis'), rows, width, palette: screenPalette })
            }
          />
          <dl className={styles.uppers}>
            {estimates.flatMap(({ lotUpper, lotSize, ...estimate }) =>
              lotUpper === null ? (
                []
              ) : (
                <div key={`${estimate.sample} ${estimate.severity}`}>
                  <dt>{planName(estimate, t)}</dt>
                  <dd>
                    {t(lotUpper.defectives === 0 ? 'report.rates.lotNone' : 'report.rates.lotUpper', {
                      confidence: 100 * confidence,
                      lot: lotSize,
                      defectives: lotUpper.defectives,
                      rate: words.percent(lotUpper.rate),
                    })}
                  </dd>
                </div>
              ),
            )}
          </dl>
        </>
      )}
      {withheld.length > 0 && (
        <ul className={styles.withheld} data-testid="withheld">
          {withheld.map((one) => (
            <li key={`${one.sample} ${one.severity}`}>{withheldSentence(one, t)}</li>
          ))}
        </ul>
      )}
      <p className={page.small}>
        {[
          ...kinds.map((kind) => t(`rates.bound.${kind}`, { lot: audit.sample!.labels.population })),
          ...(isByStrata && kinds.length > 0 ? [t('rates.strata')] : []),
        ].join(' ')}
      </p>
      <Missed words={words} />
    </Section>
  );
}

/** Missed objects have their own figure: they are counted in objects, not in units of the plan. */
function Missed({ words }: { words: RateWords }) {
  const { t } = useTranslation();
  const missed = missedRates(words.state);
  const title = t('rates.missed.title');
  return (
    <>
      <h3 className={styles.part}>{title}</h3>
      {missed === null && <p className={page.plain}>{t('rates.missed.waiting')}</p>}
      {missed?.overall && (
        <>
          <p className={page.small}>{t('rates.missed.lead', { cells: missed.overall.cells })}</p>
          <Chart
            testId="missed-rates"
            draw={(width) =>
              intervalChart({
                title,
                axisLabel: t('rates.missed.axis'),
                rows: missedRows(missed, words),
                width,
                palette: screenPalette,
              })
            }
          />
          <p className={page.small}>
            {missedNote(missed.overall, cellRho, t)}
            {missed.leftOut > 0 && ` ${t('rates.missed.leftOut', { count: missed.leftOut })}`}
          </p>
        </>
      )}
    </>
  );
}
