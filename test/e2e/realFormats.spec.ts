/** Real deliveries of every large format in the app: the frame is drawn with its points, cuboids and pictures. */
import { withRealDelivery } from '../support/e2e/realData.ts';
import { expect, test } from '../support/servedFixture.ts';

interface Expected {
  readonly name: string;
  readonly relative: string;
  readonly points: number;
  readonly cuboids: number;
  /** Pictures of the first frame with points. */
  readonly pictures: number;
}

const deliveries: readonly Expected[] = [
  { name: 'KITTI', relative: 'data/kitti-object', points: 115_384, cuboids: 1, pictures: 1 },
  {
    name: 'SUSTechPOINTS',
    relative: 'data/sustech-points/example',
    points: 68_242,
    cuboids: 19,
    pictures: 0,
  },
  { name: 'nuScenes', relative: 'data/nuscenes-sample', points: 34_688, cuboids: 68, pictures: 6 },
  { name: 'PandaSet', relative: 'data/pandaset-002', points: 166_768, cuboids: 113, pictures: 6 },
  { name: 'Argoverse 2', relative: 'data/argoverse2', points: 99_229, cuboids: 81, pictures: 0 },
];

for (const { name, relative, points, cuboids, pictures } of deliveries) {
  withRealDelivery(relative, (delivery) => {
    test(`${name}: the frame stands on screen as its facts say`, async ({ page, served }) => {
      await served.watch(page);
      await page.goto(await served.start([delivery]));
      await page.goto(`${new URL(page.url()).origin}/#/delivery/${encodeURIComponent(delivery)}/look`);
      await page.getByTestId('look-frame').waitFor();
      const facts = page.getByTestId('frame-facts');
      await expect
        .poll(async () => (await facts.innerText()).replace(/[\s\u202f\u00a0,]/g, ''))
        .toContain(`Points${points}`);
      await expect(page.locator('[data-testid^="picture-look"][data-status="ready"]')).toHaveCount(pictures);
      await expect.poll(() => page.evaluate(() => window.assayProbe!.drawn().cuboids)).toBe(cuboids);
      expect(await page.evaluate(() => window.assayProbe!.drawn().points)).toBeGreaterThanOrEqual(points);
    });
  });
}
