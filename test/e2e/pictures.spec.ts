/** Pictures and measures at the desk: the crop in its whole picture, all cameras, a pixel's ray, what is measured. */
import type { Page } from '@playwright/test';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { likeness, pictureOf } from '../support/e2e/paintedPane.ts';
import { onlyAudit, standingVerdicts } from '../support/e2e/record.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

/** Looks at a delivery of five cameras all around, at a unit that `has` what the spec needs. */
async function begin(page: Page, served: Served, has: (desk: AuditDesk) => Promise<boolean>) {
  const made = await makeDelivery(`${served.folder}/made`, { frames: 3, cameras: 5 });
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(made.path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(40)) });
  await desk.freezePlan();
  const { total } = await desk.place();
  for (let at = 0; ; at++) {
    await settled(page);
    if (await has(desk)) return { desk, at, total };
    if (at + 1 === total) throw new Error('no unit of the sample is seen as this spec needs it');
    await page.keyboard.press('j');
    await desk.inFront(at + 1, total);
  }
}

const isSeen = async (desk: AuditDesk): Promise<boolean> =>
  (await desk.at('picture-main').getAttribute('data-status')) === 'ready';
const isSeenTwice = async (desk: AuditDesk): Promise<boolean> =>
  (await isSeen(desk)) && /\d\/[2-9]/.test((await desk.at('picture-main').textContent()) ?? '');
const hasPoints = async (desk: AuditDesk): Promise<boolean> =>
  (await isSeen(desk)) && Number(/points\s*(\d+)/.exec((await desk.at('facts').innerText()) ?? '')?.[1]) > 30;

/** Waits until nothing more is drawn and nothing more is on its way: some frames without a change. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const state = (): string => `${window.assayProbe!.frameId} ${window.assayProbe!.ringBytes()}`;
    for (let last = state(), calm = 0; calm < 30; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      calm = state() === last ? calm + 1 : 0;
      last = state();
    }
  });
}

/** Pixels of a pane that have the colour measures are drawn in. */
function measurePixels(page: Page, pane: string): Promise<number> {
  return page.evaluate((testId) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=viewport] canvas')!;
    const hex = getComputedStyle(document.documentElement).getPropertyValue('--view-measure').trim();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    const base = canvas.getBoundingClientRect();
    const box = document.querySelector(`[data-testid="${testId}"]`)!.getBoundingClientRect();
    const scale = canvas.width / base.width;
    const [width, height] = [Math.floor(box.width * scale), Math.floor(box.height * scale)];
    const flat = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    flat.drawImage(canvas, -(box.left - base.left) * scale, -(box.top - base.top) * scale);
    const { data } = flat.getImageData(0, 0, width, height);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (wanted.every((channel, place) => Math.abs(data[at + place]! - channel) < 12)) found++;
    }
    return found;
  }, pane);
}

async function clickAt(page: Page, pane: string, x: number, y: number): Promise<void> {
  const box = (await page.getByTestId(pane).boundingBox())!;
  await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
}

test('a pixel sends a ray into the cloud, and the point behind it is marked in every view and picture', async ({
  page,
  served,
}) => {
  const { desk } = await begin(page, served, hasPoints);
  const panes = ['pane-context', 'pane-top', 'picture-main', 'picture-second'];
  for (const pane of panes) expect([pane, await measurePixels(page, pane)]).toEqual([pane, 0]);
  await page.keyboard.press('Shift+K');
  await expect(desk.at('tool-hint')).toContainText('click a pixel');
  await clickAt(page, 'picture-main', 0.5, 0.5);
  await expect(desk.at('tool-hint')).toContainText(/First point \d+\.\d\d m from the camera, \d+ cm/);
  await settled(page);
  for (const pane of panes.filter((name) => name !== 'pane-top')) {
    expect([pane, (await measurePixels(page, pane)) > 4]).toEqual([pane, true]);
  }
  // Put away, nothing of it stays.
  await page.keyboard.press('Escape');
  await settled(page);
  for (const pane of panes) expect([pane, await measurePixels(page, pane)]).toEqual([pane, 0]);
});

test('measures are kept with the unit over a reload and go into the finding', async ({ page, served }) => {
  const { desk, at, total } = await begin(page, served, hasPoints);
  await desk.at('tool-floor').click();
  const list = desk.at('measures').getByRole('listitem');
  await expect(list).toHaveCount(1);
  await expect(list).toContainText('Box above the ground');
  await settled(page);
  const drawn = await measurePixels(page, 'pane-context');
  expect(drawn).toBeGreaterThan(4);
  await desk.at('tool-gap').click();
  await expect(list).toHaveCount(2);
  await expect(list.last()).toContainText('limit');

  await page.reload();
  await desk.reviewReady();
  await desk.inFront(at, total);
  await expect(list).toHaveCount(2);
  await list.last().getByRole('button').click();
  await expect(list).toHaveCount(1);
  await page.keyboard.press('5');
  await desk.saved();
  const [given] = [...standingVerdicts(onlyAudit(served.home)).values()];
  const [measure, ...others] = given!.evidence!.measures!;
  expect(others).toEqual([]);
  expect(measure).toMatchObject({ quantity: 'bottom-to-ground', unit: 'm', limit: null });
  expect(measure!.place!.points).toHaveLength(2);
  expect(measure!.place!.points[0]![2] - measure!.place!.points[1]![2]).toBeCloseTo(measure!.value, 3);
  expect(given!.defects[0]!.measured).toEqual(measure);
  await settled(page);
});

test('a ruler takes two points, and gives the last one back', async ({ page, served }) => {
  const { desk } = await begin(page, served, hasPoints);
  const hint = desk.at('tool-hint');
  await page.keyboard.press('r');
  await expect(hint).toContainText('point 1 of 2');
  // Over the 3D view there are points nearly everywhere.
  const clickPoint = async (): Promise<void> => {
    for (let step = 0; step < 40; step++) {
      const before = await hint.textContent();
      await clickAt(page, 'pane-context', 0.3 + 0.01 * step, 0.35 + 0.01 * (step % 9));
      await settled(page);
      const found = desk.at('measures').getByRole('listitem');
      if ((await found.count()) > 0) return;
      const words = await hint.textContent();
      if (words !== before && words?.includes('point 2 of 2')) return;
    }
    throw new Error('no point was found under any of the clicks');
  };
  await clickPoint();
  await expect(hint).toContainText('point 2 of 2');
  await page.keyboard.press('Delete');
  await expect(hint).toContainText('point 1 of 2');
  await clickPoint();
  await clickAt(page, 'pane-context', 0.5, 0.5);
  await settled(page);
  if ((await desk.at('measures').getByRole('listitem').count()) === 0) await clickPoint();
  await expect(desk.at('measures').getByRole('listitem')).toContainText(/\d+\.\d\d m/);
  await expect(desk.at('measures')).toContainText('along');
});

test('the crop is marked in its whole picture; all cameras stand side by side', async ({ page, served }) => {
  const { desk } = await begin(page, served, isSeenTwice);
  const before = await pictureOf(page, 'picture-second');
  const box = (await desk.at('picture-main').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 700);
  await page.mouse.move(box.x + box.width / 2, box.y - 60);
  await settled(page);
  // The whole picture stays; the frame in it follows what is seen of it.
  const after = await pictureOf(page, 'picture-second');
  expect(after).not.toEqual(before);
  expect(likeness(before, after)).toBeGreaterThan(0.7);

  await page.keyboard.press('m');
  await desk.at('mosaic').waitFor();
  await settled(page);
  const tiles = desk.at('mosaic').locator('[data-status]');
  expect(await tiles.count()).toBeGreaterThan(1);
  for (const tile of await tiles.all()) {
    await expect(tile).toHaveAttribute('data-status', 'ready');
    // Each says when it was taken.
    await expect(tile).toContainText(/ms|time offset unknown/);
  }
  await page.keyboard.press('m');
  await expect(desk.at('picture-main')).toHaveAttribute('data-status', 'ready');
});

test('a zoom that is kept carries over to the next unit', async ({ page, served }) => {
  const { desk, at, total } = await begin(page, served, isSeen);
  const name = { name: 'Keep the zoom from unit to unit' };
  await page.keyboard.press('Shift+X');
  await expect(page.getByRole('button', name)).toHaveAttribute('aria-pressed', 'true');
  const box = (await desk.at('picture-main').boundingBox())!;
  const fitted = await pictureOf(page, 'picture-main');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -900);
  await page.mouse.move(box.x + box.width / 2, box.y - 60);
  await settled(page);
  const zoomed = await pictureOf(page, 'picture-main');
  expect(zoomed).not.toEqual(fitted);
  // Away and back: without the pin the picture would be fitted again.
  const other = (at + 1) % total;
  await page.keyboard.press('j');
  await desk.inFront(other, total);
  await settled(page);
  await page.keyboard.press('k');
  await desk.inFront(at, total);
  await settled(page);
  expect(likeness(zoomed, await pictureOf(page, 'picture-main'))).toBeGreaterThan(0.97);
  await page.keyboard.press('b');
  await settled(page);
  expect(likeness(fitted, await pictureOf(page, 'picture-main'))).toBeGreaterThan(0.97);
});
