/** The one window: isolated, sandboxed, shown when it has something to show, put back where it stood. */
import path from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import type { HostPush } from '../../shared/host/contract.ts';
import { keepWindowState, readWindowState } from './windowState.ts';

/** The smallest size the layout is made for. */
const smallest = { minWidth: 1024, minHeight: 640 };
const usual = { width: 1440, height: 900 };

export interface MainWindow {
  readonly window: BrowserWindow;
  push(push: HostPush): void;
}

/** @param address what to load; @param preload the built preload script */
export function openMainWindow(address: string, preload: string): MainWindow {
  const userData = app.getPath('userData');
  const state = readWindowState(userData, screen);
  const { isMaximized, ...bounds } = state ?? { ...usual, isMaximized: false };
  const window = new BrowserWindow({
    ...smallest,
    ...bounds,
    show: false,
    backgroundColor: '#14181f',
    title: 'Assay',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  if (isMaximized) window.maximize();
  keepWindowState(window, userData);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(address);
  return { window, push: (push) => window.webContents.send('assay:push', push) };
}

/** The built preload lies beside the built main. */
export const builtPreload = path.join(import.meta.dirname, 'preload.cjs');
