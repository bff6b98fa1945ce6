/** By what a lot is divided, and how few units of a stratum will do. */
import { NativeSelect, NumberInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type DrawRule, drawRuleSchema, type StrataKey, strataKeys } from '../../../shared/audit/drawRule.ts';
import styles from './DrawPart.module.css';
import { isAttribute, keyWord } from './drawWords.ts';

export interface StrataFieldsProps {
  readonly rule: DrawRule;
  /** Keys the delivery says something about; null while that is not known. */
  readonly known: readonly StrataKey[] | null;
  readonly isDisabled: boolean;
  readonly onChange: (rule: DrawRule) => void;
}

const mostKeys = 4;
const mostUnits = 1000;

export function StrataFields({ rule, known, isDisabled, onChange }: StrataFieldsProps) {
  const { t } = useTranslation();
  const minimumId = useId();
  const attributes = known?.filter((key) => isAttribute(key) && !rule.strata.includes(key)) ?? [];
  const offered: StrataKey[] = [
    ...strataKeys.filter((key) => known === null || known.includes(key) || rule.strata.includes(key)),
    ...rule.strata.filter(isAttribute),
  ];
  const notStated = strataKeys.filter((key) => !offered.includes(key));
  const isFull = rule.strata.length >= mostKeys;
  const choose = (key: StrataKey, isChosen: boolean): void => {
    const others = rule.strata.filter((chosen) => chosen !== key);
    onChange({ ...rule, strata: isChosen ? [...others, key] : others });
  };
  return (
    <div className={styles.fields}>
      <fieldset className={styles.keys} disabled={isDisabled}>
        <legend className={styles.legend}>
          {t('draws.strata')} <span className={styles.hint}>({t('draws.strataHint')})</span>
        </legend>
        {offered.map((key) => (
          <label key={key} className={styles.key} data-chosen={rule.strata.includes(key)}>
            <input
              type="checkbox"
              checked={rule.strata.includes(key)}
              disabled={isFull && !rule.strata.includes(key)}
              onChange={(event) => choose(key, event.currentTarget.checked)}
            />
            {keyWord(key, t)}
          </label>
        ))}
        {attributes.length > 0 && !isFull && (
          <NativeSelect
            size="xs"
            aria-label={t('draws.otherAttribute')}
            value=""
            data={[
              { value: '', label: t('draws.otherAttribute') },
              ...attributes.map((key) => ({ value: key, label: keyWord(key, t) })),
            ]}
            onChange={(event) => {
              const key = attributes.find((name) => name === event.currentTarget.value);
              if (key) choose(key, true);
            }}
          />
        )}
      </fieldset>
      {notStated.length > 0 && (
        <p className={styles.note}>
          {t('draws.notStated', { keys: notStated.map((key) => keyWord(key, t)).join(t('draws.list')) })}
        </p>
      )}
      <div className={styles.minimum}>
        <label htmlFor={minimumId}>{t('draws.minimum')}</label>
        <NumberInput
          id={minimumId}
          size="xs"
          className={styles.minimumInput}
          min={0}
          max={mostUnits}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          disabled={isDisabled}
          value={rule.minimumPerStratum}
          onChange={(value) => {
            const next = drawRuleSchema.safeParse({ ...rule, minimumPerStratum: value });
            if (next.success) onChange(next.data);
          }}
          data-testid="minimum-per-stratum"
        />
        <span className={styles.hint}>{t('draws.minimumHint')}</span>
      </div>
    </div>
  );
}
