/** The ledger on disk as hostile input: whatever was done to the file, what is read was written so, and nothing throws. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extendLedger, readLedger } from '../../../electron/services/ledgers/ledgerFile.ts';
import { eventLine, sealEvent } from '../../../shared/audit/chain.ts';
import type { LedgerEvent } from '../../../shared/audit/ledgerEvents.ts';
import { done } from '../../../shared/base/problem.ts';
import { madeLedger, madeLot, sha256 } from '../../support/ledgerFixture.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const events = madeLedger([0, 9, 1].map((defects, at) => madeLot({ audit: `lot-${at}`, defects })));
const text = (some: readonly LedgerEvent[]): string => some.map((event) => `${eventLine(event)}\n`).join('');
const now = (): Date => new Date();

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-ledger-'));
  file = path.join(folder, 'events.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read() {
  const content = await readLedger(folder);
  if (!content.ok) throw new Error(content.problem.code);
  return content.value;
}

/** Writes what is missing of the whole ledger. */
function complete() {
  return extendLedger(folder, now, (present) => done(events.slice(present.length)));
}

describe('a ledger on disk', () => {
  test('is empty where there is none, and written as it is read', async () => {
    expect(await read()).toEqual({ events: [], problem: null });
    expect((await complete()).ok).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(text(events));
    expect((await read()).events).toEqual(events);
    expect(readdirSync(folder)).toEqual(['events.jsonl']);
  });

  test('goes on after a write that ended anywhere', async () => {
    const whole = Buffer.from(text(events));
    const random = seededRandom(11);
    for (let round = 0; round < 60; round++) {
      const length = round === 0 ? 0 : random.integer(0, whole.length);
      writeFileSync(file, whole.subarray(0, length));
      const { problem, events: present } = await read();
      expect([length, problem]).toEqual([length, null]);
      expect(present).toEqual(events.slice(0, present.length));
      expect((await complete()).ok).toBe(true);
      expect(readFileSync(file, 'utf8')).toBe(whole.toString());
    }
  });

  test('is read up to a changed byte and never written again', async () => {
    const whole = Buffer.from(text(events));
    const random = seededRandom(12);
    for (let round = 0; round < 200; round++) {
      const at = random.integer(0, whole.length - 2);
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ (1 << random.integer(0, 7));
      writeFileSync(file, changed);
      const line = whole.subarray(0, at).toString('latin1').split('\n').length;
      const { events: present, problem } = await read();
      expect([at, present.length]).toEqual([at, line - 1]);
      expect(problem).toMatchObject({ code: 'ledger-damaged', params: { line } });
      const refused = await complete();
      expect(refused.ok ? null : refused.problem.code).toBe('ledger-damaged');
      expect(readFileSync(file).equals(changed)).toBe(true);
    }
  });

  test('of a newer version is read up to what is new', async () => {
    const newer = { ...events[1]!, type: 'lot.reweighed' };
    const sealed = sealEvent(newer, newer, sha256);
    writeFileSync(file, `${text(events.slice(0, 1))}${eventLine(sealed)}\n`);
    expect(await read()).toMatchObject({ problem: { code: 'event-newer-than-app' }, events: { length: 1 } });
    expect((await complete()).ok).toBe(false);
  });

  test.each(['', '\n', '[]\n', '{}\n', '\u0000\n', `${'['.repeat(5000)}\n`, 'ÿþ'])(
    'whose file holds %j is no ledger, and that is no fault of the program',
    async (noise) => {
      writeFileSync(file, noise);
      expect((await read()).events).toEqual([]);
    },
  );

  test('that is a folder is a problem', async () => {
    mkdirSync(file);
    const content = await readLedger(folder);
    expect(content.ok ? null : content.problem.code).toBe('file-unreadable');
  });

  test('takes every write once when several come together', async () => {
    const answers = await Promise.all([complete(), complete(), complete()]);
    expect(answers.map((answer) => (answer.ok ? answer.value.length : -1)).sort()).toEqual([0, 0, 4]);
    expect((await read()).events).toEqual(events);
  });
});
