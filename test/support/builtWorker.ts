/** The worker as the product has it: bundled, since Node runs no TypeScript in a thread. Built once a test file. */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
let built: Promise<URL> | null = null;

/** Bundles an entry of the electron room to a file of its own, as the build does. */
export async function bundleEntry(entry: string, outfile: string): Promise<URL> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'silent',
  });
  return pathToFileURL(outfile);
}

export function builtWorker(): Promise<URL> {
  built ??= bundleEntry(
    'electron/workers/worker.ts',
    path.join(mkdtempSync(path.join(os.tmpdir(), 'assay-worker-')), 'worker.mjs'),
  );
  return built;
}
