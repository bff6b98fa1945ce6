/** What a group offers before it is given: who is like whom, who stands out, what the keys change. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type BulkDesk, createBulkDesk } from '../../../renderer/screens/review/bulk/bulkDesk.ts';
import { gridWindow } from '../../../renderer/screens/review/bulk/gridWindow.ts';
import { median, oddnessOf, robustScores } from '../../../renderer/screens/review/bulk/oddness.ts';
import { similarUnits } from '../../../renderer/screens/review/bulk/similar.ts';
import type { Desk } from '../../../renderer/screens/review/desk.ts';
import { createUnitLocator } from '../../../renderer/screens/review/locateUnit.ts';
import { breakFacts } from '../../../renderer/screens/review/pace/breakFacts.ts';
import { lookReason, nextLook, secondLooks } from '../../../renderer/screens/review/pace/secondLook.ts';
import { breakMs } from '../../../shared/audit/breaks.ts';
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defect, lead } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf } from './testDesk.ts';

const index = makeIndex();
let audit: AuditDesk;
let desk: Desk;
let bulk: BulkDesk;

beforeEach(() => {
  audit = AuditDesk.ready(index);
  desk = deskOf(audit, index);
  bulk = createBulkDesk(desk);
});

describe('a group that is open', () => {
  test('moving shows its units, closing leads back and judges nothing', () => {
    desk.goTo(3);
    bulk.openAll([3, 8, 9]);
    bulk.close();
    bulk.open('frame');
    const { positions } = bulk.store.getState();
    bulk.moveTo(positions.length - 1);
    expect(desk.store.getState().at).toBe(positions.at(-1));
    bulk.move(5);
    expect(bulk.store.getState().cursor).toBe(positions.length - 1);
    bulk.close();
    expect(desk.store.getState().at).toBe(3);
    expect(audit.state!.verdicts.size).toBe(0);
  });

  test('a code excepts the unit, the same code again takes it back, another one replaces it', () => {
    bulk.openAll([0, 1, 2]);
    const yaw = { verdict: 'reject', defects: [defect('YAW')] } as const;
    const size = { verdict: 'reject', defects: [defect('DIM')] } as const;
    const verdicts = () => bulk.plan().entries.map(({ verdict, defects }) => defects[0]?.code ?? verdict);
    bulk.move(1);
    bulk.except(yaw);
    expect(verdicts()).toEqual(['accept', 'YAW', 'accept']);
    bulk.except(size);
    expect(verdicts()).toEqual(['accept', 'DIM', 'accept']);
    bulk.except(size);
    expect(verdicts()).toEqual(['accept', 'accept', 'accept']);
  });

  test('what is left open is not judged; a code takes it in again', async () => {
    bulk.openAll([0, 1, 2]);
    bulk.toggleLeftOut();
    expect(bulk.plan().entries).toHaveLength(2);
    bulk.except({ verdict: 'unsure', defects: [] });
    expect(bulk.plan().entries).toHaveLength(3);
    bulk.toggleLeftOut();
    bulk.give();
    await desk.settled();
    expect(audit.state!.verdicts.size).toBe(2);
    expect(bulk.store.getState().scope).toBeNull();
    expect(audit.state!.verdicts.has(desk.units[0]!.id)).toBe(false);
  });
});

describe('who stands out', () => {
  test('the middle of odd and even counts', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  test('robust scores are those of the textbook, and unmoved by one wild value', () => {
    // Median 5, median absolute deviation 2 (Iglewicz and Hoaglin's modified z).
    const scores = robustScores([1, 3, 5, 7, 9], 0);
    expect(scores.map((score) => score.toFixed(5))).toEqual(
      [-2, -1, 0, 1, 2].map((steps) => (0.6745 * steps).toFixed(5)),
    );
    const wild = robustScores([1, 3, 5, 7, 9000], 0);
    expect(wild.slice(0, 4).map((score) => score.toFixed(5))).toEqual(
      scores.slice(0, 4).map((score) => score.toFixed(5)),
    );
    expect(wild[4]).toBeGreaterThan(1000);
  });

  test('equal values are usual, unknown ones and small groups say nothing', () => {
    expect(robustScores([2, 2, 2, 2, 2], 0.02)).toEqual([0, 0, 0, 0, 0]);
    expect(robustScores([2, 2, 2, 2, Number.NaN], 0.02)[4]).toBe(0);
    expect(robustScores([1, 90, 5], 0.02)).toEqual([0, 0, 0]);
  });

  test('a shift or a scale of all values changes no score', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 50; round++) {
      const values = Array.from({ length: 5 + (round % 20) }, () => random.between(-10, 10));
      const scores = robustScores(values, 0);
      const moved = robustScores(
        values.map((value) => 3 * value + 7),
        0,
      );
      for (const [at, score] of scores.entries()) expect(moved[at]).toBeCloseTo(score, 6);
    }
  });

  test('the box that is too long, the one with too few points and the one in the air come first', () => {
    const odd = makeIndex({
      cuboidsPerFrame: 24,
      row: (frame, number) => ({
        className: 'Car',
        size: [number === 5 ? 7 : 4 + 0.01 * (number % 5), 2, 1.6],
        center: [20, number, number === 9 ? 2.4 : 0.8 + 0.01 * (number % 3)],
        statedPoints: number === 14 ? 1 : 100 + number,
        track: `scene0/${frame}-${number}`,
      }),
    });
    const rows = Array.from({ length: 24 }, (_, row) => row);
    const oddness = oddnessOf(odd.labels, rows);
    const first = oddness.toSorted((a, b) => b.score - a.score).slice(0, 3);
    expect(first.map(({ row, worst }) => `${row} ${worst!.trait}`).sort()).toEqual([
      '14 points',
      '5 length',
      '9 offset',
    ]);
    expect(oddness[5]!.sizeDeviation[0]).toBeCloseTo(2.98, 2);
    expect(oddness[14]!.worst!.z).toBeLessThan(0);
  });
});

describe('who is alike', () => {
  const similar = (
    at: number,
    likeness: Parameters<typeof similarUnits>[4],
    isOpen = (_: DrawnUnit) => true,
  ) => similarUnits(index, createUnitLocator(index), desk.units, at, likeness, isOpen);

  test('only of the class, of the scene or everywhere, and only what is open', () => {
    const shown = desk.units[0]!;
    const scene = similar(0, 'scene');
    expect(scene.every(({ unit }) => unit.className === shown.className && unit.scene === shown.scene)).toBe(
      true,
    );
    const everywhere = similar(0, 'everywhere');
    expect(everywhere).toHaveLength(desk.units.filter((unit) => unit.className === shown.className).length);
    expect(everywhere.length).toBeGreaterThan(scene.length);
    expect(similar(0, 'scene', ({ id }) => id !== shown.id)).toHaveLength(scene.length - 1);
  });

  test('of the same size means within a share of every side', () => {
    const sizes = makeIndex({
      row: (_frame, number) => ({ size: [number % 2 === 0 ? 4 : 4.3, number % 3 === 0 ? 2 : 2.6, 1.6] }),
    });
    const found = similarUnits(sizes, createUnitLocator(sizes), desk.units, 0, 'size', () => true);
    const { size } = sizes.labels.cuboids;
    const own = createUnitLocator(sizes).locate(desk.units[0]!)!.row!;
    expect(found.length).toBeGreaterThan(1);
    for (const { located } of found) expect(size[3 * located.row + 1]).toBe(size[3 * own + 1]);
  });
});

describe('tiles in sight', () => {
  const tile = { width: 100, height: 50, gap: 10 };

  test('only rows in sight and one on each side are made', () => {
    const shown = gridWindow(500, tile, { width: 540, height: 300, top: 1200 });
    expect(shown).toEqual({ columns: 5, height: 100 * 60 - 10, from: 95, to: 130 });
  });

  test('nothing is made for nothing, and all of a short page', () => {
    expect(gridWindow(0, tile, { width: 540, height: 300, top: 0 })).toMatchObject({
      from: 0,
      to: 0,
      height: 0,
    });
    expect(gridWindow(7, tile, { width: 540, height: 300, top: 0 })).toMatchObject({ from: 0, to: 7 });
    expect(gridWindow(7, tile, { width: 20, height: 300, top: 0 }).columns).toBe(1);
  });
});

describe('second looks', () => {
  test('disagreement first, then unsure, then hasty; each in turn and round again', () => {
    const [a, b, c, d] = desk.units.map(({ id }) => id) as [string, string, string, string];
    const given = (unit: string, verdict: 'accept' | 'reject' | 'unsure', durationMs = 4200) => {
      const draft = audit.verdict(unit, verdict, ...(verdict === 'reject' ? [defect('POS')] : []));
      if (draft.type !== 'verdict.given') throw new Error('no verdict');
      return { ...draft, data: { ...draft.data, durationMs, isBlind: false } };
    };
    audit.record(given(a, 'accept', 900));
    audit.record(given(b, 'unsure'));
    audit.record(given(c, 'accept'));
    audit.record(given(c, 'reject'), lead);
    audit.record(given(d, 'accept'));
    expect([a, b, c, d].map((id) => lookReason(audit.state!, id))).toEqual([
      'hasty',
      'unsure',
      'differing',
      null,
    ]);
    const looks = secondLooks(audit.state!, desk.units);
    expect(looks.map(({ at }) => at)).toEqual([2, 1, 0]);
    expect(nextLook(looks, 5)).toBe(2);
    expect(nextLook(looks, 2)).toBe(1);
    expect(nextLook(looks, 0)).toBe(2);
    expect(nextLook([], 0)).toBeNull();
  });
});

describe('coming back', () => {
  const later = (minutes: number): string =>
    new Date(Date.parse(audit.state!.lastAt) + minutes * 60_000).toISOString();
  const judge = (count: number): void => {
    for (const { id } of desk.units.slice(0, count)) audit.record(audit.verdict(id, 'accept'));
  };

  test('nothing is said after a short absence, at the first visit, or with nothing left to judge', () => {
    expect(breakFacts(audit.state!, auditor.profile, later(60), 10)).toBeNull();
    judge(14);
    expect(breakFacts(audit.state!, auditor.profile, later(9), 10)).toBeNull();
    expect(breakFacts(audit.state!, auditor.profile, later(60), 0)).toBeNull();
    expect(breakFacts(audit.state!, auditor.profile, later(60), 10)!.repeats).toHaveLength(3);
  });

  test('what others did is told, even where nothing is due once more', () => {
    judge(3);
    const at = Date.parse(audit.state!.lastAt);
    const since = new Date(at + 2 * breakMs).toISOString();
    expect(breakFacts(audit.state!, auditor.profile, since, 10)).toBeNull();
    audit.record(audit.verdict(desk.units[7]!.id, 'accept'), lead);
    const facts = breakFacts(audit.state!, auditor.profile, since, 10)!;
    expect(facts.repeats).toEqual([]);
    expect(facts.changed.others).toMatchObject([{ by: { name: lead.name }, units: 1 }]);
  });
});
