/** Settings that the palette reaches directly: key maps, colours, contrast, mouse, size of text. */
import { useTranslation } from 'react-i18next';
import { keyPresets, type Settings, settingsSchema } from '../../shared/host/contract.ts';
import { useSettings } from '../state/context.tsx';
import { type Command, useCommands } from './commands.ts';

export const { options: colourMaps } = settingsSchema.shape.colourMap.unwrap();
export const { options: contrasts } = settingsSchema.shape.contrast.unwrap();
export const { options: leftButtons } = settingsSchema.shape.leftButton.unwrap();
/** Sizes of text that are offered, percent; the layout holds at each of them. */
export const textSizes = [90, 100, 110, 125, 150] as const;

export function useSettingsCommands(): void {
  const { t } = useTranslation();
  const settings = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  const larger = textSizes.find((size) => size > settings.textPercent);
  const smaller = textSizes.findLast((size) => size < settings.textPercent);
  const command = (
    id: string,
    title: string,
    patch: Partial<Settings>,
    rest: Partial<Command> = {},
  ): Command => ({
    id: `settings.${id}`,
    room: 'app',
    titleKey: `keymap.commands.${title}`,
    keys: [],
    run: () => change(patch),
    ...rest,
  });
  /** One command for each value a setting can have; the one in force says so. */
  const choices = <Name extends 'keyPreset' | 'colourMap' | 'contrast' | 'leftButton'>(
    setting: Name,
    values: readonly Settings[Name][],
    nameOf: (value: Settings[Name]) => string,
  ): Command[] =>
    values.map((value) =>
      command(
        `${setting}.${value}`,
        setting,
        { [setting]: value },
        {
          titleParams: { name: nameOf(value) },
          isEnabled: () => value !== settings[setting],
          whyNot: () => 'commands.inForce',
        },
      ),
    );
  useCommands([
    ...choices('keyPreset', keyPresets, (value) => t(`keymap.presets.${value}.name`)),
    ...choices('colourMap', colourMaps, (value) => t(`settings.colourMaps.${value}`)),
    ...choices('contrast', contrasts, (value) => t(`settings.contrasts.${value}`)),
    ...choices('leftButton', leftButtons, (value) => t(`settings.leftButtons.${value}`)),
    command(
      'textLarger',
      'textLarger',
      { textPercent: larger ?? settings.textPercent },
      { isEnabled: () => larger !== undefined, whyNot: () => 'commands.atLimit' },
    ),
    command(
      'textSmaller',
      'textSmaller',
      { textPercent: smaller ?? settings.textPercent },
      { isEnabled: () => smaller !== undefined, whyNot: () => 'commands.atLimit' },
    ),
    command(
      'textUsual',
      'textUsual',
      { textPercent: 100 },
      { isEnabled: () => settings.textPercent !== 100, whyNot: () => 'commands.inForce' },
    ),
  ]);
}
