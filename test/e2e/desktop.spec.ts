/**
 * What only the desktop app does: system dialogs, menu, dropped folders, window state, its guards, and coming back
 * after every process was ended at once. The rest of the product is tested in the browser, which runs the same code.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { expect, test } from '../support/electronFixture.ts';

let folder: string;
let delivery: string;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-desktop-'));
  delivery = path.join(folder, '批次 #7');
  await makeDelivery(delivery);
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a dropped delivery is audited, survives every process ending at once, and prints', async ({
  desktop,
}) => {
  await desktop.page.getByTestId('open-delivery').waitFor();
  await desktop.drop([delivery]);
  let desk = new AuditDesk(desktop.page);
  await desk.at('start-audit').waitFor({ timeout: 60_000 });
  await desk.startAudit();
  await desk.freezePlan();
  const audit = desk.auditId();
  const { total } = await desk.place();
  for (let at = 0; at < 3; at++) {
    await desk.inFront(at, total);
    await desk.shown();
    await desktop.page.keyboard.press('Enter');
  }
  await desk.inFront(3, total);
  await desk.saved();

  await desktop.kill();
  const journal = readFileSync(path.join(desktop.home, 'audits', audit, 'events.jsonl'), 'utf8');
  expect(journal.match(/"type":"verdict\.given"/g)).toHaveLength(3);

  await desktop.launch();
  desk = new AuditDesk(desktop.page);
  await desk.goToScreen('review', audit);
  await desk.inFront(3, total);
  expect(desktop.page.url()).not.toContain('http://127.0.0.1');

  await desk.goToScreen('disposition', audit);
  const written = await desktop.page.evaluate(async (id) => {
    const actor = { profile: 'p', name: 'Lin Wei', role: 'auditor' };
    const answer = await fetch('./call/audits.export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-assay-client': 'spec' },
      body: JSON.stringify({
        audit: id,
        actor,
        kind: 'pdf',
        folder: null,
        language: 'zh',
        withPictures: true,
      }),
    });
    const lines = (await answer.text()).trim().split('\n');
    return JSON.parse(lines.at(-1)!) as { result: { path: string; bytes: number } };
  }, audit);
  expect(statSync(written.result.path).size).toBe(written.result.bytes);
  expect(readFileSync(written.result.path).subarray(0, 5).toString()).toBe('%PDF-');
});

test('the menu opens a delivery through the system dialog, and then names it as recent', async ({
  desktop,
}) => {
  await desktop.page.getByTestId('open-delivery').waitFor();
  await desktop.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, delivery);
  await desktop.clickMenu('deliveries.open');
  await desktop.page.getByTestId('start-audit').waitFor({ timeout: 60_000 });

  await desktop.relaunch();
  await desktop.page.getByTestId('open-delivery').waitFor();
  await expect
    .poll(() =>
      desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('recent.0')?.label ?? ''),
    )
    .toContain(delivery);
  await desktop.clickMenu('recent.0');
  await desktop.page.getByTestId('start-audit').waitFor({ timeout: 60_000 });
});

test('a folder named on the command line opens at once', async ({ desktop }) => {
  await desktop.relaunch([delivery]);
  await desktop.page.getByTestId('start-audit').waitFor({ timeout: 60_000 });
});

test('the window opens again where it was closed', async ({ desktop }) => {
  const bounds = { x: 40, y: 30, width: 1280, height: 800 };
  await desktop.app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]!.setBounds(wanted);
  }, bounds);
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  await expect.poll(() => readState(desktop.userData)).toMatchObject({ ...bounds, isMaximized: false });
  await desktop.relaunch();
  const again = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.getBounds(),
  );
  expect(again).toEqual(bounds);
});

test('the page cannot leave its origin, open windows, or ask for anything', async ({ desktop }) => {
  const { page } = desktop;
  await page.getByTestId('open-delivery').waitFor();
  const origin = await page.evaluate(() => location.origin);
  const found = await page.evaluate(async () => ({
    opened: window.open('https://example.org/') === null,
    node: ['require', 'process', 'ipcRenderer'].filter((name) => name in window),
    bridge: Object.keys((window as { assayPush?: object }).assayPush ?? {}),
    camera: await navigator.permissions.query({ name: 'camera' as PermissionName }).then(
      ({ state }) => state,
      () => 'denied',
    ),
  }));
  expect(found).toEqual({ opened: true, node: [], bridge: ['subscribe'], camera: 'denied' });
  await page.evaluate(() => {
    location.href = 'https://example.org/';
  });
  await page.getByTestId('open-delivery').waitFor();
  expect(await page.evaluate(() => location.origin)).toBe(origin);
});

function readState(userData: string): unknown {
  try {
    return JSON.parse(readFileSync(path.join(userData, 'window.json'), 'utf8'));
  } catch {
    return null;
  }
}
