/** Panels where the auditor wants them, by mouse and by keyboard, and a second window that follows the desk. */
import type { Page } from '@playwright/test';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

async function begin(page: Page, served: Served): Promise<AuditDesk> {
  const made = await usualDelivery();
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(made.path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  await desk.freezePlan();
  return desk;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where each panel stands, in CSS pixels of the window. */
function panels(page: Page): Promise<Record<string, Box>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-dock-panel]')].map((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return [element.dataset.dockPanel!, { left, top, right, bottom }];
      }),
    ),
  );
}

/** No two panels overlap, none is squeezed to nothing, none sticks out of the window. */
function expectSound(boxes: Record<string, Box>, width: number, height: number): void {
  const all = Object.entries(boxes);
  for (const [at, [id, box]] of all.entries()) {
    expect([id, box.right - box.left > 60, box.bottom - box.top > 60]).toEqual([id, true, true]);
    expect([id, box.left >= 0, box.right <= width + 1, box.bottom <= height + 1]).toEqual([
      id,
      true,
      true,
      true,
    ]);
    for (const [other, next] of all.slice(at + 1)) {
      const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
      const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
      expect([id, other, across > 1 && down > 1]).toEqual([id, other, false]);
    }
  }
}

/** The unit in front, as the desk names it. */
async function unitWords(desk: AuditDesk): Promise<string> {
  return (await desk.at('unit-state').textContent())!.split('·').at(-1)!.trim();
}

const everyPanel = ['context', 'end', 'judge', 'pictures', 'side', 'top', 'track'];

test('the ready layouts hold at every size, with zoom and with larger text', async ({ page, served }) => {
  await begin(page, served);
  const sizes = [
    { width: 1280, height: 800, text: 1 },
    { width: 1280, height: 800, text: 1.25 },
    // 1280 x 800 at 150 % zoom.
    { width: 1024, height: 640, text: 1 },
    { width: 2560, height: 1440, text: 1 },
    { width: 3840, height: 2160, text: 1.25 },
  ];
  for (const { width, height, text } of sizes) {
    await page.setViewportSize({ width, height });
    await page.evaluate((scale) => {
      document.documentElement.style.setProperty('--size-base', `${14 * scale}px`);
      document.documentElement.style.setProperty('--size-small', `${12 * scale}px`);
    }, text);
    for (const key of ['1', '2', '3', '4']) {
      await page.keyboard.press(`Control+${key}`);
      await expect.poll(async () => Object.keys(await panels(page)).toSorted()).toEqual(everyPanel);
      expectSound(await panels(page), width, height);
    }
  }
});

test('a panel is dragged to an edge of another, dropped in its middle, and let go with Escape', async ({
  page,
  served,
}) => {
  await begin(page, served);
  await page.keyboard.press('Control+1');
  const before = await panels(page);
  const title = page.getByTestId('pane-top').locator('[data-dock-handle]');
  const centre = (box: Box): [number, number] => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];

  async function drag(to: readonly [number, number]): Promise<void> {
    await title.hover();
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 6 });
  }

  await drag(centre(before.context!));
  await expect(page.getByText('change places')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await panels(page)).toEqual(before);

  const { context } = before;
  await drag([context!.left + 12, (context!.top + context!.bottom) / 2]);
  await page.mouse.up();
  let after = await panels(page);
  expect(after.top!.right).toBeLessThan(after.context!.left + 2);
  expect(after.top!.top).toBeCloseTo(after.context!.top, 0);
  expect(after.side!.left).toBeCloseTo(before.top!.left, 0);
  expectSound(after, 1280, 800);

  await drag(centre(after.judge!));
  await page.mouse.up();
  after = await panels(page);
  expect(after.top!.right).toBeGreaterThan(1270);
  // The views draw in their new places: none of them was lost on the way.
  await expect.poll(() => page.evaluate(() => window.assayProbe!.drawn().points)).toBeGreaterThan(0);

  // As it was left, after a reload.
  await page.waitForTimeout(700);
  await page.reload();
  await page.getByTestId('unit-state').waitFor();
  const again = await panels(page);
  for (const id of everyPanel)
    expect([id, Math.round(again[id]!.left)]).toEqual([id, Math.round(after[id]!.left)]);
});

test('everything a drag does is done by keyboard: list of panels, sizes, one panel alone, the way back', async ({
  page,
  served,
}) => {
  await begin(page, served);
  await page.keyboard.press('Control+1');
  const before = await panels(page);

  await page.keyboard.press('Shift+Backslash');
  const menu = page.getByTestId('dock-menu');
  await menu.getByLabel('Track', { exact: true }).press('Space');
  await expect.poll(async () => Object.keys(await panels(page))).not.toContain('track');
  await menu.getByLabel('Track', { exact: true }).press('Space');
  await menu.getByLabel('Move', { exact: true }).selectOption('judge');
  await menu.getByLabel('Where to').selectOption('left');
  await menu.getByLabel('Which panel').selectOption({ label: 'the whole desk' });
  await menu.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await panels(page)).judge!.left).toBeLessThan(60);
  await expect(page.getByTestId('dock').getByRole('status').last()).toContainText('left edge');

  await page.keyboard.press('Shift+Backslash');
  const undo = menu.getByRole('button', { name: 'Take the last change' });
  for (let step = 0; step < 3; step++) await undo.click();
  await page.keyboard.press('Escape');
  await expect.poll(() => panels(page)).toEqual(before);

  await page.getByTestId('pane-context').hover();
  await page.keyboard.press('Backslash');
  await expect.poll(async () => Object.keys(await panels(page))).toEqual(['context']);
  await page.keyboard.press('Backslash');
  await expect.poll(() => panels(page)).toEqual(before);

  const separators = page.getByRole('separator');
  for (const separator of await separators.all()) {
    expect(await separator.getAttribute('aria-label')).toMatch(/^Size of .+ and .+/);
  }
  const first = separators.filter({ visible: true }).first();
  await first.focus();
  const name = await first.getAttribute('aria-label');
  await page.keyboard.press(/Verdict/.test(name!) ? 'ArrowLeft' : 'ArrowRight');
  await expect.poll(() => panels(page)).not.toEqual(before);
});

test('a second window follows the desk, tells it what was clicked, and says when it is gone', async ({
  page,
  served,
  context,
}) => {
  const desk = await begin(page, served);
  const { total } = await desk.place();
  await page.keyboard.press('Shift+Backslash');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open a second window' }).click();
  const second = await opened;
  await served.watch(second);
  await page.keyboard.press('Escape');
  await second.getByTestId('companion').waitFor();
  await expect(second.getByTestId('saved-state')).toHaveCount(0);
  for (const at of [1, 2]) {
    await page.keyboard.press('j');
    await desk.inFront(at, total);
    await expect(second.getByTestId('companion-unit')).toHaveText(await unitWords(desk));
  }
  expect(Object.keys(await panels(second)).toSorted()).toEqual(['context', 'pictures']);

  // A key of the desk means nothing here: nobody can judge by the wrong window.
  await second.keyboard.press('Enter');
  await second.keyboard.press('4');
  await page.bringToFront();
  await desk.inFront(2, total);

  await second.keyboard.press('Control+2');
  const others = second.getByTestId('track').locator('button[data-state=present]:not([data-own])');
  for (let at = 3; at < total && (await others.count()) === 0; at++) {
    await page.keyboard.press('j');
    await desk.inFront(at, total);
    await expect(second.getByTestId('companion-unit')).toHaveText(await unitWords(desk));
    await second.getByTestId('track').locator('[data-own]').first().waitFor();
  }
  const title = await others.first().getAttribute('title');
  await others.first().click();
  await expect(page.getByTestId('track').locator('button[aria-current=true]')).toHaveAttribute(
    'title',
    title!,
  );

  const address = page.url();
  await page.close();
  await second.getByTestId('companion-gone').waitFor();
  // The lock stays free for whoever judges next.
  const next = await context.newPage();
  await served.watch(next);
  await next.goto(address);
  const again = new AuditDesk(next);
  await again.reviewReady();
  await expect(again.at('accept')).toBeEnabled();
  await expect(second.getByTestId('companion-gone')).toHaveCount(0);
});
