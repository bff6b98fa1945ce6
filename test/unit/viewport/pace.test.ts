/** The clock of active time, and the stretch after a break in which units come up once more. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createActiveTime, idleAfterMs } from '../../../renderer/screens/review/activeTime.ts';
import type { Desk } from '../../../renderer/screens/review/desk.ts';
import { warmUpOf, withoutVerdicts } from '../../../renderer/screens/review/pace/warmUp.ts';
import { breakMs, repeatsDue } from '../../../shared/audit/breaks.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf, recordOf } from './testDesk.ts';

describe('active time', () => {
  test('a pause counts as far as somebody may still be looking', () => {
    const time = createActiveTime(0);
    time.note(4000);
    expect(time.take(4000 + 10 * idleAfterMs)).toBe(4000 + idleAfterMs);
  });

  test('nothing counts while the window is out of sight', () => {
    const time = createActiveTime(0);
    time.pause(3000);
    expect(time.soFar(9000)).toBe(3000);
    // A second reason to stop (the focus goes, then the tab) changes nothing.
    time.pause(12_000);
    time.note(15_000);
    time.note(16_000);
    expect(time.take(16_500)).toBe(4500);
  });

  test('taken while out of sight, the next unit begins with the next sign of life', () => {
    const time = createActiveTime(0);
    time.pause(1000);
    expect(time.take(8000)).toBe(1000);
    expect(time.soFar(9000)).toBe(0);
    time.note(10_000);
    expect(time.take(11_000)).toBe(1000);
  });
});

const index = makeIndex();
let audit: AuditDesk;
let desk: Desk;
let clock = 0;
/** When the next entries are made; null = right after the last one. */
let later: number | null = null;

function nextTime(): string | undefined {
  if (later === null) return undefined;
  later += 1000;
  return new Date(later).toISOString();
}

beforeEach(() => {
  audit = AuditDesk.ready(index);
  clock = 1000;
  later = null;
  desk = deskOf(audit, index, { ...recordOf(audit, nextTime), clock: () => clock });
});

/** Judges the first `count` and comes back an hour later; answers the units due once more. */
async function backFromBreak(count: number): Promise<string[]> {
  for (let step = 0; step < count; step++) desk.accept();
  await desk.settled();
  later = Date.parse(audit.state!.lastAt) + 6 * breakMs;
  return repeatsDue(audit.state!, auditor.profile, new Date(later).toISOString());
}

const seeded = () => seededRandom(7).next;

test('after a break old units come up among as many open ones, without what was said of them', async () => {
  const due = await backFromBreak(14);
  expect(due).toHaveLength(3);
  desk.beginWarmUp(due, seeded());
  const { warmUp } = desk.store.getState();
  expect(warmUp!.stops).toHaveLength(6);
  const seen: string[] = [];
  const judged = audit.state!.verdicts.size;
  for (let step = 0; step < 6; step++) {
    seen.push(desk.unit().id);
    expect(desk.standing()).toBeNull();
    clock += 3000;
    desk.reject(specDefect(defaultSpec, 'POS')!);
    await desk.settled();
  }
  expect(seen.filter((id) => due.includes(id)).sort()).toEqual(due.toSorted());
  expect(desk.store.getState().warmUp).toBeNull();
  expect(audit.state!.verdicts.size).toBe(judged + 3);
  expect(audit.state!.repeats.map(({ unit }) => unit).sort()).toEqual(due.toSorted());
  for (const repeat of audit.state!.repeats) {
    expect(repeat).toMatchObject({ verdict: 'reject', durationMs: 3000, repeated: { verdict: 'accept' } });
    // It counts nowhere: the verdict stands as it was.
    expect(audit.state!.verdicts.get(repeat.unit)!.verdict).toBe('accept');
  }
  expect(audit.state!.verdicts.has(desk.unit().id)).toBe(false);
});

test('within the stretch a repeat is taken back like any verdict; nothing of it is in the record', async () => {
  const due = await backFromBreak(14);
  desk.beginWarmUp(due, seeded());
  while (!due.includes(desk.unit().id)) {
    desk.accept();
    await desk.settled();
  }
  const { at } = desk.store.getState();
  const { seq } = audit.state!;
  desk.unsure();
  await desk.settled();
  expect(desk.store.getState().warmUp!.held.size).toBe(1);
  desk.undo();
  await desk.settled();
  expect(desk.store.getState()).toMatchObject({ at });
  expect(desk.store.getState().warmUp!.held.size).toBe(0);
  expect(audit.state!.seq).toBe(seq);
});

test('asking for another unit ends the stretch; what was said counts, the rest stays due', async () => {
  const due = await backFromBreak(14);
  desk.beginWarmUp(due, seeded());
  while (desk.store.getState().warmUp!.held.size === 0) desk.accept();
  const outside = desk.units.findIndex((_unit, at) => !desk.store.getState().warmUp!.stops.includes(at));
  desk.goTo(outside);
  await desk.settled();
  expect(desk.store.getState().warmUp).toBeNull();
  expect(audit.state!.repeats).toHaveLength(1);
  expect(repeatsDue(audit.state!, auditor.profile, audit.state!.lastAt)).toHaveLength(2);
});

test('without an open unit there is nothing to go on with', () => {
  expect(warmUpOf([{ id: 'a', at: 0 }], [], 0, Math.random)).toBeNull();
  expect(warmUpOf([], [1, 2], 0, Math.random)).toBeNull();
});

test('every order of the stretch comes up', () => {
  const random = seeded();
  const orders = new Set<string>();
  for (let round = 0; round < 400; round++) {
    orders.add(warmUpOf([{ id: 'a', at: 0 }], [5], 5, random)!.stops.join(' '));
  }
  expect([...orders].sort()).toEqual(['0 5', '5 0']);
});

test('a hidden verdict takes its findings along and leaves the state itself alone', async () => {
  desk.reject(specDefect(defaultSpec, 'POS')!);
  desk.accept();
  await desk.settled();
  const [first, second] = desk.units;
  const units = new Set([first!.id]);
  const hidden = withoutVerdicts(audit.state!, units);
  expect([...hidden.verdicts.keys()]).toEqual([second!.id]);
  expect(hidden.findings).toEqual([]);
  expect(audit.state!.verdicts.size).toBe(2);
  expect(withoutVerdicts(audit.state!, units)).toBe(hidden);
});
