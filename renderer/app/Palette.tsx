/** Finds any command by its name in either language. */
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { languages } from '../../shared/messages/index.ts';
import { type Translate, translator } from '../../shared/messages/translate.ts';
import { Key } from '../ui/Key.tsx';
import { type Command, useCommandRegistry } from './commands.ts';
import styles from './Palette.module.css';

export function Palette() {
  const { t } = useTranslation();
  const commands = useStore(useCommandRegistry().store, (state) => state.commands);
  const actions = useMemo(() => commands.map((command) => actionOf(command, t)), [commands, t]);
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      lockScroll={false}
      centered={false}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      nothingFound={t('commands.nothingFound')}
      highlightQuery={false}
      limit={12}
      classNames={{ action: styles.action!, actionLabel: styles.label! }}
      searchProps={{
        leftSection: <Search size={16} />,
        placeholder: t('commands.searchPlaceholder'),
        'aria-label': t('commands.searchPlaceholder'),
      }}
    />
  );
}

function actionOf(command: Command, t: Translate): SpotlightActionData {
  const isDisabled = !(command.isEnabled?.() ?? true);
  return {
    id: command.id,
    label: t(command.titleKey, command.titleParams),
    keywords: languages.map((language) => translator(language)(command.titleKey, command.titleParams)),
    disabled: isDisabled,
    rightSection: (
      <span className={styles.caps}>
        {command.keys.map((key) => (
          <Key key={key} name={key} />
        ))}
      </span>
    ),
    onClick: command.run,
  };
}
