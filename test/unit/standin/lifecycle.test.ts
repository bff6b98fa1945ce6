/** How the stand-in starts and ends, and that no browser is ever left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  environment,
  executable,
  type FixtureApp,
  type Launched,
  launch,
  processesNaming,
  writeFixtureApp,
} from './fixtureApp.ts';

let fixture: FixtureApp;
const started: ChildProcess[] = [];

beforeEach(() => {
  fixture = writeFixtureApp();
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  await nothingIsLeft();
  fixture.remove();
});

async function start(byLoader = false): Promise<Launched> {
  const launched = await launch(fixture, byLoader);
  started.push(launched.app.process());
  return launched;
}

/** Every process of the app names the app's folder: the stand-in as its argument, Chromium by its profile. */
const nothingIsLeft = () =>
  expect.poll(() => processesNaming(fixture.folder), { timeout: 20_000, interval: 50 }).toEqual([]);

describe('starting', () => {
  it("works behind Playwright's own loader, with ELECTRON_OVERRIDE_DIST_PATH", async () => {
    process.env.ELECTRON_OVERRIDE_DIST_PATH = executable.replace(/\/electron$/, '');
    const { app, page } = await start(true);
    expect(await page.evaluate(() => window.fixture.nested.add(1, 1))).toBe(2);
    expect(await app.evaluate(({ app }) => [app.getName(), app.getVersion(), app.isPackaged])).toEqual([
      'fixture',
      '1.2.3',
      false,
    ]);
    await app.close();
  });

  it('finds what the page stored, and a fresh page, after a new start', async () => {
    const first = await start();
    await first.page.evaluate(async () => {
      localStorage.setItem('kept', 'yes');
      const folder = await navigator.storage.getDirectory();
      const writable = await (await folder.getFileHandle('kept.txt', { create: true })).createWritable();
      await writable.write('here');
      await writable.close();
    });
    await first.app.close();
    const second = await start();
    const kept = await second.page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle('kept.txt')).getFile();
      return [localStorage.getItem('kept'), await file.text()];
    });
    expect(kept).toEqual(['yes', 'here']);
    await second.app.close();
  });

  it('lets one process have the lock and tells it about the next, which leaves without a browser', async () => {
    const { app } = await start();
    const second = spawn(executable, [fixture.folder, 'some/folder'], {
      env: environment(fixture),
      cwd: '/tmp',
    });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await expect.poll(() => app.evaluate(() => seen.seconds.length), { timeout: 20_000 }).toBe(1);
    expect(await app.evaluate(() => seen.seconds[0])).toEqual({
      argv: [executable, fixture.folder, 'some/folder'],
      folder: '/tmp',
      data: { from: 'fixture' },
    });
    await app.close();
  });

  it('runs as plain Node where it is asked to', async () => {
    const child = spawn(executable, ['-p', '[1, 2].length'], {
      env: { ...environment(fixture), ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(await text(child.stdout)).toBe('2\n');
  });

  it('runs a main file by itself, also one that is not a module', async () => {
    const file = path.join(fixture.folder, 'alone.cjs');
    const main = `const { app } = require('electron');
      app.setPath('userData', process.env.FIXTURE_USER_DATA);
      app.whenReady().then(() => { console.log(app.getName(), app.isReady()); app.quit(); });`;
    writeFileSync(file, main);
    const child = spawn(executable, [file], { env: environment(fixture) });
    expect(await text(child.stdout)).toBe('Electron true\n');
  });

  it('ends with the reason when the main process throws', async () => {
    const child = spawn(executable, [`${fixture.folder}/absent.cjs`], { env: environment(fixture) });
    const errors = text(child.stderr);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await errors).toContain('absent.cjs');
  });
});

describe('ending', () => {
  it('asks the page and the app before it quits', async () => {
    const { app, page } = await start();
    await page.evaluate(() => window.addEventListener('beforeunload', (event) => event.preventDefault()));
    await app.evaluate(({ app, BrowserWindow }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      app.on('before-quit', () => asked.push('before-quit'));
      const [window] = BrowserWindow.getAllWindows();
      window!.on('close', () => asked.push('close'));
      window!.webContents.on('will-prevent-unload', () => asked.push('will-prevent-unload'));
      app.quit();
    });
    const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    await expect.poll(asked, { timeout: 20_000 }).toEqual(['before-quit', 'close', 'will-prevent-unload']);
    expect(await page.evaluate(() => document.title)).toBe('Fixture');

    const exit = once(app.process(), 'exit');
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window!.webContents.on('will-prevent-unload', (event) => event.preventDefault());
      window!.close();
    });
    // The last window has closed, and the fixture quits then.
    expect(await exit).toEqual([0, null]);
  });

  it('leaves no browser behind when the process group is killed', async () => {
    const { app } = await start();
    expect(processesNaming(fixture.folder).length).toBeGreaterThan(1);
    process.kill(-app.process().pid!, 'SIGKILL');
    await nothingIsLeft();
  });

  it('leaves no browser behind when the stand-in alone is killed', async () => {
    const { app } = await start();
    process.kill(app.process().pid!, 'SIGKILL');
    await nothingIsLeft();
  });

  it('quits in good order on SIGTERM', async () => {
    const { app } = await start();
    const exit = once(app.process(), 'exit');
    app.process().kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('ends, the browser too, when whoever started it is killed', async () => {
    const launcher = spawn(
      process.execPath,
      [
        '-e',
        `const { spawn } = require('node:child_process');
         const child = spawn(process.argv[1], [process.argv[2]], { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
         child.stderr.on('data', (text) => process.stdout.write(text));`,
        executable,
        fixture.folder,
      ],
      { env: environment(fixture) },
    );
    started.push(launcher);
    let said = '';
    launcher.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 30_000 }).toContain('DevTools listening on ws://');
    launcher.kill('SIGKILL');
    await nothingIsLeft();
  });
});
