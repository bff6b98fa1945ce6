/** An audit under a sequential plan: the order of the draw, go on or stop, a stop that undo lifts, the decision on paper. */
import { readFileSync } from 'node:fs';
import { assay } from '../support/assayCommand.ts';
import { AuditDesk, shownCellOrder } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, entriesOf, onlyAudit, standingVerdicts } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

/** Accepts with none bad among the first seven, ends at the latest at the cut. */
const rule = {
  scheme: 'sprt',
  severity: 'major',
  p0: 0.02,
  p1: 0.3,
  alpha: 0.1,
  beta: 0.1,
  truncateAt: 20,
  designEffect: 1,
} as const;

test('a sequential plan stops the judging early, says so, and is signed', async ({ page, served }) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const spec = { ...inspectFew(), plans: [rule] };
  await page.goto(await served.start());
  await desk.open((await usualDelivery()).path);
  await desk.startAudit({ spec: writeSpec(served.folder, spec) });
  await desk.freezePlan();
  const folder = onlyAudit(served.home);
  const { labels, cells } = drawnSample(folder);
  const course = desk.at('course');
  expect(labels.units).toHaveLength(20);
  await expect(course).toHaveAttribute('data-request', 'go-on');
  await expect(desk.at('unit-state')).toContainText('1 of at most 20');

  // Units come as they were drawn, and nothing but go on is said while they are judged.
  for (let at = 0; at < 7; at += 1) {
    await desk.inFront(at, 20);
    await expect(course).toHaveAttribute('data-request', 'go-on');
    await desk.shown();
    await page.keyboard.press('Enter');
  }
  await expect(course).toHaveAttribute('data-request', 'stop');
  await desk.inFront(6, 7);
  await page.keyboard.press('Enter');
  await desk.saved();
  expect([...standingVerdicts(folder).keys()]).toEqual(labels.units.slice(0, 7).map(({ id }) => id));

  await page.keyboard.press('z');
  await expect(course).toHaveAttribute('data-request', 'go-on');
  await page.keyboard.press('Enter');
  await expect(course).toHaveAttribute('data-request', 'stop');
  await desk.saved();

  // Judging on is possible, and is said to be beyond the plan.
  await desk.inFront(6, 7);
  await page.keyboard.press('j');
  await expect(course).toContainText('beyond what the plan asked for');
  await page.keyboard.press('4');
  await desk.saved();
  await expect(course).toHaveAttribute('data-request', 'stop');

  await course.getByRole('link').click();
  await desk.search(shownCellOrder(cells.units), async () => undefined);
  await desk.saved();
  await page.keyboard.press('Alt+6');
  await expect(desk.at('decision')).toHaveAttribute('data-outcome', 'met');
  await expect(desk.at('decision')).toContainText('Stopped early by the plan');
  await expect(desk.at('counts')).toContainText('decided at unit 7 of at most 20');
  await expect(desk.at('plan-course').locator('svg')).toBeVisible();
  await desk.sign();

  const [signed] = entriesOf(folder, 'disposition.signed');
  expect(signed!.data.outcome).toMatchObject({ outcome: 'met', stoppedEarly: true });
  expect(signed!.data.outcome.counts[0]).toMatchObject({ decidedAt: 7, judged: 7, defective: 0 });
  expect((await assay(['verify', folder])).code).toBe(0);
  const report = readFileSync(await desk.export('html'), 'utf8');
  expect(report).toContain('Course of the plan');
  expect(report).toContain('at place 7, with 0 bad among 7 counted');
});
