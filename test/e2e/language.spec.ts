/** Two languages and two themes by key on every screen, and the desk without a mouse. */
import { namelessControls, tabThrough } from '../support/e2e/accessibility.ts';
import { shownOrder } from '../support/e2e/auditDesk.ts';
import { begin, everyScreen, signedAudit } from '../support/e2e/everyScreen.ts';
import { drawnSample, onlyAudit, readJournal, standingVerdicts } from '../support/e2e/record.ts';
import { englishIn, keysIn, wordsOn } from '../support/e2e/words.ts';
import { expect, test } from '../support/servedFixture.ts';

/** What people, cameras and standards are called, and what a vendor wrote, stays as it is in every language. */
const names = [
  'CAM_FRONT_LEFT',
  'CAM_FRONT',
  // The acceptance and rejection number, as the standard writes them.
  'Ac',
  'Re',
  // An attribute's value in the delivery.
  'none',
  'assay verify --key',
  'Lin Wei',
  'Northlight',
  'Batch 0142',
  'A handful',
  'ISO 2859-1',
  'Assay default: 3D cuboids',
  'ASAM OpenLABEL',
];

test('a key switches the language and the theme; no screen keeps a word of the other language', async ({
  page,
  served,
}) => {
  test.setTimeout(240_000);
  const desk = await signedAudit(page, served);
  const root = page.locator('html');
  await expect(root).toHaveAttribute('lang', 'en');
  await everyScreen(desk, async (screen) => {
    const words = await wordsOn(page);
    expect([screen, keysIn(words)]).toEqual([screen, []]);
    // What is looked for on the Chinese screens is here: the search finds what it must find.
    expect([screen, englishIn(words, names).length > 0]).toEqual([screen, true]);
    // The switch names the language it leads to.
    const chinese = words.filter((text) => /\p{Script=Han}/u.test(text.replace('中文', '')));
    expect([screen, chinese]).toEqual([screen, []]);
  });

  await page.keyboard.press('Shift+L');
  await expect(root).toHaveAttribute('lang', 'zh-Hans');
  const theme = await root.getAttribute('data-mantine-color-scheme');
  await page.keyboard.press('Shift+T');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', theme === 'dark' ? 'light' : 'dark');
  const left: string[] = [];
  await everyScreen(desk, async (screen) => {
    const words = await wordsOn(page);
    left.push(...[...keysIn(words), ...englishIn(words, names)].map((text) => `${screen}: ${text}`));
  });
  expect(left).toEqual([]);

  await page.reload();
  await desk.reviewReady();
  await expect(root).toHaveAttribute('lang', 'zh-Hans');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', theme === 'dark' ? 'light' : 'dark');
});

test('every control has a name, and Tab leads through the screen with the focus in sight', async ({
  page,
  served,
}) => {
  test.setTimeout(420_000);
  const desk = await signedAudit(page, served);
  const trouble: string[] = [];
  await everyScreen(desk, async (screen) => {
    trouble.push(...(await namelessControls(page)).map((control) => `${screen}: nameless ${control}`));
    if (screen === 'keys' || screen === 'palette') return;
    const stops = await tabThrough(page, 40);
    expect([screen, stops.length > 4]).toEqual([screen, true]);
    for (const { what, isVisible, isMarked } of stops) {
      // The skip link is the one thing that shows only while it has the focus.
      if (!isVisible) trouble.push(`${screen}: focus on what cannot be seen: ${what}`);
      else if (!isMarked) trouble.push(`${screen}: focus not shown on ${what}`);
    }
  });
  expect([...new Set(trouble)]).toEqual([]);
});

test('a held key judges one unit, and keys typed into a field judge none', async ({ page, served }) => {
  const desk = await begin(page, served);
  const folder = onlyAudit(served.home);
  const units = shownOrder(drawnSample(folder).labels.units);
  await desk.inFront(0, units.length);
  for (let repeat = 0; repeat < 8; repeat++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await desk.inFront(1, units.length);
  await desk.shown();
  for (let repeat = 0; repeat < 8; repeat++) await page.keyboard.down('4');
  await page.keyboard.up('4');
  await desk.inFront(2, units.length);
  await desk.saved();
  expect([...standingVerdicts(folder).values()].map(({ verdict }) => verdict)).toEqual(['accept', 'reject']);

  const before = readJournal(folder).length;
  await page.keyboard.press('c');
  const comment = page.locator('textarea');
  await expect(comment).toBeFocused();
  await page.keyboard.type('u z 4 s');
  await expect(comment).toHaveValue('u z 4 s');
  await page.keyboard.press('Escape');
  await expect(comment).not.toBeFocused();
  await desk.inFront(2, units.length);
  expect(readJournal(folder)).toHaveLength(before);
  await page.keyboard.press('Enter');
  await desk.inFront(3, units.length);
  await desk.saved();
  expect(standingVerdicts(folder).get(units[2]!.id)!.comment).toBe('u z 4 s');
});
