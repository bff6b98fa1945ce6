/**
 * The standard views of one label, pane by pane, held against kept pictures. The tolerance is shown to be a strict one:
 * in the same run a view from the other side and a picture without its overlay lie far beyond it.
 */
import type { Page } from '@playwright/test';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { pixelDifference } from '../support/e2e/pixelDifference.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

/** Share of a pane's pixels that may differ. */
const tolerance = 0.004;
const panes = ['pane-top', 'pane-side', 'pane-end', 'pane-context', 'picture-main'] as const;

/** Two frames later everything that was asked for is painted. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

test('the views of a label look as they did, and would not pass turned or without what is drawn into them', async ({
  served,
  page,
}) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open((await usualDelivery()).path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(12)) });
  await desk.freezePlan();
  const units = shownOrder(drawnSample(onlyAudit(served.home)).labels.units);
  // The first of the order that a camera sees: the same one in every draw, since the whole lot is drawn.
  const main = desk.at('picture-main');
  for (let at = 1; at < units.length; at++) {
    await page.keyboard.press('j');
    await desk.inFront(at, units.length);
    await desk.shown();
    await expect(main).toHaveAttribute('data-status', /ready|none|failed/);
    if ((await main.getAttribute('data-status')) === 'ready') break;
  }
  await expect(main).toHaveAttribute('data-status', 'ready');
  await page.mouse.move(2, 2);
  await page.waitForTimeout(400);
  await painted(page);
  for (const pane of panes) {
    await expect(desk.at(pane)).toHaveScreenshot(`view-${pane}.png`, { maxDiffPixelRatio: tolerance });
  }

  const picture = await desk.at('picture-main').screenshot();
  await page.keyboard.down('o');
  await painted(page);
  const bare = await desk.at('picture-main').screenshot();
  await page.keyboard.up('o');
  expect(await pixelDifference(page, picture, bare)).toBeGreaterThan(2 * tolerance);

  for (const pane of ['pane-top', 'pane-side', 'pane-end'] as const) {
    const before = await desk.at(pane).screenshot();
    await page.keyboard.press('t');
    await painted(page);
    const turned = await desk.at(pane).screenshot();
    await page.keyboard.press('t');
    await painted(page);
    expect(await pixelDifference(page, before, turned), pane).toBeGreaterThan(2 * tolerance);
    expect(await pixelDifference(page, before, await desk.at(pane).screenshot()), pane).toBeLessThan(
      tolerance,
    );
  }
});
