/** Frames of films in a real browser: each frame says by its brightness which one it is. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';

const films = path.resolve(import.meta.dirname, '../unit/readers/video');
/** Middle of the range that each frame is drawn with, as ffmpeg decodes it to luma 16..235 and back. */
const brightnessOf = (frame: number) => Math.min(255, Math.max(0, ((8 * frame - 16) * 255) / 219));

const entry = `
  import { filmFrame } from './renderer/workers/video/filmFrames.ts';
  const canvas = new OffscreenCanvas(160, 96);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let asked = 0;
  const open = async (name) => {
    const bytes = new Uint8Array(await (await fetch(name)).arrayBuffer());
    return {
      length: bytes.length,
      slice: async (start, end) => {
        asked++;
        return bytes.slice(start, end);
      },
    };
  };
  window.frameOf = async (name, frame) => {
    const result = await filmFrame(name, name, () => open(name), frame, new AbortController().signal);
    if (!result.ok) return result.problem.code;
    context.drawImage(result.value, 0, 0);
    const [red] = context.getImageData(20, 48, 1, 1).data;
    const size = [result.value.width, result.value.height];
    result.value.close();
    return { red, size };
  };
  window.together = (name, frames) => Promise.all(frames.map((frame) => window.frameOf(name, frame)));
`;

type Shown = { red: number; size: [number, number] } | string;

declare global {
  interface Window {
    frameOf(name: string, frame: number): Promise<Shown>;
    together(name: string, frames: readonly number[]): Promise<Shown[]>;
  }
}

async function openPage(page: Page): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  const stdin = { contents: entry, resolveDir: root };
  const bundle = await build({ stdin, bundle: true, write: false, format: 'iife', absWorkingDir: root });
  await page.route('http://localhost/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name.endsWith('.mp4')) return route.fulfill({ body: readFileSync(path.join(films, name)) });
    if (name === 'films.js')
      return route.fulfill({ contentType: 'text/javascript', body: bundle.outputFiles[0]!.text });
    return route.fulfill({ contentType: 'text/html', body: '<script src="films.js"></script>' });
  });
  await page.goto('http://localhost/');
}

for (const name of ['h264.mp4', 'vp9.mp4', 'av1.mp4']) {
  test(`${name}: forwards, backwards, side by side, the first and the last`, async ({ page }) => {
    await openPage(page);
    const first = await page.evaluate((film) => window.frameOf(film, 12), name);
    test.skip(first === 'video-codec-unsupported', 'this browser has no decoder for it');
    const expectFrame = (shown: Shown, frame: number) => {
      expect(shown, `frame ${frame}`).toMatchObject({ size: [160, 96] });
      const { red } = shown as { red: number };
      // Frames are 9 steps apart; compression moves them by less than half of that.
      expect(Math.abs(red - brightnessOf(frame)), `frame ${frame} shows ${red}`).toBeLessThan(4.5);
    };
    expectFrame(first, 12);
    for (const frame of [13, 14, 17, 20, 21, 29, 28, 5, 4, 6, 29]) {
      expectFrame(
        await page.evaluate(([film, at]) => window.frameOf(film, at), [name, frame] as const),
        frame,
      );
    }
    const together = [25, 7, 8, 16];
    const shown = await page.evaluate(([film, at]) => window.together(film, at), [name, together] as const);
    for (const [i, frame] of together.entries()) expectFrame(shown[i]!, frame);
    expect(await page.evaluate((film) => window.frameOf(film, 30), name)).toBe('video-frame-missing');
  });
}

test('a film that cannot be read, and one in fragments, are told', async ({ page }) => {
  await openPage(page);
  expect(await page.evaluate(() => window.frameOf('frag.mp4', 0))).toBe('mp4-fragmented');
});
