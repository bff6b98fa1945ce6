/** The auditor's own box: drawn by the mouse, by keys, or fitted to its points; its code and its record follow. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { DrawnUnit } from '../../shared/audit/events.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery, reachOf } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit, standingVerdicts } from '../support/e2e/record.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

interface Begun {
  readonly desk: AuditDesk;
  readonly folder: string;
  readonly units: readonly DrawnUnit[];
}

async function begin(page: Page, served: Served): Promise<Begun> {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 1 });
  await page.goto(await served.start());
  await desk.open(made.path);
  const range = reachOf(made, ['shifted']);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(range)) });
  await desk.freezePlan();
  const folder = onlyAudit(served.home);
  return { desk, folder, units: shownOrder(drawnSample(folder).labels.units) };
}

/** Goes on to the first car that has points enough to be fitted. */
async function toCar({ desk, units }: Begun): Promise<DrawnUnit> {
  for (let at = 0; at < units.length; at++) {
    await desk.inFront(at, units.length);
    await desk.shown();
    const facts = await desk.at('facts').innerText();
    const points = Number(/points\s+([\d\s\u202f]+)/.exec(facts)?.[1]?.replace(/\D/g, '') ?? 0);
    if (units[at]!.className === 'car' && points > 200) return units[at]!;
    await desk.page.keyboard.press('j');
  }
  throw new Error('no car with points enough');
}

/** CSS pixels of the label's front in the view from above, from the pane's corner: found by its cursor. */
async function frontFrom(page: Page): Promise<{ x: number; y: number }> {
  const pane = page.getByTestId('pane-top');
  const box = (await pane.boundingBox())!;
  // A quarter of the label's width to the right of its stem.
  const x = box.x + box.width / 2 + 22;
  for (let y = box.y + 30; y < box.y + box.height / 2; y += 3) {
    await page.mouse.move(x, y);
    if ((await pane.evaluate((element) => element.style.cursor)) === 'ns-resize') return { x, y: y + 6 };
  }
  throw new Error('nothing to take hold of');
}

async function drag(page: Page, from: { x: number; y: number }, dy: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) await page.mouse.move(from.x, from.y + (dy * step) / 8);
}

test('a grabbed face gives its code, its measured value and a second box in the record', async ({
  page,
  served,
}) => {
  const begun = await begin(page, served);
  const { desk, folder } = begun;
  const unit = await toCar(begun);
  const front = await frontFrom(page);

  await test.step('a click draws nothing', async () => {
    await page.mouse.move(front.x, front.y);
    await page.mouse.down();
    await page.mouse.up();
    await expect(desk.at('correction-none')).toBeVisible();
  });

  await test.step('a drag that Escape ends leaves nothing', async () => {
    await drag(page, front, 40);
    await expect(desk.at('correct-hint')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(desk.at('correction-none')).toBeVisible();
  });

  await drag(page, front, 60);
  await expect(desk.at('correction-tag-top')).toContainText('front face');
  await page.mouse.up();
  const suggestion = desk.at('correction-suggestion');
  await expect(suggestion).toHaveAttribute('data-code', 'DIM');
  await expect(suggestion).toContainText('limit 0.20 m');
  await expect(desk.at('accept')).toContainText('Size or fit');

  await test.step('it survives a crash', async () => {
    await page.reload();
    await desk.reviewReady();
    await expect(desk.at('correction-suggestion')).toHaveAttribute('data-code', 'DIM');
  });

  await page.keyboard.press('Enter');
  await desk.saved();
  const verdict = standingVerdicts(folder).get(unit.id)!;
  expect(verdict.defects.map(({ code }) => code)).toEqual(['DIM']);
  const { measured } = verdict.defects[0]!;
  expect(measured).toMatchObject({ quantity: 'front-face', unit: 'm' });
  expect(measured!.value).toBeLessThan(-measured!.limit!);
  const correction = verdict.evidence!.correction!;
  const label = verdict.evidence!.cuboid!;
  expect(correction.source).toBe('drawn');
  expect(correction.size[0]).toBeCloseTo(label.size[0] + measured!.value, 2);
  expect(correction.size[1]).toBeCloseTo(label.size[1], 3);
  expect(correction.delta.along).toBeCloseTo(measured!.value / 2, 2);

  await test.step('undo brings the unit back with its box', async () => {
    await page.keyboard.press('z');
    await expect(desk.at('correction-suggestion')).toHaveAttribute('data-code', 'DIM');
    await expect.poll(() => standingVerdicts(folder).has(unit.id)).toBe(false);
  });
});

test('by keys alone: moved, stepped back, turned round, removed, fitted', async ({ page, served }) => {
  const begun = await begin(page, served);
  const { desk, folder } = begun;
  const unit = await toCar(begun);
  const row = (quantity: string) => desk.at('correction').locator(`[data-quantity="${quantity}"] td`).first();

  await test.step('the whole box moves: position', async () => {
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('Shift+ArrowLeft');
      // Presses of one moment are one step; these are to be at least two.
      if (press === 2) await page.waitForTimeout(800);
    }
    await expect(row('center-lateral')).toHaveText('+0.30 m');
    await expect(desk.at('correction-suggestion')).toHaveAttribute('data-code', 'POS');
    await page.keyboard.press('z');
    await expect(row('center-lateral')).toHaveText(/^\+0\.(05|10|15|20|25) m$/);
    await expect(async () => {
      if ((await desk.at('correction-none').count()) === 0) await page.keyboard.press('z');
      await expect(desk.at('correction-none')).toBeVisible({ timeout: 500 });
    }).toPass();
  });

  await test.step('a face in hand: size', async () => {
    for (let press = 0; press < 3; press++) await page.keyboard.press('n');
    for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowLeft');
    await expect(row('left-face')).toHaveText('−0.25 m');
    await expect(desk.at('correction-suggestion')).toHaveAttribute('data-code', 'DIM');
    await page.keyboard.press('Backspace');
    await expect(desk.at('correction-none')).toBeVisible();
  });

  await test.step('turned: heading, and turned round from the palette', async () => {
    for (let press = 0; press < 7; press++) await page.keyboard.press('q');
    await expect(row('yaw')).toHaveText('+7.0°');
    await expect(desk.at('correction-suggestion')).toHaveAttribute('data-code', 'YAW');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('heading of my box round');
    await page.keyboard.press('Enter');
    await expect(desk.at('correction-suggestion')).toHaveAttribute('data-code', 'FLIP');
    await page.keyboard.press('Backspace');
  });

  await test.step('a box far off is fitted to its points, and the record says so', async () => {
    // The box in hand is whole again before it is moved.
    for (let press = 0; press < 4; press++) await page.keyboard.press('n');
    for (let press = 0; press < 8; press++) await page.keyboard.press('Shift+ArrowUp');
    await expect(row('center-longitudinal')).toHaveText('+0.40 m');
    await page.keyboard.press('a');
    await expect(desk.at('fit-note')).toBeVisible();
    await expect(desk.at('correction')).toContainText('fitted to points');
    await page.keyboard.press('4');
    await desk.saved();
    const verdict = standingVerdicts(folder).get(unit.id)!;
    expect(verdict.defects.map(({ code }) => code)).toEqual(['POS']);
    expect(verdict.evidence!.correction!.source).toBe('fitted');
    expect(verdict.defects[0]!.measured!.quantity).toMatch(/^center/);
  });
});
