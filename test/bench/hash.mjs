/**
 * How fast a large delivery is listed and hashed: with all threads against one, and against what the system has for it
 * (`find`, `sha256sum`). Run with `node test/bench/hash.mjs [files] [megabytes] [rounds]`.
 *
 * Two deliveries are made: many small files (labels, 100,000 unless told) and few large ones (clouds, 768 MB unless
 * told). What the contestants answer is compared first; their order is shuffled every round; all files are in memory by
 * then, so that no disk is measured. Only ratios of one run mean anything.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const manyFiles = Number(process.argv[2] ?? 100_000);
const megabytes = Number(process.argv[3] ?? 768);
const rounds = Number(process.argv[4] ?? 5);
const cores = availableParallelism();
const largeFile = 32 * 1024 * 1024;

const place = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));

/** The project's own modules and its worker, bundled to plain JavaScript for the Node that runs this. */
async function loadProject() {
  const modules = ['electron/workers/hashing/hashFiles.ts', 'electron/services/walkFolder.ts'];
  const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' };
  const outfile = path.join(place, 'project.mjs');
  const workerFile = path.join(place, 'worker.mjs');
  const contents = modules.map((file) => `export * from './${file}';`).join('\n');
  await build({ ...common, stdin: { contents, resolveDir: root }, outfile });
  await build({
    ...common,
    entryPoints: [path.join(root, 'electron/workers/worker.ts')],
    outfile: workerFile,
  });
  return { ...(await import(pathToFileURL(outfile).href)), workerFile: pathToFileURL(workerFile) };
}

function makeSmall(folder) {
  for (let at = 0; at < manyFiles; at++) {
    const scene = path.join(folder, `scene-${String(Math.floor(at / 1000)).padStart(4, '0')}`);
    if (at % 1000 === 0) mkdirSync(scene, { recursive: true });
    writeFileSync(path.join(scene, `${at}.json`), Buffer.alloc(500 + ((at * 7919) % 3000), 32 + (at % 90)));
  }
}

function makeLarge(folder) {
  mkdirSync(folder, { recursive: true });
  const count = Math.max(1, Math.round((megabytes * 1024 * 1024) / largeFile));
  for (let at = 0; at < count; at++)
    writeFileSync(path.join(folder, `${at}.bin`), Buffer.alloc(largeFile, `cloud ${at} `));
}

const project = await loadProject();
const shell = promisify(execFile);
const shellRun = async (script, cwd) =>
  (await shell('sh', ['-c', script], { cwd, maxBuffer: 1 << 30 })).stdout.trim().split('\n');

let runs = 0;
/** `<sha256> <path>` of every file, sorted, by the product with so many threads. */
async function hashWith(threads, folder, files, bytes) {
  const roots = { root: folder, sensorsRoot: null, cacheFolder: place, key: 'none' };
  const how = { journal: path.join(place, `journal-${++runs}.jsonl`), step: 'hashing', threads };
  const context = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    workerFile: project.workerFile,
  };
  const answer = await project.hashFiles(roots, files, bytes, how, context);
  if (!answer.ok || answer.value.problems.length > 0) throw new Error(JSON.stringify(answer.problem));
  return answer.value.files.map((line) => `${line.sha256} ${line.path}`).sort();
}

const digests = (lines) => lines.map((line) => line.replace(/^(\w+) [ *]\.\//, '$1 ')).sort();

async function hashers(folder) {
  const { entries } = await project.walkFolder(folder);
  const files = entries.map((entry) => ({ root: 'delivery', path: entry.path }));
  const bytes = entries.reduce((sum, entry) => sum + entry.size, 0);
  const find = 'find . -type f -print0 | xargs -0 -n 200';
  return {
    [`assay, ${cores} threads`]: () => hashWith(cores, folder, files, bytes),
    'assay, one thread': () => hashWith(1, folder, files, bytes),
    sha256sum: async () => digests(await shellRun(`${find} sha256sum`, folder)),
    [`sha256sum, ${cores} at once`]: async () =>
      digests(await shellRun(`${find} -P ${cores} sha256sum`, folder)),
  };
}

function listers(folder) {
  return {
    assay: async () =>
      (await project.walkFolder(folder)).entries.map((entry) => `${entry.size} ${entry.path}`),
    find: async () => (await shellRun("find . -type f -printf '%s %P\\n'", folder)).sort(byPath),
  };
}

const pathOf = (line) => line.slice(line.indexOf(' ') + 1);
const byPath = (a, b) => (pathOf(a) < pathOf(b) ? -1 : 1);

/** Median seconds of each, in an order shuffled every round, after all agreed. */
async function compare(title, contestants) {
  const names = Object.keys(contestants);
  const answers = [];
  for (const name of names) answers.push((await contestants[name]()).join('\n'));
  if (new Set(answers).size !== 1) throw new Error(`${title}: the answers differ`);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of [...names].sort(() => Math.random() - 0.5)) {
      const startedAt = performance.now();
      await contestants[name]();
      times[name].push((performance.now() - startedAt) / 1000);
    }
  }
  const medians = names.map((name) => times[name].sort((a, b) => a - b)[rounds >> 1]);
  console.log(`\n${title}`);
  for (const [at, name] of names.entries()) {
    const ratio = (medians[at] / medians[0]).toFixed(2);
    console.log(`  ${name.padEnd(26)} ${medians[at].toFixed(3)} s   ${ratio} times the first`);
  }
}

const small = path.join(place, 'small');
const large = path.join(place, 'large');
makeSmall(small);
makeLarge(large);
await compare(`listing ${manyFiles} files`, listers(small));
await compare(`hashing ${manyFiles} small files`, await hashers(small));
await compare(`hashing ${megabytes} MB in large files`, await hashers(large));
const before = path.join(place, 'journal-1.jsonl');
console.log(`\na finished journal: ${(await readFile(before, 'utf8')).split('\n').length - 1} lines`);
