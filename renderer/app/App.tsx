/** Providers around the shell: services, language, theme, commands. */
import { MantineProvider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Settings } from '../../shared/host/contract.ts';
import { createCatalogue, languageOf } from '../../shared/messages/translate.ts';
import { type Services, ServicesProvider, useSettings } from '../state/context.tsx';
import { mantineTheme } from '../ui/mantineTheme.ts';
import { LeftButtonContext } from '../viewport/react/mouseContext.ts';
import { CommandContext, createCommandRegistry } from './commands.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { listenToKeys } from './keyboard.ts';
import type { KeyChoice } from './keymap.ts';
import { Shell } from './Shell.tsx';
import { useLegibility, useTheme } from './theme.ts';

export function App({ services }: { services: Services }) {
  const { settings } = services;
  const [registry] = useState(() => createCommandRegistry(keyChoice(settings.getState().settings)));
  useEffect(() => listenToKeys(window, registry), [registry]);
  useEffect(
    () =>
      settings.subscribe((now, before) => {
        const { keyPreset, keys } = now.settings;
        if (keyPreset !== before.settings.keyPreset || keys !== before.settings.keys) {
          registry.chooseKeys(keyChoice(now.settings));
        }
      }),
    [settings, registry],
  );
  return (
    <ServicesProvider services={services}>
      <CommandContext value={registry}>
        <Localized />
      </CommandContext>
    </ServicesProvider>
  );
}

function keyChoice({ keyPreset, keys }: Settings): KeyChoice {
  return { preset: keyPreset, own: keys };
}

function Localized() {
  const choice = useSettings((state) => state.settings.language);
  const language = choice === 'system' ? languageOf(navigator.language) : choice;
  const theme = useTheme(useSettings((state) => state.settings.theme));
  useLegibility();
  const leftButton = useSettings((state) => state.settings.leftButton);
  const [catalogue] = useState(() => createCatalogue(language));
  useEffect(() => {
    void catalogue.changeLanguage(language);
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  }, [catalogue, language]);
  return (
    <I18nextProvider i18n={catalogue}>
      <MantineProvider
        theme={mantineTheme}
        forceColorScheme={theme}
        withCssVariables={false}
        withGlobalClasses={false}
        deduplicateInlineStyles
      >
        <LeftButtonContext value={leftButton}>
          <ErrorBoundary>
            <Shell />
          </ErrorBoundary>
        </LeftButtonContext>
      </MantineProvider>
    </I18nextProvider>
  );
}
