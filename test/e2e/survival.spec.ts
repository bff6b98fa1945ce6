/** What is there again after the page or the GPU went away in the middle of something, and what stays while one waits. */
import type { BrowserContext, Page } from '@playwright/test';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { usualDelivery } from '../support/e2e/madeDelivery.ts';
import { likeness, pictureOf } from '../support/e2e/paintedPane.ts';
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

/** What is typed is on the shelf a moment later; a crash within that moment may take the last letters. */
const shelfMs = 500;

/** Goes on to a unit that some camera sees. */
async function toPictured({ page }: AuditDesk): Promise<void> {
  const main = page.getByTestId('picture-main');
  for (let unit = 0; unit < 20; unit++) {
    await expect(main).toHaveAttribute('data-status', /ready|none|failed/);
    if ((await main.getAttribute('data-status')) === 'ready') return;
    await page.keyboard.press('j');
    await page.waitForTimeout(300);
  }
  throw new Error('no unit of the sample is seen by a camera');
}

/** Ends the page's process as it stands, and opens the same address in a new tab. */
async function crashAndReopen(page: Page, context: BrowserContext): Promise<AuditDesk> {
  const address = page.url();
  const session = await context.newCDPSession(page);
  // Never answered: the process that would answer is gone.
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
  const next = await context.newPage();
  await next.goto(address);
  return new AuditDesk(next);
}

/** Waits until a pane looks as wanted: what moved has come to rest, what was read has been drawn. */
async function looksLike(page: Page, pane: string, wanted: readonly number[]): Promise<void> {
  await expect.poll(async () => likeness(await pictureOf(page, pane), wanted)).toBeGreaterThan(0.98);
}

/** The pane's picture once it has come to rest. */
async function atRest(page: Page, pane: string): Promise<number[]> {
  let last: number[] = [];
  await expect
    .poll(async () => {
      const before = last;
      last = await pictureOf(page, pane);
      return before.length > 0 && likeness(before, last) === 1;
    })
    .toBe(true);
  return last;
}

test('after a crash the unit, the views and what was typed are there again', async ({
  page,
  served,
  context,
}) => {
  served.expectProblem(/the page crashed/);
  const desk = await begin(page, served);
  const { total } = await desk.place();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await desk.inFront(2, total);
  await desk.shown();
  const usualTop = await atRest(page, 'pane-top');
  const usualContext = await atRest(page, 'pane-context');

  await page.getByTestId('pane-top').hover();
  await page.mouse.wheel(0, -400);
  const box = (await page.getByTestId('pane-context').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 90, box.y + box.height / 2 - 30, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(box.x + box.width / 2, 5);
  const top = await atRest(page, 'pane-top');
  const surroundings = await atRest(page, 'pane-context');
  expect(likeness(top, usualTop)).toBeLessThan(0.98);
  expect(likeness(surroundings, usualContext)).toBeLessThan(0.98);

  await page.keyboard.press('c');
  await page.keyboard.type('rear overhang cut');
  await page.waitForTimeout(shelfMs);
  const again = await crashAndReopen(page, context);

  await again.inFront(2, total);
  await again.shown();
  await expect(again.page.locator('#review-comment')).toHaveValue('rear overhang cut');
  await looksLike(again.page, 'pane-top', top);
  await looksLike(again.page, 'pane-context', surroundings);

  // Given with a verdict it is in the record, and no draft any more.
  await again.page.keyboard.press('4');
  await again.saved();
  await again.page.keyboard.press('k');
  await again.inFront(2, total);
  await expect(again.page.locator('#review-comment')).toHaveValue('rear overhang cut');
});

test('after a crash missed objects that were placed stand in their cell', async ({
  page,
  served,
  context,
}) => {
  served.expectProblem(/the page crashed/);
  const desk = await begin(page, served);
  await page.keyboard.press('Alt+5');
  await page.getByTestId('searched').waitFor();
  await desk.shown();
  const { total } = await desk.place();
  await page.keyboard.press('j');
  await desk.inFront(1, total);
  await desk.shown();
  const box = (await page.getByTestId('pane-context').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.6);
  await page.keyboard.press('m');
  await desk.nameMissing('car');
  await page.keyboard.press('c');
  await page.keyboard.type('behind the van');
  await page.waitForTimeout(shelfMs);
  const again = await crashAndReopen(page, context);
  await again.inFront(1, total);
  await expect(again.at('missed').getByRole('listitem')).toHaveCount(1);
  await expect(again.page.locator('#search-comment')).toHaveValue('behind the van');
});

test('views come back by themselves when the GPU took their context, as they were', async ({
  page,
  served,
}) => {
  const desk = await begin(page, served);
  await desk.shown();
  await toPictured(desk);
  await page.getByTestId('pane-side').hover();
  await page.mouse.wheel(0, -300);
  await page.mouse.move(5, 5);
  const panes = ['pane-top', 'pane-side', 'pane-end', 'pane-context', 'picture-main'];
  const before = new Map<string, number[]>();
  for (const pane of panes) before.set(pane, await atRest(page, pane));
  const held: string[] = [];
  for (let round = 0; round < 3; round++) {
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=viewport] canvas')!;
      const extension = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
      (window as { giveBack?: () => void }).giveBack = () => extension.restoreContext();
      extension.loseContext();
    });
    await page.getByText('graphics', { exact: false }).first().waitFor();
    await page.evaluate(() => (window as { giveBack?: () => void }).giveBack!());
    await desk.shown();
    for (const pane of panes) await looksLike(page, pane, before.get(pane)!);
    await page.waitForTimeout(1500);
    held.push(JSON.stringify(await page.evaluate(() => window.assayProbe!.gpu())));
  }
  // What was lost with the context is let go of: one round holds what every other does.
  expect(new Set(held).size).toBe(1);
});

test('nothing jumps while one goes from unit to unit, and the last picture stays until the next is there', async ({
  page,
  served,
}) => {
  const desk = await begin(page, served);
  await desk.shown();
  const { total } = await desk.place();
  await page.route('**/data/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 350));
    await route.continue().catch(() => undefined);
  });
  // What counts as a shift is what nobody asked for; what a key brings up may differ, but has its place.
  await page.evaluate(() => {
    const shifts: number[] = [];
    (window as { shifts?: number[] }).shifts = shifts;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          readonly value: number;
          readonly hadRecentInput: boolean;
        };
        if (!hadRecentInput) shifts.push(value);
      }
    }).observe({ type: 'layout-shift', buffered: false });
  });
  const places = (): Promise<string> =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-dock-panel], [data-testid=accept], [data-testid=undo]')]
        .map((element) => JSON.stringify(element.getBoundingClientRect()))
        .join(),
    );
  const codes = (): Promise<number> =>
    page.evaluate(() => document.querySelector('[data-testid^=code-]')!.getBoundingClientRect().top);
  const standing = await places();
  const codePlaces = new Set<number>();
  for (let step = 1; step <= 20; step++) {
    await page.keyboard.press('j');
    await desk.inFront(step % total, total);
    // Whatever is still on its way, the views of points never go empty.
    expect(await page.evaluate(() => window.assayProbe!.drawn().points)).toBeGreaterThan(0);
    expect(await places()).toBe(standing);
    // The codes found their place in the first round; the hand finds them there in every later one.
    if (step > total) codePlaces.add(await codes());
    if (step % 4 === 0) await page.waitForTimeout(900);
  }
  expect(codePlaces.size).toBe(1);
  expect(await page.evaluate(() => (window as { shifts?: number[] }).shifts)).toEqual([]);
});
