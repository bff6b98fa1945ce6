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

/** The draw takes its seed from the machine: only what every draw shows alike is compared. */
async function compare(page: Page, name: string, covered: readonly string[]): Promise<void> {
  await expect(page).toHaveScreenshot(`${name}.png`, {
    mask: covered.map((selector) => page.locator(selector)),
    maskColor: '#808080',
  });
}

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
      await compare(page, `review-${name}`, ['[data-testid=saved-state]']);

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
