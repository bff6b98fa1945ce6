/** What a plan of the AQL tables asks: the AQL as a slider over the series, level, state of inspection, what is counted. */
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanRuleOf } from '../../../../shared/audit/planRule.ts';
import { aqlSeries } from '../../../../shared/sampling/iso2859.ts';
import {
  type CountedThing,
  countedThings,
  type InspectionLevel,
  type InspectionState,
  inspectionLevels,
  inspectionStates,
} from '../../../../shared/sampling/samplingPlan.ts';
import styles from './Rule.module.css';
import type { RuleFieldsProps } from './RuleEditor.tsx';
import { StepSlider } from './ShareSlider.tsx';

/** Up to 10 an AQL may count nonconforming units; above it there are only defects per hundred units. */
const largestUnitAql = 10;

export function TableFields(props: RuleFieldsProps<PlanRuleOf<'iso2859-1'> | PlanRuleOf<'z1.4'>>) {
  const { t } = useTranslation();
  const { rule, isDisabled, onMove, onRelease } = props;
  const counts = rule.counts ?? 'units';
  const series = counts === 'units' ? aqlSeries.filter((aql) => Number(aql) <= largestUnitAql) : aqlSeries;
  const count = (counted: CountedThing): void => {
    const { counts: _counts, ...rest } = rule;
    const aql = counted === 'units' && Number(rest.aql) > largestUnitAql ? '10' : rest.aql;
    onRelease({ ...rest, aql, ...(counted === 'defects' ? { counts: counted } : {}) });
  };
  return (
    <>
      <AqlSlider
        aql={rule.aql}
        series={series}
        unit={t(`designer.aqlUnit.${counts}`)}
        isDisabled={isDisabled}
        onMove={(aql) => onMove({ ...rule, aql })}
        onRelease={(aql) => onRelease({ ...rule, aql })}
      />
      <LevelFields
        level={rule.level}
        inspection={rule.inspection}
        isDisabled={isDisabled}
        onChoose={(chosen) => onRelease({ ...rule, ...chosen })}
      />
      <div className={styles.choice}>
        <span className={styles.label}>{t('designer.counts')}</span>
        <SegmentedControl
          aria-label={t('designer.counts')}
          disabled={isDisabled}
          value={counts}
          onChange={(counted) => count(counted as CountedThing)}
          data={countedThings.map((thing) => ({ value: thing, label: t(`designer.countsOf.${thing}`) }))}
        />
      </div>
    </>
  );
}

export function AqlSlider(props: {
  aql: string;
  series: readonly string[];
  unit: string;
  isDisabled: boolean;
  onMove: (aql: string) => void;
  onRelease: (aql: string) => void;
}) {
  const { aql, series, unit, isDisabled } = props;
  const spelled = (value: number): string => series.find((entry) => Number(entry) === value) ?? aql;
  return (
    <StepSlider
      label="AQL"
      steps={series.map(Number)}
      value={Number(aql)}
      text={`${aql} ${unit}`}
      isDisabled={isDisabled}
      onMove={(value) => props.onMove(spelled(value))}
      onRelease={(value) => props.onRelease(spelled(value))}
    />
  );
}

export function LevelFields(props: {
  level: InspectionLevel;
  inspection: InspectionState;
  isDisabled: boolean;
  onChoose: (chosen: { level: InspectionLevel } | { inspection: InspectionState }) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      <NativeSelect
        label={t('intake.level')}
        disabled={props.isDisabled}
        value={props.level}
        onChange={({ currentTarget }) => props.onChoose({ level: currentTarget.value as InspectionLevel })}
        data={[...inspectionLevels]}
      />
      <NativeSelect
        label={t('intake.inspection')}
        disabled={props.isDisabled}
        value={props.inspection}
        onChange={({ currentTarget }) =>
          props.onChoose({ inspection: currentTarget.value as InspectionState })
        }
        data={inspectionStates.map((state) => ({
          value: state,
          label: t(`report.plan.inspection.${state}`),
        }))}
      />
    </div>
  );
}
