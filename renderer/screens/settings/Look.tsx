/** How everything looks and is held: language, theme, contrast, size of text, colours of numbers, the mouse. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/host/contract.ts';
import { colourMaps, contrasts, leftButtons, textSizes } from '../../app/settingsCommands.ts';
import { useSettings } from '../../state/context.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Look.module.css';

export function Look() {
  const { t } = useTranslation();
  const settings = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  const select = <Name extends keyof Settings>(
    name: Name,
    label: string,
    data: { value: string; label: string }[],
    read: (value: string) => Settings[Name],
  ) => (
    <NativeSelect
      label={label}
      value={String(settings[name])}
      onChange={(event) => change({ [name]: read(event.currentTarget.value) })}
      data={data}
      data-testid={name}
    />
  );
  // A size set by hand in the settings file is shown as it is.
  const sizes = [...new Set([...textSizes, settings.textPercent])].toSorted((a, b) => a - b);
  return (
    <Section title={t('settings.look')}>
      <div className={page.grid}>
        {select(
          'language',
          t('settings.language'),
          [
            { value: 'system', label: t('settings.languageSystem') },
            { value: 'en', label: t('settings.languageEn') },
            { value: 'zh', label: t('settings.languageZh') },
          ],
          (value) => value as Settings['language'],
        )}
        {select(
          'theme',
          t('settings.theme'),
          [
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'dark', label: t('settings.themeDark') },
            { value: 'light', label: t('settings.themeLight') },
          ],
          (value) => value as Settings['theme'],
        )}
        {select(
          'contrast',
          t('settings.contrast'),
          contrasts.map((value) => ({ value, label: t(`settings.contrasts.${value}`) })),
          (value) => value as Settings['contrast'],
        )}
        {select(
          'textPercent',
          t('settings.textSize'),
          sizes.map((size) => ({ value: String(size), label: `${size} %` })),
          Number,
        )}
        {select(
          'leftButton',
          t('settings.leftButton'),
          leftButtons.map((value) => ({ value, label: t(`settings.leftButtons.${value}`) })),
          (value) => value as Settings['leftButton'],
        )}
      </div>
      <ColourMaps chosen={settings.colourMap} onChoose={(colourMap) => change({ colourMap })} />
    </Section>
  );
}

interface ColourMapsProps {
  readonly chosen: Settings['colourMap'];
  readonly onChoose: (map: Settings['colourMap']) => void;
}

function ColourMaps({ chosen, onChoose }: ColourMapsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.maps}>
      <legend>{t('settings.colourMap')}</legend>
      {colourMaps.map((map) => (
        <label key={map} className={styles.map}>
          <input
            type="radio"
            name="colour-map"
            checked={map === chosen}
            onChange={() => onChoose(map)}
            data-testid={`colour-map-${map}`}
          />
          <span className={styles.swatch} data-map={map} aria-hidden="true" />
          {t(`settings.colourMaps.${map}`)}
        </label>
      ))}
      <p className={page.small}>{t('settings.colourMapNote')}</p>
    </fieldset>
  );
}
