/**
 * A scripted auditor judges 300 units by keyboard in headless Chromium, on real samples where they lie beside the
 * project: time from each key to the frame that answers it, keys that were lost, memory and GPU objects at the start
 * and at the end. The milliseconds belong to this machine (WebGL in software); beside them stands the cost of a bare
 * redraw of the same views in the same run. Plain JavaScript: npm run build && node test/bench/auditor.mjs [--units N] [delivery ...]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { requireBrowser } from '../support/browser.mjs';
import { watchActions } from './auditor/inPage.mjs';

const project = path.resolve(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({ options: { units: { type: 'string' } }, allowPositionals: true });
const unitsWanted = Number(values.units ?? 300);
/** Caches and pools are filled by then. */
const warmUnits = Math.min(60, Math.ceil(unitsWanted / 4));
/** A person needs longer than this for a unit; what is ahead is read meanwhile. */
const thinkMs = 250;
const patienceMs = 10_000;
const reach = 70;

const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-auditor-'));
const home = path.join(folder, 'home');

function samples() {
  if (positionals.length > 0) return positionals;
  const shared = path.resolve(project, '../shared/data');
  const real = ['pandaset-002', 'sustech-points', 'nuscenes-sample', 'kitti-object/training/..'];
  return real.map((name) => path.join(shared, name)).filter((name) => existsSync(name));
}

/** Audits are written beside deliveries, and shared data stays as it is. */
function copyOf(delivery, at) {
  const copy = path.join(folder, `delivery-${at}`);
  cpSync(delivery, copy, { recursive: true });
  return copy;
}

function wholeLotSpec() {
  const spec = JSON.parse(readFileSync(path.join(project, 'assets/qa-spec.default.json'), 'utf8'));
  const strict = {
    scheme: 'iso2859-1',
    severity: 'major',
    aql: '0.10',
    level: 'III',
    inspection: 'tightened',
  };
  const file = path.join(folder, 'spec.json');
  const scope = { ...spec.scope, classes: 'all', maxRangeMeters: reach, minPoints: 0 };
  writeFileSync(file, JSON.stringify({ ...spec, name: 'Whole lot', scope, plans: [strict] }));
  return file;
}

/** Mostly in order, now and then a code, a doubt, a look around: by the place of the unit, so each run is the same. */
function scriptFor(at) {
  const acts = [];
  if (at % 5 === 1) acts.push(['redraw', 't', 'look from the other side']);
  if (at % 6 === 2) acts.push(['frame', ']', 'frame after'], ['frame', 'Escape', 'back to the unit']);
  if (at % 9 === 4) acts.push(['redraw', 'v', 'zoom to a face']);
  if (at % 11 === 10) acts.push(['unit', 'u', 'unsure']);
  else if (at % 4 === 3) acts.push(['unit', String(4 + (at % 3)), 'reject with a code']);
  else acts.push(['unit', 'Enter', 'accept']);
  return acts;
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];

async function memoryOf(page, session) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name) => metrics.find((entry) => entry.name === name).value;
  const { gpu, ringBytes } = await page.evaluate(() => ({
    gpu: window.assayProbe.gpu(),
    ringBytes: window.assayProbe.ringBytes(),
  }));
  return {
    heapMB: metric('JSHeapUsedSize') / 1e6,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    geometries: gpu.geometries,
    textures: gpu.textures,
    ringMB: ringBytes / 1e6,
  };
}

async function startServer() {
  const child = spawn(
    process.execPath,
    [path.join(project, 'electron/assay.mjs'), 'serve', '--json', '--port', '0', '--root', '/'],
    { env: { ...process.env, ASSAY_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, url: JSON.parse(line).url };
}

async function openAudit(page, delivery, spec) {
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `#/delivery/${encodeURIComponent(delivery)}/intake`,
  );
  await page.getByTestId('start-audit').waitFor({ timeout: 60_000 });
  await page.getByTestId('intake-vendor').fill('Northlight');
  await page.getByTestId('intake-batch').fill(path.basename(delivery));
  const name = page.getByTestId('profile-name');
  if ((await name.count()) > 0) {
    await name.fill('Lin Wei');
    await name.press('Enter');
    await page.getByTestId('profile').waitFor();
  }
  await page.locator('input[type=file]').setInputFiles(spec);
  await page.locator('[data-testid=start-audit]:not([disabled])').waitFor();
  await page.getByTestId('start-audit').click();
  await page.locator('[data-testid=freeze-plan]:not([disabled])').waitFor({ timeout: 60_000 });
  await page.getByTestId('plan-table').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('unit-state').waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => window.assayProbe?.shown && window.assayProbe.drawn().points > 0);
}

const totalOf = async (page) => {
  const words = await page.getByTestId('unit-state').textContent();
  return Number(/(\d+)\D+(\d+)/.exec(words)[2]);
};

/** Entries of one type in the journals of the data folder. */
function recorded(type) {
  const audits = path.join(home, 'audits');
  const journals = readdirSync(audits, { recursive: true }).filter((name) => String(name).endsWith('.jsonl'));
  return journals
    .flatMap((name) => readFileSync(path.join(audits, String(name)), 'utf8').split('\n'))
    .filter((line) => line.includes(`"type":"${type}"`)).length;
}

const deliveries = samples();
if (deliveries.length === 0) {
  console.log('left out: no real sample lies beside the project, and none was named');
  process.exit(0);
}
const { child, url } = await startServer();
const browser = await chromium.launch({
  executablePath: requireBrowser(),
  args: ['--enable-unsafe-swiftshader', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
await page.addInitScript(watchActions);
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
await page.goto(url);

const times = new Map();
let judged = 0;
let unanswered = 0;
const states = [];
const spec = wholeLotSpec();
for (const [at, delivery] of deliveries.entries()) {
  if (judged >= unitsWanted) break;
  await openAudit(page, copyOf(delivery, at), spec);
  const most = Math.min(unitsWanted - judged, (await totalOf(page)) - 1);
  for (let unit = 0; unit < most; unit++) {
    for (const [kind, key, name] of scriptFor(unit)) {
      await page.waitForTimeout(thinkMs);
      await page.evaluate(([what, patience]) => window.assayExpect(what, patience), [kind, patienceMs]);
      await page.keyboard.press(key);
      const ms = await page.evaluate(() => window.assayAnswer());
      if (ms === null) unanswered += kind === 'unit' ? 1 : 0;
      else times.set(name, [...(times.get(name) ?? []), ms]);
    }
    judged++;
    if (judged === warmUnits) states.push([`after ${judged} units`, await memoryOf(page, session)]);
  }
  console.log(`${path.basename(delivery)}: ${most} units`);
  await page.locator('[data-testid=saved-state][data-status=saved]').waitFor();
}
states.push([`after ${judged} units`, await memoryOf(page, session)]);

console.log('\nkey to painted, ms               n    p50    p99');
const redraw = quantile(
  (times.get('look from the other side') ?? [1]).toSorted((a, b) => a - b),
  0.5,
);
for (const [name, list] of times) {
  const sorted = list.toSorted((a, b) => a - b);
  const [middle, high] = [quantile(sorted, 0.5), quantile(sorted, 0.99)];
  console.log(
    `${name.padEnd(28)} ${String(list.length).padStart(5)} ${middle.toFixed(0).padStart(6)} ${high.toFixed(0).padStart(6)}   ${(middle / redraw).toFixed(2)}x a redraw`,
  );
}
const durations = (await page.evaluate(() => window.assayKeyDurations())).toSorted((a, b) => a - b);
if (durations.length > 0) {
  console.log(
    `key to next paint as the browser counts (those over 16 ms): ${durations.length}, p99 ${quantile(durations, 0.99)} ms`,
  );
}
console.log(
  `keys that found no answer: ${unanswered}; verdicts in the record: ${recorded('verdict.given')} of ${judged}`,
);
console.table(
  Object.fromEntries(
    states.map(([name, state]) => [
      name,
      Object.fromEntries(Object.entries(state).map(([key, value]) => [key, Math.round(value * 10) / 10])),
    ]),
  ),
);
await browser.close();
child.kill();
rmSync(folder, { recursive: true, force: true });
