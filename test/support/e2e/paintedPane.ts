/** What a pane of the canvas shows, as a coarse picture that two looks can be compared by. */
import type { Page } from '@playwright/test';

/** Brightness of 48 x 48 fields of the pane, row by row, 0..255. */
export function pictureOf(page: Page, pane: string): Promise<number[]> {
  return page.evaluate((testId) => {
    const side = 48;
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=viewport] canvas')!;
    const base = canvas.getBoundingClientRect();
    const box = document.querySelector(`[data-testid="${testId}"]`)!.getBoundingClientRect();
    const scale = canvas.width / base.width;
    const coarse = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
    coarse.drawImage(
      canvas,
      (box.left - base.left) * scale,
      (box.top - base.top) * scale,
      box.width * scale,
      box.height * scale,
      0,
      0,
      side,
      side,
    );
    const { data } = coarse.getImageData(0, 0, side, side);
    return Array.from({ length: side * side }, (_, at) =>
      Math.round((data[4 * at]! + data[4 * at + 1]! + data[4 * at + 2]!) / 3),
    );
  }, pane);
}

/** 1 = the same; the correlation of two pictures otherwise. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  if (one.every((value, at) => value === other[at])) return 1;
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  for (const [at, value] of one.entries()) {
    const [x, y] = [value - a, other[at]! - b];
    both += x * y;
    first += x * x;
    second += y * y;
  }
  return both / Math.sqrt(first * second || 1);
}
