/** Two auditors who differ, in a browser: each under her own name, the lead between them, and the way back. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { foldAll } from '../../shared/audit/fold.ts';
import { breachesOf } from '../support/e2e/accessibility.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, entriesOf, onlyAudit, readJournal } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

/** Goes on under another name. */
async function signInAs(desk: AuditDesk, page: Page, name: string, role: string): Promise<void> {
  const audit = desk.auditId();
  await desk.goTo('#/settings');
  await page.getByRole('button', { name: 'New profile' }).click();
  await desk.at('profile-name').fill(name);
  await page.getByLabel('Role').selectOption(role);
  await desk.at('profile-add').click();
  await expect(desk.at('profile')).toContainText(name);
  await desk.goToScreen('review', audit);
  await desk.reviewReady();
}

test('what two auditors differ on is settled with one key, taken back with one, and told in the header', async ({
  page,
  served,
}) => {
  test.setTimeout(300_000);
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 3 });
  await page.goto(await served.start());
  await desk.open(made.path);
  await desk.startAudit({ auditor: 'Ada', spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  const audit = desk.auditId();
  const folder = onlyAudit(served.home);
  const { units } = drawnSample(folder).labels;
  const judged = shownOrder(units).slice(0, 2);
  // Disagreements are listed in drawn order.
  const [first, second] = units.filter((unit) => judged.some(({ id }) => id === unit.id));
  const state = () => foldAll(readJournal(folder))!;
  await page.keyboard.press('Enter');
  await desk.inFront(1, units.length);
  await desk.shown();
  await page.keyboard.press('Enter');
  await desk.saved();

  await desk.goToScreen('adjudicate', audit);
  await expect(desk.at('how-it-comes').getByRole('listitem')).toHaveCount(3);

  await signInAs(desk, page, 'Ben', 'auditor');
  for (const unit of [first!, second!]) {
    await desk.goTo(`#/audit/${encodeURIComponent(audit)}/review?unit=${encodeURIComponent(unit.id)}`);
    await desk.reviewReady();
    await page.keyboard.press('4');
    await expect.poll(() => state().opinions.get(unit.id)?.length).toBe(2);
  }
  await page.keyboard.press('Shift+J');
  await expect(desk.at('case')).toHaveCount(2);
  await expect(desk.at('card-left')).toContainText('Ada');
  await expect(desk.at('card-right')).toContainText('Ben');
  await expect(desk.at('card-obstacle')).toBeVisible();
  await page.keyboard.press('ArrowLeft');

  await signInAs(desk, page, 'Lin', 'lead');
  await page.getByRole('link', { name: 'Differences' }).click();
  await expect(desk.at('card-own')).toBeVisible();
  expect(entriesOf(folder, 'verdict.given').filter(({ data }) => data.adjudicates)).toEqual([]);
  expect(await breachesOf(page)).toEqual([]);

  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => state().verdicts.get(first!.id))
    .toMatchObject({ verdict: 'reject', by: { name: 'Lin' } });
  await expect(desk.at('card-left')).toContainText('Ada');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await expect(desk.at('card-ruling')).toContainText('Lin');
  await desk.saved();
  expect(
    state()
      .verdicts.get(second!.id)
      ?.defects.map(({ code }) => code),
  ).toEqual(['CLS']);
  await expect(page.getByRole('link', { name: 'Differences' })).toHaveAttribute('aria-current', 'page');

  await page.keyboard.press('z');
  await expect(desk.at('card-own')).toBeVisible();
  await expect.poll(() => state().opinions.get(second!.id)?.length).toBe(2);

  await desk.at('blind-switch').check({ force: true });
  await expect.poll(() => state().isBlind).toBe(true);
});
