/**
 * The stand-in for the Electron executable. It runs the real built main process under Node with the module
 * `electron` resolved to doubles, shows its windows as pages of Chromium, and prints the two lines that Playwright's
 * `_electron.launch` waits for. It proves the wiring of the app, not Electron's runtime. What it does not have throws
 * `not implemented by the stand-in: …`; extend it where a spec needs more, with a test in test/unit/standin.
 */
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { version as electronVersion } from 'electron/package.json';
import { readAppPackage } from './appPackage.ts';
import { startChromium } from './chromium.ts';
import { type CommandLine, parseCommandLine } from './commandLine.ts';
import { AppDouble } from './double/app.ts';
import { electronModule } from './electronModule.ts';
import { installModule } from './installModule.ts';
import { startProtocolServer } from './protocolServer.ts';
import { setBrowser } from './running.ts';
import { hostRules } from './schemes.ts';

/** The folder of the executable, put in by boot.mjs. */
declare const STAND_IN_FOLDER: string;

async function run(): Promise<void> {
  const args = process.argv.slice(2);
  const executable = path.join(STAND_IN_FOLDER, 'electron');
  const line = parseCommandLine(args);
  const about = readAppPackage(line.appPath, electronVersion);
  process.argv = [executable, ...args];
  lookLikeElectron();
  const app = new AppDouble(about, line, executable);
  installModule(electronModule(app));
  endWithParent(app);

  // Prints the first of the two lines.
  if (line.inspectPort !== undefined) inspector.open(line.inspectPort, '127.0.0.1');
  const require = createRequire(path.join(about.root, 'package.json'));
  for (const file of line.preloaded) require(path.resolve(file));
  // As in Electron, the app becomes ready after its main module has been evaluated.
  if (about.mainFile.endsWith('.cjs')) require(about.mainFile);
  else await import(pathToFileURL(about.mainFile).href);

  if (app.isEnding) return;
  const port = await startProtocolServer();
  const browser = await startChromium({
    // Electron's own profile lies in the same folder; this one must not be taken for it.
    profileFolder: path.join(app.getPath('sessionData'), 'chromium'),
    hostRules: hostRules(port),
    switches: forBrowser(line),
    onLost() {
      console.error('the browser has ended unexpectedly');
      process.exit(1);
    },
  });
  Object.defineProperty(process.versions, 'chrome', { value: browser.version, enumerable: true });
  setBrowser(browser);
  process.stderr.write(`\nDevTools listening on ${browser.devToolsUrl}\n`);
  app.becomeReady();
}

function lookLikeElectron(): void {
  Object.defineProperty(process.versions, 'electron', { value: electronVersion, enumerable: true });
  Object.assign(process, { type: 'browser', defaultApp: true });
}

/** Switches that this process acts on itself. */
const own = new Set(['inspect', 'user-data-dir', 'remote-debugging-port', 'no-sandbox']);

/** Switches that stood before the app path or were appended by the app or by Playwright's loader. */
function forBrowser({ switches, appSwitches }: CommandLine): Map<string, string> {
  return new Map([...switches].filter(([name]) => !own.has(name) && !appSwitches.has(name)));
}

/** A signal quits the app in good order; the loss of the parent ends it at once. The browser follows either way. */
function endWithParent(app: AppDouble): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
