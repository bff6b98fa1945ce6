/** `assay synth` with faults in labels that are there: copies of a delivery, and made worlds by kind. The built `assay`. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assay } from '../support/assayCommand.ts';

let folder: string;
let home: string;
let made: string;

const world = '--scenes 2 --frames 8 --cameras 1 --rings 24 --columns 480 --width 96 --height 64'.split(' ');

async function json(...args: string[]) {
  const { code, stdout, stderr } = await assay([...args, '--json'], { home });
  expect(stdout.trimEnd().split('\n'), `one document on stdout; stderr: ${stderr}`).toHaveLength(1);
  return { code, document: JSON.parse(stdout) };
}

/** Path, hash and time of every file below a folder. */
function stateOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
      return [path.relative(root, file), `${hash} ${statSync(file).mtimeMs}`];
    }),
  );
}

const hashesOf = (root: string): string[] =>
  Object.entries(stateOf(root)).map(([file, state]) => `${file} ${state.split(' ')[0]}`);

interface Defect {
  kind: string;
  size: string;
  frame: string;
  object: string | null;
  class: string | null;
  points: number | null;
  delivered: { center?: number[] } | null;
  original: { frame: string; object: string | null };
}

const truthOf = (out: string) =>
  JSON.parse(readFileSync(path.join(out, 'truth.json'), 'utf8')) as {
    schema: string;
    plan: { seed: number };
    open: unknown[];
    defects: Defect[];
  };

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-spoiled-'));
  home = path.join(folder, 'home');
  made = path.join(folder, 'made 交付');
  const { code } = await json('synth', made, ...world, '--seed', '6', '--defects', '0');
  expect(code).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('synth --into', () => {
  let out: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    out = path.join(folder, 'copy');
    before = stateOf(made);
    const { code, document } = await json('synth', out, '--into', made, '--seed', '9', '--defects', '0.4');
    expect(code).toBe(0);
    expect(document).toMatchObject({ out, frames: 16 });
    expect(document.faults).toBeGreaterThan(10);
    expect(document.open).toEqual([
      `${out} --sensors ${made}`,
      `${made} --compare ${out} --labels ${path.basename(out)}`,
    ]);
    const left = document.left.map(({ kind, why }: { kind: string; why: string }) => `${kind} ${why}`);
    expect(left).toContain('out-of-range no-range-limit');
    expect(left).toContain('class-flicker not-in-format');
  }, 120_000);

  test('leaves every file of the delivery as it was, and its time', () => {
    expect(stateOf(made)).toEqual(before);
  });

  test('writes labels and their truth, and nothing else', () => {
    expect(readdirSync(out).sort()).toEqual(['labels', 'truth.json']);
    expect(truthOf(out)).toMatchObject({
      schema: 'assay-truth/2',
      plan: { seed: 9 },
      open: [
        { path: 'copy', sensors: 'delivery' },
        { path: 'delivery', compare: 'copy', labels: 'copy' },
      ],
    });
  });

  test('names every label as the copy does that opens by itself, and as the delivery does', async () => {
    const put = truthOf(out).defects.filter(({ object, delivered }) => object !== null && delivered?.center);
    expect(put.length).toBeGreaterThan(20);
    const { document: listed } = await json('frames', out, '--sensors', made);
    const { document: own } = await json('frames', made);
    const sides = [listed, own].map(({ frames }) => frames.map(({ id }: { id: string }) => id));
    for (const { frame, original } of put) {
      expect(sides[1]!.indexOf(original.frame)).toBe(sides[0]!.indexOf(frame));
    }
    for (const { frame, object, class: name, delivered } of [put[0]!, put.at(-1)!]) {
      const { document } = await json('frame', out, frame, '--sensors', made);
      const found = document.cuboids.find(({ id }: { id: string }) => id === object);
      expect(found).toMatchObject({ class: name });
      for (const [axis, value] of delivered!.center!.entries()) {
        expect(found.center[axis]).toBeCloseTo(value, 6);
      }
    }
  }, 60_000);

  test('is judged beside the delivery as well', async () => {
    const { code, document } = await json('inspect', made, '--compare', out, '--labels', 'copy');
    expect(code).toBe(0);
    expect(document.sources[0]).toMatchObject({ name: 'copy', kind: 'earlier' });
    expect(document.points.total).toBeGreaterThan(0);
  });

  test('counts the points inside what is true', () => {
    const missing = truthOf(out).defects.filter(({ kind }) => kind === 'missing');
    expect(missing.length).toBeGreaterThan(0);
    for (const { points } of missing) expect(points).toBeGreaterThanOrEqual(5);
  });

  test('gives the same bytes for the same seed', async () => {
    const again = path.join(folder, 'again', 'copy');
    await json('synth', again, '--into', made, '--seed', '9', '--defects', '0.4');
    expect(hashesOf(again)).toEqual(hashesOf(out));
  }, 60_000);

  test('makes the kinds and counts that were asked for', async () => {
    const few = path.join(folder, 'few');
    const { document } = await json(
      'synth',
      few,
      '--into',
      made,
      '--defects',
      'yaw=2,missing=1',
      '--sizes',
      'mild',
    );
    expect(document.faults).toBe(3);
    const { defects } = truthOf(few);
    expect(new Set(defects.map(({ kind, size }) => `${kind} ${size}`))).toEqual(
      new Set(['missing gross', 'yaw mild']),
    );
  }, 60_000);

  test.each([
    ['an unknown kind', ['--into', 'MADE', '--kinds', 'shiftx'], 2],
    ['an unknown kind that is counted', ['--into', 'MADE', '--defects', 'shiftx=2'], 2],
    ['an unknown size', ['--into', 'MADE', '--sizes', 'huge'], 2],
    ['a share beyond 1', ['--into', 'MADE', '--defects', '1.5'], 2],
    ['what shapes a world', ['--into', 'MADE', '--frames', '3'], 2],
    ['what opens a delivery without one', ['--sensors', 'MADE'], 2],
    ['a delivery that is not there', ['--into', '/nowhere/at-all'], 3],
  ])('refuses %s in one line', async (_what, words, code) => {
    const args = words.map((word) => (word === 'MADE' ? made : word));
    const end = await assay(['synth', path.join(folder, 'refused'), ...args], { home });
    expect(end.code).toBe(code);
    expect(end.stdout).toBe('');
    expect(end.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('refuses to write below the delivery or its sensor data', async () => {
    const link = path.join(folder, 'link');
    symlinkSync(made, link);
    for (const inside of [path.join(made, 'inside'), path.join(link, 'far', 'inside'), made]) {
      expect((await assay(['synth', inside, '--into', made], { home })).code).toBe(2);
    }
    const words = ['--into', out, '--sensors', made];
    expect((await assay(['synth', path.join(made, 'inside'), ...words], { home })).code).toBe(2);
    expect(stateOf(made)).toEqual(before);
  });
});

describe('made worlds by kind and size', () => {
  test('have true labels but for the faults that the truth names', async () => {
    const out = path.join(folder, 'by kind');
    const words = ['--seed', '6', '--kinds', 'shift-y', '--sizes', 'gross', '--defects', '0.2'];
    const { code, document } = await json('synth', out, ...world, ...words);
    expect(code).toBe(0);
    expect(document.open).toEqual([out]);
    const { schema, defects } = truthOf(out);
    expect(schema).toBe('assay-truth/2');
    expect(new Set(defects.map(({ kind, size }) => `${kind} ${size}`))).toEqual(new Set(['shift-y gross']));
    const sensors = (root: string) => hashesOf(root).filter((line) => line.startsWith('sensors'));
    expect(sensors(out)).toEqual(sensors(made));
    const { document: changes } = await json('diff', made, out);
    expect(changes.moved.length).toBe(defects.length);
    expect([changes.added, changes.removed, changes.resized].map((list) => list.length)).toEqual([0, 0, 0]);
  }, 120_000);
});
