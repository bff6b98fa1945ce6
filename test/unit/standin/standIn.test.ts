/** One launched fixture app: everything the stand-in offers to a running app. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureApp, type Launched, launch, writeFixtureApp } from './fixtureApp.ts';

let fixture: FixtureApp;
let launched: Launched;

beforeAll(async () => {
  fixture = writeFixtureApp();
  launched = await launch(fixture);
});

afterAll(async () => {
  await launched.app.close();
  fixture.remove();
});

/** Retries until the value is the expected one; for what crosses from one process to another. */
const soon = { timeout: 20_000, interval: 50 };

describe('the window', () => {
  it('shows the custom scheme as a secure origin of its own and tells the app its own address', async () => {
    const { app, page } = launched;
    expect(page.url()).toBe('http://assay.app.localhost/');
    expect(await page.evaluate(() => [isSecureContext, location.origin, document.title])).toEqual([
      true,
      'http://assay.app.localhost',
      'Fixture',
    ]);
    const window = await app.browserWindow(page);
    expect(await window.evaluate((it) => it.webContents.getURL())).toBe('app://assay/');
    await expect
      .poll(() => window.evaluate((it) => [it.isVisible(), it.getTitle()]), soon)
      .toEqual([true, 'Fixture']);
  });

  it('gives the page the whole size of the window, through every state', async () => {
    const { app, page } = launched;
    const window = await app.browserWindow(page);
    const pageSize = () => page.evaluate(() => [innerWidth, innerHeight]);
    await expect.poll(pageSize, soon).toEqual([1280, 800]);

    const events = await window.evaluateHandle((it) => {
      const list: string[] = [];
      it.on('resize', () => list.push('resize'));
      it.on('move', () => list.push('move'));
      it.on('maximize', () => list.push('maximize'));
      return list;
    });
    await window.evaluate((it) => it.setBounds({ x: 10, y: 20, width: 1100, height: 700 }));
    await expect.poll(pageSize, soon).toEqual([1100, 700]);
    await window.evaluate((it) => it.maximize());
    await expect.poll(pageSize, soon).toEqual([1920, 1080]);
    expect(await window.evaluate((it) => [it.isMaximized(), it.getNormalBounds(), it.getBounds()])).toEqual([
      true,
      { x: 10, y: 20, width: 1100, height: 700 },
      { x: 0, y: 0, width: 1920, height: 1080 },
    ]);
    await window.evaluate((it) => it.unmaximize());
    await expect.poll(pageSize, soon).toEqual([1100, 700]);
    await expect
      .poll(() => events.jsonValue(), soon)
      .toEqual(['resize', 'move', 'maximize', 'resize', 'resize']);
    expect(
      await window.evaluate((it) => {
        it.minimize();
        const wasMinimized = it.isMinimized();
        it.restore();
        return [wasMinimized, it.isMinimized()];
      }),
    ).toEqual([true, false]);
    await window.evaluate((it) => it.setSize(1280, 800));
    await expect.poll(pageSize, soon).toEqual([1280, 800]);
  });

  it('follows the theme that the app chooses', async () => {
    const { app, page } = launched;
    const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    const choose = (source: 'dark' | 'system') =>
      app.evaluate(async ({ nativeTheme }, value) => {
        const updated = new Promise<void>((resolve) => nativeTheme.once('updated', () => resolve()));
        nativeTheme.themeSource = value;
        await updated;
        return nativeTheme.shouldUseDarkColors;
      }, source);
    expect(await choose('dark')).toBe(true);
    await expect.poll(isDark, soon).toBe(true);
    expect(await choose('system')).toBe(false);
    await expect.poll(isDark, soon).toBe(false);
  });

  it('prints a file to PDF in a window nobody sees, with its scripts switched off', async () => {
    const { app } = launched;
    const file = path.join(fixture.folder, 'report.html');
    writeFileSync(file, '<title>still</title><p>text</p><script>document.title = "ran"</script>');
    const printed = await app.evaluate(async ({ BrowserWindow }, report) => {
      const hidden = new BrowserWindow({ show: false, webPreferences: { javascript: false } });
      await hidden.loadFile(report);
      const pdf = await hidden.webContents.printToPDF({ pageSize: 'A4', printBackground: true });
      const title = await hidden.webContents.executeJavaScript('document.title');
      const facts = [pdf.subarray(0, 5).toString(), title, hidden.isVisible(), hidden.isFocused()];
      hidden.destroy();
      return facts;
    }, file);
    expect(printed).toEqual(['%PDF-', 'still', false, false]);
    await expect.poll(() => app.windows().length, soon).toBe(1);
  });
});

describe('the custom scheme', () => {
  it('passes method, body and translated addresses to the handler', async () => {
    const echo = await launched.page.evaluate(async () =>
      (await fetch('./echo?x=1', { method: 'POST', body: 'hello' })).json(),
    );
    expect(echo).toEqual({
      url: 'app://assay/echo?x=1',
      method: 'POST',
      origin: 'app://assay',
      referer: 'app://assay/',
      body: 'hello',
    });
  });

  it('passes ranges and answers with part of the bytes', async () => {
    const part = await launched.page.evaluate(async () => {
      const response = await fetch('./bytes', { headers: { range: 'bytes=250-252' } });
      return [
        response.status,
        response.headers.get('content-range'),
        [...new Uint8Array(await response.arrayBuffer())],
      ];
    });
    expect(part).toEqual([206, 'bytes 250-252/1000', [250, 0, 1]]);
  });

  it('streams: the first bytes arrive while the handler is still writing', async () => {
    const { app, page } = launched;
    const reader = await page.evaluateHandle(async () => (await fetch('./slow')).body!.getReader());
    const read = () =>
      reader.evaluate(async (it) => {
        const { done, value } = await it.read();
        return done ? 'end' : new TextDecoder().decode(value);
      });
    expect(await read()).toBe('first');
    await app.evaluate(() => {
      slow.enqueue(new TextEncoder().encode('second'));
      slow.close();
    });
    expect(await read()).toBe('second');
    expect(await read()).toBe('end');
  });

  it('tells the handler when the page has lost interest', async () => {
    const { app, page } = launched;
    await page.evaluate(async () => {
      const reader = (await fetch('./slow')).body!.getReader();
      await reader.read();
      await reader.cancel();
      const abort = new AbortController();
      const hanging = fetch('./hang', { signal: abort.signal }).catch(() => undefined);
      setTimeout(() => abort.abort(), 200);
      await hanging;
    });
    await expect
      .poll(() => app.evaluate(() => [globalThis.slowCancelled, globalThis.hangAborted]), soon)
      .toEqual([true, true]);
  });

  it('knows empty answers, and makes a network error of a handler that throws', async () => {
    const answers = await launched.page.evaluate(async () => [
      (await fetch('./empty')).status,
      (await fetch('./nothing')).status,
      await fetch('./throw').catch((error: Error) => error.name),
    ]);
    expect(answers).toEqual([204, 404, 'TypeError']);
  });
});

describe('the preload', () => {
  it('runs before the page, in a world of its own, and exposes frozen members only', async () => {
    const facts = await launched.page.evaluate(() => ({
      before: window.bridgeSeenByPage,
      frozen: [Object.isFrozen(window.fixture), Object.isFrozen(window.fixture.nested)],
      leaks: ['require', 'process', 'ipcRenderer', 'dropped', 'standInPost', 'standInReceive'].filter(
        (name) => name in window,
      ),
      sum: window.fixture.nested.add(2, 3),
      missing: window.fixture.missing,
      hasVersions: [typeof window.fixture.versions.electron, typeof window.fixture.versions.node],
    }));
    expect(facts).toEqual({
      before: 'object',
      frozen: [true, true],
      leaks: [],
      sum: 5,
      missing: 'not implemented by the stand-in: ipcRenderer.sendSync',
      hasVersions: ['string', 'string'],
    });
  });

  it('carries errors across, thrown and rejected', async () => {
    const messages = await launched.page.evaluate(async () => {
      const messageOf = async (run: () => unknown) => {
        try {
          return String(await run());
        } catch (error) {
          return (error as Error).message;
        }
      };
      const { fixture } = window;
      return Promise.all([
        messageOf(() => fixture.refuse()),
        messageOf(() => fixture.fail()),
        messageOf(() => fixture.unknown()),
        messageOf(() => fixture.uncloneable()),
        messageOf(() => fixture.echo(window)),
      ]);
    });
    expect(messages).toEqual([
      'refused in the preload',
      "Error invoking remote method 'fail': TypeError: no such delivery",
      "Error invoking remote method 'nobody listens': Error: No handler registered for 'nobody listens'",
      "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
      'An object could not be cloned.',
    ]);
  });

  it('carries values to the main process and back as the structured clone would', async () => {
    const kinds = await launched.page.evaluate(async () => {
      const sent = {
        date: new Date(5),
        map: new Map([[1, new Set(['a'])]]),
        bytes: new Float32Array([1.5]),
        big: 5n,
      };
      const { value, url } = await window.fixture.echo({
        ...sent,
        text: '长度',
        nothing: undefined,
        nan: Number.NaN,
      });
      const got = value as typeof sent & { text: string; nothing: undefined; nan: number };
      return [
        url,
        got.date.getTime(),
        got.map.get(1)?.has('a'),
        got.bytes instanceof Float32Array && got.bytes[0],
        got.big === 5n,
        got.text,
        'nothing' in got && got.nothing === undefined,
        got.nan,
      ];
    });
    expect(kinds).toEqual(['app://assay/', 5, true, 1.5, true, '长度', true, Number.NaN]);
  });

  it('passes listeners in and their removal out', async () => {
    const { app, page } = launched;
    await page.evaluate(() => {
      const heard: unknown[] = [];
      const stop = window.fixture.subscribe('noted', (text) => heard.push(text));
      Object.assign(window, { heard, stop });
      window.fixture.note('hello');
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    await expect.poll(heard, soon).toEqual(['HELLO']);
    await page.evaluate(() => (window as unknown as { stop(): void }).stop());
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.send('noted', 'late'),
    );
    await page.evaluate(() => window.fixture.echo(1));
    expect(await heard()).toEqual(['HELLO']);
  });

  it('knows the paths of what is dropped on the window, and of nothing a script made', async () => {
    const { page } = launched;
    const session = await page.context().newCDPSession(page);
    const files = [fixture.folder, `${fixture.folder}/main.mjs`];
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files, dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: 50, y: 50, data });
    }
    // The page halts while it learns the paths; a timer does not run before that is over.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await expect.poll(() => page.evaluate(() => window.fixture.dropped()), soon).toEqual(files);
    expect(await page.evaluate(() => window.fixture.pathOf(new File(['x'], 'made.txt')))).toBe('');
  });
});

describe('people and menus', () => {
  it('throws for a dialog until the test answers it', async () => {
    const { app, page } = launched;
    const choose = () => page.evaluate(() => window.fixture.choose().catch((error: Error) => error.message));
    expect(await choose()).toContain('not implemented by the stand-in: dialog.showOpenDialog');
    await app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/picked/here'] });
    });
    expect(await choose()).toEqual(['/picked/here']);
  });

  it('clicks menu items by id, in the window that has the focus', async () => {
    const { app, page } = launched;
    await page.evaluate(() => {
      window.fixture.subscribe('pushed', (id) => {
        document.title = String(id);
      });
    });
    const click = (id: string) =>
      app.evaluate(({ Menu }, wanted) => {
        const item = Menu.getApplicationMenu()!.getMenuItemById(wanted)!;
        try {
          item.click();
          return [item.label, item.accelerator, item.checked];
        } catch (error) {
          return (error as Error).message;
        }
      }, id);
    expect(await click('push')).toEqual(['Push', 'CmdOrCtrl+P', false]);
    await expect.poll(() => page.title(), soon).toBe('push');
    expect((await click('tick'))[2]).toBe(true);
    expect(await click('off')).toBe("the menu item 'off' is disabled");
    const edit = await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()!.items[1]!.submenu!.items.map(({ role, type }) => role ?? type),
    );
    expect(edit).toEqual([
      'undo',
      'redo',
      'separator',
      'cut',
      'copy',
      'paste',
      'delete',
      'separator',
      'selectAll',
    ]);
  });

  it('refuses an accelerator that no key could match', async () => {
    const message = await launched.app.evaluate(({ Menu }) => {
      try {
        Menu.buildFromTemplate([{ label: 'x', accelerator: 'CmdOrCtrl+Nonsense' }]);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe("'CmdOrCtrl+Nonsense' is not an accelerator");
  });
});

describe('guards', () => {
  it('lets the app refuse a navigation and a redirect away from its origin', async () => {
    const { app, page } = launched;
    await page.evaluate(() => {
      location.href = 'http://elsewhere.localhost/';
    });
    await expect
      .poll(() => app.evaluate(() => seen.navigations), soon)
      .toEqual([['http://elsewhere.localhost/', true]]);
    await page.evaluate(() => {
      location.href = './away';
    });
    await expect
      .poll(() => app.evaluate(() => seen.redirects), soon)
      .toEqual(['http://elsewhere.localhost/']);
    expect(await page.evaluate(() => location.href)).toBe('http://assay.app.localhost/');
  });

  it('lets the app refuse windows, by script and by link, before anything is requested', async () => {
    const { app, page } = launched;
    const opened = await page.evaluate(() => window.open('https://elsewhere.example/x', 'name', 'width=100'));
    expect(opened).toBeNull();
    await page.click('#blank');
    await expect
      .poll(() => app.evaluate(() => seen.windowsAsked.map(([url]) => url)), soon)
      .toEqual(['https://elsewhere.example/x', 'app://assay/other']);
    await expect.poll(() => app.windows().length, soon).toBe(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('asks the permission handlers and shows the page their answers', async () => {
    const { app, page } = launched;
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'clipboard-read'] as PermissionName[];
      const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      return answers.map(({ state }) => state);
    });
    expect(states).toEqual(['granted', 'denied', 'denied', 'denied']);
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    // The check handler alone stands before the request handler for all but the one it lets through.
    expect(await app.evaluate(() => seen.permissions.every(([name]) => name === 'geolocation'))).toBe(true);
  });
});

describe('gaps', () => {
  const gaps = [
    ['safeStorage', 'electron.safeStorage'],
    ['app.getGPUInfo', 'app.getGPUInfo'],
    ['app.setBadgeCount = 1', 'app.setBadgeCount = …'],
    ["app.on('gpu-process-crashed', () => {})", "app.on('gpu-process-crashed')"],
    ["app.getPath('crashDumps')", "app.getPath('crashDumps')"],
    ['BrowserWindow.fromBrowserView', 'BrowserWindow.fromBrowserView'],
    ['window.setKiosk', 'BrowserWindow.setKiosk'],
    ['window.webContents.openDevTools', 'webContents.openDevTools'],
    ["window.webContents.on('context-menu', () => {})", "webContents.on('context-menu')"],
    ['session.fromPartition', 'session.fromPartition'],
    ['session.defaultSession.webRequest', 'session.webRequest'],
    ['protocol.registerFileProtocol', 'protocol.registerFileProtocol'],
    ['new BrowserWindow({ frame: false })', "the window option 'frame'"],
    [
      'new BrowserWindow({ webPreferences: { nodeIntegration: true } })',
      "the web preference 'nodeIntegration' with the value true",
    ],
    ["Menu.buildFromTemplate([{ role: 'services' }])", "the menu role 'services'"],
    ["shell.showItemInFolder('/x')", 'shell.showItemInFolder, until the test replaces it'],
  ] as const;

  it.each(gaps)('%s throws', async (expression, named) => {
    const message = await launched.app.evaluate((electron, code) => {
      const body = `const { app, BrowserWindow, Menu, protocol, session, shell } = electron;
        const window = BrowserWindow.getAllWindows()[0]; ${code}`;
      try {
        new Function('electron', code === 'safeStorage' ? 'electron.safeStorage' : body)(electron);
        return 'nothing thrown';
      } catch (error) {
        return (error as Error).message;
      }
    }, expression);
    expect(message).toBe(`not implemented by the stand-in: ${named}`);
  });
});

describe('distress', () => {
  it('reports a renderer that crashed, and loads again', async () => {
    const { app } = launched;
    const reason = await app.evaluate(async ({ app, BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const gone = new Promise<string>((resolve) =>
        app.once('render-process-gone', (_event, _contents, details) => resolve(details.reason)),
      );
      webContents.forcefullyCrashRenderer();
      return gone;
    });
    expect(reason).toBe('crashed');
    const title = await app.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      await webContents.loadURL('app://assay/');
      return webContents.executeJavaScript('document.title');
    });
    expect(title).toBe('Fixture');
  });

  it('rejects a load that fails', async () => {
    const message = await launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!
        .webContents.loadURL('http://127.0.0.1:1/')
        .then(
          () => '',
          (error: Error) => error.message,
        ),
    );
    expect(message).toMatch(/^ERR_\w+ loading 'http:\/\/127\.0\.0\.1:1\/'$/);
  });
});
