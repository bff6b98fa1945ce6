/** The journal on a disk that fails: torn tails, full disks, folders that go away, and who may write. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { takeLock } from '../../../electron/services/audit/auditLock.ts';
import { readJournal, recoverJournal } from '../../../electron/services/audit/journalFile.ts';
import { createJournalWriter, type JournalWriter } from '../../../electron/services/audit/journalWriter.ts';
import { recordDrafts, stamped } from '../../../electron/services/audit/record.ts';
import { systemCode } from '../../../electron/services/faults.ts';
import { sha256Hex } from '../../../electron/services/hashes.ts';
import type { AuditEvent, EventDraft } from '../../../shared/audit/events.ts';
import { specHash } from '../../../shared/audit/freeze.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { defaultSpec, intake, lead } from '../../support/auditSteps.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('journal');
const at = new Date('2026-11-22T08:00:00Z');

const delivery = {
  format: 'openlabel',
  path: '/deliveries/7',
  sensorsPath: null,
  labelsHash: 'a'.repeat(64),
  frames: 1,
  cuboids: 1,
  boxes2d: 0,
  problems: 0,
};
const opening: EventDraft[] = [
  { type: 'audit.opened', data: { audit: 'a-1', delivery, intake } },
  { type: 'spec.chosen', data: { spec: defaultSpec, specHash: specHash(defaultSpec, sha256Hex) } },
];
const change = (team: string): EventDraft => ({
  type: 'intake.changed',
  data: { intake: { ...intake, team } },
});

interface Desk {
  readonly folder: string;
  readonly writer: JournalWriter;
  events: AuditEvent[];
  state: AuditState | null;
}

const always = async (): Promise<boolean> => true;

const writers: JournalWriter[] = [];
afterEach(async () => {
  for (const writer of writers.splice(0)) await writer.close();
});

function writerFor(folder: string, holdsLock = always): JournalWriter {
  const writer = createJournalWriter(folder, holdsLock);
  writers.push(writer);
  return writer;
}

async function begin(folder: string, holdsLock = always): Promise<Desk> {
  const desk: Desk = { folder, writer: writerFor(folder, holdsLock), events: [], state: null };
  expect(await record(desk, ...opening)).toBe('saved');
  return desk;
}

/** `saved`, or why not. */
async function record(desk: Desk, ...drafts: EventDraft[]): Promise<string> {
  const recorded = await recordDrafts(desk, stamped(drafts, lead, at));
  if (!recorded.ok) return `${recorded.problem.code} ${recorded.problem.params?.reason ?? ''}`;
  desk.events = [...desk.events, ...recorded.value.events];
  desk.state = recorded.value.state;
  return 'saved';
}

const journalOf = (folder: string): string => path.join(folder, 'events.jsonl');

async function onDisk(folder: string) {
  const content = await readJournal(folder);
  if (!content.ok) throw new Error(content.problem.code);
  return content.value;
}

describe('recovery', () => {
  test('takes the longest verified prefix wherever the last write was cut', async () => {
    const { folder, events } = await begin(freshFolder());
    const whole = readFileSync(journalOf(folder));
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    const random = seededRandom(3);
    const cuts = [
      lastLine,
      lastLine + 1,
      whole.length - 1,
      ...Array.from({ length: 40 }, () => random.integer(lastLine, whole.length - 1)),
    ];
    for (const cut of cuts) {
      const torn = freshFolder();
      writeFileSync(journalOf(torn), whole.subarray(0, cut));
      const content = await onDisk(torn);
      // A line that lacks nothing but its end verifies, but its end must be there before anything follows it.
      expect([cut, content.events.length]).toEqual([cut, cut === whole.length - 1 ? 2 : 1]);
      expect(await recoverJournal(torn, content)).toBeNull();
      const recovered = await onDisk(torn);
      expect(recovered.events).toEqual(events.slice(0, content.events.length));
      const desk: Desk = {
        folder: torn,
        writer: writerFor(torn),
        events: [...recovered.events],
        state: null,
      };
      await desk.writer.append(desk.events, []);
      expect(readFileSync(journalOf(torn), 'utf8').endsWith('\n')).toBe(true);
    }
  });

  test('keeps every broken tail under a name of its own', async () => {
    const { folder } = await begin(freshFolder());
    for (const tail of ['first\n', 'second\nthird\n']) {
      appendFileSync(journalOf(folder), tail);
      await recoverJournal(folder, await onDisk(folder));
    }
    expect(readFileSync(path.join(folder, 'events.broken-1.jsonl'), 'utf8')).toBe('first\n');
    expect(readFileSync(path.join(folder, 'events.broken-2.jsonl'), 'utf8')).toBe('second\nthird\n');
    expect((await onDisk(folder)).events).toHaveLength(2);
  });

  test('bytes that are no text, or a changed byte anywhere, end the prefix before them', async () => {
    const desk = await begin(freshFolder());
    await record(desk, change('b'), change('c'));
    const whole = readFileSync(journalOf(desk.folder));
    const random = seededRandom(11);
    for (let round = 0; round < 60; round++) {
      const position = random.integer(0, whole.length - 1);
      const changed = Buffer.from(whole);
      changed[position]! ^= 1 << random.integer(0, 7);
      const folder = freshFolder();
      writeFileSync(journalOf(folder), changed);
      const line = whole.subarray(0, position).filter((byte) => byte === 10).length;
      const content = await readJournal(folder);
      expect([position, content.ok ? content.value.events.length : 0]).toEqual([position, line]);
    }
  });

  test('an entry of a newer version is left as it is', async () => {
    const { folder } = await begin(freshFolder());
    const { events } = await onDisk(folder);
    const { canonicalBytes, canonicalJson } = await import('../../../shared/audit/canonicalJson.ts');
    const body = {
      seq: 3,
      at: at.toISOString(),
      actor: lead,
      prev: events[1]!.hash,
      type: 'mood.noted',
      data: {},
    };
    appendFileSync(
      journalOf(folder),
      `${canonicalJson({ ...body, hash: sha256Hex(canonicalBytes(body)) })}\n`,
    );
    const before = readFileSync(journalOf(folder));
    expect((await recoverJournal(folder, await onDisk(folder)))?.code).toBe('event-newer-than-app');
    expect(readFileSync(journalOf(folder)).equals(before)).toBe(true);
  });
});

describe('writing', () => {
  test('a folder that was deleted is noticed, though its handle still takes bytes', async () => {
    const desk = await begin(freshFolder());
    rmSync(desk.folder, { recursive: true });
    expect(await record(desk, change('b'))).toMatch(/^journal-not-writable/);
    expect(existsSync(desk.folder)).toBe(false);
  });

  test('a folder that was moved away is noticed; once it is back, everything is written', async () => {
    const desk = await begin(freshFolder());
    renameSync(desk.folder, `${desk.folder}-away`);
    expect(await record(desk, change('b'))).toMatch(/^journal-not-writable/);
    renameSync(`${desk.folder}-away`, desk.folder);
    expect(await record(desk, change('c'))).toBe('saved');
    expect((await onDisk(desk.folder)).events).toEqual(desk.events);
  });

  test('a journal that someone else wrote to is never written over', async () => {
    const desk = await begin(freshFolder());
    appendFileSync(journalOf(desk.folder), '{"another":"writer"}\n');
    expect(await record(desk, change('b'))).toBe('journal-not-writable changed');
    expect(readFileSync(journalOf(desk.folder), 'utf8')).toContain('another');
  });

  test('after a failure nothing is written once the lock is lost', async () => {
    const desk = await begin(freshFolder(), async () => false);
    appendFileSync(journalOf(desk.folder), 'x');
    expect(await record(desk, change('b'))).toBe('journal-not-writable changed');
    expect(await record(desk, change('b'))).toBe('journal-not-writable lock-lost');
  });

  test('two desks never begin in one place', async () => {
    const desk = await begin(freshFolder());
    const second: Desk = {
      ...desk,
      writer: writerFor(desk.folder),
      events: [],
      state: null,
    };
    expect(await record(second, ...opening)).toBe('journal-not-writable EEXIST');
    expect((await onDisk(desk.folder)).events).toEqual(desk.events);
  });
});

/** A disk of 256 kB, where this machine lets us mount one. */
function smallDisk(): string | null {
  if (os.platform() !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = freshFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
  return mounted.status === 0 ? folder : null;
}

const disk = smallDisk();

describe.runIf(disk !== null)('a full disk (a 256 kB tmpfs, which needs root)', () => {
  test('refuses the entry, keeps what was acknowledged, and takes it again when there is room', async () => {
    const folder = path.join(disk!, 'audit');
    mkdirSync(folder);
    try {
      const desk = await begin(folder);
      const filler = path.join(disk!, 'filler');
      fill(filler);
      let answer = 'saved';
      for (let entry = 0; answer === 'saved'; entry++) answer = await record(desk, change(`team ${entry}`));
      expect(answer).toBe('journal-not-writable ENOSPC');
      const acknowledged = desk.events;
      expect((await onDisk(folder)).events).toEqual(acknowledged);
      // Written anew beside the old one, it does not fit either; the old one stands.
      expect(await record(desk, change('again'))).toBe('journal-not-writable ENOSPC');
      expect((await onDisk(folder)).events).toEqual(acknowledged);
      rmSync(filler);
      expect(await record(desk, change('with room'))).toBe('saved');
      expect(await record(desk, change('and on'))).toBe('saved');
      const after = await onDisk(folder);
      expect(after.events).toEqual(desk.events);
      expect(after.verifiedBytes).toBe(statSync(journalOf(folder)).size);
      expect(readdirSync(folder)).toEqual(['events.jsonl']);
      await desk.writer.close();
    } finally {
      spawnSync('umount', ['-l', disk!]);
    }
  });
});

function fill(file: string): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(4096, 1));
  } catch (error) {
    if (systemCode(error) !== 'ENOSPC') throw error;
  }
}

describe('the lock', () => {
  test('whose taker died half way is taken by the next', async () => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'lock'), lockOf({ started: '1', token: 'first' }));
    writeFileSync(path.join(folder, 'lock.after-first'), lockOf({ started: '1', token: 'second' }));
    expect((await takeLock(folder, () => at)).isTaken).toBe(true);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  test('is held by one, and free again when it is released', async () => {
    const folder = freshFolder();
    const first = await takeLock(folder, () => at);
    expect(first.isTaken).toBe(true);
    expect(await takeLock(folder, () => at)).toEqual({
      isTaken: false,
      heldBy: { kind: 'process', pid: process.pid, host: os.hostname(), since: at.toISOString() },
    });
    if (!first.isTaken) throw new Error('not taken');
    expect(await first.lock.isHeld()).toBe(true);
    await first.lock.release();
    expect(readdirSync(folder)).toEqual([]);
    expect((await takeLock(folder, () => at)).isTaken).toBe(true);
  });

  const lockOf = (over: object): string =>
    JSON.stringify({
      pid: process.pid,
      host: os.hostname(),
      since: at.toISOString(),
      started: null,
      token: 't',
      ...over,
    });

  test.each([
    ['a process that ended', { pid: spawnSync(process.execPath, ['-e', '']).pid }],
    ['a pid that is another process by now', { started: '1' }],
  ])('of %s is taken over', async (_title, over) => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'lock'), lockOf(over));
    const isTold = process.platform === 'linux' || !('started' in over);
    expect((await takeLock(folder, () => at)).isTaken).toBe(isTold);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  test('of another machine stands while it is refreshed, and falls after ten minutes', async () => {
    const folder = freshFolder();
    const file = path.join(folder, 'lock');
    writeFileSync(file, lockOf({ host: 'another-laptop', pid: 1 }));
    expect(await takeLock(folder, () => at)).toMatchObject({
      isTaken: false,
      heldBy: { kind: 'process', pid: 1, host: 'another-laptop' },
    });
    const { utimesSync } = await import('node:fs');
    const old = new Date(Date.now() - 11 * 60_000);
    utimesSync(file, old, old);
    expect((await takeLock(folder, () => at)).isTaken).toBe(true);
  });

  test('goes to one of many who find it stale at once', async () => {
    for (let round = 0; round < 20; round++) {
      const folder = freshFolder();
      writeFileSync(path.join(folder, 'lock'), lockOf({ started: '1', pid: 2 ** 22 - 3 }));
      const answers = await Promise.all(Array.from({ length: 8 }, () => takeLock(folder, () => at)));
      expect(answers.filter(({ isTaken }) => isTaken)).toHaveLength(1);
      for (const answer of answers) if (answer.isTaken) expect(await answer.lock.isHeld()).toBe(true);
    }
  });
});
