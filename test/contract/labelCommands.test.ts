/**
 * The command line on labels: whose are judged, what lies beside them, what stands between labelled frames, and
 * copies in other formats. The built `assay`, run as a process.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { targets } from '../../shared/writers/contract.ts';
import { assay } from '../support/assayCommand.ts';
import { nuscenesFiles } from '../support/nuscenesFixture.ts';
import { framesPerScene, makeTwoSources, people, program } from '../support/twoSources.ts';

let folder: string;
let home: string;
let both: string;
let alone: string;
let drive: string;

async function json(...args: string[]) {
  const { code, stdout, stderr } = await assay([...args, '--json'], { home });
  expect(stdout.trimEnd().split('\n'), `one document on stdout; stderr: ${stderr}`).toHaveLength(1);
  return { code, document: JSON.parse(stdout) };
}

/** Path and hash of every file below a folder. */
function contentsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map((file) => [path.relative(root, file), sha256(file)]),
  );
}

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-labels-'));
  home = path.join(folder, 'home');
  both = makeTwoSources(path.join(folder, 'two 交付'), { scenes: 2 });
  alone = makeTwoSources(path.join(folder, 'before'), { scenes: 2, withProgram: false });
  drive = path.join(folder, 'drive');
  for (const [file, content] of Object.entries(nuscenesFiles())) {
    mkdirSync(path.dirname(path.join(drive, file)), { recursive: true });
    writeFileSync(path.join(drive, file), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const frames = 2 * framesPerScene;
const ofPeople = { name: people.name, kind: 'vendor', cuboids: frames * people.carsPerFrame, boxes2d: 0 };
const ofProgram = { name: program.name, kind: 'model', cuboids: frames * program.carsPerFrame, boxes2d: 0 };

describe('several label sources', () => {
  test('inspect names them, the judged one first, and counts only its labels', async () => {
    const { code, document } = await json('inspect', both);
    expect(code).toBe(0);
    expect(document.sources).toEqual([ofPeople, ofProgram]);
    expect(document.labels).toMatchObject({ cuboids: ofPeople.cuboids, boxes2d: 0, shapes: 0 });
    expect(document.sensors.radar).toEqual([]);
  });

  test('--labels has another one judged, through every command', async () => {
    const { document } = await json('inspect', both, '--labels', program.name);
    expect(document.sources).toEqual([ofProgram, ofPeople]);
    expect(document.labels.byClass).toEqual({ Car: ofProgram.cuboids });
    const { document: listed } = await json('frames', both);
    const centers = async (...choice: string[]) => {
      const { document: frame } = await json('frame', both, listed.frames[0].id, ...choice);
      return frame.cuboids.map(({ center }: { center: number[] }) => center[0]);
    };
    const [judged, other] = [await centers(), await centers('--labels', program.name)];
    expect([judged.length, other.length]).toEqual([people.carsPerFrame, program.carsPerFrame]);
    expect(other[0] - judged[0]).toBeCloseTo(program.shift, 9);
    const sample = ['sample', both, '--unit', 'cuboid', '--n', '3', '--seed', '1'];
    expect((await json(...sample)).document.population).toBe(ofPeople.cuboids);
    expect((await json(...sample, '--labels', program.name)).document.population).toBe(ofProgram.cuboids);
  }, 120_000);

  test('a name nobody has is one line that says which there are', async () => {
    const { code, stdout, stderr } = await assay(['inspect', both, '--labels', 'nobody'], { home });
    expect([code, stdout]).toEqual([3, '']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    for (const name of ['nobody', people.name, program.name]) expect(lines[0]).toContain(name);
  });

  test('--compare lays the labels of another delivery beside, under its name', async () => {
    const { document } = await json('inspect', both, '--compare', alone);
    expect(document.sources).toEqual([ofPeople, ofProgram, { ...ofPeople, name: 'before', kind: 'earlier' }]);
    expect(document.problems).toEqual([]);
    const { document: judged } = await json('inspect', both, '--compare', alone, '--labels', 'before');
    expect(judged.sources[0]).toMatchObject({ name: 'before', kind: 'earlier' });
    const none = await assay(['inspect', both, '--compare', path.join(folder, 'nowhere')], { home });
    expect([none.code, none.stdout, none.stderr.trimEnd().split('\n').length]).toEqual([3, '', 1]);
  }, 60_000);
});

describe('sweeps between labelled frames', () => {
  const flagged = ({ isBetween }: { isBetween: boolean }) => isBetween;

  test('are frames of their own where it is asked for, with cuboids that are in no lot', async () => {
    const { document: keys } = await json('frames', drive);
    const { document: all } = await json('frames', drive, '--between');
    expect(keys.frames).toHaveLength(3);
    expect(all.frames).toHaveLength(7);
    expect(keys.frames.some(flagged)).toBe(false);
    expect(all.frames.map(flagged)).toEqual([false, true, true, false, true, true, false]);
    const nanos = all.frames.map(({ timestampNanos }: { timestampNanos: string }) => BigInt(timestampNanos));
    expect(nanos).toEqual(nanos.toSorted((a: bigint, b: bigint) => (a < b ? -1 : 1)));
    const between = all.frames.find(flagged);
    const { document: shown } = await json('frame', drive, between.id, '--between');
    expect([shown.isBetween, shown.cuboids.length]).toEqual([true, 2]);
    expect((await json('frame', drive, keys.frames[0].id)).document.isBetween).toBe(false);

    for (const unit of ['cuboid', 'track', 'frame', 'cell', 'scene']) {
      const draw = ['sample', drive, '--unit', unit, '--n', '1', '--seed', '1'];
      const [plain, wide] = [await json(...draw), await json(...draw, '--between')];
      expect([unit, wide.document.population]).toEqual([unit, plain.document.population]);
      expect([unit, wide.document.populationHash]).toEqual([unit, plain.document.populationHash]);
    }
    expect(
      (await json('sample', drive, '--unit', 'cuboid', '--n', '1', '--seed', '1')).document.population,
    ).toBe(6);
  }, 120_000);

  test('radars are named with the other sensors', async () => {
    const { document } = await json('inspect', drive);
    expect(document.sensors).toEqual({ lidar: ['LIDAR_TOP'], camera: ['CAM_FRONT'], radar: ['RADAR_FRONT'] });
  });
});

test.each(['inspect', 'frames', 'frame', 'sample', 'convert'])(
  'help of %s names how a delivery is read',
  async (name) => {
    const { stdout } = await assay([name, '--help'], { home });
    for (const option of ['--sensors', '--labels', '--compare', '--between', '--mapping'])
      expect(stdout).toContain(`[${option}`);
  },
);

describe('score', () => {
  test('a program against people: what it found, missed and invented, and how far off', async () => {
    const program = path.join(folder, 'program');
    const { code: converted } = await json(
      'convert',
      both,
      '--to',
      'openlabel',
      '--out',
      program,
      '--labels',
      'PointPillars',
    );
    expect(converted).toBe(0);
    const { code, document } = await json('score', '--reference', alone, '--candidate', program);
    expect(code).toBe(0);
    const found = frames * people.carsPerFrame;
    expect(document).toMatchObject({ frames, match: 'center', confusions: [] });
    expect(document.overall).toMatchObject({ tp: found, fp: ofProgram.cuboids - found, fn: 0, recall: 1 });
    expect(document.overall.ate).toBeCloseTo(0.5, 6);
    expect(Object.keys(document.byClass)).toHaveLength(1);
    const strict = await json('score', '--reference', alone, '--candidate', program, '--threshold', '0.4');
    expect(strict.document.overall).toMatchObject({ tp: 0, fn: found });
  }, 120_000);

  test.each([['--reference'], ['--candidate']])('without %s is a bad argument', async (name) => {
    const args = ['--reference', alone, '--candidate', both];
    args.splice(args.indexOf(name), 2);
    const { code, stderr } = await assay(['score', ...args], { home });
    expect([code, stderr]).toEqual([2, `Missing ${name}; see --help.\n`]);
  });
});

describe('diff', () => {
  test('names every label that was added, removed or changed, and counts the rest', async () => {
    const program = path.join(folder, 'program again');
    await json('convert', both, '--to', 'openlabel', '--out', program, '--labels', 'PointPillars');
    const { code, document } = await json('diff', alone, program);
    expect(code).toBe(0);
    const found = frames * people.carsPerFrame;
    expect(document.added).toHaveLength(ofProgram.cuboids - found);
    expect(document.moved).toHaveLength(found);
    expect(document.moved[0]).toMatchObject({
      label: 'cuboid',
      class: 'Car',
      amount: expect.closeTo(0.5, 6),
    });
    expect([document.removed, document.turned, document.unchanged]).toEqual([[], [], 0]);
    expect((await json('diff', alone, alone)).document).toMatchObject({
      moved: [],
      added: [],
      unchanged: found,
    });
  }, 120_000);

  test('findings come from an audit or its bundle and from nothing else', async () => {
    const { code, stderr } = await assay(['diff', alone, both, '--findings', alone], { home });
    expect(code).toBe(3);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('convert', () => {
  const formats = { openlabel: 'openlabel', kitti: 'kitti-object', nuscenes: 'nuscenes' } as const;

  test.each(targets)(
    'to %s: files, what was lost, and the same labels read back',
    async (to) => {
      const before = contentsOf(both);
      const out = path.join(folder, `as ${to}`);
      const { code, document } = await json('convert', both, '--to', to, '--out', out);
      expect(code).toBe(0);
      expect(document).toMatchObject({
        out,
        to,
        cuboids: ofPeople.cuboids,
        boxes2d: 0,
        frames,
        files: Object.keys(contentsOf(out)).length,
      });
      expect(document.files).toBeGreaterThan(0);
      for (const entry of document.lost) {
        expect(Object.keys(entry).sort()).toEqual(['count', 'kind', 'message']);
        expect(entry.count).toBeGreaterThan(0);
        expect(entry.message).not.toMatch(/^cli\.|\{\{/);
      }
      expect(document.lost).toContainEqual(expect.objectContaining({ kind: 'other-sources', count: 1 }));
      const { code: opened, document: read } = await json('inspect', out, '--sensors', both);
      expect(opened).toBe(0);
      expect(read.format).toBe(formats[to]);
      expect(read.frames).toBe(frames);
      expect(Object.values(read.labels.byClass)).toEqual([ofPeople.cuboids]);
      expect(read.labels.cuboids).toBe(ofPeople.cuboids);
      expect(contentsOf(both), 'the delivery is not written').toEqual(before);
    },
    120_000,
  );

  test('the chosen source is the one that is written', async () => {
    const out = path.join(folder, 'of the program');
    const { document } = await json(
      ...['convert', both, '--to', 'openlabel', '--out', out, '--labels', program.name],
    );
    expect(document.cuboids).toBe(ofProgram.cuboids);
    expect((await json('inspect', out)).document.labels.cuboids).toBe(ofProgram.cuboids);
  }, 60_000);

  test('refuses a folder that holds anything, the delivery itself among them, and leaves it alone', async () => {
    const full = path.join(folder, 'full');
    mkdirSync(full);
    writeFileSync(path.join(full, 'notes.txt'), 'mine');
    for (const out of [full, both]) {
      const before = contentsOf(out);
      const { code, stdout, stderr } = await assay(
        ['convert', both, '--to', 'kitti', '--out', out, '--json'],
        { home },
      );
      expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([2, '', 1]);
      expect(contentsOf(out)).toEqual(before);
    }
  }, 60_000);

  test.each([
    ['no target', ['--out', 'x']],
    ['no folder', ['--to', 'kitti']],
    ['a target nobody writes', ['--to', 'waymo', '--out', 'x']],
  ])('%s is a bad argument', async (_title, args) => {
    const { code, stdout, stderr } = await assay(['convert', both, ...args], { home });
    expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([2, '', 1]);
  });
});
