/** The worst of the hostile deliveries in the window: each says what is wrong in a sentence, and the page lives on. */
import path from 'node:path';
import { problemSentence, translator } from '../../shared/messages/translate.ts';
import type { HostileCase } from '../hostile/corpus/hostileCase.ts';
import { hostileCases } from '../hostile/corpus/index.ts';
import { layOut, openCase } from '../hostile/openCase.ts';
import { AuditDesk } from '../support/e2e/auditDesk.ts';
import { expect, test } from '../support/servedFixture.ts';

/** One of each family whose trouble is told when the delivery is opened. */
const atOpening = [
  'paths: nuScenes names parent folders',
  'links: a cloud is a link out of the delivery',
  'archives: zip, an entry that unpacks a thousandfold',
  'documents: labels, a list in 100,000 lists',
  'pickles: calls os.system',
  'geometry: OpenLABEL, systems that are parents of each other',
  'xml: CVAT, a billion laughs',
];
const picture = 'pictures: a PNG of 100,000 x 100,000';

async function caseNamed(wanted: string): Promise<HostileCase> {
  const found = (await hostileCases()).find(({ name }) => name === wanted);
  if (!found) throw new Error(`no case is called ${wanted}`);
  return found;
}

test('deliveries that mean harm are told apart in sentences, one after another', async ({ page, served }) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  const t = translator('en');
  for (const [at, name] of atOpening.entries()) {
    const hostile = await caseNamed(name);
    const laid = layOut(path.join(served.folder, String(at)), hostile);
    const { problems } = await openCase(laid.delivery, path.join(served.folder, 'cache'));
    const expected = problems.find(({ code, path: file }) => `${code} ${file}` === hostile.expected[0]);
    await desk.goTo(`#/delivery/${encodeURIComponent(laid.delivery)}/intake`);
    await expect(page.getByText(problemSentence(t, expected!)).first(), name).toBeVisible({
      timeout: 60_000,
    });
    expect(laid.isCanaryUntouched()).toBe(true);
  }
});

test('a picture that states ten thousand megapixels stays closed', async ({ page, served }) => {
  await served.watch(page);
  const desk = new AuditDesk(page);
  await page.goto(await served.start());
  const laid = layOut(path.join(served.folder, 'picture'), await caseNamed(picture));
  await desk.open(laid.delivery);
  await page.keyboard.press('Shift+F');
  await desk.shown();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/100000 x 100000 pixels/).first()).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await desk.shown();
});
