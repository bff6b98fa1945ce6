#!/usr/bin/env node
/** The `assay` command: hands over to the built command line, or says how to build it. Plain JavaScript. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/electron/cli.mjs', import.meta.url);
if (existsSync(fileURLToPath(built))) await import(built.href);
else {
  console.error('Assay is not built yet: run `npm run build` in its folder first.');
  process.exitCode = 4;
}
