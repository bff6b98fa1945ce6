/** Where the build puts things, seen from any bundled entry: all of them lie in `dist/electron`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const builtWorker = new URL('./worker.mjs', import.meta.url);
export const builtRenderer = fileURLToPath(new URL('../renderer', import.meta.url));
export const builtCodecs = path.join(builtRenderer, 'codecs');
