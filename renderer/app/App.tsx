/** Providers around the shell: services, language, theme, commands. */
import { MantineProvider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createCatalogue, languageOf } from '../../shared/messages/translate.ts';
import { type Services, ServicesProvider, useSettings } from '../state/context.tsx';
import { mantineTheme } from '../ui/mantineTheme.ts';
import { CommandContext, createCommandRegistry } from './commands.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { listenToKeys } from './keyboard.ts';
import { Shell } from './Shell.tsx';
import { useTheme } from './theme.ts';

export function App({ services }: { services: Services }) {
  const [registry] = useState(createCommandRegistry);
  useEffect(() => listenToKeys(window, registry), [registry]);
  return (
    <ServicesProvider services={services}>
      <CommandContext value={registry}>
        <Localized />
      </CommandContext>
    </ServicesProvider>
  );
}

function Localized() {
  const choice = useSettings((state) => state.settings.language);
  const language = choice === 'system' ? languageOf(navigator.language) : choice;
  const theme = useTheme(useSettings((state) => state.settings.theme));
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
        <ErrorBoundary>
          <Shell />
        </ErrorBoundary>
      </MantineProvider>
    </I18nextProvider>
  );
}
