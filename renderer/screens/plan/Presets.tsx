/** Three ways to begin, each with what it comes to on this very lot. */
import { useTranslation } from 'react-i18next';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { count, duration } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import type { Pace } from './effort.ts';
import styles from './Plan.module.css';
import { type PresetNumbers, presetNumbers } from './presetNumbers.ts';
import { presetOf, presets, withPreset } from './presets.ts';
import type { Design } from './useDesign.ts';

export interface PresetsProps {
  readonly design: Design;
  readonly lot: LotPreview | null;
  readonly pace: Pace;
  readonly isDisabled: boolean;
}

export function Presets({ design, lot, pace, isDisabled }: PresetsProps) {
  const { t } = useTranslation();
  const current = presetOf(design.spec);
  const numbers = lot ? presetNumbers(design.spec, lot, pace) : [];
  return (
    <Section title={t('planScreen.presets')}>
      <div className={styles.presets} role="radiogroup" aria-label={t('planScreen.presets')}>
        {presets.map((preset) => (
          <label key={preset} className={styles.preset} data-chosen={preset === current}>
            <input
              type="radio"
              name="preset"
              disabled={isDisabled}
              checked={preset === current}
              onChange={() => design.choose(withPreset(design.spec, preset, lot ?? undefined))}
            />
            <span>
              <b>{t(`planScreen.preset.${preset}`)}</b>
              <span className={styles.presetText}>{t(`designer.presetText.${preset}`)}</span>
              <span className={styles.presetText}>
                <NumbersOf numbers={numbers.find((entry) => entry.preset === preset) ?? null} />
              </span>
            </span>
          </label>
        ))}
        {current === null && <p className={page.small}>{t('designer.noPreset')}</p>}
      </div>
    </Section>
  );
}

function NumbersOf({ numbers }: { numbers: PresetNumbers | null }) {
  const { t } = useTranslation();
  if (numbers === null) return null;
  const { plan, severity, minutes, passes } = numbers;
  const params = {
    n: count(plan.sampleSize),
    ac: plan.acceptanceNumber,
    severity: t(`audit.severity.${severity}`),
    labels: count(numbers.labels),
    cells: count(numbers.cells),
    time: duration(minutes),
  };
  if (plan.fullInspection) return t('designer.presetFull', params);
  const rate = Number((100 * numbers.rate).toPrecision(3));
  const times = Math.round(100 * passes);
  const promise = t(times === 0 ? 'designer.presetNever' : 'designer.presetPasses', { rate, times });
  return (
    <>
      {t('designer.presetNumbers', params)}
      <span className={styles.promise}>{promise}</span>
    </>
  );
}
