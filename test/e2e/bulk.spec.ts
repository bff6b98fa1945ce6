/** Many units in one action, in a browser: a whole track, a page of similar objects, and the way on after a break. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { DrawnUnit } from '../../shared/audit/events.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { makeDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, entriesOf, onlyAudit, standingVerdicts } from '../support/e2e/record.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

const rangeMeters = 45;

/** A frozen sample of every label within reach, the first unit in front. */
async function atTheDesk(
  page: Page,
  served: Served,
): Promise<{ readonly desk: AuditDesk; readonly folder: string; readonly units: readonly DrawnUnit[] }> {
  await served.watch(page);
  const desk = new AuditDesk(page);
  const made = await makeDelivery(path.join(served.folder, 'made'), { frames: 3 });
  await page.goto(await served.start());
  await desk.open(made.path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(rangeMeters)) });
  await desk.freezePlan();
  const folder = onlyAudit(served.home);
  return { desk, folder, units: shownOrder(drawnSample(folder).labels.units) };
}

test('a whole track is two keys, an exception is two more, and one key takes all of it back', async ({
  page,
  served,
}) => {
  const { desk, folder, units } = await atTheDesk(page, served);
  const first = units.findIndex(({ track: name }) => units.filter((unit) => unit.track === name).length > 2);
  const track = units.filter(({ track: name }) => name === units[first]!.track);
  for (let at = 0; at < first; at++) {
    await desk.inFront(at, units.length);
    await page.keyboard.press('j');
  }
  await desk.inFront(first, units.length);
  await desk.shown();

  await page.keyboard.press('Shift+A');
  await expect(desk.at('bulk-group').getByRole('listitem')).toHaveCount(track.length);
  await expect(desk.at('bulk-question')).toContainText(`${track.length} units of this track`);
  // A held key commits nothing and Escape leaves everything as it was.
  await page.keyboard.press('Escape');
  await expect(desk.at('bulk-group')).toHaveCount(0);
  expect(standingVerdicts(folder).size).toBe(0);

  await page.keyboard.press('Shift+A');
  await page.keyboard.press('ArrowDown');
  await desk.inFront(first + 1, units.length);
  await desk.shown();
  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  await desk.inFront(first + track.length, units.length);
  await expect(desk.at('last-verdict')).toContainText(`${track.length - 1} accepted · 1 rejected`);
  await desk.saved();
  const given = standingVerdicts(folder);
  expect(track.map(({ id }) => given.get(id)!.verdict)).toEqual(
    track.map((_unit, at) => (at === 1 ? 'reject' : 'accept')),
  );
  const groups = new Set(track.map(({ id }) => JSON.stringify(given.get(id)!.bulk)));
  expect(groups.size).toBe(1);
  expect(given.get(track[1]!.id)!.evidence?.picture).toMatch(/^[0-9a-f]{64}$/);

  await page.keyboard.press('Shift+Z');
  await desk.saved();
  await expect.poll(() => standingVerdicts(folder).size).toBe(0);
  await desk.inFront(first + 1, units.length);
});

test('similar objects lie side by side with their pictures; one is rejected, one left open, the rest accepted', async ({
  page,
  served,
}) => {
  const { desk, folder, units } = await atTheDesk(page, served);
  const alike = units.filter(
    ({ className, scene }) => className === units[0]!.className && scene === units[0]!.scene,
  );
  await page.keyboard.press('i');
  const tiles = desk.at('bulk-tile');
  await expect(tiles.first()).toBeVisible();
  await expect(desk.at('bulk-question')).toContainText(`${alike.length} objects`);
  // Tiles out of sight are not made; those in sight have their pictures.
  await expect(tiles.first().locator('canvas')).toHaveAttribute('data-made', 'all', { timeout: 60_000 });
  const inked = await tiles
    .first()
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4)
        colours.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
      return colours.size;
    });
  expect(inked).toBeGreaterThan(8);

  const idOf = (place: number) => tiles.nth(place).getAttribute('data-unit');
  const [rejected, open] = [await idOf(0), await idOf(1)];
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await expect(desk.at('bulk-question')).toContainText(`${alike.length - 2} objects`);
  await page.keyboard.press('Enter');
  await expect(desk.at('bulk-similar')).toHaveCount(0);
  await desk.saved();
  const given = standingVerdicts(folder);
  expect(given.size).toBe(alike.length - 1);
  expect(given.get(rejected!)!.verdict).toBe('reject');
  expect(given.has(open!)).toBe(false);
  expect([...given.values()].filter(({ verdict }) => verdict === 'accept')).toHaveLength(alike.length - 2);

  // Right after it, the plain undo takes the whole group back, too.
  await page.keyboard.press('z');
  await desk.saved();
  await expect.poll(() => standingVerdicts(folder).size).toBe(0);
});

test('after a break some units come up once more among open ones, without their verdict, and count nowhere', async ({
  page,
  served,
}) => {
  const { desk, folder, units } = await atTheDesk(page, served);
  await desk.judge(units, () => null, 14);
  await desk.saved();
  const before = standingVerdicts(folder);
  await page.clock.setFixedTime(Date.now() + 25 * 60_000);
  await page.reload();
  await desk.at('break').waitFor({ timeout: 60_000 });
  await expect(desk.at('break')).toContainText('3');
  await page.keyboard.press('Enter');
  await expect(desk.at('break')).toHaveCount(0);

  // Six stops: three of them old. Neither place nor mark says which.
  await expect(desk.at('strip').getByRole('button')).toHaveCount(0);
  for (let stop = 1; stop <= 6; stop++) {
    await desk.inFront(stop - 1, 6);
    await expect(desk.at('unit-state')).toHaveAttribute('data-mark', 'open');
    await desk.shown();
    await page.keyboard.press('u');
  }
  await desk.inFront(17, units.length);
  await desk.saved();
  const repeats = entriesOf(folder, 'repeat.judged');
  expect(repeats).toHaveLength(3);
  const after = standingVerdicts(folder);
  for (const { data } of repeats) {
    expect(data.verdict).toBe('unsure');
    expect(before.has(data.unit)).toBe(true);
    expect(after.get(data.unit)!.verdict).toBe('accept');
  }
  expect(after.size).toBe(before.size + 3);
});
