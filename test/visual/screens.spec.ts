/**
 * Pictures of the screens on a made delivery, held against kept ones: what the eye would notice and no assertion
 * names. Words that carry a time, an id or a path are covered, since they differ from run to run.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { AuditDesk, shownCellOrder, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery, usualDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

const looks = [
  { name: 'en-dark', locale: 'en-GB', colorScheme: 'dark' },
  { name: 'zh-light', locale: 'zh-CN', colorScheme: 'light' },
] as const;

test.beforeAll(() => {
  if (process.platform !== 'linux') return;
  const fonts = spawnSync('fc-list', [':charset=6279 8f66 6807', 'family'], { encoding: 'utf8' });
  const hasFont = fonts.status === 0 && fonts.stdout.trim() !== '';
  expect(hasFont, 'no font on this machine has Chinese characters: install one, or pictures show boxes').toBe(
    true,
  );
});

/** The smallest window that has to do, an office screen, and a large one. */
const sizes = [
  { width: 1280, height: 800, suffix: '' },
  { width: 1920, height: 1080, suffix: '-1920' },
  { width: 2560, height: 1440, suffix: '-2560' },
] as const;

/** Everything that was asked for stands on screen: the views, their pictures, and those of the track. */
async function settled(page: Page): Promise<void> {
  const late = [
    '[data-testid^="picture-"][data-status="loading"]',
    '[data-testid=track-pictures] [data-frame]:not([data-state=outside]) canvas:not([data-made=all])',
    '[data-testid=bulk-tile] canvas:not([data-made=all])',
  ];
  await expect(page.locator(late.join(', '))).toHaveCount(0);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** The same screen in every size, and back in the first. */
async function compareSizes(page: Page, name: string, covered: readonly string[]): Promise<void> {
  for (const { width, height, suffix } of sizes) {
    await page.setViewportSize({ width, height });
    // Panels, canvas and small pictures follow the window one after the other.
    await page.waitForTimeout(600);
    await settled(page);
    await compare(page, `${name}${suffix}`, covered);
  }
  await page.setViewportSize({ width: sizes[0].width, height: sizes[0].height });
  await page.waitForTimeout(600);
  await settled(page);
}

/** The draw takes its seed from the machine: only what every draw shows alike is compared. */
async function compare(page: Page, name: string, covered: readonly string[]): Promise<void> {
  await expect(page).toHaveScreenshot(`${name}.png`, {
    mask: covered.map((selector) => page.locator(selector)),
    maskColor: '#808080',
  });
}

// Long and each for itself: whichever browser is free takes the next.
test.describe.configure({ mode: 'parallel' });

for (const { name, locale, colorScheme } of looks) {
  test.describe(name, () => {
    test.use({ locale, colorScheme });

    test('deliveries, intake and plan', async ({ served, page }) => {
      const url = await served.start();
      await served.watch(page);
      await page.goto(url);
      const desk = new AuditDesk(page);
      await desk.at('open-sample').first().waitFor();
      await compare(page, `deliveries-empty-${name}`, []);

      const delivery = path.join(served.folder, 'made');
      await makeDelivery(delivery);
      await desk.open(delivery);
      await compare(page, `intake-${name}`, ['h1', 'input[type=date]']);

      await page.keyboard.press('Shift+F');
      await expect(page.locator('[data-testid^="picture-look"][data-status="ready"]').first()).toBeVisible();
      await expect(desk.at('frame-facts')).not.toContainText('…');
      await compare(page, `look-${name}`, []);
      await page.keyboard.press('Escape');
      await desk.at('start-audit').waitFor();

      await desk.startAudit();
      await expect(desk.at('plan-table')).toBeVisible();
      await expect(desk.at('freeze-plan')).toBeEnabled();
      await compare(page, `plan-${name}`, ['[data-testid=saved-state]']);
    });

    test('review and disposition', async ({ served, page }) => {
      await served.watch(page);
      const desk = new AuditDesk(page);
      await page.goto(await served.start());
      await desk.open((await usualDelivery()).path);
      // The whole lot is the sample, so every draw shows it in the same order.
      await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(12)) });
      await desk.freezePlan();
      const audit = desk.auditId();
      const saved = '[data-testid=saved-state]';
      await compareSizes(page, `review-${name}`, [saved]);
      await page.keyboard.press('Shift+W');
      await page.getByRole('dialog').waitFor();
      await compareSizes(page, `view-options-${name}`, [saved]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('i');
      await desk.at('bulk-tile').first().waitFor();
      await compareSizes(page, `similar-${name}`, [saved]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Shift+J');
      await desk.at('how-it-comes').waitFor();
      await compareSizes(page, `adjudicate-${name}`, [saved]);
      await desk.goTo('#/settings');
      await desk.at('theme').waitFor();
      await compareSizes(page, `settings-${name}`, [saved, 'code', '[data-testid=profile]']);
      await desk.goToScreen('review', audit);
      await desk.reviewReady();

      const sample = drawnSample(onlyAudit(served.home));
      const units = shownOrder(sample.labels.units);
      await desk.judge(units, ({ id }) => (id === units[0]!.id ? '4' : null));
      await desk.saved();
      await page.keyboard.press('Alt+5');
      await desk.search(shownCellOrder(sample.cells.units), async () => undefined);
      await desk.saved();
      await page.keyboard.press('Alt+6');
      await desk.at('sign').waitFor();
      await compare(page, `disposition-${name}`, ['[data-testid=saved-state]']);
    });
  });
}
