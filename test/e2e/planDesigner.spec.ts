/** A plan found from the contract's words, held against another, taken back and forth, frozen, and printed. */
import path from 'node:path';
import { foldAll } from '../../shared/audit/fold.ts';
import { breachesOf } from '../support/e2e/accessibility.ts';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { onlyAudit, readJournal } from '../support/e2e/record.ts';
import { expect, test } from '../support/servedFixture.ts';

test('a plan is found from the words, compared, undone, frozen and printed; sliders record nothing', async ({
  page,
  served,
}) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 4 });
  await page.goto(await served.start());
  await desk.open(made.path);
  await desk.startAudit();
  const folder = onlyAudit(served.home);
  const events = () => readJournal(folder).map(({ type }) => type);
  const chosen = () => events().filter((type) => type === 'spec.chosen').length;
  const before = chosen();

  await desk.at('contract').locator('summary').click();
  await desk.at('offer-isolated').getByRole('button').click();
  const major = desk.at('plan-table').getByRole('row').nth(2);
  await expect(major).toContainText('3 % bad passes at most 10 %');
  await expect(desk.at('plan-limits')).toContainText('It says nothing of other lots');
  const drawn = await major.getByRole('cell').nth(3).textContent();

  await desk.at('pin-plan').click();
  await desk.at('rule-scheme').selectOption('sprt');
  const table = desk.at('compare-table');
  await expect(table).toContainText('Sequential (Wald)');
  await expect(table).toContainText('A lot by itself');
  await expect(desk.at('oc-curve').locator('polyline')).toHaveCount(2);

  // A slider redraws the curve and records nothing; one undo takes the whole movement back.
  const curve = desk.at('oc-curve').locator('polyline').last();
  const drawnBefore = await curve.getAttribute('points');
  const slider = page.locator('[data-scheme=sprt] input[type=range]').nth(2);
  await slider.focus();
  for (let step = 0; step < 3; step++) await page.keyboard.down('ArrowRight');
  await page.keyboard.up('ArrowRight');
  await expect(curve).not.toHaveAttribute('points', drawnBefore!);
  await page.keyboard.press('Control+z');
  await expect(curve).toHaveAttribute('points', drawnBefore!);
  await page.keyboard.press('Control+z');
  await expect(major.getByRole('cell').nth(3)).toHaveText(drawn!);
  expect(chosen()).toBe(before);
  expect(await breachesOf(page)).toEqual([]);

  // What is tried out outlives the screen; freezing records it and draws.
  await desk.goToScreen('intake');
  await desk.goToScreen('plan');
  await expect(major).toContainText('3 % bad passes at most 10 %');
  await page.keyboard.press('Control+Enter');
  await expect.poll(events).toContain('plan.frozen');
  expect(chosen()).toBe(before + 1);
  const { sample } = foldAll(readJournal(folder))!;
  const frozen = sample!.labels.plans.find(({ severity }) => severity === 'major')!;
  expect(frozen).toMatchObject({ scheme: 'isolated', limitingRate: 0.03, sampleSize: Number(drawn) });

  await desk.goToScreen('plan');
  await expect(desk.at('frozen-plans')).toContainText(
    `n ${drawn}: accept with at most ${frozen.acceptanceNumber} (Ac)`,
  );
  await expect(desk.at('recompute')).toContainText(
    `assay plan --lot ${frozen.lotSize} --scheme isolated --rate 0.03 --consumer-risk 0.1`,
  );
  await expect(desk.at('recompute')).toContainText(`--seed ${sample!.labels.seed}`);
});
