/**
 * The command line as a promise: the built `assay`, run as a process, on made deliveries and, where they are at
 * hand, on real ones. Keys, exit codes and numbers are what others build on.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assay } from '../support/assayCommand.ts';
import { describeWithSharedData, sharedData } from '../support/sharedData.ts';

let folder: string;
let made: string;
let home: string;

async function json(...args: string[]) {
  const { code, stdout, stderr } = await assay([...args, '--json'], { home });
  expect(stdout.trimEnd().split('\n'), `one document on stdout; stderr: ${stderr}`).toHaveLength(1);
  return { code, document: JSON.parse(stdout) };
}

async function computed(quantity: string, input: unknown) {
  const { stdout } = await assay(['compute', quantity, '--json'], { home, input: JSON.stringify(input) });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-cli-'));
  home = path.join(folder, 'home');
  made = path.join(folder, '批次 #7 %20');
  const small = '--scenes 1 --frames 3 --cameras 1 --width 160 --height 96 --rings 16 --columns 240 --seed 5';
  const { code, document } = await json('synth', made, ...small.split(' '), '--defects', '0.1');
  expect(code).toBe(0);
  expect(document.frames).toBe(3);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a made delivery', () => {
  test('inspect answers every promised key', async () => {
    const { code, document } = await json('inspect', made);
    expect(code).toBe(0);
    expect(document).toMatchObject({ format: 'openlabel', frames: 3, problems: [] });
    expect(document.scenes).toEqual([
      { id: expect.any(String), frames: 3, durationS: expect.closeTo(0.2, 6) },
    ]);
    expect(document.sensors.lidar).toEqual(['LIDAR_TOP']);
    expect(document.sensors.camera).toHaveLength(1);
    const { min, median, max, total } = document.points;
    expect(min).toBeGreaterThan(0);
    expect(total).toBeGreaterThanOrEqual(min + median + max - 1);
    const counted = Object.values<number>(document.labels.byClass).reduce((sum, n) => sum + n, 0);
    expect(counted).toBeGreaterThanOrEqual(document.labels.cuboids);
    expect(document.bytes).toBeGreaterThan(0);
  });

  test('frames come in playing order with exact nanoseconds', async () => {
    const { document } = await json('frames', made);
    expect(document.frames.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2]);
    const nanos = document.frames.map((frame: { timestampNanos: string }) => BigInt(frame.timestampNanos));
    expect(nanos[1] - nanos[0]).toBe(100_000_000n);
  });

  test('frame counts points inside and projects every cuboid', async () => {
    const { document: listed } = await json('frames', made);
    const { code, document } = await json('frame', made, listed.frames[1].id);
    expect(code).toBe(0);
    expect(document.points.count).toBe(document.points.finite);
    expect(document.cuboids.length).toBeGreaterThan(5);
    for (const cuboid of document.cuboids) {
      expect(Object.keys(cuboid)).toEqual(
        expect.arrayContaining(['id', 'track', 'class', 'center', 'size', 'yaw', 'rotation', 'pointsInside']),
      );
      expect(Math.abs(cuboid.yaw)).toBeLessThanOrEqual(Math.PI);
    }
    const [camera] = document.cameras;
    expect([camera.width, camera.height]).toEqual([160, 96]);
    expect(camera.boxes).toHaveLength(document.cuboids.length);
    expect(camera.boxes.some(({ visible }: { visible: boolean }) => visible)).toBe(true);
    for (const { corners } of camera.boxes) expect(corners).toHaveLength(8);
  });

  test('the truth lists every injected defect', () => {
    const truth = JSON.parse(readFileSync(path.join(made, 'truth.json'), 'utf8'));
    expect(truth.defects.length).toBeGreaterThan(0);
    for (const defect of truth.defects) {
      expect(defect).toMatchObject({
        kind: expect.any(String),
        scene: expect.any(String),
        object: expect.any(String),
      });
    }
  });

  test('the same seed makes the same bytes', async () => {
    const again = path.join(folder, 'again');
    const small =
      '--scenes 1 --frames 3 --cameras 1 --width 160 --height 96 --rings 16 --columns 240 --seed 5';
    await json('synth', again, ...small.split(' '), '--defects', '0.1');
    for (const file of ['labels/scene-0001.json', 'truth.json', 'sensors/scene-0001/LIDAR_TOP/000002.pcd']) {
      expect(readFileSync(path.join(again, file)).equals(readFileSync(path.join(made, file))), file).toBe(
        true,
      );
    }
  }, 120_000);

  test('sample draws the same units for the same seed, and others for another', async () => {
    const draw = (seed: string) => json('sample', made, '--unit', 'cuboid', '--n', '8', '--seed', seed);
    const [first, again, other] = [await draw('2a'), await draw('2a'), await draw('2b')];
    expect(first.document).toEqual(again.document);
    expect(first.document.populationHash).toBe(other.document.populationHash);
    expect(first.document.units).not.toEqual(other.document.units);
    expect(first.document.units).toHaveLength(8);
    for (const unit of first.document.units) {
      expect(unit).toMatchObject({ id: expect.any(String), stratum: 'all', cluster: 'scene-0001' });
      expect(unit.probability).toBeCloseTo(8 / first.document.population, 12);
    }
  });

  test('every kind of unit can be drawn', async () => {
    for (const unit of ['box2d', 'track', 'frame', 'cell', 'scene']) {
      const { code, document } = await json('sample', made, '--unit', unit, '--n', '1', '--seed', '1');
      expect([unit, code, document.units.length]).toEqual([unit, 0, 1]);
    }
  }, 60_000);
});

describe('plans and numbers', () => {
  test('plan resolves the table of the standard', async () => {
    const { document } = await json('plan', '--lot', '400', '--aql', '1.5', '--level', 'II');
    expect(document).toMatchObject({ scheme: 'iso2859-1', codeLetter: 'H', n: 50, ac: 2, re: 3 });
    expect(document.oc[0]).toEqual({ p: 0, pa: 1 });
    expect(document.asn[0]).toEqual({ p: 0, n: 50 });
    expect(document.consumerRisk).toBeCloseTo(0.1, 9);
  });

  test('c0 says that it is not ISO 2859-1', async () => {
    const { document } = await json(
      'plan',
      '--lot',
      '400',
      '--scheme',
      'c0',
      '--rate',
      '0.02',
      '--confidence',
      '0.95',
    );
    expect(document).toMatchObject({ scheme: 'c0', n: 124, ac: 0, re: 1 });
    expect(document.standard).toMatch(/not ISO 2859-1/);
  });

  test.each([
    ['z1.4', '--aql 1.5 --inspection reduced', { n: 32, ac: 1, re: 4, codeLetter: 'J' }],
    [
      'double',
      '--aql 1.5',
      { n: 100, ac: 4, re: 5, double: { n1: 50, ac1: 1, re1: 4, n2: 50, ac2: 4, re2: 5 } },
    ],
    ['double', '--n1 50 --ac1 0 --re1 2 --n2 50 --ac2 1', { n: 100, ac: 1, re: 2, codeLetter: null }],
    ['isolated', '--rate 0.03 --producer-rate 0.005', { n: 168, ac: 2, re: 3 }],
    [
      'sprt',
      '--p0 0.02 --p1 0.1',
      { n: 98, sequential: { truncateAt: 98, slope: expect.closeTo(0.0502526, 7) } },
    ],
    ['iso2859-1', '--aql 1.5 --counts defects', { n: 80, ac: 3, counts: 'defects' }],
  ])('plan answers every promised key for %s %s', async (scheme, options, expected) => {
    const { code, document } = await json('plan', '--lot', '1200', '--scheme', scheme, ...options.split(' '));
    expect(code).toBe(0);
    expect(document).toMatchObject({ scheme, fullInspection: false, ...expected });
    const promised = 'standard codeLetter n ac re oc producerRisk consumerRisk ltpd asn'.split(' ');
    expect(Object.keys(document)).toEqual(expect.arrayContaining(promised));
    expect(document.oc[0]).toEqual({ p: 0, pa: 1 });
    expect(document.asn).toHaveLength(document.oc.length);
  });

  test('compute recomputes published values', async () => {
    const oc = await computed('oc', { n: 60, ac: 2, p: [0.03], model: 'binomial' });
    expect(oc.pa[0]).toBeCloseTo(0.731466, 6);
    const interval = await computed('interval', { x: 4, n: 60, confidence: 0.95, method: 'clopper-pearson' });
    expect([interval.lower, interval.upper]).toEqual([
      expect.closeTo(0.0184618, 6),
      expect.closeTo(0.1619868, 6),
    ]);
    expect(await computed('discovery', { lot: 400, defectives: 8, confidence: 0.95 })).toEqual({ n: 124 });
    const [same, shifted] = await computed('iou', [
      { a: [0, 0, 0, 4, 2, 1.5, 0], b: [0, 0, 0, 4, 2, 1.5, Math.PI] },
      { a: [0, 0, 0, 4, 4, 2, 0], b: [2, 2, 1, 4, 4, 2, 0] },
    ]);
    expect(same.iou3d).toBeCloseTo(1, 9);
    expect([shifted.bev, shifted.iou3d]).toEqual([expect.closeTo(1 / 7, 9), expect.closeTo(1 / 15, 9)]);
  });
});

describe('refusals are one line and an exit code', () => {
  const refusals: [string, string[], number][] = [
    ['an unknown command', ['nonsense'], 2],
    ['an unknown option', ['plan', '--lots', '3'], 2],
    ['an AQL outside the series', ['plan', '--lot', '400', '--aql', '1.7'], 2],
    ['a missing argument', ['inspect'], 2],
    ['a folder that is not there', ['inspect', '/nonexistent/batch'], 3],
    ['input that is no delivery', ['inspect', path.resolve('shared')], 3],
    ['a record that is not there', ['verify', '/nonexistent/audit'], 3],
    ['output that is not empty', ['synth', path.resolve('shared')], 2],
  ];
  test.each(refusals)('%s', async (_title, args, expected) => {
    const { code, stdout, stderr } = await assay(args, { home });
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
    if (args[0] !== 'nonsense') expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a file that is nothing we know says what was looked for', async () => {
    const file = path.join(folder, 'notes.txt');
    writeFileSync(file, 'hello');
    const { code, stderr } = await assay(['inspect', file], { home });
    expect(code).toBe(3);
    for (const format of ['KITTI object', 'SUSTechPOINTS', 'OpenLABEL', 'PCD'])
      expect(stderr).toContain(format);
  });

  test('help names an example for every command', async () => {
    const names = 'inspect frames frame plan sample compute synth convert serve report verify'.split(' ');
    const { stdout: overview } = await assay([], { home });
    for (const name of names) {
      expect(overview).toContain(name);
      const { code, stdout } = await assay([name, '--help'], { home });
      expect([name, code]).toEqual([name, 0]);
      expect(stdout).toContain(`assay ${name}`);
      expect(stdout).not.toContain('cli.');
    }
  }, 60_000);
});

describeWithSharedData('real deliveries', 'data/FACTS.json', () => {
  test('KITTI: points, labels and points inside equal the facts', async () => {
    const { document } = await json('frame', sharedData('data/kitti-object'), '000001');
    expect(document.points.count).toBe(120_268);
    expect(document.cuboids.map(({ pointsInside }: { pointsInside: number }) => pointsInside)).toEqual([
      70, 9, 18,
    ]);
    expect(document.cameras[0]).toMatchObject({ name: 'image_2', width: 1242, height: 375 });
  });

  test('SUSTechPOINTS and a single cloud open in place', async () => {
    const { document } = await json('inspect', sharedData('data/sustech-points/example'));
    expect(document).toMatchObject({ format: 'sustech-points', frames: 3, labels: { cuboids: 63 } });
    const cloud = sharedData('data/pcd/pcl/car6.pcd');
    expect((await json('inspect', cloud)).document.points.total).toBe(10_031);
    expect(existsSync(cloud)).toBe(true);
  });
});
