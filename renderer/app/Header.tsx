/** One line over every screen: what is open, where one is in it, what is saved, and the switches. */
import { ChartNoAxesGantt, Keyboard, Languages, Moon, Settings, Sun } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { casesFor } from '../screens/adjudicate/cases.ts';
import { useSession, useSettings } from '../state/context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useCommandKeys } from './commands.ts';
import styles from './Header.module.css';
import { keyLabel, spokenKey } from './keys.ts';
import { Mark } from './Mark.tsx';
import { NetworkState } from './NetworkState.tsx';
import {
  type AuditScreen,
  auditAddress,
  auditScreens,
  isBesideScreen,
  navigate,
  type Route,
} from './routes.ts';
import { SampleProgress } from './SampleProgress.tsx';
import { SavedState } from './SavedState.tsx';
import { resolveTheme } from './theme.ts';
import { useSwitches } from './windowCommands.ts';

/** Screens that have nothing to show before the draw. */
const needsSample: ReadonlySet<AuditScreen> = new Set(['review', 'search', 'disposition']);

export function Header({ route, onShowKeys }: { route: Route | null; onShowKeys: () => void }) {
  const { t } = useTranslation();
  const theme = resolveTheme(useSettings((state) => state.settings.theme));
  const { toggleTheme, toggleLanguage } = useSwitches();
  return (
    <header className={styles.header}>
      <a className={styles.product} href="#/deliveries" aria-label={t('app.product')} data-testid="home">
        <Mark />
        <span className={styles.productName}>{t('app.product')}</span>
      </a>
      <Breadcrumb route={route} />
      <span className={styles.space} />
      {route && 'audit' in route && <SampleProgress />}
      {route && 'audit' in route && <SavedState />}
      <NetworkState />
      <div className={styles.switches}>
        <IconButton label={t('app.switchTheme')} command="app.theme" onClick={toggleTheme}>
          {theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
        </IconButton>
        <IconButton label={t('commands.language')} command="app.language" onClick={toggleLanguage}>
          <Languages size={16} />
        </IconButton>
        <IconButton
          label={t('app.screens.switching')}
          command="app.switching"
          onClick={() => navigate('#/switching')}
        >
          <ChartNoAxesGantt size={16} />
        </IconButton>
        <IconButton
          label={t('app.screens.settings')}
          command="app.settings"
          onClick={() => navigate('#/settings')}
        >
          <Settings size={16} />
        </IconButton>
        <IconButton label={t('app.keysTitle')} command="app.keys" onClick={onShowKeys}>
          <Keyboard size={16} />
        </IconButton>
      </div>
    </header>
  );
}

/** Vendor › batch › screen; the screens of the audit stand side by side. */
function Breadcrumb({ route }: { route: Route | null }) {
  const { t } = useTranslation();
  const intake = useSession((state) => state.audit?.intake);
  const isReady = useSession((state) => state.audit?.sample != null);
  const isDisputed = useIsDisputed();
  if (route === null) return null;
  if (!('audit' in route)) {
    const name = route.screen.replace(/^delivery-/, '');
    return (
      <nav className={styles.crumbs} aria-label={t('app.breadcrumb')}>
        <span aria-current="page" className={styles.here}>
          {t(`app.screens.${name}`)}
        </span>
      </nav>
    );
  }
  return (
    <nav className={styles.crumbs} aria-label={t('app.breadcrumb')}>
      {intake && (
        <>
          <span className={styles.subject} title={`${intake.vendor} › ${intake.batch}`}>
            {intake.vendor} <i className={styles.arrow}>›</i> {intake.batch}
          </span>
          <i className={styles.arrow}>›</i>
        </>
      )}
      <ul className={styles.screens} aria-label={t('app.screensOfAudit')}>
        {auditScreens.map((screen) => (
          <li key={screen}>
            <ScreenLink
              audit={route.audit}
              screen={screen}
              isHere={screen === route.screen}
              isWaiting={!isReady && needsSample.has(screen)}
            />
          </li>
        ))}
        {(isDisputed || route.screen === 'adjudicate') && (
          <li>
            <ScreenLink
              audit={route.audit}
              screen="adjudicate"
              isHere={route.screen === 'adjudicate'}
              isWaiting={false}
            />
          </li>
        )}
        <li>
          <ScreenLink
            audit={route.audit}
            screen="checks"
            isHere={route.screen === 'checks'}
            isWaiting={false}
          />
        </li>
        {isBesideScreen(route.screen) && route.screen !== 'checks' && (
          <li>
            <span aria-current="page" className={styles.here}>
              {t(`app.screens.${route.screen}`)}
            </span>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** Whether there is something to settle that this person may see: only then the way there is shown. */
function useIsDisputed(): boolean {
  const audit = useSession((state) => state.shown);
  const actor = useSession((state) => state.actor);
  return useMemo(() => audit !== null && casesFor(audit, actor).open.length > 0, [audit, actor]);
}

interface ScreenLinkProps {
  readonly audit: string;
  readonly screen: AuditScreen;
  readonly isHere: boolean;
  readonly isWaiting: boolean;
}

function ScreenLink({ audit, screen, isHere, isWaiting }: ScreenLinkProps) {
  const { t } = useTranslation();
  const [key] = useCommandKeys(`app.${screen}`);
  return (
    <a
      className={styles.screen}
      href={auditAddress(audit, screen)}
      aria-current={isHere ? 'page' : undefined}
      aria-keyshortcuts={key && spokenKey(key)}
      data-waiting={isWaiting ? '' : undefined}
      title={key && keyLabel(key)}
    >
      {t(`app.screens.${screen}`)}
    </a>
  );
}
