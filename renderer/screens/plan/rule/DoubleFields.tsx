/** What a double plan asks: the standard's for an AQL, or two samples and their numbers of one's own. */
import { NumberInput, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { soundStages } from '../../../../shared/audit/planChoice.ts';
import type { PlanRuleOf } from '../../../../shared/audit/planRule.ts';
import { aqlSeries } from '../../../../shared/sampling/iso2859.ts';
import type { DoubleStages } from '../../../../shared/sampling/samplingPlan.ts';
import styles from './Rule.module.css';
import type { RuleFieldsProps } from './RuleEditor.tsx';
import { AqlSlider, LevelFields } from './TableFields.tsx';

/** Offered where somebody turns from the table to numbers of their own: a small plan to begin from. */
const firstStages: DoubleStages = { n1: 50, ac1: 0, re1: 3, n2: 50, ac2: 3, re2: 4 };

const usualAql = '1.5';

const unitAqls = aqlSeries.filter((aql) => Number(aql) <= 10);

export function DoubleFields(props: RuleFieldsProps<PlanRuleOf<'double'>>) {
  const { t } = useTranslation();
  const { rule, isDisabled, onMove, onRelease } = props;
  const isOwn = rule.stages !== null;
  return (
    <>
      <SegmentedControl
        aria-label={t('designer.doubleOf')}
        disabled={isDisabled}
        value={isOwn ? 'own' : 'table'}
        onChange={(chosen) =>
          onRelease(
            chosen === 'own'
              ? { ...rule, aql: null, stages: firstStages }
              : { ...rule, aql: rule.aql ?? usualAql, stages: null },
          )
        }
        data={[
          { value: 'table', label: t('designer.doubleTable') },
          { value: 'own', label: t('designer.doubleOwn') },
        ]}
      />
      {rule.stages ? (
        <StageFields
          stages={rule.stages}
          isDisabled={isDisabled}
          onMove={(stages) => onMove({ ...rule, stages })}
          onRelease={() => onRelease(rule)}
        />
      ) : (
        <>
          <AqlSlider
            aql={rule.aql ?? usualAql}
            series={unitAqls}
            unit={t('designer.aqlUnit.units')}
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
        </>
      )}
    </>
  );
}

const stageNames = ['n1', 'ac1', 're1', 'n2', 'ac2', 're2'] as const;

/** Six numbers; what one of them makes impossible moves with it. Re2 is always one more than Ac2. */
function StageFields(props: {
  stages: DoubleStages;
  isDisabled: boolean;
  onMove: (stages: DoubleStages) => void;
  onRelease: () => void;
}) {
  const { stages, isDisabled, onMove, onRelease } = props;
  return (
    <div className={styles.stages}>
      {stageNames.map((name) => (
        <NumberInput
          key={name}
          label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
          min={name.startsWith('ac') ? 0 : 1}
          max={1_000_000}
          allowDecimal={false}
          disabled={isDisabled || name === 're2'}
          value={stages[name]}
          onChange={(typed) => {
            if (typeof typed === 'number') onMove(soundStages({ ...stages, [name]: typed }));
          }}
          onBlur={onRelease}
        />
      ))}
    </div>
  );
}
