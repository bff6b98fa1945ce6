/** The options a window may be made with here; any other throws, and so does a weaker sandbox. */
import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { notImplemented } from '../strict.ts';

/** Options that are acted upon, and those that only concern what a headless window has no part in. */
const windowOptions = new Set<keyof BrowserWindowConstructorOptions>([
  'width',
  'height',
  'x',
  'y',
  'show',
  'title',
  'useContentSize',
  'webPreferences',
  'minWidth',
  'minHeight',
  'backgroundColor',
  'autoHideMenuBar',
  'darkTheme',
  'icon',
]);

/** Preferences with the one value that is represented here; Electron's own defaults are the same. */
const fixedPreferences: Partial<Record<keyof WebPreferences, unknown>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};

const freePreferences = new Set<keyof WebPreferences>(['preload', 'javascript', 'spellcheck', 'devTools']);

/** Throws for the first option that the stand-in does not represent. */
export function checkWindowOptions(options: BrowserWindowConstructorOptions): void {
  for (const name of Object.keys(options) as (keyof BrowserWindowConstructorOptions)[]) {
    if (!windowOptions.has(name)) notImplemented(`the window option '${name}'`);
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    const key = name as keyof WebPreferences;
    if (freePreferences.has(key)) continue;
    if (!(key in fixedPreferences) || fixedPreferences[key] !== value) {
      notImplemented(`the web preference '${name}' with the value ${String(value)}`);
    }
  }
}

/** The text of the preload script; '' without one. */
export function readPreload(preferences: WebPreferences | undefined): string {
  return preferences?.preload === undefined ? '' : readFileSync(preferences.preload, 'utf8');
}
