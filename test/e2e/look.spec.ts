/** Looking through the frames of a delivery, and laying one opinion over another, before and while it is judged. */
import type { Page } from '@playwright/test';
import { namelessControls, tabThrough } from '../support/e2e/accessibility.ts';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { orbitOfFrame, pixelOf } from '../support/e2e/overlook.ts';
import { onlyAudit, readJournal } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { englishIn, keysIn, wordsOn } from '../support/e2e/words.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';
import { framesPerScene, makeTwoSources, people, placeOf, program } from '../support/twoSources.ts';

/** What sensors, vendors and programs are called is the same in every language. */
const names = ['LIDAR_TOP', 'lidar_point_cloud_0', program.name, people.name, 'Assay'];

/** At the intake of a delivery with two scenes and two label sources. */
async function atIntake(page: Page, served: Served): Promise<AuditDesk> {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(makeTwoSources(`${served.folder}/two`, { scenes: 2 }));
  return desk;
}

/** Goes from intake to the frames, by the key. */
async function lookFromIntake(page: Page, served: Served): Promise<AuditDesk> {
  const desk = await atIntake(page, served);
  await page.keyboard.press('Shift+F');
  await onFrame(page, 0);
  return desk;
}

/** Waits until a frame of the delivery is on screen with its points and its labels. */
async function onFrame(page: Page, frame: number): Promise<void> {
  const shown = () => page.evaluate(() => window.assayProbe?.shown.split(' ')[0] ?? '');
  await expect.poll(shown).toBe(String(frame));
  await expect(page.getByTestId('look-frame')).toContainText(`${(frame % framesPerScene) + 1}`);
  await expect.poll(() => page.evaluate(() => window.assayProbe!.drawn().cuboids)).toBe(people.carsPerFrame);
  await expect.poll(() => page.evaluate(() => window.assayProbe!.drawn().points)).toBeGreaterThan(0);
}

test('keys, slider and scene lead through the frames; Escape leads back', async ({ page, served }) => {
  const desk = await lookFromIntake(page, served);
  await page.keyboard.press('ArrowRight');
  await onFrame(page, 1);
  await page.keyboard.press(']');
  await onFrame(page, 2);
  await page.keyboard.press('ArrowLeft');
  await onFrame(page, 1);
  await page.keyboard.press('End');
  await onFrame(page, 2 * framesPerScene - 1);
  await page.keyboard.press('ArrowRight');
  await onFrame(page, 2 * framesPerScene - 1);
  await page.keyboard.press('Home');
  await onFrame(page, 0);
  await page.keyboard.press('PageDown');
  await onFrame(page, framesPerScene);
  const scene = page.getByRole('combobox', { name: 'Scene' });
  await expect(scene).toHaveValue('1');
  await scene.selectOption('scene_1');
  await onFrame(page, 0);
  await page.getByRole('slider', { name: 'Frame of the scene' }).fill('2');
  await onFrame(page, 2);
  await page.keyboard.press('Escape');
  await desk.at('start-audit').waitFor();
  expect(page.url()).toContain('/intake');
});

test('a click on a label tells what it is; the next frame lets it go', async ({ page, served }) => {
  const desk = await lookFromIntake(page, served);
  const facts = desk.at('frame-facts');
  await expect(facts).toContainText(people.name);
  await expect(facts).toContainText(program.name);
  const row = () => page.evaluate(() => window.assayProbe!.shown.split(' ')[1] ?? null);
  expect(await row()).toBeNull();
  const { x, y, z } = placeOf(0, 2);
  const pixel = await pixelOf(page, [x, y, z], orbitOfFrame);
  await page.mouse.click(pixel.x, pixel.y);
  await expect.poll(row).toBe('2');
  await expect(facts).toContainText('4.00 × 1.80 × 1.60 m');
  await expect(facts).toContainText('T3');
  await expect(facts).toContainText('points stated42');
  await page.keyboard.press('ArrowRight');
  await onFrame(page, 1);
  expect(await row()).toBeNull();
  await expect(facts).not.toContainText('4.00 × 1.80 × 1.60 m');
});

test('both languages, names for every control, and the focus in sight', async ({ page, served }) => {
  await lookFromIntake(page, served);
  const english = await wordsOn(page);
  expect(keysIn(english)).toEqual([]);
  // What is looked for on the Chinese screen is here: the search finds what it must find.
  expect(englishIn(english, names).length).toBeGreaterThan(0);
  expect(await namelessControls(page)).toEqual([]);
  const stops = await tabThrough(page, 30);
  expect(stops.length).toBeGreaterThan(4);
  expect(stops.filter(({ isVisible, isMarked }) => !isVisible || !isMarked)).toEqual([]);
  await page.keyboard.press('Shift+L');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  const chinese = await wordsOn(page);
  expect([...keysIn(chinese), ...englishIn(chinese, names)]).toEqual([]);
});

test('the source chosen at intake is judged, and a key lays the other over it', async ({ page, served }) => {
  const desk = await atIntake(page, served);
  const reading = desk.at('reading');
  await expect(reading.getByRole('radio', { name: people.name })).toBeChecked();
  // The delivery is read again before it is checked.
  await reading.getByRole('radio', { name: program.name }).click();
  await expect(reading.getByRole('radio', { name: program.name })).toBeChecked();
  await expect(reading).toBeEnabled();
  await desk.startAudit({ spec: writeSpec(served.folder, inspectFew()) });
  const [begun] = readJournal(onlyAudit(served.home)) as unknown as {
    data: { delivery: { source: string } };
  }[];
  expect(begun!.data.delivery.source).toBe(program.name);
  await desk.freezePlan();

  const pane = desk.at('pane-context');
  expect(await page.evaluate(() => window.assayProbe!.drawn().cuboids)).toBe(program.carsPerFrame);
  await expect(pane).not.toContainText(people.name);
  const before = await page.evaluate(() => window.assayProbe!.frameId);
  await page.keyboard.press('Shift+V');
  await expect(pane).toContainText(people.name);
  await expect.poll(() => page.evaluate(() => window.assayProbe!.frameId)).toBeGreaterThan(before);
  await page.keyboard.press('Shift+V');
  await expect(pane).not.toContainText(people.name);
});

test('two opinions lie side by side and over each other, and what differs is listed', async ({
  page,
  served,
}) => {
  const desk = await atIntake(page, served);
  await page.keyboard.press('Alt+0');
  await expect(desk.at('diff-table').getByRole('row')).not.toHaveCount(1);
  await expect(page.getByTestId('viewport')).toHaveCount(2);
  const first = await desk.at('diff-where').textContent();
  await page.keyboard.press('End');
  await expect(desk.at('diff-where')).not.toHaveText(first!);
  await page.keyboard.press('v');
  await expect(page.getByTestId('viewport')).toHaveCount(1);
  expect(await namelessControls(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(desk.at('start-audit')).toBeVisible();
});
