/** Starts the browser that draws the windows, on a profile inside the app's own data folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CdpPipe, type CdpSession } from './cdpPipe.ts';
import { screenSize } from './double/screen.ts';
import { PageTargets } from './pageTargets.ts';

export interface Browser {
  readonly session: CdpSession;
  readonly pages: PageTargets;
  /** Where Playwright attaches. */
  readonly devToolsUrl: string;
  readonly version: string;
  /** Lets the browser write its storage down and waits until it has left. */
  close(): Promise<void>;
}

export interface BrowserOptions {
  readonly profileFolder: string;
  readonly hostRules: string;
  readonly switches: ReadonlyMap<string, string>;
  /** Called when the browser leaves without being asked to. */
  onLost(): void;
}

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function findChromium(): string {
  const found = process.env.ASSAY_CHROMIUM ?? candidates.find((file) => existsSync(file));
  if (!found) throw new Error(`no Chromium found; looked for $ASSAY_CHROMIUM, ${candidates.join(', ')}`);
  return found;
}

/** Quiet, offline, one profile, software WebGL; both ways in: the pipe for us, a port for Playwright. */
function chromiumArguments(options: BrowserOptions): string[] {
  const flags = new Map<string, string>([
    ['remote-debugging-pipe', ''],
    ['remote-debugging-port', '0'],
    ['user-data-dir', options.profileFolder],
    ['host-resolver-rules', options.hostRules],
    ['screen-info', `{${screenSize.width}x${screenSize.height}}`],
    ['lang', 'en-US'],
    ['password-store', 'basic'],
  ]);
  const bare =
    'no-startup-window no-first-run no-default-browser-check disable-background-networking ' +
    'disable-component-update disable-sync disable-default-apps disable-extensions disable-quic ' +
    'enable-unsafe-swiftshader disable-dev-shm-usage disable-breakpad';
  for (const name of bare.split(' ')) flags.set(name, '');
  if (!process.env.ASSAY_STANDIN_HEADED) flags.set('headless', 'new');
  // Chromium's own sandbox refuses to start for root.
  if (process.getuid?.() === 0) flags.set('no-sandbox', '');
  for (const [name, value] of options.switches) if (!flags.has(name)) flags.set(name, value);
  return [...flags].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}

/** Resolves with the address that the browser prints once it listens. */
function devToolsAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr!.setEncoding('utf8');
    child.stderr!.on('data', (chunk: string) => {
      text = (text + chunk).slice(-20_000);
      const match = /DevTools listening on (ws:\S+)/.exec(text);
      if (match) resolve(match[1]!);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended with code ${code} at start:\n${text}`)));
  });
}

export async function startChromium(options: BrowserOptions): Promise<Browser> {
  mkdirSync(options.profileFolder, { recursive: true });
  // A killed browser leaves its locks behind; the single-instance lock of the app has already been asked for.
  for (const stale of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
    rmSync(path.join(options.profileFolder, stale), { force: true });
  }
  const child = spawn(findChromium(), chromiumArguments(options), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const devToolsUrl = await devToolsAddress(child);
  let asked = false;
  void gone.then(() => asked || options.onLost());
  const pipe = new CdpPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const session = pipe.session();
  const { product } = await session.send('Browser.getVersion');
  const pages = new PageTargets(pipe);
  await pages.watch();
  return {
    session,
    pages,
    devToolsUrl,
    version: product.split('/')[1] ?? product,
    async close() {
      asked = true;
      void session.send('Browser.close');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
    },
  };
}
