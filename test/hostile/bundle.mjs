/** Scripts in TypeScript for a Node that strips no types: bundled, with fixtures finding files beside themselves. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

const ownPlaces = {
  name: 'own-places',
  setup(bundler) {
    bundler.onLoad({ filter: /\/test\/.*\.ts$/ }, (file) => ({
      loader: 'ts',
      contents: readFileSync(file.path, 'utf8').replaceAll(
        'import.meta.dirname',
        JSON.stringify(path.dirname(file.path)),
      ),
    }));
  },
};

/** Bundles a script of `test/hostile` and answers where it lies: packages are found from there. */
export async function bundleScript(entry) {
  const outfile = path.join(root, 'node_modules/.cache/assay-hostile', `${process.pid}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [path.join('test/hostile', entry)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
    plugins: [ownPlaces],
  });
  return outfile;
}
