/** The fields of a QA spec that change from lot to lot; the rest of the document stays as it is. */
import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSameRule } from '../../../shared/audit/planChoice.ts';
import { type PlanRule, type QaSpec, unitKinds } from '../../../shared/audit/qaSpec.ts';
import page from '../../ui/page.module.css';
import { RuleEditor } from '../plan/rule/RuleEditor.tsx';
import styles from './Intake.module.css';

/** A rule is brought from one scheme to another as on a lot of this size: here the lot is not cut out yet. */
const usualLotSize = 1000;

export interface SpecFieldsProps {
  readonly spec: QaSpec;
  readonly isDisabled?: boolean;
  readonly onChange: (spec: QaSpec) => void;
}

export function SpecFields(props: SpecFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.spec}>
      <ScopeFields {...props} />
      <h3 className={styles.subtitle}>{t('intake.plansOfLabels')}</h3>
      <PlanRules
        rules={props.spec.plans}
        isDisabled={props.isDisabled ?? false}
        onChange={(plans) => props.onChange({ ...props.spec, plans })}
      />
      <h3 className={styles.subtitle}>{t('intake.plansOfCells')}</h3>
      <CellFields {...props} />
      <PlanRules
        rules={props.spec.search.plans}
        isDisabled={props.isDisabled ?? false}
        onChange={(plans) => props.onChange({ ...props.spec, search: { ...props.spec.search, plans } })}
      />
    </div>
  );
}

function ScopeFields({ spec, isDisabled = false, onChange }: SpecFieldsProps) {
  const { t } = useTranslation();
  const scope = (change: Partial<QaSpec['scope']>): void =>
    onChange({ ...spec, scope: { ...spec.scope, ...change } });
  return (
    <div className={page.grid}>
      <NativeSelect
        label={t('intake.unit')}
        disabled={isDisabled}
        value={spec.unit}
        onChange={(event) => onChange({ ...spec, unit: event.currentTarget.value as QaSpec['unit'] })}
        data={unitKinds.map((kind) => ({ value: kind, label: t(`audit.unit.${kind}`) }))}
      />
      <NativeSelect
        label={t('intake.scopeClasses')}
        disabled={isDisabled}
        value={spec.scope.classes}
        onChange={(event) => scope({ classes: event.currentTarget.value as 'listed' | 'all' })}
        data={[
          { value: 'listed', label: t('intake.classesListed') },
          { value: 'all', label: t('intake.classesAll') },
        ]}
      />
      <NumberInput
        label={t('intake.maxRange')}
        placeholder={t('intake.noLimit')}
        disabled={isDisabled}
        min={1}
        suffix=" m"
        value={spec.scope.maxRangeMeters ?? ''}
        onChange={(value) => scope({ maxRangeMeters: typeof value === 'number' && value > 0 ? value : null })}
      />
      <NumberInput
        label={t('intake.minPoints')}
        disabled={isDisabled}
        min={0}
        allowDecimal={false}
        value={spec.scope.minPoints}
        onChange={(value) => scope({ minPoints: typeof value === 'number' ? Math.max(0, value) : 0 })}
      />
      <Checkbox
        className={page.wide!}
        label={t('intake.keyFramesOnly')}
        disabled={isDisabled}
        checked={spec.scope.keyFramesOnly}
        onChange={(event) => scope({ keyFramesOnly: event.currentTarget.checked })}
      />
    </div>
  );
}

function CellFields({ spec, isDisabled = false, onChange }: SpecFieldsProps) {
  const { t } = useTranslation();
  const { search } = spec;
  const change = (part: Partial<QaSpec['search']>): void =>
    onChange({ ...spec, search: { ...search, ...part } });
  return (
    <div className={page.grid}>
      <NativeSelect
        label={t('intake.cell')}
        disabled={isDisabled}
        value={search.cell}
        onChange={(event) => change({ cell: event.currentTarget.value as QaSpec['search']['cell'] })}
        data={[
          { value: 'frame', label: t('intake.cellFrame') },
          { value: 'frame-sector-range', label: t('intake.cellSector') },
        ]}
      />
      <NumberInput
        label={t('intake.sectors')}
        disabled={isDisabled || search.cell === 'frame'}
        min={1}
        max={16}
        allowDecimal={false}
        value={search.sectors}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1 && value <= 16) change({ sectors: value });
        }}
      />
      <BandsField
        bands={search.rangeBandsMeters}
        isDisabled={isDisabled}
        onChange={(rangeBandsMeters) => change({ rangeBandsMeters })}
      />
    </div>
  );
}

/** Outer limits of the range bands as text: `20, 40, 60`. Only a sound list is taken over. */
function BandsField(props: {
  bands: readonly number[];
  isDisabled: boolean;
  onChange: (bands: number[]) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(props.bands.join(', '));
  const isSound = readBands(text) !== null;
  return (
    <TextInput
      className={page.wide!}
      label={t('intake.rangeBands')}
      disabled={props.isDisabled}
      value={text}
      error={isSound ? null : t('intake.rangeBandsFault')}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const bands = readBands(event.currentTarget.value);
        if (bands) props.onChange(bands);
      }}
    />
  );
}

/** Ascending positive metres, or null. */
function readBands(text: string): number[] | null {
  const bands = text
    .split(/[,，\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  const isAscending = bands.every((band, at) => band > (bands[at - 1] ?? 0));
  return bands.length > 0 && isAscending ? bands : null;
}

function PlanRules(props: {
  rules: readonly PlanRule[];
  isDisabled: boolean;
  onChange: (rules: PlanRule[]) => void;
}) {
  const replace = (at: number, rule: PlanRule): void =>
    props.onChange(props.rules.map((entry, index) => (index === at ? rule : entry)));
  return props.rules.map((rule, at) => (
    <RuleFields
      key={rule.severity}
      rule={rule}
      isDisabled={props.isDisabled}
      onChange={(changed) => replace(at, changed)}
    />
  ));
}

/** One rule; what a slider passes on its way is drawn here and told on when it is let go. */
function RuleFields(props: { rule: PlanRule; isDisabled: boolean; onChange: (rule: PlanRule) => void }) {
  const { t } = useTranslation();
  const [moving, setMoving] = useState<PlanRule | null>(null);
  return (
    <fieldset className={styles.rule}>
      <legend className={styles.ruleName}>{t(`audit.severity.${props.rule.severity}`)}</legend>
      <RuleEditor
        rule={moving ?? props.rule}
        lotSize={usualLotSize}
        isDisabled={props.isDisabled}
        onMove={setMoving}
        onRelease={(rule) => {
          setMoving(null);
          if (!isSameRule(rule, props.rule)) props.onChange(rule);
        }}
      />
    </fieldset>
  );
}
