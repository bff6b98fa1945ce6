/**
 * How fast and in how much memory tables in the nuScenes schema become an index, against JSON.parse of the same bytes;
 * and how fast the saved index opens again, against reading its bytes. Run with
 * `node test/bench/index.mjs [annotations] [rounds]`, or `--full` for 850 scenes, 34,000 frames, 1.2 million
 * annotations and every sweep (2.5 GB in the temporary folder).
 *
 * Each case runs in a process of its own, the cases of a round one after another; the best of the rounds counts. On a
 * machine that others use, processor time says more than the clock. Only ratios of one run mean anything.
 */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { makeTables } from './tables/makeTables.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** Goals: three times as fast as JSON.parse, a third of its memory, never over 600 MB, reopening within twice a read. */
const goals = { speed: 3, memory: 1 / 3, megabytes: 600, reopening: 2 };

const cases = {
  /** What a program does without a reader of its own: every table a string, every row an object. */
  async 'JSON.parse, annotations'({ tables }) {
    return [await parsed(path.join(tables, 'sample_annotation.json'))];
  },
  async 'scan, annotations'({ tables, project }) {
    const { KeyField, CountField, TextField, TokenField, TokenListField, VectorField, TokenTable } = project;
    const own = new TokenTable();
    const fields = {
      token: new KeyField(own),
      sample_token: new TokenField(new TokenTable(), 'defining'),
      instance_token: new TokenField(new TokenTable(), 'defining'),
      visibility_token: new TextField(),
      attribute_tokens: new TokenListField(new TokenTable()),
      translation: new VectorField(3),
      size: new VectorField(3),
      rotation: new VectorField(4),
      prev: new TokenField(own, 'defining'),
      next: new TokenField(own, 'defining'),
      num_lidar_pts: new CountField(-1),
      num_radar_pts: new CountField(-1),
    };
    const file = await open(path.join(tables, 'sample_annotation.json'));
    const { size } = await file.stat();
    const source = {
      length: size,
      async slice(start, end) {
        const bytes = new Uint8Array(Math.min(end, size) - start);
        await file.read(bytes, 0, bytes.length, start);
        return bytes;
      },
    };
    await project.scanTable(source, 'sample_annotation.json', { fields });
    await file.close();
    return fields;
  },
  async 'JSON.parse, all tables'({ tables }) {
    const kept = [];
    for (const name of await readdir(tables)) kept.push(await parsed(path.join(tables, name)));
    return kept;
  },
  async 'whole index'({ tables, project }) {
    const folder = await project.openDiskFolder(path.dirname(tables));
    const index = await project.nuscenesReader.index(folder.value, {});
    await folder.value.close();
    return index;
  },
  /** The same, saved. */
  async 'whole index, saved'({ tables, project, saved }) {
    const folder = await project.openDiskFolder(path.dirname(tables));
    const index = await project.nuscenesReader.index(folder.value, {});
    const out = createWriteStream(saved);
    for (const part of project.indexFileParts(index)) {
      if (!out.write(part)) await new Promise((resolve) => out.once('drain', resolve));
    }
    out.end();
    await finished(out);
    await folder.value.close();
    return index;
  },
  'saved index, bytes alone': ({ saved }) => readFile(saved),
  async 'saved index, opened'({ project, saved }) {
    const index = project.readIndexFile(await readFile(saved));
    if (!index.ok) throw new Error(index.problem.code);
    return index.value;
  },
};

async function parsed(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

async function bundleProject(folder) {
  const outfile = path.join(folder, 'project.mjs');
  const modules = [
    'shared/readers/tables/fields.ts',
    'shared/readers/tables/tokenFields.ts',
    'shared/readers/tables/scanTable.ts',
    'shared/readers/tables/tokenTable.ts',
    'shared/readers/nuscenes/nuscenesReader.ts',
    'shared/readers/indexFile.ts',
    'electron/services/diskFolder.ts',
  ];
  await build({
    stdin: { contents: modules.map((file) => `export * from './${file}';`).join('\n'), resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

/** One case in this process: prints its figures as JSON. */
async function runCase(name, folder) {
  const project = await import(pathToFileURL(path.join(folder, 'project.mjs')).href);
  const place = { tables: path.join(folder, 'v1.0-made'), saved: path.join(folder, 'saved.index'), project };
  const before = process.cpuUsage();
  const start = performance.now();
  // Held until the figures are taken: what a case makes is what its memory is about.
  const kept = await cases[name](place);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ wall, processor: (user + system) / 1000, rss, kept: typeof kept }));
}

async function measured(name, folder) {
  const self = import.meta.filename;
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=16000', self, '--case', name, folder],
      { maxBuffer: 1 << 20 },
    );
    return JSON.parse(stdout);
  } catch (error) {
    const reason = /(ERR_\w+|Cannot create a string|Invalid string length|out of memory)/.exec(
      error.stderr ?? '',
    );
    return { failed: reason?.[0] ?? String(error.message).slice(0, 80) };
  }
}

function best(runs) {
  const worked = runs.filter((run) => !run.failed);
  if (worked.length === 0) return runs[0];
  const least = (key) => Math.min(...worked.map((run) => run[key]));
  return { wall: least('wall'), processor: least('processor'), rss: least('rss') };
}

function print(name, figures) {
  const text = figures.failed
    ? `fails: ${figures.failed}`
    : `${figures.wall.toFixed(0).padStart(8)} ms  ${figures.processor.toFixed(0).padStart(8)} ms  ${figures.rss.toFixed(0).padStart(6)} MB`;
  console.log(`${name.padEnd(28)}${text}`);
}

function compare(results, own, peer) {
  const [ours, theirs] = [results.get(own), results.get(peer)];
  if (ours.failed || theirs.failed) {
    console.log(
      `${own}: ${peer} ${theirs.failed ? `fails (${theirs.failed})` : 'works'}, ours ${ours.failed ?? 'works'}`,
    );
    return;
  }
  const ratio = (key) => (theirs[key] / ours[key]).toFixed(1);
  console.log(
    `${own} against ${peer}: ${ratio('wall')}x as fast by the clock, ${ratio('processor')}x by processor time ` +
      `(goal ${goals.speed}); ${(ours.rss / theirs.rss).toFixed(2)} of its memory (goal ${goals.memory.toFixed(2)})`,
  );
}

async function main() {
  const isFull = process.argv.includes('--full');
  const [count, wanted] = process.argv
    .slice(2)
    .filter((word) => /^\d+$/.test(word))
    .map(Number);
  const annotations = isFull ? 1_200_000 : (count ?? 500_000);
  const rounds = isFull ? 1 : (wanted ?? 3);
  const scenes = isFull ? 850 : Math.max(1, Math.ceil(annotations / 1370));
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    await bundleProject(folder);
    const tables = makeTables(folder, { scenes, annotations, hasSweeps: isFull });
    const sizes = await Promise.all(
      (await readdir(tables)).map(async (name) => [name, (await stat(path.join(tables, name))).size]),
    );
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    console.log(`${annotations} annotations, ${scenes} scenes, ${(total / 1e6).toFixed(0)} MB of tables:`);
    for (const [name, bytes] of sizes.sort((a, b) => b[1] - a[1]).slice(0, 3))
      console.log(`  ${name} ${(bytes / 1e6).toFixed(0)} MB`);
    const runs = new Map(Object.keys(cases).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const name of Object.keys(cases)) runs.get(name).push(await measured(name, folder));
    }
    const results = new Map([...runs].map(([name, list]) => [name, best(list)]));
    console.log(`\n${''.padEnd(28)}    clock    processor    peak memory`);
    for (const [name, figures] of results) print(name, figures);
    console.log('');
    compare(results, 'scan, annotations', 'JSON.parse, annotations');
    compare(results, 'whole index', 'JSON.parse, all tables');
    const whole = results.get('whole index');
    if (!whole.failed)
      console.log(`whole index: ${whole.rss.toFixed(0)} MB at peak (goal: under ${goals.megabytes})`);
    const [opened, bytes] = [results.get('saved index, opened'), results.get('saved index, bytes alone')];
    if (!opened.failed)
      console.log(
        `saved index opened: ${(opened.wall / bytes.wall).toFixed(1)}x reading its bytes (goal ${goals.reopening})`,
      );
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [flag, name, folder] = process.argv.slice(2);
if (flag === '--case') await runCase(name, folder);
else await main();
