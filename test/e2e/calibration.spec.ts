/** The calibration screen: reached by a key, measured, tried by keys, and nothing of it kept. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { namelessControls } from '../support/e2e/accessibility.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery, usualDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

async function openCalibration(page: Page, served: Served, delivery: string): Promise<AuditDesk> {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(delivery);
  await page.keyboard.press('Shift+C');
  await desk.at('calibration-verdict').waitFor();
  return desk;
}

/** Until the scene is measured and the pictures are there. */
async function measured(desk: AuditDesk): Promise<void> {
  await expect(
    desk.at('try-fit').or(desk.at('calibration-verdict').getByText('px (median)')).first(),
  ).toBeVisible({
    timeout: 30_000,
  });
  await expect(desk.at('edge-part').getByText(/Score over what is tried/)).toBeVisible({ timeout: 60_000 });
}

/** Pixels apart in the shown frame, as tried. */
async function apart(desk: AuditDesk): Promise<number> {
  const text = (await desk.at('this-frame').textContent()) ?? '';
  return Number(/([\d.]+) px apart/.exec(text)?.[1] ?? Number.NaN);
}

function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex');
}

test('every camera is compared, and trying out moves what is drawn but nothing that is kept', async ({
  page,
  served,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { path: delivery } = await usualDelivery();
  const before = digest(delivery);
  const desk = await openCalibration(page, served, delivery);
  await measured(desk);
  await expect(desk.at('camera-table').getByRole('row')).toHaveCount(3);
  await expect(desk.at('calibration-frame')).toContainText('Frame 1 of 4');
  expect(await namelessControls(page)).toEqual([]);

  const still = await apart(desk);
  expect(still).toBeLessThan(6);
  for (let step = 0; step < 10; step++) await page.keyboard.press('d');
  // One degree at a focal length of some 350 pixels.
  await expect.poll(() => apart(desk)).toBeGreaterThan(still + 2);
  await page.keyboard.press('r');
  await expect.poll(() => apart(desk)).toBe(still);

  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(desk.at('time-offset')).toHaveValue('10');
  await page.keyboard.press('i');
  await expect(desk.at('inverse')).toBeChecked();
  await expect(desk.at('this-frame')).not.toContainText('IoU 0.9');
  await page.keyboard.press('y');
  await expect(page.getByText('Copied.')).toBeVisible();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as Record<
    string,
    unknown
  >;
  expect(copied).toMatchObject({ camera: 'CAM_FRONT', pictureLaterMs: 10, extrinsicInverted: true });

  await page.keyboard.press('r');
  await page.keyboard.press('.');
  await expect(desk.at('camera-CAM_FRONT_LEFT')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('x');
  await expect(desk.at('camera-CAM_FRONT')).toHaveCount(0);
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowRight');
  await expect(desk.at('calibration-frame')).toContainText('Frame 2 of 4');
  await page.keyboard.press('Escape');
  await desk.at('start-audit').waitFor();
  expect(digest(delivery)).toBe(before);
});

test('review leads to the frame under judgement and back', async ({ page, served }) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open((await usualDelivery()).path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  const units = shownOrder(drawnSample(onlyAudit(served.home)).labels.units);
  const other = units.findIndex(({ frame }) => frame !== units[0]!.frame);
  for (let step = 0; step < other; step++) await page.keyboard.press('j');
  await desk.inFront(other, units.length);
  await page.keyboard.press('Shift+C');
  const number = Number(/(\d+)$/.exec(units[other]!.frame)![1]) + 1;
  await expect(desk.at('calibration-frame')).toContainText(`Frame ${number} of`);
  await page.keyboard.press('Escape');
  await desk.inFront(other, units.length);
});

test('a camera that fires apart from the sweep is told from wrong labels, and what fits can be tried', async ({
  page,
  served,
}) => {
  test.setTimeout(120_000);
  // The made rig's second camera fires 11 ms before the sweep, and no reader moves the points for it.
  const { path: delivery } = await makeDelivery(path.join(served.folder, 'made'), {
    frames: 12,
    cameras: 2,
    seed: 3,
    defects: 0,
  });
  const desk = await openCalibration(page, served, delivery);
  await measured(desk);
  await page.keyboard.press('.');
  const verdict = desk.at('calibration-verdict');
  await expect(verdict).toHaveAttribute('data-suspicion', /^(motion-compensation|sync)$/, {
    timeout: 60_000,
  });
  await expect(verdict).toContainText(/the delivery states \u221211 ms/);
  const before = await apart(desk);
  await page.keyboard.press('f');
  const tried = Number(await desk.at('time-offset').inputValue());
  expect(tried).toBeLessThan(-5);
  expect(tried).toBeGreaterThan(-18);
  await expect.poll(() => apart(desk)).toBeLessThan(before);
});
