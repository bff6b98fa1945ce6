/** What goes wrong around an audit: two windows at once, a disk that is pulled, deliveries that arrive broken. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { AuditDesk, shownCellOrder, shownOrder } from '../support/e2e/auditDesk.ts';
import { cutPoints, resaveOnWindows, spoilPoints } from '../support/e2e/damage.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import {
  drawnSample,
  onlyAudit,
  readJournal,
  standingCells,
  standingVerdicts,
} from '../support/e2e/record.ts';
import { inspectEverything, inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

/** An audit of the usual delivery with a handful of units, at its first one. */
async function beginAudit(page: Page, served: Served): Promise<AuditDesk> {
  const { path: delivery } = await usualDelivery();
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(delivery);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  return desk;
}

test('a second window may look and not write, until the first is closed', async ({
  page,
  served,
  context,
}) => {
  const first = await beginAudit(page, served);
  const folder = onlyAudit(served.home);
  const units = shownOrder(drawnSample(folder).labels.units);
  await first.judge(units, () => null, 1);
  await first.saved();

  const otherPage = await context.newPage();
  await served.watch(otherPage);
  const second = new AuditDesk(otherPage);
  await otherPage.goto(page.url());
  await second.reviewReady();
  await expect(second.at('read-only-banner')).toBeVisible();
  await expect(second.at('saved-state')).toHaveAttribute('data-status', 'read-only');
  const before = readJournal(folder).length;
  await otherPage.keyboard.press('Enter');
  await otherPage.keyboard.press('1');
  await expect(second.at('accept')).toBeDisabled();
  await first.judge(units, () => null, 1);
  await first.saved();
  expect(readJournal(folder)).toHaveLength(before + 1);

  await page.close();
  await otherPage.getByRole('button', { name: 'Try again to write' }).click();
  await expect(second.at('read-only-banner')).toHaveCount(0);
  // It still looks at what the other window has judged meanwhile; Enter goes on from there.
  await expect(second.at('unit-state')).toHaveAttribute('data-mark', 'accept');
  await otherPage.keyboard.press('Enter');
  await second.inFront(2, units.length);
  await second.judge(units, () => null, 1);
  await second.saved();
  expect(standingVerdicts(folder).size).toBe(3);
});

test('a wrong label found while the server is gone: its picture follows when it is back', async ({
  page,
  served,
}) => {
  const desk = await beginAudit(page, served);
  const folder = onlyAudit(served.home);
  const units = shownOrder(drawnSample(folder).labels.units);
  await desk.judge(units, () => null, 1);
  await desk.saved();
  served.expectProblem(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch/);
  await served.kill();
  await desk.judge(units, () => '4', 1);
  await expect(desk.at('unsaved-banner')).toBeVisible();
  await desk.inFront(2, units.length);
  expect(standingVerdicts(folder).size).toBe(1);

  await page.goto(await served.start());
  await desk.goToScreen('review', path.basename(folder));
  await desk.reviewReady();
  await desk.saved();
  const given = standingVerdicts(folder).get(units[1]!.id);
  expect(given?.verdict).toBe('reject');
  const hash = given?.evidence?.picture ?? 'no picture';
  const picture = path.join(folder, 'pictures', `${hash}.png`);
  await expect.poll(() => existsSync(picture)).toBe(true);
  expect(createHash('sha256').update(readFileSync(picture)).digest('hex')).toBe(hash);
});

test('a delivery behind a link is opened once and audited like any other', async ({ page, served }) => {
  const link = path.join(served.folder, 'link to the batch');
  symlinkSync((await usualDelivery()).path, link);
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  let openings = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/call/deliveries.open')) openings++;
  });
  await desk.open(link);
  // An opening that is not taken for the one that was asked for is followed by the next at once.
  await page.waitForTimeout(1000);
  expect(openings).toBe(1);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  expect(drawnSample(onlyAudit(served.home)).labels.units.length).toBeGreaterThan(0);
  // The desk fetches ahead; it must not meet the end of the server.
  await page.close();
});

test('a disk pulled in the middle: the verdict stays on screen and goes on in another folder', async ({
  page,
  served,
}) => {
  const desk = await beginAudit(page, served);
  const folder = onlyAudit(served.home);
  const units = shownOrder(drawnSample(folder).labels.units);
  await desk.judge(units, () => null, 1);
  await desk.saved();
  const pulled = path.join(served.folder, 'pulled');
  renameSync(folder, pulled);

  await desk.judge(units, () => '4', 1);
  await expect(desk.at('unsaved-banner')).toBeVisible({ timeout: 5_000 });
  await expect(desk.at('saved-state')).toHaveAttribute('data-status', 'unsaved');
  await expect(desk.at('strip').getByRole('button').nth(1)).toHaveAttribute('data-mark', 'reject');
  expect(standingVerdicts(pulled).size).toBe(1);
  // The disk is gone, the work is not over.
  await desk.judge(units, () => null, 1);

  const stick = path.join(served.folder, 'stick');
  mkdirSync(stick);
  await page.getByRole('button', { name: 'Go on in another folder' }).click();
  await desk.at('folder-path').fill(stick);
  await desk.at('folder-choose').click();
  await desk.saved();
  const moved = path.join(stick, path.basename(folder));
  expect([...standingVerdicts(moved).values()].map(({ verdict }) => verdict)).toEqual([
    'accept',
    'reject',
    'accept',
  ]);

  await served.kill();
  served.expectProblem(/ERR_CONNECTION_REFUSED/);
  const hash = new URL(page.url()).hash;
  await page.goto(await served.start());
  await desk.goTo(hash);
  await desk.reviewReady();
  await desk.inFront(3, units.length);
  await desk.judge(units, () => null, 1);
  await desk.saved();
  expect(standingVerdicts(moved).size).toBe(4);
});

test('a broken delivery: each fault is named with its file, the rest is judged', async ({ page, served }) => {
  const delivery = path.join(served.folder, '交付 第1批 #2 %20', 'a b');
  cpSync((await usualDelivery()).path, delivery, { recursive: true });
  const sensors = path.join(delivery, 'sensors/scene-0001');
  cutPoints(path.join(sensors, 'LIDAR_TOP/000000.pcd'), 0.5);
  spoilPoints(path.join(sensors, 'LIDAR_TOP/000001.pcd'), 20);
  writeFileSync(path.join(sensors, 'LIDAR_TOP/000002.pcd'), 'not a cloud at all');
  rmSync(path.join(sensors, 'CAM_FRONT/000003.jpg'));
  resaveOnWindows(path.join(delivery, 'labels/scene-0001.json'));

  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(delivery);
  const problems = desk.at('problems-table');
  await expect(problems).toContainText('Frame');
  await expect(problems.getByRole('row').filter({ hasText: 'CAM_FRONT' })).toContainText(
    'no image of CAM_FRONT',
  );
  await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(9)) });
  await desk.freezePlan();

  const folder = onlyAudit(served.home);
  const sample = drawnSample(folder);
  const units = shownOrder(sample.labels.units);
  const blind = units.filter(({ isInspectable }) => !isInspectable);
  expect(blind.length).toBeGreaterThan(0);
  expect(new Set(blind.map(({ frame }) => frame)).size).toBe(1);
  for (const [at, unit] of units.entries()) {
    await desk.inFront(at, units.length);
    await expect(desk.at('accept')).toContainText(unit.isInspectable ? 'Accept' : 'Uninspectable');
    await page.keyboard.press('Enter');
  }
  await desk.at('all-judged').waitFor();
  await desk.saved();
  const verdicts = standingVerdicts(folder);
  expect(verdicts.size).toBe(units.length);
  for (const unit of units) {
    const expected = unit.isInspectable ? 'accept' : 'uninspectable';
    expect([unit.id, verdicts.get(unit.id)!.verdict]).toEqual([unit.id, expected]);
  }

  const cells = shownCellOrder(sample.cells.units);
  await page.keyboard.press('Alt+5');
  await desk.search(cells, async () => undefined);
  await desk.saved();
  const unseen = cells.filter(({ isInspectable }) => !isInspectable);
  expect(unseen.length).toBeGreaterThan(0);
  for (const { id } of unseen) expect(standingCells(folder).get(id)!.verdict).toBe('uninspectable');

  // Good and bad are both possible for what cannot be seen, so nothing may be signed without a second look.
  await page.keyboard.press('Alt+6');
  await expect(desk.at('decision')).toHaveAttribute('data-outcome', 'undecidable');
  await expect(desk.at('open-units').getByRole('row')).toHaveCount(1 + blind.length + unseen.length);
  await expect(desk.at('sign')).toBeDisabled();
});

test('a folder of no known format says what was looked for', async ({ page, served }) => {
  const folder = path.join(served.folder, 'holiday');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'notes.txt'), 'nothing to audit');
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.goTo(`#/delivery/${encodeURIComponent(folder)}/intake`);
  const words = page.locator('main');
  await expect(words).toContainText('Looked for');
  for (const format of ['KITTI', 'SUSTech', 'OpenLABEL', 'PCD']) {
    await expect(words).toContainText(new RegExp(format, 'i'));
  }
});
