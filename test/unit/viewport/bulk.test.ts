/** Judging many units in one action, on the real audit rules. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  countByVerdict,
  type Exception,
  planBulk,
  shareOut,
  unitsOfFrame,
  unitsOfTrack,
} from '../../../renderer/screens/review/bulk/bulk.ts';
import type { Desk } from '../../../renderer/screens/review/desk.ts';
import { createUnitLocator } from '../../../renderer/screens/review/locateUnit.ts';
import { defectEntry } from '../../../renderer/screens/review/verdictDrafts.ts';
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import { isHasty } from '../../../shared/audit/pace.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { AuditDesk, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf, evidenceInFront } from './testDesk.ts';

const index = makeIndex();
const reject = (name: string): Exception => ({
  verdict: 'reject',
  defects: [defectEntry(specDefect(defaultSpec, name)!, null, '', null)],
});

let audit: AuditDesk;
let desk: Desk;
let clock = 0;

beforeEach(() => {
  audit = AuditDesk.ready(index);
  const locator = createUnitLocator(index);
  clock = 1000;
  desk = deskOf(audit, index, {
    clock: () => clock,
    locator,
    async evidence(_withPicture, draft) {
      const evidence = evidenceInFront(desk, { index, locator }, draft);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return evidence;
    },
  });
});

const open = (unit: DrawnUnit): boolean => audit.state!.verdicts.has(unit.id);
const group = (count: number): readonly DrawnUnit[] => desk.units.slice(0, count);
const standing = (at: number) => audit.state!.verdicts.get(desk.units[at]!.id);

describe('the plan of a group', () => {
  test('open units get the common verdict, the excepted their own, what stands is left as it is', () => {
    audit.record(audit.verdict(desk.units[1]!.id, 'unsure'));
    const units = [...group(3), { ...desk.units[3]!, isInspectable: false }];
    const plan = planBulk(units, 'accept', new Map([[units[2]!.id, reject('POS')]]), open);
    expect(plan.entries.map(({ unit, verdict }) => [unit.id, verdict])).toEqual([
      [units[0]!.id, 'accept'],
      [units[2]!.id, 'reject'],
    ]);
    expect(plan.standing.map(({ id }) => id)).toEqual([units[1]!.id]);
    expect(plan.uninspectable.map(({ id }) => id)).toEqual([units[3]!.id]);
    expect([...countByVerdict(plan.entries)]).toEqual([
      ['accept', 1],
      ['reject', 1],
    ]);
  });

  test('a unit with a verdict is judged again only where it is excepted by name', () => {
    audit.record(audit.verdict(desk.units[0]!.id, 'accept'));
    const plan = planBulk(group(1), 'accept', new Map([[desk.units[0]!.id, reject('YAW')]]), open);
    expect(plan.entries).toMatchObject([{ verdict: 'reject', defects: [{ code: 'YAW' }] }]);
  });

  test('shares are whole milliseconds that add up', () => {
    for (let total = 0; total < 60; total += 7) {
      for (let count = 1; count < 9; count++) {
        const shares = shareOut(total, count);
        expect(shares).toHaveLength(count);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }
    }
  });

  test('a track is within its scene, a frame holds all of its drawn units', () => {
    for (const [at, unit] of desk.units.entries()) {
      const track = unitsOfTrack(desk.units, at).map((place) => desk.units[place]!);
      expect(track).toContain(unit);
      expect(new Set(track.map((one) => `${one.scene} ${one.track}`)).size).toBe(1);
      const frame = unitsOfFrame(desk.units, at);
      expect(frame.length).toBe(desk.units.filter((one) => one.frame === unit.frame).length);
    }
    const loose = desk.units.map((unit) => ({ ...unit, track: null }));
    expect(unitsOfTrack(loose, 5)).toEqual([5]);
  });
});

describe('a group in the record', () => {
  const give = (count: number, exceptions: ReadonlyMap<string, Exception> = new Map()): void =>
    desk.giveMany(planBulk(group(count), 'accept', exceptions, open).entries);

  test('each unit has its verdict, the group has one name, the time is shared', async () => {
    clock += 10_001;
    give(4, new Map([[desk.units[2]!.id, reject('POS')]]));
    expect([...desk.store.getState().last!.counts!]).toEqual([
      ['accept', 3],
      ['reject', 1],
    ]);
    await desk.settled();
    expect([0, 1, 2, 3].map((at) => standing(at)!.verdict)).toEqual(['accept', 'accept', 'reject', 'accept']);
    expect([0, 1, 2, 3].map((at) => standing(at)!.durationMs)).toEqual([2501, 2500, 2500, 2500]);
    expect([0, 1, 2, 3].map((at) => standing(at)!.bulk)).toEqual(
      [0, 1, 2, 3].map(() => ({ id: 'id-1', count: 4 })),
    );
    expect([0, 1, 2, 3].some((at) => isHasty(standing(at)!))).toBe(false);
    expect(desk.store.getState()).toMatchObject({ at: 4 });
    expect(desk.store.getState().given.size).toBe(0);
  });

  test('what is rejected without being on screen carries the label as it stands', async () => {
    give(3, new Map([[desk.units[2]!.id, reject('POS')]]));
    await desk.settled();
    const { cuboid, picture, camera } = standing(2)!.evidence!;
    const label = createUnitLocator(index).locate(desk.units[2]!)!.row!;
    expect(cuboid?.center).toEqual([...index.labels.cuboids.center.subarray(3 * label, 3 * label + 3)]);
    expect([picture, camera, cuboid?.pointsInside]).toEqual([null, null, null]);
  });

  test('one undo takes back all of it and leads to where it began', async () => {
    desk.goTo(2);
    give(6);
    await desk.settled();
    expect(audit.state!.verdicts.size).toBe(6);
    desk.undo();
    await desk.settled();
    expect(audit.state!.verdicts.size).toBe(0);
    expect(desk.store.getState()).toMatchObject({ at: 2, last: null });
  });

  test('the group is taken back later too, without what was judged after it', async () => {
    give(3);
    await desk.settled();
    desk.accept();
    await desk.settled();
    desk.goTo(1);
    desk.undoGroup();
    await desk.settled();
    expect([...audit.state!.verdicts.keys()]).toEqual([desk.units[3]!.id]);
    // What is left on the trail is the one verdict.
    desk.undo();
    await desk.settled();
    expect(audit.state!.verdicts.size).toBe(0);
  });

  test('an excepted unit gets its verdict from before back', async () => {
    desk.unsure();
    await desk.settled();
    give(2, new Map([[desk.units[0]!.id, reject('CLS')]]));
    await desk.settled();
    expect(standing(0)!.verdict).toBe('reject');
    desk.undo();
    await desk.settled();
    expect(standing(0)!.verdict).toBe('unsure');
    expect(standing(1)).toBeUndefined();
  });

  test('a group of one is a verdict like any other', async () => {
    clock += 300;
    give(1);
    await desk.settled();
    expect(standing(0)!.bulk).toBeUndefined();
    expect(isHasty(standing(0)!)).toBe(true);
  });

  test('many units are recorded in order', async () => {
    give(desk.units.length);
    await desk.settled();
    expect(audit.state!.verdicts.size).toBe(desk.units.length);
    const seqs = desk.units.map(({ id }) => audit.state!.verdicts.get(id)!.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });
});
