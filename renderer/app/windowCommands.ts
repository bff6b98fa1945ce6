/** Commands of the whole window, and what the desktop pushes to it. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices, useSession, useSettings } from '../state/context.tsx';
import { useTour } from '../tour/useTour.ts';
import { type Command, useCommandRegistry, useCommands } from './commands.ts';
import {
  auditAddress,
  auditScreens,
  type BesideScreen,
  navigate,
  type Route,
  routeAddress,
} from './routes.ts';
import { useSettingsCommands } from './settingsCommands.ts';
import { resolveTheme } from './theme.ts';

/** What lies over the screens: the key sheet or the palette. */
export interface Overlay {
  readonly isShown: boolean;
  show(): void;
  hide(): void;
}

export interface Overlays {
  readonly sheet: Overlay;
  readonly palette: Overlay;
}

const screenTitles = {
  intake: 'commands.goIntake',
  plan: 'commands.goPlan',
  review: 'commands.goReview',
  search: 'commands.goSearch',
  disposition: 'commands.goDisposition',
  rework: 'commands.goRework',
} as const;

/** Where what is open is looked at beside the audit's own screens; null where nothing is open. */
function besideAddress(route: Route | null, screen: BesideScreen): string | null {
  if (route === null) return null;
  if ('audit' in route) return auditAddress(route.audit, screen, route.unit);
  if (route.screen !== 'delivery-intake') return null;
  const { path, sensorsPath } = route;
  return routeAddress({ screen: `delivery-${screen}`, path, sensorsPath });
}

function useOverlay(): Overlay {
  const [isShown, setShown] = useState(false);
  return { isShown, show: () => setShown(true), hide: () => setShown(false) };
}

export function useWindowCommands(route: Route | null): Overlays {
  const sheet = useOverlay();
  const palette = useOverlay();
  const audit = route && 'audit' in route ? route.audit : null;
  const calibration = besideAddress(route, 'calibration');
  const look = besideAddress(route, 'look');
  const diff = besideAddress(route, 'diff');
  const checks = besideAddress(route, 'checks');
  const saving = useSession((state) => state.saving);
  const retry = useSession((state) => state.retry);
  const { toggleTheme, toggleLanguage } = useSwitches();
  const tour = useTour();
  const command = (id: string, titleKey: string, keys: readonly string[], run: () => void): Command => ({
    id: `app.${id}`,
    room: 'app',
    titleKey,
    keys,
    run,
  });
  useCommands([
    command('palette', 'commands.palette', ['Mod+K'], palette.show),
    command('keys', 'commands.keys', ['?'], sheet.show),
    command('theme', 'commands.theme', ['Shift+T'], toggleTheme),
    command('language', 'commands.language', ['Shift+L'], toggleLanguage),
    {
      ...command('open', 'deliveries.open', ['Mod+O'], () => navigate('#/deliveries?do=open')),
      id: 'deliveries.open',
    },
    {
      ...command('sample', 'deliveries.openSample', [], () => navigate('#/deliveries?do=sample')),
      id: 'deliveries.sample',
    },
    command('tour', 'tour.commands.take', [], () => {
      tour.take();
      if (tour.step === 0) navigate('#/deliveries');
    }),
    command('deliveries', 'commands.goDeliveries', ['Alt+1'], () => navigate('#/deliveries')),
    ...auditScreens.map(
      (screen, index): Command => ({
        ...command(screen, screenTitles[screen], [`Alt+${index + 2}`], () => {
          if (audit !== null) navigate(auditAddress(audit, screen));
        }),
        isEnabled: () => audit !== null,
        whyNot: () => 'commands.needsAudit',
      }),
    ),
    {
      ...command('calibration', 'commands.goCalibration', ['Shift+C'], () => {
        if (calibration !== null) navigate(calibration);
      }),
      isEnabled: () => calibration !== null,
      whyNot: () => 'commands.needsDelivery',
    },
    {
      ...command('look', 'commands.goLook', ['Shift+F'], () => {
        if (look !== null) navigate(look);
      }),
      isEnabled: () => look !== null,
      whyNot: () => 'commands.needsDelivery',
    },
    {
      ...command('checks', 'checks.commands.go', ['Alt+9'], () => {
        if (checks !== null) navigate(checks);
      }),
      isEnabled: () => checks !== null,
      whyNot: () => 'commands.needsDelivery',
    },
    {
      ...command('diff', 'diff.commands.go', ['Alt+0'], () => {
        if (diff !== null) navigate(diff);
      }),
      isEnabled: () => diff !== null,
      whyNot: () => 'commands.needsDelivery',
    },
    {
      ...command('adjudicate', 'adjudicate.commands.go', ['Shift+J'], () => {
        if (audit !== null) navigate(auditAddress(audit, 'adjudicate'));
      }),
      isEnabled: () => audit !== null,
    },
    command('switching', 'switching.commands.go', ['Alt+8'], () => navigate('#/switching')),
    command('settings', 'commands.goSettings', ['Mod+,'], () => navigate('#/settings')),
    {
      ...command('saveNow', 'commands.saveNow', ['Mod+S'], retry),
      isEnabled: () => saving.queued > 0,
      whyNot: () => 'commands.allSaved',
    },
  ]);
  useSettingsCommands();
  usePush();
  return { sheet, palette };
}

/** The two switches, shared by header, keys and palette. */
export function useSwitches(): { toggleTheme(): void; toggleLanguage(): void } {
  const { i18n } = useTranslation();
  const themeChoice = useSettings((state) => state.settings.theme);
  const change = useSettings((state) => state.change);
  return {
    toggleTheme: () => change({ theme: resolveTheme(themeChoice) === 'dark' ? 'light' : 'dark' }),
    toggleLanguage: () => change({ language: i18n.language === 'zh' ? 'en' : 'zh' }),
  };
}

/** Menu items run the command they name; a folder that was dropped or opened goes to intake. */
function usePush(): void {
  const registry = useCommandRegistry();
  const { host } = useServices();
  useEffect(
    () =>
      host.onPush((push) => {
        if (push.kind === 'open') {
          navigate(routeAddress({ screen: 'delivery-intake', path: push.path, sensorsPath: null }));
          return;
        }
        const command = registry.store.getState().commands.find((entry) => entry.id === push.command);
        if (command && (command.isEnabled?.() ?? true)) registry.run(command);
      }),
    [host, registry],
  );
}
