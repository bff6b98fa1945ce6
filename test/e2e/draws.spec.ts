/** A seed draws the same units, with the same chances, in Node and in the browser, whatever the design. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { everyDraw, type everyDrawInPage } from '../support/e2e/everyDraw.ts';

const entry = fileURLToPath(new URL('../support/e2e/everyDraw.ts', import.meta.url));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('every design draws alike in Node and in the page', async ({ page }) => {
  const bundled = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'draws',
    target: 'chrome120',
  });
  // Only a page from a secure address has the browser's own hash.
  await page.route('https://draws.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '' }),
  );
  await page.goto('https://draws.example/');
  await page.addScriptTag({ content: bundled.outputFiles[0]!.text });
  for (const seed of ['000102030405060708090a0b0c0d0e0f', 'ffffffffffffffffffffffffffffffff']) {
    const inPage = await page.evaluate((value) => {
      const { draws } = window as unknown as { draws: { everyDrawInPage: typeof everyDrawInPage } };
      return draws.everyDrawInPage(value);
    }, seed);
    const here = JSON.parse(JSON.stringify(everyDraw(seed, sha256)));
    for (const design of Object.keys(here)) expect(inPage[design], design).toEqual(here[design]);
    expect(here.simple.order).toHaveLength(320);
    expect(here.weighted.probability.every((chance: number) => chance > 0 && chance <= 1)).toBe(true);
  }
});
