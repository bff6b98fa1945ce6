/** `assay sample` by design: chances that stand for the whole lot, files of rates and weights, and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay } from '../support/assayCommand.ts';

let folder: string;
let home: string;
let made: string;

interface Unit {
  readonly id: string;
  readonly stratum: string;
  readonly cluster: string;
  readonly probability: number;
}

async function run(...args: string[]) {
  return assay(['sample', made, '--seed', '2a', '--json', ...args], { home });
}

async function drawn(...args: string[]) {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  const document = JSON.parse(stdout);
  const units: readonly Unit[] = document.units;
  for (const { probability } of units) expect(probability > 0 && probability <= 1).toBe(true);
  expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
  return { document, units, weight: units.reduce((sum, { probability }) => sum + 1 / probability, 0) };
}

async function refused(...args: string[]): Promise<[number, string]> {
  const { code, stdout, stderr } = await run(...args);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  return [code, stderr];
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-draws-'));
  home = path.join(folder, 'home');
  made = path.join(folder, 'made');
  const small = '--scenes 3 --frames 3 --cameras 1 --width 160 --height 96 --rings 16 --columns 240 --seed 5';
  expect((await assay(['synth', made, ...small.split(' '), '--json'], { home })).code).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('chances of a systematic and of a stratified draw stand for the whole lot', async () => {
  const systematic = await drawn('--n', '9', '--design', 'systematic');
  expect(systematic.document.design).toBe('systematic');
  expect(systematic.weight).toBeCloseTo(systematic.document.population, 6);
  expect(new Set(systematic.units.map(({ cluster }) => cluster)).size).toBe(3);

  const { document, units, weight } = await drawn('--n', '40', '--strata', 'class,range', '--minimum', '1');
  expect(weight).toBeCloseTo(document.population, 6);
  expect(document).toMatchObject({ design: 'stratified', allocation: 'proportional', minimumPerStratum: 1 });
  for (const { name, population, drawn: share } of document.strata) {
    const own = units.filter(({ stratum }) => stratum === name);
    expect(own).toHaveLength(share);
    for (const { probability } of own) expect(probability).toBeCloseTo(share / population, 12);
  }
}, 60_000);

test('Neyman’s shares from rates on the line or in a file', async () => {
  const rates = await drawn(
    '--n',
    '40',
    '--strata',
    'scene',
    '--minimum',
    '0',
    '--rates',
    'scene-0001=0.5,*=0.0001',
  );
  const [first] = rates.document.strata;
  expect(rates.document.allocation).toBe('neyman');
  expect(first.drawn).toBeGreaterThan(35);
  const file = path.join(folder, 'rates.json');
  writeFileSync(file, JSON.stringify({ 'scene-0001': 0.5, '*': 0.0001 }));
  const again = await drawn('--n', '40', '--strata', 'scene', '--minimum', '0', '--rates', file);
  expect(again.document).toEqual(rates.document);
}, 60_000);

test('whole scenes, and units of drawn scenes', async () => {
  const cluster = await drawn('--design', 'cluster', '--scenes', '2');
  expect(cluster.document.scenes).toBe(3);
  expect(new Set(cluster.units.map(({ probability }) => probability))).toEqual(new Set([2 / 3]));
  const { document, units } = await drawn('--design', 'two-stage', '--scenes', '2', '--n', '12');
  expect(units).toHaveLength(12);
  for (const { name, population, drawn: share } of document.clusters) {
    const own = units.filter((unit) => unit.cluster === name);
    expect(own).toHaveLength(share);
    for (const { probability } of own) expect(probability).toBeCloseTo((2 / 3) * (share / population), 12);
  }
}, 60_000);

test('weights from JSON and from CSV draw alike, each unit with its own chance', async () => {
  const all = await drawn('--n', '100000');
  const weights = all.units.map(({ id }, at) => [id, 1 + (at % 4)] as const);
  const [asJson, asCsv] = [path.join(folder, 'weights.json'), path.join(folder, 'weights.csv')];
  writeFileSync(asJson, JSON.stringify(Object.fromEntries(weights)));
  writeFileSync(
    asCsv,
    `\uFEFFid,weight\r\n${weights.map(([id, weight]) => `"${id}",${weight}`).join('\r\n')}\r\n`,
  );
  const one = await drawn('--n', '10', '--design', 'weighted', '--weights', asJson);
  expect((await drawn('--n', '10', '--design', 'weighted', '--weights', asCsv)).document).toEqual(
    one.document,
  );
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const weightOf = new Map(weights);
  for (const { id, probability } of one.units) {
    expect(probability).toBeCloseTo((10 * weightOf.get(id)!) / total, 7);
  }
  writeFileSync(asJson, JSON.stringify(Object.fromEntries(weights.slice(1))));
  const [code, sentence] = await refused('--n', '10', '--design', 'weighted', '--weights', asJson);
  expect([code, sentence.includes(weights[0]![0])]).toEqual([3, true]);
}, 60_000);

test('points are counted, and search cells are told apart by scene', async () => {
  const { document } = await drawn('--n', '20', '--strata', 'points', '--minimum', '1');
  expect(document.strata.length).toBeGreaterThan(1);
  const cells = await drawn('--unit', 'cell', '--n', '9', '--strata', 'scene', '--minimum', '1');
  expect(cells.document.strata).toHaveLength(3);
}, 60_000);

test('what does not fit is refused in one sentence', async () => {
  const wrong: string[][] = [
    ['--n', '5', '--design', 'systematic', '--strata', 'class'],
    ['--n', '5', '--design', 'cluster', '--scenes', '2'],
    ['--design', 'two-stage', '--n', '5', '--scenes', '4'],
    ['--n', '5', '--strata', 'weather'],
    ['--n', '5', '--strata', 'scene', '--allocation', 'neyman'],
    ['--n', '5', '--strata', 'scene', '--rates', 'scene-0001=0.5'],
    ['--n', '5', '--design', 'weighted'],
    ['--n', '5', '--design', 'lottery'],
  ];
  for (const args of wrong) expect([args, (await refused(...args))[0]]).toEqual([args, 2]);
  const [code] = await refused('--n', '5', '--strata', 'scene', '--rates', path.join(folder, 'none.json'));
  expect(code).toBe(3);
}, 120_000);
