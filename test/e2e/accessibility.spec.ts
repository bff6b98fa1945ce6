/** WCAG 2.2 AA on every screen in both themes; the dark one also with more contrast and text at 125 %, where all fits 1280 x 800. */
import type { Page } from '@playwright/test';
import { breachesOf } from '../support/e2e/accessibility.ts';
import { everyScreen, signedAudit } from '../support/e2e/everyScreen.ts';
import { expect, test } from '../support/servedFixture.ts';

interface Look {
  readonly theme: 'dark' | 'light';
  readonly contrast: 'usual' | 'more';
  readonly scale: number;
}

const looks: readonly Look[] = [
  { theme: 'light', contrast: 'usual', scale: 1 },
  { theme: 'dark', contrast: 'more', scale: 1.25 },
  { theme: 'dark', contrast: 'usual', scale: 1 },
];

/** Shows the screen in another look, as the settings would: the page's own attributes carry all of it. */
async function show(page: Page, look: Look): Promise<void> {
  await page.evaluate(({ theme, contrast, scale }) => {
    const { dataset, style } = document.documentElement;
    dataset.mantineColorScheme = theme;
    dataset.contrast = contrast;
    style.setProperty('--text-scale', String(scale));
  }, look);
}

/** What reaches out of the window, or over its neighbour in the header. */
async function tooWide(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const header = document.querySelector('header')!;
    const parts = [...header.children]
      .map((part) => part.getBoundingClientRect())
      .filter(({ width }) => width > 0);
    // Parts of the header stand side by side: none reaches into the next one or out of the window.
    const isOver = parts.some(({ right }, at) => right > (parts[at + 1]?.left ?? clientWidth) + 1);
    const inner = [...header.querySelectorAll('li, a')].some(
      (part) =>
        part.getBoundingClientRect().right > part.closest('nav, header')!.getBoundingClientRect().right + 1,
    );
    return [scrollWidth > clientWidth && 'page', (isOver || inner) && 'header'];
  });
  return wide.flatMap((part) => (part === false ? [] : [`${part} is too wide`]));
}

test('no screen breaks a rule of WCAG 2.2 AA that a program can judge, or is wider than a small window with large text', async ({
  page,
  served,
}) => {
  test.setTimeout(420_000);
  const desk = await signedAudit(page, served);
  const breaches = new Set<string>();
  await everyScreen(desk, async (screen) => {
    for (const look of looks) {
      await show(page, look);
      const found = [...(await breachesOf(page)), ...(look.scale > 1 ? await tooWide(page) : [])];
      for (const breach of found) breaches.add(`${screen}, ${look.theme}, ${look.contrast}: ${breach}`);
    }
  });
  expect([...breaches]).toEqual([]);
});
