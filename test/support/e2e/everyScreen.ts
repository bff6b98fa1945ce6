/** A walk through every screen of the product, each with something to say. */
import type { Page } from '@playwright/test';
import type { Served } from '../servedFixture.ts';
import { AuditDesk, shownCellOrder, shownOrder } from './auditDesk.ts';
import { usualDelivery } from './madeDelivery.ts';
import { drawnSample, onlyAudit } from './record.ts';
import { inspectFew, writeSpec } from './specFile.ts';

const auditScreens = [
  'intake',
  'plan',
  'review',
  'search',
  'disposition',
  'rework',
  'calibration',
  'look',
  'checks',
  'adjudicate',
] as const;

/** An audit whose sample is judged and signed, with one finding, so that every screen has something to say. */
export async function signedAudit(page: Page, served: Served): Promise<AuditDesk> {
  const desk = await begin(page, served);
  const sample = drawnSample(onlyAudit(served.home));
  const units = shownOrder(sample.labels.units);
  await desk.judge(units, ({ id }) => (id === units[0]!.id ? '4' : null));
  await page.keyboard.press('Alt+5');
  await desk.search(shownCellOrder(sample.cells.units), async () => undefined);
  await page.keyboard.press('Alt+6');
  await desk.sign();
  return desk;
}

export async function begin(page: Page, served: Served): Promise<AuditDesk> {
  const { path: delivery } = await usualDelivery();
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(delivery);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  return desk;
}

/** Visits every screen of the product and calls back when it has come to rest. */
export async function everyScreen(desk: AuditDesk, visit: (screen: string) => Promise<void>): Promise<void> {
  const { page } = desk;
  const audit = desk.auditId();
  const { path: delivery } = await usualDelivery();
  const go = async (hash: string, sign: string): Promise<void> => {
    await desk.goTo(hash);
    await page.locator(sign).first().waitFor();
  };
  const signs = {
    intake: '[data-testid=class-histogram]',
    plan: '[data-testid=plan-table]',
    review: '[data-testid=facts]',
    search: '[data-testid=facts]',
    disposition: '[data-testid=decision]',
    rework: '[data-testid=findings-table]',
    calibration: '[data-testid=calibration-verdict]',
    look: '[data-testid=frame-facts]',
    checks: '[data-testid=check-list]',
    adjudicate: '[data-testid=how-it-comes]',
  } as const;
  for (const screen of auditScreens) {
    await go(`#/audit/${audit}/${screen}`, signs[screen]);
    if (screen === 'review' || screen === 'search') await desk.shown();
    await visit(screen);
  }
  await go('#/deliveries', '[data-testid=deliveries-table]');
  await visit('deliveries');
  await go(`#/delivery/${encodeURIComponent(delivery)}/intake`, '[data-testid=start-audit]');
  await visit('new intake');
  await go(`#/delivery/${encodeURIComponent(delivery)}/mapping`, '[data-testid=mapping-desk]');
  await visit('mapping');
  await go('#/switching', '[data-testid=timeline]');
  await visit('switching');
  await go('#/settings', '[data-testid=language]');
  await visit('settings');
  await go(`#/audit/${audit}/review`, signs.review);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await visit('keys');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await visit('palette');
  await page.keyboard.press('Escape');
}
