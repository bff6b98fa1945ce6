/** The label in time: small pictures of each frame, gaps, keys that go through them, and the play that a verdict ends. */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { DrawnUnit } from '../../shared/audit/events.ts';
import { AuditDesk, shownOrder } from '../support/e2e/auditDesk.ts';
import { labelsOf, type MadeDelivery, makeDelivery } from '../support/e2e/madeDelivery.ts';
import { drawnSample, onlyAudit } from '../support/e2e/record.ts';
import { inspectEverything, writeSpec } from '../support/e2e/specFile.ts';
import { expect, type Served, test } from '../support/servedFixture.ts';

const frames = 8;
let delivery: MadeDelivery;

test.beforeAll(async () => {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'assay-track-')), 'made');
  delivery = await makeDelivery(folder, { frames, defects: 0.25, seed: 3 });
});

interface Begun {
  readonly desk: AuditDesk;
  readonly units: readonly DrawnUnit[];
}

async function begin(page: Page, served: Served): Promise<Begun> {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  await desk.open(delivery.path);
  await desk.startAudit({ spec: writeSpec(served.folder, inspectEverything(80)) });
  await desk.freezePlan();
  await desk.shown();
  return { desk, units: shownOrder(drawnSample(onlyAudit(served.home)).labels.units) };
}

/** Frames of the delivery in which a track has a label. */
const framesOf = (track: string): number[] =>
  Array.from({ length: frames }, (_, at) => at).filter((at) => labelsOf(delivery.path, at).has(track));

const isBroken = (present: readonly number[]): boolean =>
  present.length > 1 && present.at(-1)! - present[0]! + 1 > present.length;

const columns = (page: Page) => page.getByTestId('track-pictures').locator('[data-frame]');
const current = (page: Page) =>
  page.getByTestId('track-pictures').locator('[data-current]').getAttribute('data-frame');

/** Goes to the first unit whose track is as wanted. */
async function goToUnit({ desk, units }: Begun, isWanted: (present: number[]) => boolean): Promise<number[]> {
  const at = units.findIndex(({ track }) => isWanted(framesOf(track!)));
  expect(at).toBeGreaterThanOrEqual(0);
  await desk.goToScreen(`review?unit=${encodeURIComponent(units[at]!.id)}`);
  await desk.inFront(at, units.length);
  await desk.shown();
  return framesOf(units[at]!.track!);
}

async function allPictured(page: Page): Promise<void> {
  const waiting = page
    .getByTestId('track-pictures')
    .locator('[data-frame]:not([data-state=outside]) canvas:not([data-made=all])');
  await expect(waiting).toHaveCount(0);
}

/** Distinct colours in a canvas: an empty one has one. */
const colours = (page: Page, state: string) =>
  columns(page)
    .and(page.locator(`[data-state=${state}]`))
    .locator('canvas')
    .evaluateAll((canvases) =>
      canvases.map((element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );

test('every frame of the track has its picture, and no sweep is read over and over', async ({
  page,
  served,
}) => {
  const fetched = new Map<string, number>();
  page.on('request', (request) => {
    const name = decodeURIComponent(new URL(request.url()).pathname);
    if (name.endsWith('.pcd')) fetched.set(name, (fetched.get(name) ?? 0) + 1);
  });
  const begun = await begin(page, served);
  const present = await goToUnit(begun, (at) => at.length === frames);
  await expect(columns(page)).toHaveCount(frames);
  await allPictured(page);
  for (const found of await colours(page, 'present')) expect(found).toBeGreaterThan(3);
  expect(present).toHaveLength(frames);
  await expect(page.getByTestId('spoken-track')).toContainText(`${frames} frames of ${frames}`);
  await page.keyboard.press('j');
  await begun.desk.shown();
  await allPictured(page);
  // Once for the views, once for the strip, and once more where reading ahead was cut short on the way.
  expect(Math.max(...fetched.values())).toBeLessThanOrEqual(3);
});

test('frames without the label are gaps with a dashed place where it would be', async ({ page, served }) => {
  const begun = await begin(page, served);
  const present = await goToUnit(begun, isBroken);
  await allPictured(page);
  const states = await columns(page).evaluateAll((all) =>
    all.map((column) => (column as HTMLElement).dataset.state),
  );
  const wanted = Array.from({ length: frames }, (_, at) => {
    if (present.includes(at)) return 'present';
    return at > present[0]! && at < present.at(-1)! ? 'gap' : 'outside';
  });
  expect(states).toEqual(wanted);
  for (const found of await colours(page, 'gap')) expect(found).toBeGreaterThan(1);
  await expect(page.getByTestId('spoken-track')).toContainText('missing');
});

test('keys step through the track, to its ends, and play it until a verdict', async ({ page, served }) => {
  const begun = await begin(page, served);
  await goToUnit(begun, (at) => at.length === frames);
  await page.keyboard.press('Home');
  await expect.poll(() => current(page)).toBe('0');
  await page.keyboard.press(']');
  await expect.poll(() => current(page)).toBe('1');
  await page.keyboard.press('Shift+BracketRight');
  await expect.poll(() => current(page)).toBe(String(frames - 1));
  await page.keyboard.press('Shift+BracketLeft');
  await expect.poll(() => current(page)).toBe('0');
  await columns(page).nth(3).click();
  await expect.poll(() => current(page)).toBe('3');
  await begun.desk.shown();

  const play = page.getByTestId('play-track');
  await page.keyboard.press('Space');
  await expect(play).toHaveAttribute('aria-pressed', 'true');
  const seen = new Set<string | null>();
  await expect
    .poll(async () => {
      seen.add(await current(page));
      return seen.size;
    })
    .toBeGreaterThan(3);
  // Any code: the verdict is given on the frame that is shown, and the next unit stands still.
  await page.keyboard.press('4');
  await expect(play).toHaveAttribute('aria-pressed', 'false');
  await begun.desk.saved();
});

test('another theme draws the same pictures in its colours', async ({ page, served }) => {
  const begun = await begin(page, served);
  await goToUnit(begun, (at) => at.length === frames);
  await allPictured(page);
  const corner = () =>
    columns(page)
      .first()
      .locator('canvas')
      .evaluate((element) => [
        ...(element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 1, 1).data,
      ]);
  const dark = await corner();
  await page.keyboard.press('Shift+T');
  await expect.poll(corner).not.toEqual(dark);
  await allPictured(page);
});
