/** How far two PNGs differ, counted in the browser: the share of pixels of which some channel is another. */
import type { Page } from '@playwright/test';

/** A channel may differ by so much (of 255) before its pixel counts: smoothed edges do. */
const tolerated = 24;

export async function pixelDifference(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async ([first, second, most]) => {
      const pixelsOf = async (base64: string): Promise<ImageData> => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        canvas.drawImage(bitmap, 0, 0);
        return canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [a, b] = [await pixelsOf(first), await pixelsOf(second)];
      if (a.width !== b.width || a.height !== b.height) return 1;
      let different = 0;
      for (let at = 0; at < a.data.length; at += 4) {
        const isSame = [0, 1, 2].every(
          (channel) => Math.abs(a.data[at + channel]! - b.data[at + channel]!) <= most,
        );
        if (!isSame) different++;
      }
      return different / (a.width * a.height);
    },
    [one.toString('base64'), other.toString('base64'), tolerated] as const,
  );
}
