/** A newcomer's first minutes: the offer, the tour with real keys on the sample delivery, leaving and coming back. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { entriesOf, onlyAudit, standingVerdicts } from '../support/e2e/record.ts';
import { expect, test } from '../support/servedFixture.ts';

const step = (page: Page, id: string) => page.locator(`[data-testid=tour][data-step=${id}]`);

test('the tour leads from the offer to three judged labels of the sample, by what is really done', async ({
  page,
  served,
}) => {
  // A smaller delivery of the same generator stands where the sample is kept: making the usual one takes a minute.
  const made = await usualDelivery();
  cpSync(made.path, path.join(served.home, 'sample-delivery'), { recursive: true });
  await served.watch(page);
  await page.goto(await served.start());
  const desk = new AuditDesk(page);
  await desk.at('tour-take').click();
  await expect(desk.at('tour-offer')).toBeHidden();

  await desk.at('tour-open').click();
  await step(page, 'name').waitFor({ timeout: 120_000 });
  await desk.at('profile-name').fill('Noor Haddad');
  await page.keyboard.press('Enter');
  await step(page, 'start').waitFor();
  await expect(desk.at('intake-vendor')).toHaveValue('Assay sample');
  await expect(desk.at('intake-batch')).toHaveValue('Tour');
  await page.keyboard.press('Control+Enter');
  await step(page, 'freeze').waitFor({ timeout: 60_000 });
  await desk.freezePlan();
  await step(page, 'look').waitFor();

  // The panel holds neither the focus nor the keys.
  expect(await page.evaluate(() => document.activeElement?.closest('[data-testid=tour]') === null)).toBe(
    true,
  );
  await page.keyboard.press('v');
  await step(page, 'accept').waitFor();
  await page.keyboard.press('Enter');
  await step(page, 'reject').waitFor();
  await desk.shown();
  await page.keyboard.press('4');
  await step(page, 'undo').waitFor();
  await page.keyboard.press('z');
  await step(page, 'judge').waitFor();

  // A reload in the middle goes on with the same step.
  await desk.saved();
  await page.waitForTimeout(500);
  await page.reload();
  await desk.reviewReady();
  await step(page, 'judge').waitFor();
  const { total } = await desk.place();
  while ((await step(page, 'done').count()) === 0) {
    const { at } = await desk.place();
    await desk.shown();
    await page.keyboard.press('Enter');
    await desk.inFront(at + 1, total);
  }
  await desk.at('tour-finish').click();
  await expect(desk.at('tour')).toBeHidden();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  await desk.saved();

  const folder = onlyAudit(served.home);
  expect(standingVerdicts(folder).size).toBe(3);
  expect(entriesOf(folder, 'audit.opened')[0]!.data.intake).toMatchObject({
    vendor: 'Assay sample',
    batch: 'Tour',
  });
  await desk.goTo('#/deliveries');
  await desk.at('deliveries-table').waitFor();
  await expect(desk.at('tour-offer')).toBeHidden();
});

test('the tour is declined once, left with Escape, and taken again from the list of actions', async ({
  page,
  served,
}) => {
  await served.watch(page);
  await page.goto(await served.start());
  const desk = new AuditDesk(page);
  await desk.at('tour-decline').click();
  await expect(desk.at('tour-offer')).toBeHidden();
  await page.waitForTimeout(500);
  await page.reload();
  await desk.at('open-sample').waitFor();
  await expect(desk.at('tour-offer')).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('tour');
  await page.keyboard.press('Enter');
  await step(page, 'open').waitFor();
  const panel = page.getByRole('dialog', { name: 'Open the sample delivery' });
  await expect(panel).toHaveAttribute('aria-modal', 'false');
  // The window's keys work beside it, and inside it Escape leaves as well.
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'All keys' }).waitFor();
  await page.keyboard.press('Escape');
  await expect(step(page, 'open')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.at('tour')).toBeHidden();
  await expect(page.getByText('The tour is left')).toBeVisible();
});
