/** What is prepared and not given: written without delay, the last word wins, and everybody finds her own only. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLastWins } from '../../../renderer/state/lastWins.ts';
import { createSession, type Session } from '../../../renderer/state/session.ts';
import { createMemoryShelf, type Shelf } from '../../../renderer/storage/shelf.ts';
import type { Actor } from '../../../shared/audit/events.ts';
import { arrivalOf } from '../../../shared/readers/arrival.ts';
import { readIndexFile } from '../../../shared/readers/indexFile.ts';
import { type Reach, reachHost } from '../../contract/hosts.ts';
import { defaultSpec, intake, lead } from '../../support/auditSteps.ts';
import { seededRandom } from '../../support/seededRandom.ts';

describe('the last of many values', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('the first is written at once, the last of the rest after a pause', async () => {
    const written: string[] = [];
    const writer = createLastWins<string>(async (name, value) => void written.push(`${name} ${value}`), 100);
    for (const value of ['1', '2', '3']) writer.put('a', value);
    writer.put('b', '1');
    expect(written).toEqual(['a 1', 'b 1']);
    await vi.advanceTimersByTimeAsync(100);
    expect(written).toEqual(['a 1', 'b 1', 'a 3']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(written).toHaveLength(3);
  });

  test('leaving writes what waits for its pause', async () => {
    const written: string[] = [];
    const writer = createLastWins<string>(async (_name, value) => void written.push(value), 100);
    writer.put('a', '1');
    await Promise.resolve();
    writer.put('a', '2');
    await vi.advanceTimersByTimeAsync(1);
    writer.flush();
    expect(written).toEqual(['1', '2']);
  });

  test.each([1, 2, 3, 4])(
    'however slow the disk is, nothing older lands behind newer (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const disk = new Map<string, number>();
      let running = 0;
      const writer = createLastWins<number>(async (name, value) => {
        running += 1;
        const delay = random.integer(0, 400);
        await new Promise((resolve) => setTimeout(resolve, delay));
        expect(value).toBeGreaterThan(disk.get(name) ?? -1);
        disk.set(name, value);
        running -= 1;
      }, 100);
      const last = new Map<string, number>();
      for (let step = 0; step < 200; step++) {
        const name = `n${random.integer(0, 3)}`;
        last.set(name, step);
        writer.put(name, step);
        if (random.next() < 0.1) writer.flush();
        await vi.advanceTimersByTimeAsync(random.integer(0, 120));
      }
      await vi.advanceTimersByTimeAsync(5000);
      expect(running).toBe(0);
      expect(disk).toEqual(last);
    },
  );
});

describe('drafts of a session', () => {
  const other: Actor = { ...lead, profile: 'other', name: 'Ana Reyes' };
  let reach: Reach;
  let audit: string;
  let sessions: Session[];

  beforeEach(async () => {
    reach = await reachHost('in process');
    sessions = [];
    const host = reach.host('maker');
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const made = { delivery, intake, spec: defaultSpec, actor: lead, order: null };
    ({ audit } = await host.call('audits.create', made));
    await host.call('audits.close', { audit });
  });

  afterEach(async () => {
    for (const session of sessions) await session.getState().closeAudit();
    await reach.close();
  });

  async function open(database: Shelf, actor: Actor, isReader = false): Promise<Session> {
    const session = createSession({
      host: reach.host(),
      database,
      clock: { now: () => new Date() },
      fetchIndex: async (address) => {
        const index = readIndexFile(new Uint8Array(await (await reach.fetch(address)).arrayBuffer()));
        if (!index.ok) throw new Error(index.problem.code);
        return { index: index.value, arrival: arrivalOf(index.value) };
      },
      putPicture: async () => 'stored',
    });
    sessions.push(session);
    session.getState().setActor(actor);
    await session.getState().openAudit(audit, { isReader });
    return session;
  }

  test('come back to the same person, and to nobody else', async () => {
    const shelf = createMemoryShelf();
    const first = await open(shelf, lead);
    first.getState().keepDraft('unit 1', { comment: 'half a sentence' });
    first.getState().keepDraft('unit 2', { comment: 'given soon' });
    first.getState().keepDraft('unit 2', null);
    first.getState().leave();
    const again = await open(shelf, lead);
    expect(again.getState().drafts).toEqual(new Map([['unit 1', { comment: 'half a sentence' }]]));

    again.getState().setActor(other);
    await vi.waitFor(() => expect(again.getState().draftsOf).toBe('other'));
    expect(again.getState().drafts.size).toBe(0);
    again.getState().keepDraft('unit 1', { comment: 'another opinion' });
    again.getState().setActor(lead);
    await vi.waitFor(() => expect(again.getState().draftsOf).toBe(lead.profile));
    expect(again.getState().drafts.get('unit 1')).toEqual({ comment: 'half a sentence' });
  });

  test('who only looks on takes neither the lock nor a draft, also when the lock is free', async () => {
    const shelf = createMemoryShelf();
    const desk = await open(shelf, lead);
    desk.getState().keepDraft('unit 1', { comment: 'mine' });
    const reader = await open(shelf, lead, true);
    expect(reader.getState()).toMatchObject({ isReader: true, isWritable: false, heldBy: null });
    expect(reader.getState().drafts.size).toBe(0);
    reader.getState().keepDraft('unit 1', null);
    await desk.getState().closeAudit();
    await reader.getState().takeOver();
    expect(reader.getState().isWritable).toBe(false);
    const next = await open(shelf, lead);
    expect(next.getState().isWritable).toBe(true);
    expect(next.getState().drafts.get('unit 1')).toEqual({ comment: 'mine' });
  });
});
