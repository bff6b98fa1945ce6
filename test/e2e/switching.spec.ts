/** The switching ledger in a browser: a proposal confirmed and taken back, a plan that follows it, a lot that enters it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { breachesOf, namelessControls } from '../support/e2e/accessibility.ts';
import { AuditDesk, shownCellOrder, shownOrder } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { layLedger, madeLedger, madeLot } from '../support/ledgerFixture.ts';
import { expect, test } from '../support/servedFixture.ts';

const lin = { profile: 'p-lin', name: 'Lin Wei', role: 'lead' };

test('a person confirms what the score proposes, and the next plan is inspected as the ledger says', async ({
  page,
  served,
}) => {
  mkdirSync(served.home, { recursive: true });
  const settings = { profiles: [lin], profile: lin.profile, isTourDone: true };
  writeFileSync(path.join(served.home, 'settings.json'), JSON.stringify(settings));
  const ten = Array.from({ length: 10 }, (_, at) => madeLot({ audit: `m${at}`, defects: 1 }));
  layLedger(served.home, madeLedger(ten, 'Meridian', 'Highway'));
  // As the spec of the audit below inspects, so that it goes on with this sequence.
  const few = { aql: '6.5', level: 'S-3', codeLetter: 'B', acceptanceNumber: 0, rejectionNumber: 1 };
  const failed = ['n1', 'n2'].map((audit) => madeLot({ audit, defects: 9, plan: few }));
  layLedger(served.home, madeLedger(failed, 'Northlight', ''));

  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Alt+8');
  await expect(desk.at('ledger')).toHaveCount(2);
  const labels = page.locator('[data-series="labels/major"]');
  await expect(labels.getByRole('option')).toHaveCount(10);
  await expect(labels).toContainText('30 of 30');
  expect([...(await namelessControls(page)), ...(await breachesOf(page))]).toEqual([]);
  await desk.at('confirm-proposal').click();
  await expect(desk.at('reason-give')).toBeDisabled();
  await desk.at('reason').fill('steady since September, agreed with the client');
  await desk.at('reason-give').click();
  await expect(labels).toContainText('The next lot is inspected reduced.');
  await expect(desk.at('proposal')).toHaveCount(0);

  // A slip is a following entry, and nothing is lost.
  await page.reload();
  await expect(desk.at('entry-detail')).toContainText('steady since September');
  await desk.at('take-back').click();
  await desk.at('reason').fill('meant for the other project');
  await desk.at('reason-give').click();
  await expect(desk.at('proposal')).toBeVisible();
  await expect(desk.at('entry-detail')).toContainText('meant for the other project');
  await desk.at('timeline').focus();
  await page.keyboard.press('Home');
  await expect(desk.at('entry-detail')).toContainText('Batch m0');

  const { path: delivery } = await usualDelivery();
  await desk.open(delivery);
  await desk.at('intake-vendor').fill('northlight ');
  await desk.at('intake-batch').fill('Batch 0142');
  await page.locator('input[type=file]').setInputFiles(writeSpec(served.folder, inspectFew()));
  await expect(page.getByText('A handful')).toBeVisible();
  await desk.at('start-audit').click();
  await expect(desk.at('switching-notice')).toContainText('major, labels: tightened');
  await desk.at('apply-switching').click();
  await expect(desk.at('switching-notice')).toHaveCount(0);
  await desk.freezePlan();
  const sample = drawnSample(onlyAudit(served.home));
  expect(sample.labels.plans[0]!.inspection).toBe('tightened');
  await desk.judge(shownOrder(sample.labels.units), () => null);
  await page.keyboard.press('Alt+5');
  await desk.search(shownCellOrder(sample.cells.units), async () => undefined);
  await page.keyboard.press('Alt+6');
  await desk.sign();

  await page.keyboard.press('Alt+8');
  await desk.at('ledger').filter({ hasText: 'Northlight' }).click();
  await expect(labels.getByRole('option')).toHaveCount(3);
  await expect(labels.getByRole('option').last()).toHaveAccessibleName(
    /Batch 0142 · accepted · stays tightened/,
  );
});
