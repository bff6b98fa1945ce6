/** The plan and the draw as the record holds them, and the command lines by which anyone repeats both. */
import { Button } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { designWords, strataWords } from '../../../shared/report/drawWords.ts';
import { planCounts, planNumbers, planParameters, planStandard } from '../../../shared/report/planWords.ts';
import { commandsOf } from '../../../shared/report/recompute.ts';
import { Facts } from '../../ui/Facts.tsx';
import { count, dateTime } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { usePercent } from '../../ui/usePercent.ts';
import styles from './Plan.module.css';
import type { PlanRow } from './planRows.ts';

export interface FrozenFactsProps {
  readonly sample: NonNullable<AuditState['sample']>;
  readonly draws: AuditState['draws'];
  readonly rows: readonly PlanRow[];
  /** Where the delivery lies on this machine. */
  readonly path: string;
}

export function FrozenFacts({ sample, draws, rows, path }: FrozenFactsProps) {
  const { t } = useTranslation();
  const code = (text: string) => <code className={page.mono}>{text}</code>;
  const strata = strataWords(sample, t);
  return (
    <>
      <Section title={t('designer.frozen.title')}>
        <FrozenPlans rows={rows} />
        <Facts
          facts={[
            { name: t('designer.counts'), value: countedBy(rows, t) },
            { name: t('designer.frozen.policy'), value: t(`designer.policy.${sample.labels.unit}`) },
            { name: t('designer.frozen.design'), value: designWords(sample, t) },
            ...(strata === null ? [] : [{ name: t('designer.frozen.strataCounts'), value: strata }]),
            { name: t('planScreen.frozenAt'), value: `${dateTime(sample.at)}, ${sample.by.name}` },
            { name: t('report.lot.generator'), value: code(sample.labels.prng) },
            ...(sample.labels.seed === sample.cells.seed
              ? [{ name: t('report.lot.seed'), value: code(sample.labels.seed) }]
              : [
                  { name: t('planScreen.seedLabels'), value: code(sample.labels.seed) },
                  { name: t('planScreen.seedCells'), value: code(sample.cells.seed) },
                ]),
            { name: t('designer.frozen.hashLabels'), value: code(sample.labels.populationHash) },
            { name: t('designer.frozen.hashCells'), value: code(sample.cells.populationHash) },
            { name: t('report.intake.labelsHash'), value: code(sample.labelsHash) },
            { name: t('report.intake.specHash'), value: code(sample.specHash) },
          ]}
        />
        <p className={page.small}>{t('report.lot.seedNote')}</p>
        {draws.slice(1).map((draw) => (
          <p className={page.plain} key={draw.seq}>
            {t('planScreen.drawnAgain', { at: dateTime(draw.at), reason: draw.reason ?? '' })}
          </p>
        ))}
      </Section>
      <Recompute lines={commandsOf(sample, path)} />
    </>
  );
}

/** What is counted against the plans, once where it is the same for all. */
function countedBy(rows: readonly PlanRow[], t: Translate): string {
  const said = rows.flatMap(({ plan }) => (plan.ok ? [planCounts(plan.value, t)] : []));
  return [...new Set(said)].join('; ');
}

/** Each plan in full sentences: what it was asked for, and by what counts it decides. */
function FrozenPlans({ rows }: { rows: readonly PlanRow[] }) {
  const { t } = useTranslation();
  const percent = usePercent();
  return (
    <ul className={styles.frozenPlans} data-testid="frozen-plans">
      {rows.map(({ sample, severity, plan }) =>
        plan.ok ? (
          <li key={`${sample} ${severity}`}>
            <b>
              {t('designer.rowName', {
                sample: t(`audit.sample.${sample}`),
                severity: t(`audit.severity.${severity}`),
              })}
            </b>{' '}
            {planStandard(plan.value, t)} · {t('designer.frozen.lotOf', { lot: count(plan.value.lotSize) })} ·{' '}
            {planParameters(plan.value, t, percent)}
            {planNumbers(plan.value, t).map((line) => (
              <span className={styles.presetText} key={line}>
                {line}
              </span>
            ))}
          </li>
        ) : null,
      )}
    </ul>
  );
}

function Recompute({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'copy' | 'copied' | 'copyFailed'>('copy');
  const text = lines.join('\n');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('copyFailed'),
    );
  };
  return (
    <Section
      title={t('designer.frozen.recompute')}
      aside={
        <>
          {state === 'copyFailed' && <span className={page.small}>{t('designer.frozen.copyFailed')}</span>}
          <Button leftSection={<Copy size={16} />} onClick={copy} data-testid="copy-commands">
            {t(state === 'copied' ? 'designer.frozen.copied' : 'designer.frozen.copy')}
          </Button>
        </>
      }
    >
      <p className={page.small}>{t('designer.frozen.recomputeText')}</p>
      <pre className={styles.commands} data-testid="recompute">
        <code>{text}</code>
      </pre>
    </Section>
  );
}
