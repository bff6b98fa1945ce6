/** A small app that uses all the stand-in offers, written into a folder of its own, and ways to launch it. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';

export const executable = path.resolve(import.meta.dirname, '../../support/electron/electron');

const main = `
import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';

app.setPath('userData', process.env.FIXTURE_USER_DATA);
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
globalThis.seen = { navigations: [], redirects: [], windowsAsked: [], permissions: [], seconds: [], closedEarly: 0 };

if (!app.requestSingleInstanceLock({ from: 'fixture' })) app.quit();
app.on('second-instance', (_event, argv, folder, data) => seen.seconds.push({ argv, folder, data }));
app.on('window-all-closed', () => app.quit());
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event) => {
    seen.navigations.push([event.url, event.isMainFrame]);
    if (!event.url.startsWith('app://assay/')) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    seen.redirects.push(event.url);
    if (!event.url.startsWith('app://assay/')) event.preventDefault();
  });
  contents.setWindowOpenHandler((details) => {
    seen.windowsAsked.push([details.url, details.frameName, details.features]);
    return { action: 'deny' };
  });
});

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const page = '<!doctype html><meta charset="utf-8"><title>Fixture</title><script src="./page.js"></script>' +
  '<p id="state">ready</p><a id="blank" href="./other" target="_blank">other</a>';

async function serve(request) {
  const url = new URL(request.url);
  const text = (body, type = 'text/plain') => new Response(body, { headers: { 'content-type': type } });
  switch (url.pathname) {
    case '/': return text(page, 'text/html');
    case '/page.js': return text('window.bridgeSeenByPage = typeof window.fixture;', 'text/javascript');
    case '/echo': return Response.json({
      url: request.url, method: request.method, origin: request.headers.get('origin'),
      referer: request.headers.get('referer'), body: await request.text(),
    });
    case '/bytes': {
      const [, from, to] = /^bytes=(\\d+)-(\\d+)$/.exec(request.headers.get('range') ?? '');
      const part = bytes.slice(Number(from), Number(to) + 1);
      return new Response(part, { status: 206, headers: { 'content-range': 'bytes ' + from + '-' + to + '/1000' } });
    }
    case '/slow': return new Response(new ReadableStream({
      start(controller) { controller.enqueue(new TextEncoder().encode('first')); globalThis.slow = controller; },
      cancel() { globalThis.slowCancelled = true; },
    }));
    case '/hang': return new Promise((resolve) => request.signal.addEventListener('abort', () => {
      globalThis.hangAborted = true;
      resolve(new Response(null));
    }));
    case '/empty': return new Response(null, { status: 204 });
    case '/throw': throw new Error('the handler broke');
    case '/away': return new Response(null, { status: 302, headers: { location: 'http://elsewhere.localhost/' } });
    default: return new Response('not found', { status: 404 });
  }
}

ipcMain.handle('echo', (event, value) => ({ value, url: event.senderFrame.url }));
ipcMain.handle('fail', () => { throw new TypeError('no such delivery'); });
ipcMain.handle('uncloneable', () => () => undefined);
ipcMain.handle('choose', async () => (await dialog.showOpenDialog({ properties: ['openDirectory'] })).filePaths);
ipcMain.on('note', (event, text) => event.reply('noted', text.toUpperCase()));

app.whenReady().then(() => {
  protocol.handle('app', serve);
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === 'geolocation');
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    seen.permissions.push([permission, details.requestingUrl]);
    answer(permission === 'geolocation');
  });
  const window = new BrowserWindow({
    width: 1280, height: 800, show: false,
    webPreferences: { preload: path.join(import.meta.dirname, 'preload.cjs'), contextIsolation: true, sandbox: true },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    { label: 'File', submenu: [
      { id: 'push', label: 'Push', accelerator: 'CmdOrCtrl+P', click: (item, on) => on.webContents.send('pushed', item.id) },
      { id: 'tick', label: 'Tick', type: 'checkbox' },
      { id: 'off', label: 'Off', enabled: false, click: () => undefined },
      { type: 'separator' },
      { id: 'leave', role: 'quit' },
    ] },
    { role: 'editMenu' },
  ]));
  window.once('ready-to-show', () => window.show());
  window.loadURL('app://assay/');
});
`;

const preload = `
const { contextBridge, ipcRenderer, webUtils } = require('electron');
let dropped = [];
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  dropped = [...event.dataTransfer.files].map((file) => webUtils.getPathForFile(file));
});
let missing = 'nothing thrown';
try { ipcRenderer.sendSync('echo'); } catch (error) { missing = error.message; }
contextBridge.exposeInMainWorld('fixture', {
  missing,
  versions: { electron: process.versions.electron, node: process.versions.node },
  nested: { add: (a, b) => a + b },
  echo: (value) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  uncloneable: () => ipcRenderer.invoke('uncloneable'),
  unknown: () => ipcRenderer.invoke('nobody listens'),
  choose: () => ipcRenderer.invoke('choose'),
  refuse: () => { throw new Error('refused in the preload'); },
  note: (text) => ipcRenderer.send('note', text),
  subscribe(channel, listener) {
    const pass = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, pass);
    return () => ipcRenderer.off(channel, pass);
  },
  dropped: () => dropped,
  pathOf: (file) => webUtils.getPathForFile(file),
});
`;

/** What the fixture's preload exposes, as the page sees it. */
export interface FixtureBridge {
  missing: string;
  versions: { electron: string; node: string };
  nested: { add(a: number, b: number): number };
  echo(value: unknown): Promise<{ value: unknown; url: string }>;
  fail(): Promise<void>;
  uncloneable(): Promise<void>;
  unknown(): Promise<void>;
  choose(): Promise<string[]>;
  refuse(): void;
  note(text: string): void;
  subscribe(channel: string, listener: (...args: unknown[]) => void): () => void;
  dropped(): string[];
  pathOf(file: File): string;
}

declare global {
  interface Window {
    fixture: FixtureBridge;
    bridgeSeenByPage: string;
  }
  /** Main process of the fixture. */
  var seen: {
    navigations: [string, boolean][];
    redirects: string[];
    windowsAsked: string[][];
    permissions: string[][];
    seconds: { argv: string[]; folder: string; data: unknown }[];
  };
  var slow: ReadableStreamDefaultController;
  var slowCancelled: boolean;
  var hangAborted: boolean;
}

export interface FixtureApp {
  readonly folder: string;
  readonly userData: string;
  remove(): void;
}

/** Writes the app, with a data folder beside it. */
export function writeFixtureApp(): FixtureApp {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'stand-in-')));
  writeFileSync(
    path.join(folder, 'package.json'),
    '{ "name": "fixture", "version": "1.2.3", "main": "main.mjs" }',
  );
  writeFileSync(path.join(folder, 'main.mjs'), main);
  writeFileSync(path.join(folder, 'preload.cjs'), preload);
  return {
    folder,
    userData: path.join(folder, 'data'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }),
  };
}

export function environment(fixture: FixtureApp): Record<string, string> {
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(given), FIXTURE_USER_DATA: fixture.userData };
}

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** Launches the app and waits for its page. With `byLoader`, the way Playwright goes without `executablePath`. */
export async function launch(fixture: FixtureApp, byLoader = false): Promise<Launched> {
  const app = await _electron.launch({
    ...(byLoader ? {} : { executablePath: executable }),
    args: [fixture.folder],
    env: environment(fixture),
    colorScheme: null,
  });
  const page = await app.firstWindow();
  await page.waitForSelector('#state');
  return { app, page };
}

/** Numbers of the live processes whose command line names `text`, the caller's own aside. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0 && id !== process.pid && commandLine(id).includes(text));
}

/** '' for a process that has ended, also where nobody has collected it yet. */
function commandLine(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
