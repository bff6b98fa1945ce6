/** The targeted queue in a browser: filled from a list and by a draw, judged by the same keys, apart from the sample. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, entriesOf, onlyAudit, standingVerdicts } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

test('units are queued, judged and taken back beside the sample, which stays where it was', async ({
  page,
  served,
}) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 3 });
  await page.goto(await served.start());
  await desk.open(made.path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  const folder = onlyAudit(served.home);
  const units = shownOrder(drawnSample(folder).labels.units);
  await desk.judge(units, () => null, 2);
  await desk.inFront(2, units.length);

  // An empty queue has nothing to turn to: the key opens what fills it.
  await page.keyboard.press('Alt+j');
  await desk.at('target-sheet').waitFor();
  const list = path.join(served.folder, 'doubtful.json');
  const named = [units[0]!.track, units[1]!.id, 'nowhere|1'].map((unit) => ({ unit, reason: 'jumps' }));
  writeFileSync(list, JSON.stringify({ source: 'check', targets: named }));
  await page.locator('input[type=file]').last().setInputFiles(list);
  await expect(desk.at('imported-targets')).toContainText('1 unit was queued. 1 is in the sample');
  await expect(desk.at('target-sheet')).toContainText('nowhere|1');
  await desk.at('draw-count').fill('6');
  await desk.at('draw-targets').click();
  await expect(desk.at('target-sheet')).toContainText('6 units were drawn');
  await desk.saved();
  const queued = entriesOf(folder, 'targets.queued').flatMap(({ data }) => data.targets);
  const drawn = new Set(units.map(({ id }) => id));
  const line = queued.filter(({ unit }) => !drawn.has(unit));
  await page.keyboard.press('Escape');
  await expect(desk.at('targets-line')).toContainText(`${line.length} left`);

  await page.keyboard.press('Alt+j');
  await expect(desk.at('target-banner')).toContainText('Targeted queue');
  await desk.inFront(0, line.length);
  await expect(desk.at('target-note')).toContainText(/jumps|few points/);
  await desk.shown();
  await page.keyboard.press('3');
  await desk.inFront(1, line.length);
  await desk.shown();
  await page.keyboard.press('Enter');
  await desk.inFront(2, line.length);
  await expect(desk.at('target-progress')).toContainText(`2 of ${line.length} judged`);
  await page.keyboard.press('z');
  await desk.inFront(1, line.length);
  await expect(desk.at('target-progress')).toContainText(`1 of ${line.length} judged`);

  await page.keyboard.press('Alt+j');
  await expect(desk.at('target-banner')).toHaveCount(0);
  await desk.inFront(2, units.length);
  await desk.shown();
  // The label in front belongs to the sample: it is not queued too.
  await page.mouse.move(0, 0);
  await page.keyboard.press('Shift+Q');
  await expect(page.getByText('belongs to the sample')).toBeVisible();
  await desk.saved();
  expect([...standingVerdicts(folder).values()].map(({ verdict }) => verdict)).toEqual(['accept', 'accept']);
  expect(entriesOf(folder, 'target.judged').map(({ data }) => data.verdict)).toEqual(['reject', 'accept']);
  expect(entriesOf(folder, 'target.judged')[0]!.data.evidence?.picture).toMatch(/^[0-9a-f]{64}$/);
  expect(entriesOf(folder, 'target.undone')).toHaveLength(1);
});
