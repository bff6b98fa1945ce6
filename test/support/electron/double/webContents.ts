/** The double of `WebContents`: one page of Chromium as the main process sees it. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HandlerDetails, PrintToPDFOptions, WebContents, WindowOpenHandlerResponse } from 'electron';
import { guardNavigation, type NavigationGuard } from '../navigationGuard.ts';
import type { PageTarget } from '../pageTargets.ts';
import { answerPathQuestions } from '../pathQuestions.ts';
import { preventable } from '../preventable.ts';
import { printToPdf } from '../printToPdf.ts';
import { connectRenderer, type RendererConnection } from '../rendererConnection.ts';
import { runningBrowser, windowEvents } from '../running.ts';
import { isRegistered, toApp, toLoopback } from '../schemes.ts';
import { notImplemented } from '../strict.ts';
import { StrictEmitter } from '../strictEmitter.ts';
import type { BrowserWindowDouble } from './browserWindow.ts';
import { dispatchIpc } from './ipcMain.ts';
import { emulateTheme } from './nativeTheme.ts';
import { applyPermissions } from './permissions.ts';
import { defaultSession } from './session.ts';

const events = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-prevent-unload',
  'dom-ready',
  'did-finish-load',
  'console-message',
  'preload-error',
  'render-process-gone',
  'destroyed',
];
/** There is no webview here, and a renderer that hangs fails its test by itself. */
const neverSent = ['will-attach-webview', 'did-attach-webview', 'unresponsive', 'responsive'];

/** What its window wants to know and to do. */
export interface WebContentsOptions {
  readonly window: BrowserWindowDouble;
  readonly preload: string;
  readonly hasScripts: boolean;
  prepare(page: PageTarget): Promise<void>;
  firstLoad(): void;
  titleChanged(title: string): void;
  gone(): void;
}

interface ConnectedPage extends PageTarget {
  readonly guard: NavigationGuard;
  readonly renderer: RendererConnection;
}

const all = new Map<number, WebContentsDouble>();
let lastId = 0;

/** How long a page may take to say whether it minds being closed; one that hangs is not asked any longer. */
const unloadAnswerMillis = 5_000;

type Implemented = Pick<
  WebContents,
  | 'id'
  | 'loadURL'
  | 'loadFile'
  | 'reload'
  | 'getURL'
  | 'getTitle'
  | 'send'
  | 'executeJavaScript'
  | 'printToPDF'
  | 'setWindowOpenHandler'
  | 'close'
  | 'isDestroyed'
  | 'isCrashed'
  | 'focus'
  | 'forcefullyCrashRenderer'
>;

export class WebContentsDouble extends StrictEmitter implements Implemented {
  readonly id: number;
  readonly session = defaultSession;
  private readonly options: WebContentsOptions;
  private readonly page: Promise<ConnectedPage>;
  private connected: ConnectedPage | undefined;
  private windowOpenHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | undefined;
  private url = '';
  private title = '';
  private loaded = false;
  private crashed = false;
  private gone = false;

  constructor(options: WebContentsOptions) {
    super('webContents', [...events, ...neverSent]);
    this.options = options;
    this.id = ++lastId;
    all.set(this.id, this);
    this.page = this.connect();
    windowEvents.emit('contentsCreated', this);
  }

  static getAllWebContents(): WebContentsDouble[] {
    return [...all.values()];
  }

  static getFocusedWebContents(): WebContentsDouble | null {
    return (
      WebContentsDouble.getAllWebContents().find((contents) => contents.options.window.isFocused()) ?? null
    );
  }

  static fromId(id: number): WebContentsDouble | undefined {
    return all.get(id);
  }

  static fromDevToolsTargetId(targetId: string): WebContentsDouble | undefined {
    return WebContentsDouble.getAllWebContents().find(({ connected }) => connected?.targetId === targetId);
  }

  get mainFrame(): { url: string; origin: string } {
    return { url: this.url, origin: /^[^/]*\/\/[^/]*/.exec(this.url)?.[0] ?? '' };
  }

  async loadURL(url: string): Promise<void> {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
    if (!['http', 'https', 'data', 'about'].includes(scheme) && !isRegistered(scheme)) {
      notImplemented(`loading the scheme '${scheme}:'`);
    }
    await this.load(url);
  }

  async loadFile(file: string): Promise<void> {
    if (!path.isAbsolute(file)) notImplemented(`loadFile with the relative path '${file}'`);
    await this.load(pathToFileURL(file).href);
  }

  reload(): void {
    void this.page.then(({ session, guard }) => {
      guard.expect(toLoopback(this.url));
      return session.send('Page.reload');
    });
  }

  getURL(): string {
    return this.url;
  }

  getTitle(): string {
    return this.title;
  }

  /** As in Electron, a message to a page that has not loaded its preload yet is lost. */
  send(channel: string, ...args: unknown[]): void {
    this.connected?.renderer.send({ kind: 'message', channel, args });
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.page;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    return printToPdf((await this.page).session, options);
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.windowOpenHandler = handler;
  }

  close(options: { waitForBeforeUnload?: boolean } = {}): void {
    if (options.waitForBeforeUnload) this.options.window.close();
    else this.options.window.destroy();
  }

  isDestroyed(): boolean {
    return this.gone;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  focus(): void {
    this.options.window.focus();
  }

  forcefullyCrashRenderer(): void {
    // The command is never answered, since whoever would answer it has crashed.
    void this.page.then(({ session }) => session.send('Page.crash')).catch(() => undefined);
  }

  /** Runs an editing command such as 'copy', as the roles of the edit menu do. */
  runEditingCommand(command: string): void {
    void this.page.then(({ session }) =>
      session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] }),
    );
  }

  bringToFront(): void {
    void this.page.then(({ session }) => session.send('Page.bringToFront')).catch(() => undefined);
  }

  /** Makes the page follow the bounds of its window, and calls back once it has. */
  applyGeometry(done: () => void): void {
    void this.page
      .then((page) => this.options.prepare(page))
      .then(done, (error) => this.gone || console.error(error));
  }

  closePage(): void {
    void this.page
      .then(({ targetId }) => runningBrowser('a window').pages.close(targetId))
      .catch(() => undefined);
  }

  applyTheme(): void {
    void this.page.then(({ session }) => emulateTheme(session)).catch(() => undefined);
  }

  /** Sends the page its `beforeunload` and tells whether it may go. */
  async agreesToUnload(): Promise<boolean> {
    const question = `(() => {
      const event = document.createEvent('BeforeUnloadEvent');
      event.initEvent('beforeunload', false, true);
      window.dispatchEvent(event);
      return !event.defaultPrevented && event.returnValue === '';
    })()`;
    const patience = new Promise<boolean>((resolve) =>
      setTimeout(() => resolve(true), unloadAnswerMillis).unref(),
    );
    const agrees = await Promise.race([this.executeJavaScript(question).catch(() => true), patience]);
    if (agrees !== false) return true;
    const event = preventable({});
    this.emit('will-prevent-unload', event);
    // Here preventing the default means to ignore the page's objection.
    return event.defaultPrevented;
  }

  private async load(url: string): Promise<void> {
    const { session, guard } = await this.page;
    const finished = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    guard.expect(toLoopback(url));
    const { errorText } = await session.send('Page.navigate', { url: toLoopback(url) });
    if (errorText) throw new Error(`${errorText.replace('net::', '')} loading '${url}'`);
    await finished;
  }

  private async connect(): Promise<ConnectedPage> {
    const target = await runningBrowser('a window').pages.open(() => this.leave());
    const { session } = target;
    this.follow(target);
    await Promise.all([session.send('Page.enable'), session.send('Inspector.enable')]);
    const renderer = await connectRenderer(session, this.options.preload, {
      ipc: (message) => dispatchIpc(this, message),
      windowOpen: (request) => this.askToOpen(request),
      titleChanged: (title) => this.followTitle(title),
      preloadError: (error) => this.emit('preload-error', preventable({}), 'preload', error),
    });
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.askToOpen({ url, frameName: windowName, features: windowFeatures.join(',') }),
    );
    const guard = await guardNavigation(target, {
      emit: (name, event) => this.emit(name, event, event.url, false, event.isMainFrame, 1, 1),
      beforeDocument: (url) => applyPermissions(this, url),
    });
    if (this.options.preload.includes('getPathForFile')) await answerPathQuestions(session);
    if (!this.options.hasScripts) await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await emulateTheme(session);
    await session.send('Runtime.runIfWaitingForDebugger');
    await this.options.prepare(target);
    this.connected = { ...target, guard, renderer };
    return this.connected;
  }

  /** Turns what the browser reports about the page into the state and events of Electron. */
  private follow({ session, targetId }: PageTarget): void {
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== targetId) return;
      this.url = toApp(frame.url + (frame.urlFragment ?? ''));
      this.crashed = false;
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === targetId) this.url = toApp(url);
    });
    session.on('Page.domContentEventFired', () => this.emit('dom-ready', preventable({})));
    session.on('Page.loadEventFired', () => {
      this.emit('did-finish-load', preventable({}));
      if (!this.loaded && this.url !== 'about:blank') {
        this.loaded = true;
        this.options.firstLoad();
      }
    });
    session.on('Inspector.targetCrashed', () => {
      this.crashed = true;
      const details = { reason: 'crashed', exitCode: 139 };
      this.emit('render-process-gone', preventable({}), details);
      windowEvents.emit('rendererGone', this, details);
    });
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const level = { error: 'error', warning: 'warning', debug: 'debug' }[type as string] ?? 'info';
      const message = args.map((arg) => String(arg.value ?? arg.description)).join(' ');
      this.emit('console-message', preventable({ level, message }));
    });
  }

  /** Asks the app whether the page may open a window. Only a refusal can be carried out here. */
  private askToOpen(request: { url: string; frameName: string; features: string }): void {
    const answer = this.windowOpenHandler?.({
      ...request,
      url: toApp(request.url),
      disposition: 'foreground-tab',
      referrer: { url: this.url, policy: 'strict-origin-when-cross-origin' },
    });
    if (answer?.action !== 'deny') notImplemented(`a window opened by the page (${toApp(request.url)})`);
  }

  private followTitle(title: string): void {
    this.title = title;
    this.options.titleChanged(title);
  }

  private leave(): void {
    if (this.gone) return;
    this.gone = true;
    all.delete(this.id);
    this.emit('destroyed');
    this.options.gone();
  }
}
