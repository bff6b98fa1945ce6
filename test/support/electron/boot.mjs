/**
 * Compiles the stand-in in memory and runs it. It is written in TypeScript and must also start on a Node that does
 * not strip types; bundling takes a few tens of milliseconds and leaves no file that could go stale.
 */
import { Module } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';

const here = import.meta.dirname;

function bundle(file, options) {
  const result = buildSync({
    entryPoints: [path.join(here, file)],
    bundle: true,
    write: false,
    logLevel: 'error',
    ...options,
  });
  return result.outputFiles[0].text;
}

const script = (file, globalName) =>
  bundle(file, { format: 'iife', globalName, platform: 'browser', target: 'chrome140' });

const code = bundle('standIn.ts', {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  outdir: here,
  define: {
    MAIN_WORLD_SCRIPT: JSON.stringify(script('page/mainWorld.ts', 'standInMainWorld')),
    PRELOAD_WORLD_SCRIPT: JSON.stringify(script('page/preloadWorld.ts', 'standInPreloadWorld')),
    STAND_IN_FOLDER: JSON.stringify(here),
  },
});

process.setSourceMapsEnabled(true);
const file = path.join(here, 'standIn.cjs');
const standIn = new Module(file);
standIn.filename = file;
standIn.paths = Module._nodeModulePaths(here);
standIn._compile(code, file);
