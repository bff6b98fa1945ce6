/** What plans ask that are built on shares and risks: discovery, a lot by itself, and Wald's sequential plan. */
import { Checkbox, NumberInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanRuleOf } from '../../../../shared/audit/planRule.ts';
import styles from './Rule.module.css';
import type { RuleFieldsProps } from './RuleEditor.tsx';
import { ShareSlider, StepSlider } from './ShareSlider.tsx';
import { confidenceSteps, designEffectSteps, rateSteps, riskSteps } from './steps.ts';

export function DiscoveryFields({ rule, isDisabled, onMove, onRelease }: RuleFieldsProps<PlanRuleOf<'c0'>>) {
  const { t } = useTranslation();
  return (
    <>
      <ShareSlider
        label={t('intake.limitingRate')}
        steps={rateSteps}
        value={rule.limitingRate}
        isDisabled={isDisabled}
        onMove={(limitingRate) => onMove({ ...rule, limitingRate })}
        onRelease={(limitingRate) => onRelease({ ...rule, limitingRate })}
      />
      <ShareSlider
        label={t('intake.confidence')}
        steps={confidenceSteps}
        value={rule.confidence}
        isDisabled={isDisabled}
        onMove={(confidence) => onMove({ ...rule, confidence })}
        onRelease={(confidence) => onRelease({ ...rule, confidence })}
      />
    </>
  );
}

/** What the vendor's side is set to when it is first switched on: a fifth of the limit, turned away once in twenty. */
const usualProducer = { share: 5, risk: 0.05 } as const;

export function IsolatedFields(props: RuleFieldsProps<PlanRuleOf<'isolated'>>) {
  const { t } = useTranslation();
  const { rule, isDisabled, onMove, onRelease } = props;
  const { producer } = rule;
  return (
    <>
      <ShareSlider
        label={t('designer.limitingQuality')}
        steps={rateSteps}
        value={rule.limitingRate}
        isDisabled={isDisabled}
        onMove={(limitingRate) => onMove({ ...rule, limitingRate })}
        onRelease={(limitingRate) => onRelease({ ...rule, limitingRate })}
      />
      <ShareSlider
        label={t('designer.consumerRisk')}
        steps={riskSteps}
        value={rule.consumerRisk}
        isDisabled={isDisabled}
        onMove={(consumerRisk) => onMove({ ...rule, consumerRisk })}
        onRelease={(consumerRisk) => onRelease({ ...rule, consumerRisk })}
      />
      <Checkbox
        label={t('designer.withProducer')}
        disabled={isDisabled}
        checked={producer !== null}
        onChange={({ currentTarget }) => {
          const rate = Number((rule.limitingRate / usualProducer.share).toPrecision(2));
          const given = currentTarget.checked ? { rate, risk: usualProducer.risk } : null;
          onRelease({ ...rule, producer: given });
        }}
      />
      {producer && (
        <>
          <ShareSlider
            label={t('designer.goodQuality')}
            steps={rateSteps}
            value={producer.rate}
            isDisabled={isDisabled}
            onMove={(rate) => onMove({ ...rule, producer: { ...producer, rate } })}
            onRelease={(rate) => onRelease({ ...rule, producer: { ...producer, rate } })}
          />
          <ShareSlider
            label={t('designer.producerRisk')}
            steps={riskSteps}
            value={producer.risk}
            isDisabled={isDisabled}
            onMove={(risk) => onMove({ ...rule, producer: { ...producer, risk } })}
            onRelease={(risk) => onRelease({ ...rule, producer: { ...producer, risk } })}
          />
        </>
      )}
    </>
  );
}

const sequentialShares = [
  ['p0', 'goodQuality', rateSteps],
  ['alpha', 'producerRisk', riskSteps],
  ['p1', 'limitingQuality', rateSteps],
  ['beta', 'consumerRisk', riskSteps],
] as const;

export function SequentialFields(props: RuleFieldsProps<PlanRuleOf<'sprt'>>) {
  const { t } = useTranslation();
  const { rule, isDisabled, onMove, onRelease } = props;
  const truncateId = useId();
  return (
    <>
      {sequentialShares.map(([field, label, steps]) => (
        <ShareSlider
          key={field}
          label={t(`designer.${label}`)}
          steps={steps}
          value={rule[field]}
          isDisabled={isDisabled}
          onMove={(value) => onMove({ ...rule, [field]: value })}
          onRelease={(value) => onRelease({ ...rule, [field]: value })}
        />
      ))}
      <StepSlider
        label={t('designer.designEffect')}
        steps={designEffectSteps}
        value={rule.designEffect}
        text={rule.designEffect.toFixed(1)}
        isDisabled={isDisabled}
        onMove={(designEffect) => onMove({ ...rule, designEffect })}
        onRelease={(designEffect) => onRelease({ ...rule, designEffect })}
      />
      <div className={styles.row}>
        <label className={styles.label} htmlFor={truncateId}>
          {t('designer.truncateAt')}
        </label>
        <span className={styles.hint}>{t('designer.truncateUsual')}</span>
        <NumberInput
          id={truncateId}
          className={styles.field!}
          placeholder={t('designer.truncateAuto')}
          min={1}
          allowDecimal={false}
          disabled={isDisabled}
          value={rule.truncateAt ?? ''}
          onChange={(typed) =>
            onMove({ ...rule, truncateAt: typeof typed === 'number' && typed >= 1 ? typed : null })
          }
          onBlur={() => onRelease(rule)}
        />
      </div>
    </>
  );
}
