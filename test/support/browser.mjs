/**
 * Finds the Chromium the browser suites run in, and gets one where there is none: Playwright's own where it can be
 * downloaded, Debian's package where not. Plain JavaScript: the test runner calls it before anything is built.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of an installed Chromium, or null. `ASSAY_CHROMIUM` wins. */
export function findBrowser() {
  const { chromium } = createRequire(import.meta.url)('playwright');
  const candidates = [process.env.ASSAY_CHROMIUM, chromium.executablePath(), ...systemBrowsers];
  return candidates.find((candidate) => candidate && existsSync(candidate)) ?? null;
}

/** As `findBrowser`, after doing what can be done to get one; ends the process with one sentence otherwise. */
export function requireBrowser() {
  for (const attempt of [() => {}, downloadBrowser, () => installPackages(['chromium'])]) {
    attempt();
    const found = findBrowser();
    if (found) return found;
  }
  console.error(
    'No Chromium could be found, downloaded or installed: set ASSAY_CHROMIUM to one and run again.',
  );
  process.exit(1);
}

function downloadBrowser() {
  console.log('Getting a browser for the tests…');
  spawnSync(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], {
    stdio: 'inherit',
    timeout: 300_000,
  });
}

/** Chinese text shows as empty boxes without a font that has it, so pictures would be worthless. */
export function ensureChineseFont() {
  if (process.platform !== 'linux') return;
  // By characters (批车标), since some fonts that hold them do not claim the whole language.
  const fonts = spawnSync('fc-list', [':charset=6279 8f66 6807', 'family'], { encoding: 'utf8' });
  if (fonts.status === 0 && fonts.stdout.trim() !== '') return;
  installPackages(['fontconfig', 'fonts-droid-fallback']);
}

function installPackages(names) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const command = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => {
    const [program, ...rest] = [...command, 'apt-get', ...args];
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  };
  console.log(`Installing ${names.join(', ')} (apt-get)…`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...names);
}
