/** Every hostile delivery, opened in this process: each thing wrong is told, the rest loads, nothing outside is read. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogues } from '../../shared/messages/index.ts';
import { hostileCases } from './corpus/index.ts';
import { layOut, openCase } from './openCase.ts';

const room = mkdtempSync(path.join(os.tmpdir(), 'assay-hostile-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));
const cases = await hostileCases();

test('the corpus is large, and every case has a name of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

describe('hostile deliveries', () => {
  test.each(cases.map((each, at) => [each.name, each, at] as const))('%s', async (_, hostile, at) => {
    const own = path.join(room, String(at));
    const laid = layOut(own, hostile);
    const { loads, problems, asked } = await openCase(laid.delivery, path.join(own, 'cache'));
    // A delivery that is one file is named by where it lies.
    const shown = (file: string) => file.replace(`${path.dirname(laid.delivery)}/`, '');
    const told = [...new Set(problems.map(({ code, path: file }) => `${code} ${shown(file)}`))];
    const missing = hostile.expected.filter((line) => !told.includes(line));
    expect(missing, `told instead: ${told.join(' | ')}; loads ${JSON.stringify(loads)}`).toEqual([]);
    if (hostile.loads === null) expect(loads).toBeNull();
    else expect(loads).toMatchObject(hostile.loads);
    expect(problems.filter(({ code }) => !(code in catalogues.en.problems))).toEqual([]);
    expect([...asked].filter((name) => name.startsWith('/') || name.split('/').includes('..'))).toEqual([]);
    expect(laid.isCanaryUntouched()).toBe(true);
  });
});
