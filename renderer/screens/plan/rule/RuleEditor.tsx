/** One rule of a QA spec with everything that can be set of it: the scheme, then what that scheme asks. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ruleUnder } from '../../../../shared/audit/planChoice.ts';
import type { PlanRule } from '../../../../shared/audit/qaSpec.ts';
import { type PlanScheme, planSchemes } from '../../../../shared/sampling/samplingPlan.ts';
import { DoubleFields } from './DoubleFields.tsx';
import { DiscoveryFields, IsolatedFields, SequentialFields } from './RiskFields.tsx';
import styles from './Rule.module.css';
import { TableFields } from './TableFields.tsx';

export interface RuleFieldsProps<Rule extends PlanRule> {
  readonly rule: Rule;
  readonly isDisabled: boolean;
  /** Hears every step of a slider: to draw, not to record. */
  readonly onMove: (rule: PlanRule) => void;
  /** Hears what was chosen once a slider is let go or a field is left. */
  readonly onRelease: (rule: PlanRule) => void;
}

export interface RuleEditorProps extends RuleFieldsProps<PlanRule> {
  /** What another scheme is translated on; a usual size where the lot is not known yet. */
  readonly lotSize: number;
}

export function RuleEditor({ lotSize, ...props }: RuleEditorProps) {
  const { t } = useTranslation();
  const { rule, isDisabled, onRelease } = props;
  return (
    <div className={styles.rule} data-scheme={rule.scheme}>
      <NativeSelect
        label={t('designer.scheme')}
        description={t(`designer.schemeText.${rule.scheme}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        disabled={isDisabled}
        value={rule.scheme}
        onChange={({ currentTarget }) =>
          onRelease(ruleUnder(currentTarget.value as PlanScheme, rule, lotSize))
        }
        data={planSchemes.map((scheme) => ({ value: scheme, label: t(`designer.schemes.${scheme}`) }))}
        data-testid="rule-scheme"
      />
      <FieldsOfScheme {...props} />
    </div>
  );
}

function FieldsOfScheme({ rule, ...rest }: RuleFieldsProps<PlanRule>) {
  switch (rule.scheme) {
    case 'iso2859-1':
    case 'z1.4':
      return <TableFields rule={rule} {...rest} />;
    case 'c0':
      return <DiscoveryFields rule={rule} {...rest} />;
    case 'isolated':
      return <IsolatedFields rule={rule} {...rest} />;
    case 'double':
      return <DoubleFields rule={rule} {...rest} />;
    case 'sprt':
      return <SequentialFields rule={rule} {...rest} />;
  }
}
