/** Known errors in a browser: who leads puts them in, an auditor meets one as she meets any unit, and it counts nowhere. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { DrawnUnit } from '../../shared/audit/events.ts';
import { foldAll } from '../../shared/audit/fold.ts';
import { planOutcome } from '../../shared/audit/outcome.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { onlyAudit, readJournal, standingVerdicts } from '../support/e2e/record.ts';
import { inspectFew, shippedSpec, writeSpec } from '../support/e2e/specFile.ts';
import { expect, test } from '../support/servedFixture.ts';

/** Goes on under another name, on a screen of the audit. */
async function signInAs(desk: AuditDesk, page: Page, name: string, role: string, screen: string) {
  const audit = desk.auditId();
  await desk.goTo('#/settings');
  await page.getByRole('button', { name: 'New profile' }).click();
  await desk.at('profile-name').fill(name);
  await page.getByLabel('Role').selectOption(role);
  await desk.at('profile-add').click();
  await expect(desk.at('profile')).toContainText(name);
  await desk.goToScreen(screen, audit);
}

test('an error that was put in is met among the units, judged like one, and counts nowhere', async ({
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
  const state = () => foldAll(readJournal(folder))!;
  await desk.goToScreen('plan');
  await expect(desk.at('freeze-plan').or(desk.at('replan'))).toBeVisible();
  await expect(desk.at('known-errors')).toHaveCount(0);

  await signInAs(desk, page, 'Lin', 'lead', 'plan');
  await desk.at('seed-count').fill('6');
  await desk.at('put-seeds').click();
  await expect(desk.at('known-errors-in')).toContainText('6 put in by Lin');
  const { seeds } = state();
  expect(seeds).toHaveLength(6);
  const before = planOutcome(state());

  await signInAs(desk, page, 'Ben', 'auditor', 'review');
  await desk.reviewReady();
  const asUnits = seeds.map(({ unit, shown, scene, frame, label }): DrawnUnit => {
    const rest = { stratum: '', probability: 1, isInspectable: true, kind: 'cuboid' } as const;
    return { ...rest, scene, frame, label, id: unit, track: label, className: shown.className };
  });
  const order = shownOrder([...state().sample!.labels.units, ...asUnits]);
  const at = order.findIndex(({ id }) => asUnits.some((unit) => unit.id === id));
  const seed = seeds.find(({ unit }) => unit === order[at]!.id)!;
  await desk.judge(order, () => null, at);
  // In front of the error: named, numbered and described as any unit is.
  await desk.inFront(at, order.length);
  await expect(desk.at('unit-state')).toContainText(`${seed.shown.className} ${seed.label}`);
  await desk.shown();
  const size = seed.shown.size.map((extent) => extent.toFixed(2)).join(' × ');
  await expect(desk.at('facts')).toContainText(size);
  await expect(desk.at('strip').getByRole('button').nth(at)).toHaveAttribute('data-mark', 'open');
  const digit = shippedSpec().defects.find(({ code }) => code === seed.codes[0])?.digit;
  await page.keyboard.press(String(digit ?? 1));
  await desk.inFront(at + 1, order.length);
  await expect(desk.at('strip').getByRole('button').nth(at)).toHaveAttribute('data-mark', 'reject');
  await expect(page.getByTitle('labels', { exact: true })).toContainText(`${at + 1} of ${order.length}`);
  // What was said last is recorded when the desk is left.
  await desk.goToScreen('adjudicate', audit);
  await expect.poll(() => state().seedVerdicts.length).toBe(1);
  expect(state().seedVerdicts[0]).toMatchObject({ seed: seed.id, verdict: 'reject', by: { name: 'Ben' } });
  expect(standingVerdicts(folder).has(seed.unit)).toBe(false);
  expect(state().findings).toEqual([]);
  expect(planOutcome(state()).counts.map(({ defective }) => defective)).toEqual(
    before.counts.map(({ defective }) => defective),
  );
  // What she saw of it is for who leads.
  await expect(desk.at('how-it-comes')).toBeVisible();
  await expect(desk.at('auditors')).toHaveCount(0);
  await signInAs(desk, page, 'Mia', 'manager', 'plan');
  await desk.at('auditors').click();
  await expect(desk.at('share-miss')).toContainText('0 of 1');
  await expect(desk.at('share-miss')).toHaveAttribute('data-limit', 'open');
  await expect(desk.at('share-effectiveness')).toContainText(digit ? '1 of 1' : '0 of 1');
});
