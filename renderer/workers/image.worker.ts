/** Entry of the worker that turns image files into bitmaps. */
import { decodeImage, decodePixels } from './decodeImage.ts';
import type { ImageOperations } from './protocol.ts';
import { serveOperations, type WorkerPort } from './serveOperations.ts';

// Chromium decodes off this thread, so several images are under way at once.
serveOperations<ImageOperations>(
  self as unknown as WorkerPort,
  { decode: decodeImage, pixels: decodePixels },
  3,
  () => undefined,
);
