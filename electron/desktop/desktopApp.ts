/** The desktop app: the services and the fetch handler of every host, in a window instead of a browser tab. */
import { homedir } from 'node:os';
import { app, dialog, Menu, protocol, session, shell } from 'electron';
import type { HostPush } from '../../shared/host/contract.ts';
import { languageOf, translator } from '../../shared/messages/translate.ts';
import { builtRenderer, builtWorker } from '../builtPlaces.ts';
import { defaultHome } from '../services/dataFolder.ts';
import { createDispatch } from '../services/dispatch.ts';
import { type Abilities, createServices, type Services } from '../services/services.ts';
import { createFetchHandler } from '../transports/fetchHandler.ts';
import { denyPermissions, guardContents } from './guards.ts';
import { builtPreload, type MainWindow, openMainWindow } from './mainWindow.ts';
import { menuTemplate } from './menu.ts';
import { printPdf } from './printPdf.ts';
import { type StartArguments, startArguments } from './startArguments.ts';

const scheme = 'app';
const host = 'assay';
const origin = `${scheme}://${host}`;

/** Must run before the app is ready: the scheme is then an origin like any other. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Runs until the last window is closed. A second start hands its folder to the first and ends. */
export async function runDesktopApp(): Promise<void> {
  if (process.env.ASSAY_USER_DATA) app.setPath('userData', process.env.ASSAY_USER_DATA);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  let main: MainWindow | null = null;
  /** Pushes that come before there is a window. */
  const waiting: HostPush[] = pushesOf(startArguments(process.argv, app.isPackaged, process.cwd()));
  const push = (what: HostPush): void => {
    if (main) main.push(what);
    else waiting.push(what);
  };

  guardContents(app, origin);
  app.on('window-all-closed', () => app.quit());
  app.on('open-file', (event, path) => {
    event.preventDefault();
    push({ kind: 'open', path });
  });
  app.on('second-instance', (_event, argv, folder) => {
    for (const what of pushesOf(startArguments(argv, app.isPackaged, folder))) push(what);
    if (main?.window.isMinimized()) main.window.restore();
    main?.window.focus();
  });

  await app.whenReady();
  denyPermissions(session.defaultSession);
  const services = await createServices({
    home: defaultHome(process.env, process.platform, homedir()),
    workerFile: builtWorker,
    roots: null,
    abilities: desktopAbilities(() => main),
  });
  const handle = createFetchHandler({
    dispatch: createDispatch(services),
    services,
    rendererFolder: builtRenderer,
  });
  protocol.handle(scheme, (request) =>
    new URL(request.url).host === host ? handle(request) : new Response(null, { status: 403 }),
  );
  app.on('will-quit', () => void services.close());

  main = openMainWindow(`${origin}/`, builtPreload);
  // A second window follows the first one and cannot go on by itself.
  main.window.once('closed', () => app.quit());
  main.window.on('closed', () => {
    main = null;
  });
  main.window.webContents.once('did-finish-load', () => {
    for (const what of waiting.splice(0)) push(what);
  });
  await showMenu(services, push);
  main.window.on('focus', () => void showMenu(services, push));
}

function pushesOf({ open, isSample }: StartArguments): HostPush[] {
  if (open !== null) return [{ kind: 'open', path: open }];
  return isSample ? [{ kind: 'command', command: 'deliveries.sample' }] : [];
}

/** Most recent deliveries in the menu. */
const recentInMenu = 8;

/** The menu is made anew whenever the window gets the focus: its recent deliveries may have changed. */
async function showMenu(services: Services, push: (push: HostPush) => void): Promise<void> {
  const t = translator(languageOf(app.getLocale()));
  const recent = await services.recent.list();
  const template = menuTemplate(
    t,
    { isMac: process.platform === 'darwin', recent: recent.slice(0, recentInMenu) },
    {
      command: (command) => push({ kind: 'command', command }),
      open: (path) => push({ kind: 'open', path }),
    },
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function desktopAbilities(mainWindow: () => MainWindow | null): Abilities {
  return {
    push: true,
    printPdf,
    async pickFolder(purpose) {
      const t = translator(languageOf(app.getLocale()));
      const window = mainWindow()?.window;
      const properties: ('openDirectory' | 'openFile' | 'createDirectory')[] =
        purpose === 'export' ? ['openDirectory', 'createDirectory'] : ['openDirectory'];
      const options = { title: t(`desktop.pick.${purpose}`), properties };
      const chosen = window
        ? await dialog.showOpenDialog(window, options)
        : await dialog.showOpenDialog(options);
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    async reveal(path) {
      shell.showItemInFolder(path);
    },
  };
}
