/** What a page may not do: leave its origin, open windows, embed views, ask for permissions. */
import type { App, Session } from 'electron';

/** Denies navigation away from `origin`, every new window and every webview, for all contents the app makes. */
export function guardContents(app: App, origin: string): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      if (!url.startsWith(`${origin}/`)) event.preventDefault();
    };
    contents.on('will-navigate', (event) => stay(event, event.url));
    contents.on('will-redirect', (event) => stay(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The product needs no permission of the page, so none is granted and none is said to be. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
}
