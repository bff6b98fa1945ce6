/** The one browser of this process, once it runs, and what the doubles tell each other about windows. */
import { EventEmitter } from 'node:events';
import type { Browser } from './chromium.ts';
import type { BrowserWindowDouble } from './double/browserWindow.ts';
import type { WebContentsDouble } from './double/webContents.ts';

let browser: Browser | undefined;

export function setBrowser(started: Browser): void {
  browser = started;
}

/** The running browser. `what` names the call that needs it, for Electron refuses it before the app is ready. */
export function runningBrowser(what: string): Browser {
  if (!browser) throw new Error(`${what} cannot be used before the app is ready`);
  return browser;
}

export function isBrowserRunning(): boolean {
  return browser !== undefined;
}

interface WindowEvents {
  windowCreated: [BrowserWindowDouble];
  windowGone: [BrowserWindowDouble];
  windowFocused: [BrowserWindowDouble];
  windowBlurred: [BrowserWindowDouble];
  contentsCreated: [WebContentsDouble];
  rendererGone: [WebContentsDouble, { reason: string; exitCode: number }];
}

/** What happens to windows, for `app`, which repeats it as its own events. */
export const windowEvents = new EventEmitter<WindowEvents>();
