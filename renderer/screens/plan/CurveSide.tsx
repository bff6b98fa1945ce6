/** The plan of the chosen row: its curves, others pinned beside it, and in plain words what it does not promise. */
import { Button, Tooltip } from '@mantine/core';
import { Pin as PinIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { planCounts, planNumbers, planStandard } from '../../../shared/report/planWords.ts';
import { planLimits } from '../../../shared/sampling/planFacts.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommand } from '../../app/commands.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { CompareTable } from './CompareTable.tsx';
import type { Pace } from './effort.ts';
import styles from './Plan.module.css';
import { PlanCurves } from './PlanCurves.tsx';
import type { PlanRow } from './planRows.ts';
import { type Compare, useCompare } from './useCompare.ts';

export function CurveSide({ row, pace }: { row: PlanRow; pace: Pace }) {
  const compare = useCompare(row);
  useCommand({
    id: 'plan.pin',
    room: 'plan',
    titleKey: 'designer.commands.pin',
    keys: [],
    run: compare.pin,
    isEnabled: () => compare.canPin,
  });
  if (!row.plan.ok) return <ProblemLine problem={row.plan.problem} />;
  return <Curves row={row} plan={row.plan.value} pace={pace} compare={compare} />;
}

interface CurvesProps {
  readonly row: PlanRow;
  readonly plan: SamplingPlan;
  readonly pace: Pace;
  readonly compare: Compare;
}

function Curves({ row, plan, pace, compare }: CurvesProps) {
  const { t } = useTranslation();
  const limits = planLimits(plan);
  return (
    <>
      <Section
        title={t('planScreen.curveTitle', {
          sample: t(`audit.sample.${row.sample}`),
          severity: t(`audit.severity.${row.severity}`),
        })}
        aside={<span className={page.dim}>{planStandard(plan, t)}</span>}
      >
        <PlanCurves plan={plan} pins={compare.pins} aside={<PinButton compare={compare} />} />
      </Section>
      <Section title={t('planScreen.limits')}>
        <p className={styles.limits} data-testid="plan-limits">
          {t(limits.key, limits.params)}
        </p>
        <p className={page.plain}>
          {planNumbers(plan, t).map((line) => (
            <span className={styles.line} key={line}>
              {line}
            </span>
          ))}
          <span className={page.dim}>{planCounts(plan, t)}</span>
        </p>
        {plan.notes.map((note) => (
          <p className={styles.note} key={note.key}>
            {t(note.key, note.params)}
          </p>
        ))}
        <p className={styles.note}>{t('planScreen.bothSamples')}</p>
      </Section>
      {compare.pins.length > 0 && (
        <Section title={t('designer.compare')}>
          <CompareTable
            plan={plan}
            pins={compare.pins}
            pace={row.sample === 'labels' ? pace.label : pace.cell}
            onUnpin={compare.unpin}
          />
        </Section>
      )}
    </>
  );
}

function PinButton({ compare }: { compare: Compare }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('designer.pinHint')}>
      <Button
        disabled={!compare.canPin}
        onClick={compare.pin}
        leftSection={<PinIcon size={16} />}
        rightSection={<CommandKey id="plan.pin" />}
        data-testid="pin-plan"
      >
        {t('designer.pin')}
      </Button>
    </Tooltip>
  );
}
