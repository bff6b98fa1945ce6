/** The project's own modules, bundled to plain JavaScript for the Node that runs a benchmark. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = path.resolve(import.meta.dirname, '../..');

/** `modules`: paths in the project; all that they export, together. */
export async function bundled(modules) {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  const outfile = path.join(folder, 'project.mjs');
  const contents = modules.map((file) => `export * from './${file}';`).join('\n');
  try {
    await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile,
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
