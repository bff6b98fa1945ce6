/**
 * The fixture of the desktop specs: `desktop` is the built app, running on folders of its own. The test fails when
 * the page or the main process complained about anything that it did not expect.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { chooseExecutable, type Executable } from './electronExecutable.ts';
import { watchPage } from './pageProblems.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');

/** The running app and what a person, or a power cut, does to it from outside. */
export class Desktop {
  readonly executable: Executable;
  /** The app's data folder, `ASSAY_HOME`. */
  readonly home: string;
  /** Electron's folder for windows, storage and caches. */
  readonly userData: string;
  readonly problems = new Set<string>();
  private readonly expected: RegExp[] = [];
  private current: { app: ElectronApplication; page: Page } | undefined;

  constructor(executable: Executable, folder: string) {
    this.executable = executable;
    this.home = path.join(folder, 'home');
    this.userData = path.join(folder, 'user-data');
  }

  get app(): ElectronApplication {
    return this.running.app;
  }

  /** The first window. */
  get page(): Page {
    return this.running.page;
  }

  /** Starts the app, with more arguments or variables where the spec needs them, and waits until its window is shown. */
  async launch(args: readonly string[] = [], env: Record<string, string> = {}): Promise<void> {
    const app = await _electron.launch({
      executablePath: this.executable.file,
      cwd: projectRoot,
      args: ['.', ...args],
      env: { ...inherited(), ASSAY_HOME: this.home, ASSAY_USER_DATA: this.userData, ...env },
      // The theme is the app's own matter; a fixed one would hide what it does.
      colorScheme: null,
    });
    app.on('console', (message) => {
      if (message.type() === 'error') this.problems.add(`main process: ${message.text()}`);
    });
    const page = await app.firstWindow();
    this.current = { app, page };
    await watchPage(page, (problem) => this.problems.add(problem));
    // A window exists before it has anything to show.
    await page.waitForURL((url) => url.protocol !== 'about:');
    await app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window?.isVisible()) await new Promise<void>((resolve) => window?.once('show', () => resolve()));
    });
  }

  async close(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    await current?.app.close();
  }

  /** Quits and starts again on the same folders. */
  async relaunch(args: readonly string[] = []): Promise<void> {
    await this.close();
    await this.launch(args);
  }

  /** Ends every process of the app at once, as a power cut does. `launch` starts it again. */
  async kill(): Promise<void> {
    const child = this.running.app.process();
    this.current = undefined;
    const gone = once(child, 'exit');
    // Playwright makes the app the leader of a process group of its own.
    process.kill(-child.pid!, 'SIGKILL');
    await gone;
  }

  /** Drops files or folders of the system onto the middle of the window. */
  async drop(files: string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const [x, y] = await this.page.evaluate(() => [innerWidth / 2, innerHeight / 2] as const);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files, dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x, y, data });
    }
    await session.detach();
    // On the stand-in the page halts while it learns the paths; a timer does not run before that is over.
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  }

  /** Clicks an item of the application menu. */
  async clickMenu(id: string): Promise<void> {
    await this.app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      if (!item) throw new Error(`no menu item '${wanted}'`);
      item.click();
    }, id);
  }

  /** Says that problems matching `pattern` belong to what the spec is about. */
  expectProblem(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  unexpectedProblems(): string[] {
    return [...this.problems].filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }

  private get running(): { app: ElectronApplication; page: Page } {
    if (!this.current) throw new Error('the app is not running');
    return this.current;
  }
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export const test = base.extend<{ desktop: Desktop }, { executable: Executable }>({
  executable: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what a fixture needs
    async ({}, use) => {
      const executable = chooseExecutable();
      console.log(
        `desktop specs run on ${executable.isReal ? 'Electron' : 'the stand-in'}: ${executable.file}`,
      );
      await use(executable);
    },
    { scope: 'worker' },
  ],
  desktop: async ({ executable }, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-desktop-'));
    const desktop = new Desktop(executable, folder);
    try {
      await desktop.launch();
      await use(desktop);
    } finally {
      await desktop.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    }
    const problems = desktop.unexpectedProblems();
    if (problems.length > 0) throw new Error(`the app complained:\n${problems.join('\n')}`);
  },
});

export { expect } from '@playwright/test';
