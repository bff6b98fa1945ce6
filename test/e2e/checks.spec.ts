/** The automatic checks in a browser: run, answered by keys, kept over a reload, and never near the sample. */
import path from 'node:path';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, entriesOf, onlyAudit } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

test('limits are moved, findings confirmed, dismissed, taken back and taught by keys, and stand after a reload', async ({
  page,
  served,
}) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 4, defects: 0.2 });
  await page.goto(await served.start());
  await desk.open(made.path);
  // Before there is an audit findings can be looked at.
  await page.keyboard.press('Alt+9');
  await desk.at('never-ran').waitFor();
  await page.keyboard.press('r');
  await expect(desk.at('checks-summary')).toContainText('findings');
  await expect(desk.at('finding-card')).toBeVisible();
  await expect(page.getByText('No audit is open')).toBeVisible();
  // A limit follows the keys and never passes the other one; what is beyond is counted at once.
  await desk.at('check-LOOSE').click();
  await page.getByRole('slider', { name: 'Soft limit' }).focus();
  await page.keyboard.press('End');
  await expect(desk.at('beyond-counts')).toContainText(/beyond soft (\d+) · beyond hard \1 /);
  await desk.at('apply-limits').click();
  await expect(desk.at('taught')).toContainText('Loose label');
  await expect(desk.at('run-checks')).toBeVisible();
  await page.goBack();
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  const folder = onlyAudit(served.home);

  await page.keyboard.press('Alt+9');
  await desk.at('finding-card').or(desk.at('never-ran')).first().waitFor();
  await page.keyboard.press('r');
  await expect(desk.at('checks-summary')).toContainText('findings');
  const sentence = desk.at('finding-sentence');
  const first = await sentence.textContent();
  await desk.shown();
  await page.keyboard.press('Enter');
  await expect(sentence).not.toHaveText(first!);
  const second = await sentence.textContent();
  await page.keyboard.press('x');
  await page.keyboard.type('rain on the lens');
  await page.keyboard.press('Enter');
  await expect(desk.at('checks-summary')).toContainText('2 answered');
  await expect(sentence).not.toHaveText(second!);
  await page.keyboard.press('z');
  await expect(desk.at('checks-summary')).toContainText('1 answered');
  await expect(sentence).toHaveText(second!);
  await page.keyboard.press('n');
  await desk.at('teach-note').fill('usual on this road');
  await page.keyboard.press('Enter');
  await expect(desk.at('taught')).toContainText('usual on this road');
  await desk.saved();

  // One append: the answer never stands without its target.
  const triaged = entriesOf(folder, 'finding.triaged');
  expect(triaged.map(({ data }) => data.answer)).toEqual(['defect', 'dismissed', 'normal']);
  const [queued] = entriesOf(folder, 'targets.queued');
  expect(queued!.data.targets[0]).toMatchObject({ source: 'check', reason: first, probability: null });
  expect(triaged[0]!.data.target).toBe(queued!.data.targets[0]!.id);
  expect(entriesOf(folder, 'finding.reopened')).toHaveLength(1);
  expect(entriesOf(folder, 'verdict.given')).toEqual([]);
  const isSampled = drawnSample(folder).labels.units.some(({ id }) => id === queued!.data.targets[0]!.unit);
  expect(entriesOf(folder, 'target.judged')).toHaveLength(isSampled ? 0 : 1);

  await page.reload();
  await expect(desk.at('checks-summary')).toContainText('findings', { timeout: 60_000 });
  await expect(desk.at('taught')).toContainText('usual on this road');
  await page.keyboard.press('a');
  await expect(desk.at('answer-given')).toContainText('Lin Wei');
  await expect(sentence).toHaveText(first!);
  expect(entriesOf(folder, 'checks.ran').length).toBeGreaterThan(0);

  await page.keyboard.press('Alt+7');
  if (!isSampled) await expect(desk.at('findings-table')).toContainText('F0001');
});
