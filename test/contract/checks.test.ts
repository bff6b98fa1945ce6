/**
 * `assay check`, the built command run as a process: what it answers, as a gate, as a stream, in parts that add up, over
 * a damaged delivery, and in memory that does not grow with the delivery.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkIds } from '../../shared/checks/checkIds.ts';
import { priorsSchema } from '../../shared/checks/priors.ts';
import { assay, type CommandEnd, commandLine } from '../support/assayCommand.ts';
import { carsPerFrame, makeCheckedDelivery, sceneName, sweepPath } from '../support/checkedDelivery.ts';

const frames = [4, 2, 6];
const scenes = 5;
const framesInAll = 4 + 2 + 6 + 4 + 2;
/** Scenes with a car that is labelled twice. */
const doubled = [1, 3];

let folder: string;
let delivery: string;
/** Settings under which every label is a finding. */
let strict: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'assay-checks-')));
  delivery = makeCheckedDelivery(path.join(folder, 'batch 交付'), { scenes, frames, doubled });
  strict = path.join(folder, 'strict.json');
  const limits = { DUP: { all: { soft: -1, hard: null } } };
  writeFileSync(strict, JSON.stringify({ schema: 'assay-check-settings', schemaVersion: 1, limits }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(...args: readonly string[]): Promise<CommandEnd> {
  return assay(['check', ...args], { home: path.join(folder, 'home') });
}

interface Finding {
  readonly check: string;
  readonly severity: string;
  readonly scene: string;
  readonly message: string;
}

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await check(...args, '--json');
  expect(stdout.trimEnd().split('\n'), `one document on stdout; stderr: ${stderr}`).toHaveLength(1);
  return { code, stderr, document: JSON.parse(stdout) };
}

function fileNamed(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

function contentsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map((file) => [path.relative(root, file), sha256(file)]),
  );
}

describe('what it answers', () => {
  test('every check with what it found or why it was skipped, and every finding in words', async () => {
    const before = contentsOf(delivery);
    const { code, document } = await json(delivery);
    expect(code).toBe(0);
    const { checks, findings, summary } = document;
    expect(checks.length).toBeGreaterThan(20);
    for (const row of checks) {
      expect(checkIds).toContain(row.id);
      expect(row.title).toMatch(/^[A-Z0-9]/);
      expect(row.findings).toBe(findings.filter((finding: Finding) => finding.check === row.id).length);
      expect('skipped' in row).toBe(row.ran === 0);
    }
    // KITTI tracking without its inertial files has no poses.
    const speed = checks.find(({ id }: { id: string }) => id === 'SPEED');
    expect(speed.skipped).toMatch(/pose/);
    expect(speed.skippedScenes).toEqual({ poses: scenes });
    const twice = findings.filter((finding: Finding) => finding.check === 'DUP');
    expect(twice.map(({ scene }: Finding) => scene)).toEqual(doubled.map(sceneName));
    expect(twice[0]).toMatchObject({ object: '90', camera: null, frames: 2, severity: 'major' });
    for (const key of ['frame', 'track', 'message', 'value', 'limit', 'score'])
      expect(twice[0]).toHaveProperty(key);
    expect(twice[0].message).not.toMatch(/checkKinds|\{\{/);
    const objects = framesInAll * carsPerFrame + doubled.reduce((sum, at) => sum + frames[at % 3]!, 0);
    expect(summary).toMatchObject({ scenes, frames: framesInAll, objects, findings: findings.length });
    expect(contentsOf(delivery)).toEqual(before);
  });

  test('for people a table, and what to look at first', async () => {
    const { code, stdout } = await check(delivery, '--only', 'DUP,SPEED');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DUP +2 /m);
    expect(stdout).toMatch(/^SPEED +0 .*Skipped: no ego poses/m);
    expect(stdout).not.toMatch(/^SIZE/m);
    expect(stdout).toMatch(/^major .*DUP +0003 /m);
  });

  test('a gate closes at findings of its severity and graver ones', async () => {
    const gate = async (severity: string) =>
      (await check(delivery, '--only', 'DUP', '--fail-on', severity)).code;
    expect(await Promise.all(['minor', 'major', 'critical'].map(gate))).toEqual([1, 1, 0]);
  });

  test('a stream has the findings of the document, one a line, in its order', async () => {
    const [{ document }, streamed, alone] = await Promise.all([
      json(delivery, '--settings', strict),
      check(delivery, '--settings', strict, '--jsonl', '--shard', '1/1'),
      check(delivery, '--settings', strict, '--jsonl', '--shard', '1/1', '--jobs', '1'),
    ]);
    const lines = streamed.stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(scenes * carsPerFrame);
    expect(lines.map((line) => JSON.parse(line))).toEqual(document.findings);
    expect(alone.stdout).toBe(streamed.stdout);
  });

  test('arguments that cannot be meant end with 2 and one line', async () => {
    const wrong = [
      [delivery, '--shard', '4/3'],
      [delivery, '--shard', '0/3'],
      [delivery, '--only', 'SIZE,NOPE'],
      [delivery, '--fail-on', 'grave'],
      [delivery, '--json', '--jsonl'],
      [strict, '--merge', '--spec', strict],
      ['--merge'],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = await check(...args);
      expect(code, args.join(' ')).toBe(2);
      expect([stdout, stderr.trimEnd().split('\n').length]).toEqual(['', 1]);
    }
  });

  test('input that cannot be used ends with 3 and one line', async () => {
    const unknown = fileNamed(
      'unknown.json',
      JSON.stringify({
        ...{ schema: 'assay-check-settings', schemaVersion: 1 },
        limits: { LOOSE: { all: { soft: 1, hard: 2 } } },
      }),
    );
    const broken = fileNamed('broken.json', '{"schema":"assay-check-settings","schemaVersion":9}');
    for (const args of [
      [path.join(folder, 'nowhere')],
      [delivery, '--settings', broken],
      [delivery, '--settings', unknown],
    ]) {
      const { code, stderr } = await check(...args);
      expect(code, args.join(' ')).toBe(3);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });
});

describe('parts', () => {
  let whole: CommandEnd;
  const parts = new Map<number, string[]>();
  beforeAll(async () => {
    whole = await check(delivery, '--settings', strict, '--json');
    for (const count of [1, 2, 3, 5]) parts.set(count, await partsOf(count));
  }, 180_000);

  /** Files with the answers of the delivery's parts. */
  async function partsOf(count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, at) => `${at + 1}/${count}`);
    const ends = await Promise.all(
      names.map((part) => check(delivery, '--settings', strict, '--shard', part, '--json')),
    );
    return ends.map(({ code, stdout }, at) => {
      expect(code).toBe(0);
      return fileNamed(`part-${at + 1}-of-${count}.json`, stdout);
    });
  }

  test.each([1, 3, 5])('%i of them add up to what the whole answers, to the byte', async (count) => {
    const files = parts.get(count)!;
    const merged = await check('--merge', ...files.toReversed(), '--json');
    expect(JSON.parse(merged.stdout)).toEqual(JSON.parse(whole.stdout));
    expect(merged.stdout).toBe(whole.stdout);
    const sum = files
      .map((file) => JSON.parse(readFileSync(file, 'utf8')).summary.frames)
      .reduce((all, own) => all + own, 0);
    expect(sum).toBe(framesInAll);
  });

  test('the gate of a merge is that of the whole', async () => {
    const files = parts.get(2)!;
    expect((await check('--merge', ...files, '--fail-on', 'minor')).code).toBe(1);
    expect((await check('--merge', ...files, '--fail-on', 'critical')).code).toBe(0);
  });

  test('parts that are missing, doubled or foreign are refused with one line', async () => {
    const [first, second, third] = parts.get(3)!;
    const shipped = await check(delivery, '--shard', '3/3', '--json');
    const otherSetup = fileNamed('other-setup.json', shipped.stdout);
    const noPart = fileNamed('whole.json', whole.stdout);
    const cases = [
      [[first!, third!], /missing: 2/],
      [[first!, second!, second!, third!], /twice/],
      [[first!, second!, otherSetup], /not parts of one delivery/],
      [[first!, second!, noPart], /is not the answer of/],
      [[first!, path.join(folder, 'none.json')], /cannot be read/],
    ] as const;
    for (const [files, said] of cases) {
      const { code, stdout, stderr } = await check('--merge', ...files, '--json');
      expect(code).toBe(3);
      expect(stdout).toBe('');
      expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(said)]);
    }
  });
});

describe('a damaged delivery', () => {
  test('what cannot be read is said once, and the rest goes on', async () => {
    const damaged = makeCheckedDelivery(path.join(folder, 'damaged'), { scenes, frames, doubled });
    truncateSync(path.join(damaged, sweepPath(0, 1)), 1003);
    rmSync(path.join(damaged, sweepPath(2, 0)));
    const labels = path.join(damaged, 'training/label_02/0004.txt');
    const hostile = ['nan nan nan', '1e300 0 -5', '1.5 1.8 4.2'].map(
      (size, at) => `1 ${40 + at} Car 0 0 0 600 150 650 200 ${size} 1e300 nan 20 0`,
    );
    writeFileSync(labels, `${readFileSync(labels, 'utf8')}${hostile.join('\n')}\n`);
    const before = contentsOf(damaged);
    const { code, stderr, document } = await json(damaged);
    expect(code).toBe(0);
    const places = document.problems.map((problem: { path: string }) => problem.path);
    expect(places).toEqual([...new Set(places)].sort());
    expect(places).toContain(sweepPath(0, 1));
    expect(stderr).toContain(sweepPath(0, 1));
    const twice = document.findings.filter((finding: Finding) => finding.check === 'DUP');
    expect(twice.map(({ scene }: Finding) => scene)).toEqual(expect.arrayContaining(doubled.map(sceneName)));
    expect(contentsOf(damaged)).toEqual(before);
  });
});

describe('learning', () => {
  test('writes what labels usually are, which the next run can be given; never into the delivery', async () => {
    const out = path.join(folder, 'learned/priors.json');
    const { code, document } = await json(delivery, '--learn', out);
    expect([code, document.file]).toEqual([0, out]);
    const learned = priorsSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(learned.learnedFrom).toMatchObject([{ batch: 'batch 交付' }]);
    const [length, width, height] = learned.classes.car!.size.map(({ median }) => median);
    expect(length! / 4.2).toBeCloseTo(1, 1);
    expect(width! / 1.8).toBeCloseTo(1, 1);
    expect(height! / 1.5).toBeCloseTo(1, 1);
    const { document: checked } = await json(delivery, '--priors', out);
    const drift = checked.checks.find(({ id }: { id: string }) => id === 'DRIFT');
    expect(drift.ran).toBe(scenes);
    const inside = await check(delivery, '--learn', path.join(delivery, 'new/priors.json'));
    expect(inside.code).toBe(3);
    expect(existsSync(path.join(delivery, 'new'))).toBe(false);
  });
});

/** Highest resident size of the command's process in MB, as Linux keeps it; null elsewhere. */
async function peakOf(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [commandLine, ...args], {
    env: { ...process.env, ASSAY_HOME: path.join(folder, 'home') },
    stdio: 'ignore',
  });
  const end = once(child, 'close');
  let peak: number | null = null;
  while (child.exitCode === null) {
    const status = `/proc/${child.pid}/status`;
    const text = existsSync(status) ? readFileSync(status, 'utf8') : '';
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(text)?.[1];
    if (kilobytes !== undefined) peak = Number(kilobytes) / 1024;
    await pause(20);
  }
  await end;
  expect(child.exitCode).toBe(0);
  return peak;
}

describe('ended from outside', () => {
  test('it says nothing more, and not that a gate is closed', async () => {
    const long = makeCheckedDelivery(path.join(folder, 'long'), { scenes: 400, frames: [3], doubled: [0] });
    const child = spawn(process.execPath, [commandLine, 'check', long, '--jsonl', '--fail-on', 'minor'], {
      env: { ...process.env, LC_ALL: 'C', ASSAY_HOME: path.join(folder, 'home') },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // The first scene has a finding; hundreds are still to come.
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([130, '']);
  });
});

describe('memory', () => {
  test('does not grow with the delivery', async () => {
    // Four megabytes a sweep: what was kept of thirty more scenes would be 120 MB.
    const make = (count: number): string =>
      makeCheckedDelivery(path.join(folder, `of-${count}`), {
        scenes: count,
        frames: [1],
        emptyRows: 250_000,
      });
    const [few, many] = [make(10), make(40)];
    const peaks = [await peakOf(['check', few, '--jobs', '1']), await peakOf(['check', many, '--jobs', '1'])];
    rmSync(few, { recursive: true });
    rmSync(many, { recursive: true });
    if (peaks[0] === null || peaks[1] === null) return;
    expect(peaks[1]! - peaks[0]!).toBeLessThan(70);
  });
});
