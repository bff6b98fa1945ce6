/** `npm run build`: the machine's side with esbuild, the interface with Vite, both into `dist/`. Plain JavaScript. */
import { copyFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildInterface } from 'vite';
import { buildStamp } from './built.mjs';
import { projectRoot } from './install.mjs';

const output = path.join(projectRoot, 'dist/electron');

const common = {
  absWorkingDir: projectRoot,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['electron'],
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  legalComments: 'none',
};

/** WebAssembly that both sides load from beside the interface, by the names of `CodecName`. */
const codecs = {
  'laz-perf': 'laz-perf/lib/laz-perf.wasm',
  draco: 'draco3d/draco_decoder.wasm',
};

/** Worker threads load a file of their own, found beside the entry that starts them. */
const modules = {
  main: 'electron/main.ts',
  cli: 'electron/cli/main.ts',
  worker: 'electron/workers/worker.ts',
};

const startedAt = new Date();
rmSync(buildStamp, { force: true });
mkdirSync(output, { recursive: true });

await Promise.all([
  bundle({
    ...common,
    entryPoints: modules,
    outdir: output,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  }),
  // A sandboxed preload may load nothing but `electron`, and only as CommonJS.
  bundle({
    ...common,
    entryPoints: { preload: 'electron/preload.ts' },
    outdir: output,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  }),
  buildInterface({ configFile: path.join(projectRoot, 'vite.config.ts'), logLevel: 'warn' }),
]);

const codecFolder = path.join(projectRoot, 'dist/renderer/codecs');
mkdirSync(codecFolder, { recursive: true });
for (const [name, file] of Object.entries(codecs)) {
  copyFileSync(path.join(projectRoot, 'node_modules', file), path.join(codecFolder, `${name}.wasm`));
}

// Written last: all of it was built from sources as they stood at the start, or later.
writeFileSync(buildStamp, '');
utimesSync(buildStamp, startedAt, startedAt);
