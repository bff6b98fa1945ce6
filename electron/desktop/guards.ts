/** What a page may not do: leave its origin, open windows of others, embed views, ask for permissions. */
import type { App, BrowserWindowConstructorOptions, Session } from 'electron';

/** The one kind of window that a page may open: one that follows the desk of an audit. */
const secondWindow = /^#\/audit\/[^/]+\/companion$/;

const secondWindowOptions: BrowserWindowConstructorOptions = {
  width: 1280,
  height: 800,
  minWidth: 640,
  minHeight: 480,
  backgroundColor: '#14181f',
  title: 'Assay',
  autoHideMenuBar: true,
  webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, spellcheck: false },
};

/** Whether an address is a second window of the product itself. */
export function isSecondWindow(address: string, origin: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hash, pathname } = new URL(address);
  const isOwn = `${protocol}//${host}` === origin && (pathname === '/' || pathname === '/index.html');
  return isOwn && secondWindow.test(hash);
}

/**
 * Denies navigation away from `origin`, every new window but a second one of the product, and every webview, for all
 * contents the app makes. A second window has the page's own isolation and no word with the main process.
 */
export function guardContents(app: App, origin: string): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      if (!url.startsWith(`${origin}/`)) event.preventDefault();
    };
    contents.on('will-navigate', (event) => stay(event, event.url));
    contents.on('will-redirect', (event) => stay(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) =>
      isSecondWindow(url, origin)
        ? { action: 'allow', overrideBrowserWindowOptions: secondWindowOptions }
        : { action: 'deny' },
    );
  });
}

/** The product needs no permission of the page, so none is granted and none is said to be. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
}
