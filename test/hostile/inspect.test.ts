/** The worst of each family through the built command line; `node test/hostile/inspectAll.mjs` runs all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hostileCases } from './corpus/index.ts';
import { ask, faultsOf } from './inspectCase.ts';
import { layOut } from './openCase.ts';

const room = mkdtempSync(path.join(os.tmpdir(), 'assay-inspect-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));
const worst = (await hostileCases()).filter(({ isWorst }) => isWorst);

describe('inspect', () => {
  test.each(worst.map((each, at) => [each.name, each, at] as const))('%s', async (_, hostile, at) => {
    const laid = layOut(path.join(room, String(at)), hostile);
    const ended = await ask('inspect', laid.delivery, path.join(room, 'home'));
    expect(faultsOf(ended, hostile.loads === null), ended.stderr).toEqual([]);
    expect(laid.isCanaryUntouched()).toBe(true);
    if (hostile.loads === null) return;
    const { frames, labels, problems } = JSON.parse(ended.stdout) as {
      frames: number;
      labels: { cuboids: number };
      problems: { code: string; path: string; message: string }[];
    };
    expect([frames, labels.cuboids]).toEqual([hostile.loads.frames, hostile.loads.cuboids]);
    for (const line of hostile.expected.filter((each) => !each.startsWith('image-'))) {
      const found = problems.find(({ code, path: file }) => `${code} ${file}` === line);
      expect(found?.message, line).toMatch(/\w+ \w+/);
    }
  });
});

describe('check', () => {
  // What is refused is refused before any command looks at it.
  const opened = worst.filter(({ loads }) => loads !== null);
  test.each(opened.map((each, at) => [each.name, each, at] as const))('%s', async (_, hostile, at) => {
    const laid = layOut(path.join(room, `check-${at}`), hostile);
    const ended = await ask('check', laid.delivery, path.join(room, 'home'));
    expect(faultsOf(ended, false), ended.stderr).toEqual([]);
    expect(laid.isCanaryUntouched()).toBe(true);
    const { findings, summary } = JSON.parse(ended.stdout) as {
      findings: { id: string; message: string; value: number; limit: number; score: number }[];
      summary: { frames: number };
    };
    expect(summary.frames).toBe(hostile.loads!.frames);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    for (const { message, value, limit, score } of findings) {
      expect(message).toMatch(/\w+ \w+/);
      expect([value, limit, score].every(Number.isFinite), message).toBe(true);
    }
  });
});
