/** What the views draw and hold: every point once, few draw calls, nothing left behind, nothing fetched twice. */
import type { Page } from '@playwright/test';
import type { DrawnUnit } from '../../shared/audit/events.ts';
import { AuditDesk, shownCellOrder, shownOrder } from '../support/e2e/auditDesk.ts';
import { labelsOf, type MadeDelivery, pointsOf, usualDelivery } from '../support/e2e/madeDelivery.ts';
import { orbitOfLabel, type Place, pixelOf } from '../support/e2e/overlook.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectFew, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

/** More than this a view of one label and its surroundings never needs, all panes together. */
const mostDrawCalls = 60;

interface Begun {
  readonly desk: AuditDesk;
  readonly made: MadeDelivery;
  readonly units: readonly DrawnUnit[];
}

async function begin(page: Page, served: Served): Promise<Begun> {
  const made = await usualDelivery();
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(made.path);
  const spec = inspectFew();
  const plans = spec.search.plans.map((plan) => ({ ...plan, level: 'II' as const }));
  await desk.startAudit({
    spec: writeSpec(served.folder, { ...spec, search: { ...spec.search, plans } }),
  });
  await desk.freezePlan();
  return { desk, made, units: shownOrder(drawnSample(onlyAudit(served.home)).labels.units) };
}

const drawn = (page: Page) => page.evaluate(() => window.assayProbe!.drawn());
const gpu = (page: Page) => page.evaluate(() => window.assayProbe!.gpu());
const numberOf = (frame: string): number => Number(/(\d+)$/.exec(frame)![1]);

/** Waits until nothing more is drawn and nothing more is on its way: a few frames without a change. */
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

test('a frame is drawn whole: its points, its cuboids in one call', async ({ page, served }) => {
  const { desk, made } = await begin(page, served);
  const cells = shownCellOrder(drawnSample(onlyAudit(served.home)).cells.units);
  await page.keyboard.press('Alt+5');
  const calls = new Set<number>();
  for (const [at, cell] of cells.entries()) {
    await desk.inFront(at, cells.length);
    await desk.shown();
    await settled(page);
    const frame = numberOf(cell.frame);
    const { points, drawCalls, cuboids } = await drawn(page);
    // The picture panes draw no points unless asked to, so these are the points of the 3D view.
    expect([cell.frame, points]).toEqual([cell.frame, pointsOf(made.path, frame)]);
    expect([cell.frame, cuboids]).toEqual([cell.frame, labelsOf(made.path, frame).size]);
    calls.add(drawCalls);
    await page.keyboard.press('j');
  }
  const counts = new Set(cells.map(({ frame }) => labelsOf(made.path, numberOf(frame)).size));
  expect(counts.size).toBeGreaterThan(1);
  // Frames differ in how many labels they have, and not in the calls that draw them.
  expect(calls.size).toBe(1);
  expect(Math.max(...calls)).toBeLessThanOrEqual(mostDrawCalls);
});

test('leaving the desk frees what the GPU held, however often', async ({ page, served }) => {
  const { desk } = await begin(page, served);
  for (let round = 0; round < 4; round++) {
    await settled(page);
    const held = await gpu(page);
    expect(held.geometries).toBeGreaterThan(0);
    const { drawCalls } = await drawn(page);
    expect(drawCalls).toBeLessThanOrEqual(mostDrawCalls);
    await page.keyboard.press('Alt+3');
    await desk.at('plan-table').waitFor();
    await expect.poll(() => gpu(page)).toEqual({ geometries: 0, textures: 0 });
    expect(await page.evaluate(() => window.assayProbe!.shown)).toBe('');
    await page.keyboard.press('Alt+4');
    await desk.reviewReady();
  }
});

test('the next unit is there before it is asked for', async ({ page, served }) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/data/')) fetched.push(decodeURIComponent(pathname));
  });
  const { desk, units } = await begin(page, served);
  // The strip of the track reads sweeps of its own accord; here the views alone are counted.
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill('Show or hide: track');
  await page.keyboard.press('Enter');
  await expect(desk.at('track')).toHaveCount(0);
  await page.keyboard.press('Alt+3');
  await desk.at('plan-table').waitFor();
  fetched.length = 0;
  await page.keyboard.press('Alt+4');
  await desk.reviewReady();
  const sweepOf = (unit: DrawnUnit): string =>
    `LIDAR_TOP/${String(numberOf(unit.frame)).padStart(6, '0')}.pcd`;
  for (let at = 0; at + 1 < units.length; at++) {
    await desk.inFront(at, units.length);
    await settled(page);
    const before = fetched.filter((file) => file.endsWith(sweepOf(units[at + 1]!))).length;
    expect([units[at + 1]!.id, before > 0]).toEqual([units[at + 1]!.id, true]);
    await page.keyboard.press('j');
    await desk.inFront(at + 1, units.length);
    await settled(page);
    const after = fetched.filter((file) => file.endsWith(sweepOf(units[at + 1]!))).length;
    expect([units[at + 1]!.id, after]).toEqual([units[at + 1]!.id, before]);
  }
  // Four frames fit into memory: none is ever read again.
  const sweeps = fetched.filter((file) => file.endsWith('.pcd'));
  expect(sweeps.length).toBe(new Set(sweeps).size);
});

test('a click on a cuboid selects it everywhere; Escape returns to the unit', async ({ page, served }) => {
  const { desk, made, units } = await begin(page, served);
  const [unit] = units;
  const labels = labelsOf(made.path, numberOf(unit!.frame));
  const own = labels.get(unit!.track!)!;
  const neighbour = aloneNear(labels, unit!.track!, own.center);
  await settled(page);
  const pixel = await pixelOf(page, labels.get(neighbour)!.center, orbitOfLabel(own.center));
  await page.mouse.click(pixel.x, pixel.y);
  const facts = desk.at('facts');
  await expect(facts.getByRole('definition').filter({ hasText: new RegExp(`^${neighbour}$`) })).toBeVisible();
  await expect(desk.at('accept')).toContainText('Back to the unit');
  await page.keyboard.press('Escape');
  await expect(
    facts.getByRole('definition').filter({ hasText: new RegExp(`^${unit!.track}$`) }),
  ).toBeVisible();
  await expect(desk.at('accept')).toContainText('Accept');
});

test('what is drawn into a picture is gone while its key is held', async ({ page, served }) => {
  const { desk, units } = await begin(page, served);
  const picture = desk.at('picture-main');
  for (let at = 0; at < units.length; at++) {
    await desk.inFront(at, units.length);
    await settled(page);
    if ((await picture.getAttribute('data-status')) === 'ready') break;
    await page.keyboard.press('j');
  }
  await expect(picture).toHaveAttribute('data-status', 'ready');
  const withOverlay = await picture.screenshot();
  await page.keyboard.down('o');
  await settled(page);
  const without = await picture.screenshot();
  await page.keyboard.up('o');
  await settled(page);
  expect(without.equals(withOverlay)).toBe(false);
  expect((await picture.screenshot()).equals(withOverlay)).toBe(true);
});

/** A label not far from the place with nothing beside it that a click could hit instead. */
function aloneNear(labels: ReadonlyMap<string, { center: Place }>, unit: string, place: Place): string {
  const apart = (a: Place, b: Place): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const candidates = [...labels]
    .filter(([track]) => track !== unit)
    .sort(([, a], [, b]) => apart(a.center, place) - apart(b.center, place));
  const alone = candidates.find(([track, { center }]) =>
    [...labels].every(([other, label]) => other === track || apart(label.center, center) > 3.5),
  );
  if (!alone) throw new Error(`no label stands alone near ${unit}`);
  return alone[0];
}

/** The pane of the 3D view as it is painted, once nothing changes any more. */
async function contextPicture(page: Page, desk: AuditDesk): Promise<Buffer> {
  await page.mouse.move(2, 2);
  await settled(page);
  return desk.at('pane-context').screenshot();
}

test('every colouring that is offered paints, and says what its colours mean', async ({ page, served }) => {
  const { desk } = await begin(page, served);
  await desk.shown();
  const first = await contextPicture(page, desk);
  const named = new Set<string>();
  const painted: Buffer[] = [];
  const caption = desk.at('pane-context').locator('[data-picture-text]').nth(1);
  for (let round = 0; round < 12; round++) {
    const name = await caption.innerText();
    if (named.has(name)) break;
    named.add(name);
    const picture = await contextPicture(page, desk);
    expect([name, painted.some((other) => other.equals(picture))]).toEqual([name, false]);
    painted.push(picture);
    if (name !== 'plain') await expect(desk.at('colour-scale')).toBeVisible();
    await page.keyboard.press('p');
  }
  expect([...named]).toEqual(
    expect.arrayContaining(['height', 'intensity', 'distance', 'class', 'object', 'camera colour', 'plain']),
  );
  // Once round, and everything is as it was.
  expect((await contextPicture(page, desk)).equals(first)).toBe(true);
});

test('ground, clip, size and depth edges change the picture, say so, and leave nothing behind', async ({
  page,
  served,
}) => {
  const { desk } = await begin(page, served);
  await desk.shown();
  const plain = await contextPicture(page, desk);
  const { drawCalls } = await drawn(page);
  for (const [key, calls, says] of [
    ['h', 0, /ground hidden: [1-9]/],
    ['Shift+H', 0, /only within 5 m of the label/],
    ['Shift+M', 0, null],
    // The points again as one picture, shaded.
    ['Shift+E', 1, null],
  ] as const) {
    await page.keyboard.press(key);
    if (says) await expect(desk.at('pane-context')).toContainText(says);
    expect([key, (await contextPicture(page, desk)).equals(plain)]).toEqual([key, false]);
    expect([key, (await drawn(page)).drawCalls]).toEqual([key, drawCalls + calls]);
    await page.keyboard.press(key);
    expect([key, (await contextPicture(page, desk)).equals(plain)]).toEqual([key, true]);
    expect([key, (await drawn(page)).drawCalls]).toEqual([key, drawCalls]);
  }
});

test('the panel lists the options with their keys, and is left by Escape without touching the unit', async ({
  page,
  served,
}) => {
  const { desk } = await begin(page, served);
  await desk.shown();
  const plain = await contextPicture(page, desk);
  await page.keyboard.press('Shift+W');
  const panel = desk.at('view-panel');
  await expect(panel).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'View options' })).toBeVisible();
  const ground = panel.getByRole('checkbox', { name: /Hide the ground/ });
  await ground.focus();
  await page.keyboard.press('Space');
  await expect(ground).toBeChecked();
  await expect(desk.at('ground-hidden')).toBeVisible();
  // A key that is not the panel's own acts as before.
  await page.keyboard.press('h');
  await expect(ground).not.toBeChecked();
  await panel.locator('[data-option=colouring]').selectOption('distance');
  await panel.getByRole('button', { name: 'Reset view options' }).click();
  await expect(panel.locator('[data-option=colouring]')).toHaveValue('height');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(desk.at('accept')).toContainText('Accept');
  expect((await contextPicture(page, desk)).equals(plain)).toBe(true);
});
