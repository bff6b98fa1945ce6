/** The double of `app`: what the program is, where its folders lie, and when it starts and ends. */
import type { App } from 'electron';
import type { AppPackage } from '../appPackage.ts';
import type { CommandLine } from '../commandLine.ts';
import { type Preventable, preventable } from '../preventable.ts';
import { isBrowserRunning, runningBrowser, windowEvents } from '../running.ts';
import { strictly } from '../strict.ts';
import { StrictEmitter } from '../strictEmitter.ts';
import { AppPaths } from './appPaths.ts';
import { BrowserWindowDouble } from './browserWindow.ts';
import { SingleInstance } from './singleInstance.ts';

const events = [
  'will-finish-launching',
  'ready',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'web-contents-created',
  'render-process-gone',
];
/** Sent on macOS only, or in distress; on Linux a test may emit them itself. */
const neverSent = ['activate', 'open-file', 'open-url', 'child-process-gone', 'certificate-error', 'login'];

type Implemented = Pick<
  App,
  | 'name'
  | 'isPackaged'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'getPath'
  | 'setPath'
  | 'getLocale'
  | 'getPreferredSystemLanguages'
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'focus'
  | 'enableSandbox'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
>;

type Switches = Pick<App['commandLine'], 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>;

export class AppDouble extends StrictEmitter implements Implemented {
  name: string;
  readonly isPackaged = false;
  readonly commandLine: Switches;
  private readonly about: AppPackage;
  private readonly paths: AppPaths;
  private readonly instance = new SingleInstance();
  private announceReady: () => void = () => undefined;
  private readonly readiness = new Promise<void>((resolve) => {
    this.announceReady = resolve;
  });
  private ending: 'no' | 'asked' | 'leaving' = 'no';

  constructor(about: AppPackage, line: CommandLine, executable: string) {
    super('app', [...events, ...neverSent]);
    this.about = about;
    this.name = about.name;
    this.paths = new AppPaths(about.name, executable, line.switches.get('user-data-dir'));
    this.commandLine = strictly('app.commandLine', {
      appendSwitch: (name: string, value = '') => void line.switches.set(name, value),
      hasSwitch: (name: string) => line.switches.has(name),
      getSwitchValue: (name: string) => line.switches.get(name) ?? '',
      removeSwitch: (name: string) => void line.switches.delete(name),
    });
    windowEvents.on('windowCreated', (window) =>
      this.emit('browser-window-created', preventable({}), window),
    );
    windowEvents.on('windowFocused', (window) => this.emit('browser-window-focus', preventable({}), window));
    windowEvents.on('windowBlurred', (window) => this.emit('browser-window-blur', preventable({}), window));
    windowEvents.on('contentsCreated', (contents) =>
      this.emit('web-contents-created', preventable({}), contents),
    );
    windowEvents.on('rendererGone', (contents, details) =>
      this.emit('render-process-gone', preventable({}), contents, details),
    );
    windowEvents.on('windowGone', () => this.noticeLastWindow());
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.about.version;
  }

  getAppPath(): string {
    return this.about.root;
  }

  getPath(name: string): string {
    return this.paths.get(name);
  }

  setPath(name: string, value: string): void {
    this.paths.set(name, value);
  }

  getLocale(): string {
    return 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  isReady(): boolean {
    return isBrowserRunning();
  }

  whenReady(): Promise<void> {
    return this.readiness;
  }

  focus(): void {
    BrowserWindowDouble.getAllWindows()[0]?.focus();
  }

  /** Every window here is sandboxed already; others cannot be made. */
  enableSandbox(): void {}

  /** As in Electron on Linux, there is no such list. */
  addRecentDocument(_path: string): void {}
  clearRecentDocuments(): void {}

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    const self = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.instance.request(this.getPath('userData'), self, (second) => {
      const { argv, workingDirectory } = second;
      this.emit('second-instance', preventable({}), argv, workingDirectory, second.additionalData);
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.instance.isHeld;
  }

  releaseSingleInstanceLock(): void {
    this.instance.release();
  }

  /** Asks every window and then the app; whoever objects keeps the program running. */
  quit(): void {
    if (this.ending !== 'no') return;
    const event: Preventable<object> = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.ending = 'asked';
    void this.closeAllAndLeave();
  }

  exit(exitCode = 0): void {
    void this.leave(exitCode);
  }

  /** True from the moment nothing must be started any more. */
  get isEnding(): boolean {
    return this.ending !== 'no';
  }

  /** Called once the browser runs. */
  becomeReady(): void {
    this.emit('will-finish-launching');
    this.emit('ready', preventable({}), {});
    this.announceReady();
  }

  private async closeAllAndLeave(): Promise<void> {
    // Whoever asked to quit still has a turn, for instance to receive the answer to that call.
    await new Promise((resolve) => setImmediate(resolve));
    const windows = BrowserWindowDouble.getAllWindows();
    const gone = Promise.all(
      windows.map((window) => new Promise((resolve) => window.once('closed', () => resolve(undefined)))),
    );
    const agreed = await Promise.all(windows.map((window) => window.requestClose()));
    if (agreed.includes(false)) {
      this.ending = 'no';
      return;
    }
    await gone;
    const event: Preventable<object> = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.ending = 'no';
    else await this.leave(0);
  }

  private async leave(exitCode: number): Promise<void> {
    if (this.ending === 'leaving') return;
    this.ending = 'leaving';
    this.emit('quit', preventable({}), exitCode);
    await this.instance.told;
    if (isBrowserRunning()) await runningBrowser('quit').close();
    process.exit(exitCode);
  }

  private noticeLastWindow(): void {
    if (this.ending !== 'no' || BrowserWindowDouble.getAllWindows().length > 0) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}
