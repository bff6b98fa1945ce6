/** The window: header, banners, and the screen of the address. */
import { useTranslation } from 'react-i18next';
import { TourPanel } from '../tour/TourPanel.tsx';
import { Banners } from './Banners.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Header } from './Header.tsx';
import { KeySheet } from './KeySheet.tsx';
import { Palette } from './Palette.tsx';
import { useRoute } from './routes.ts';
import { ScreenOf } from './ScreenOf.tsx';
import styles from './Shell.module.css';
import { useWindowCommands } from './windowCommands.ts';

export function Shell() {
  const { t } = useTranslation();
  const route = useRoute();
  const { sheet, palette } = useWindowCommands(route);
  const place = route === null ? '' : 'audit' in route ? `${route.screen}/${route.audit}` : route.screen;
  // A second window has all its room for what it shows; what there is to say is said at the desk.
  const isCompanion = route?.screen === 'companion';
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={focusContent}>
        {t('app.skipToContent')}
      </button>
      {!isCompanion && <Header route={route} onShowKeys={sheet.show} />}
      {!isCompanion && <Banners />}
      <main className={styles.content} id="content" tabIndex={-1}>
        <ErrorBoundary key={place}>
          <ScreenOf route={route} />
        </ErrorBoundary>
      </main>
      <TourPanel route={route} />
      <KeySheet route={route} isOpen={sheet.isShown} onClose={sheet.hide} />
      <Palette isOpen={palette.isShown} onClose={palette.hide} />
    </div>
  );
}

/** The hash belongs to the router, so this is no link: it only moves the focus. */
function focusContent(): void {
  document.getElementById('content')?.focus();
}
