/** An installed Chromium-family browser: it opens the served app as a window, and prints reports to PDF. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { done, failed, type Result } from '../../shared/base/problem.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];

const places: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Path of an executable, or null. `ASSAY_CHROMIUM` wins. */
export function findSystemBrowser(environment: NodeJS.ProcessEnv = process.env): string | null {
  const onPath = (environment.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  const candidates = [environment.ASSAY_CHROMIUM ?? '', ...(places[process.platform] ?? onPath)];
  return candidates.find((candidate) => candidate !== '' && isExecutable(candidate)) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Chromium refuses its own sandbox to root. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Opens an address as a window without tabs and address bar; the browser goes on by itself. */
export function openAppWindow(browser: string, url: string): void {
  spawn(browser, [`--app=${url}`, '--no-first-run', ...asRoot], { detached: true, stdio: 'ignore' }).unref();
}

const printTimeoutMs = 60_000;

/**
 * Prints a self-contained HTML document on A4. Problem `pdf-not-possible` where there is no browser or it fails;
 * `params.reason` says which.
 */
export async function printWithSystemBrowser(html: string): Promise<Result<Uint8Array>> {
  const browser = findSystemBrowser();
  if (browser === null) return notPossible('no browser');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'assay-print-'));
  const page = path.join(folder, 'report.html');
  const pdf = path.join(folder, 'report.pdf');
  try {
    await writeFile(page, html);
    const code = await runToEnd(browser, [
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--no-pdf-header-footer',
      `--user-data-dir=${path.join(folder, 'profile')}`,
      `--print-to-pdf=${pdf}`,
      ...asRoot,
      pathToFileURL(page).href,
    ]);
    return code === 0
      ? done(await readFile(pdf))
      : notPossible(`${path.basename(browser)}: ${code ?? 'timeout'}`);
  } finally {
    // The browser's helpers may still be writing to the profile for a moment after it has ended.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function runToEnd(command: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: printTimeoutMs });
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
}

function notPossible(reason: string): Result<never> {
  return failed({ code: 'pdf-not-possible', severity: 'error', path: '', params: { reason } });
}
