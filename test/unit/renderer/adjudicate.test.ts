/** The adjudicator's bench: what she sees, what her keys record, and the way back. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, createBench } from '../../../renderer/screens/adjudicate/bench.ts';
import { casesFor } from '../../../renderer/screens/adjudicate/cases.ts';
import type { Actor, Correction, EventData } from '../../../shared/audit/events.ts';
import { unitStandings } from '../../../shared/audit/outcome.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { AuditDesk, auditor, defaultSpec, defect, lead } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };
const cat: Actor = { profile: 'p-5', name: 'Cat', role: 'auditor' };
const correction: Correction = {
  center: [1, 2, 3],
  size: [4, 2, 1.5],
  rotation: [0, 0, 0, 1],
  source: 'fitted',
  delta: { along: 0.4, across: 0, up: 0, length: 0, width: 0, height: 0, yaw: 0 },
};

let desk: AuditDesk;
let units: string[];

type Given = Partial<EventData<'verdict.given'>>;

function give(unit: string, by: Actor, given: Given = {}): void {
  const draft = desk.verdict(unit, 'accept');
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  desk.record({ ...draft, data: { ...draft.data, isBlind: true, ...given } }, by);
}

const rejected: Given = { verdict: 'reject', defects: [defect('GHOST')] };

beforeEach(() => {
  desk = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 12 }));
  units = desk.units.map(({ id }) => id);
  for (const unit of units.slice(0, 3)) {
    give(unit, auditor);
    give(unit, ben, rejected);
  }
});

function benchOf(actor: Actor, first: string | null = null): Bench {
  return createBench(
    {
      audit: () => desk.state!,
      cases: () => casesFor(desk.state!, actor),
      record: (draft) => {
        const problem = desk.refuses(draft, actor);
        if (!problem) desk.record(draft, actor);
        return problem;
      },
      takeTime: () => 4321,
    },
    first,
  );
}

describe('what is shown', () => {
  test('open disagreements in drawn order, the two sides apart', () => {
    const { open, settled, hidden } = casesFor(desk.state!, auditor);
    expect(open.map(({ unit }) => unit)).toEqual(units.slice(0, 3));
    expect([open[0]!.left.by, open[0]!.right.by]).toEqual([auditor, ben]);
    expect([settled, hidden]).toEqual([[], 0]);
  });

  test('of three people the side that shows most speaks, the others are named', () => {
    const evidence = { frame: 'f', cuboid: null, box2d: null, correction, camera: null, picture: null };
    give(units[0]!, cat, { ...rejected, evidence });
    const [first] = casesFor(desk.state!, null).open;
    expect(first).toMatchObject({ left: { by: auditor }, right: { by: cat }, others: [{ by: ben }] });
  });

  test('where units are judged blind an auditor sees what she judged herself, a lead sees all', () => {
    desk.record({ type: 'blind.set', data: { isBlind: true } }, lead);
    give(units[1]!, cat);
    expect(casesFor(desk.state!, cat)).toMatchObject({ open: [{ unit: units[1] }], hidden: 2 });
    expect(casesFor(desk.state!, null)).toMatchObject({ open: [], hidden: 3 });
    expect(casesFor(desk.state!, lead)).toMatchObject({ hidden: 0 });
    expect(casesFor(desk.state!, lead).open).toHaveLength(3);
  });
});

describe('settling', () => {
  test('taking a side records its verdict as the ruling and goes on to the next', () => {
    const bench = benchOf(cat);
    bench.setComment(' nobody stands there ');
    bench.take('right');
    expect(desk.state!.verdicts.get(units[0]!)).toMatchObject({
      verdict: 'reject',
      defects: [defect('GHOST')],
      by: cat,
      comment: 'nobody stands there',
      durationMs: 4321,
      isBlind: false,
      isSecondLook: true,
    });
    expect(unitStandings(desk.state!)[0]).toMatchObject({ kind: 'defective', severity: 'major' });
    expect(bench.current()!.unit).toBe(units[1]);
    expect(bench.store.getState().comment).toBe('');
    bench.take('left');
    expect(unitStandings(desk.state!)[1]).toEqual({ kind: 'good' });
    expect(casesFor(desk.state!, cat)).toMatchObject({ open: [{ unit: units[2] }], settled: [{}, {}] });
  });

  test('a verdict of her own: picked codes reject, none accepts, faults of the data hold', () => {
    const bench = benchOf(cat);
    const [dim, sync] = ['DIM', 'SYNC'].map((code) => specDefect(defaultSpec, code)!);
    bench.pick(dim!);
    bench.pick(sync!);
    expect(bench.store.getState().picked.map(({ code }) => code)).toEqual(['SYNC']);
    bench.giveOwn();
    bench.pick(dim!);
    bench.pick(dim!);
    bench.giveOwn();
    bench.pick(dim!);
    bench.giveOwn();
    expect(units.slice(0, 3).map((unit) => desk.state!.verdicts.get(unit)!.verdict)).toEqual([
      'sensor-limited',
      'accept',
      'reject',
    ]);
    // Nothing is left: the last one settled stays in sight.
    expect(bench.current()).toMatchObject({ unit: units[2], ruling: { by: cat } });
  });

  test('left unsure it stays open, but no longer as a disagreement', () => {
    const bench = benchOf(lead);
    bench.giveUnsure();
    expect(unitStandings(desk.state!)[0]).toEqual({ kind: 'open', why: 'unsure', isSecondLook: true });
  });

  test('a party settles nothing, and a settled one is not settled twice', () => {
    benchOf(ben).take('left');
    expect(casesFor(desk.state!, ben).settled).toEqual([]);
    const bench = benchOf(cat);
    bench.take('left');
    bench.goTo(units[0]!);
    const { seq } = desk.state!;
    bench.take('right');
    expect(desk.state!.seq).toBe(seq);
  });

  test('undo takes back the last ruling of this screen, then the one that is shown', () => {
    const bench = benchOf(cat);
    bench.take('left');
    bench.setComment('why');
    bench.take('right');
    bench.undo();
    expect(bench.current()).toMatchObject({ unit: units[1], ruling: null });
    expect(bench.store.getState().comment).toBe('why');
    bench.undo();
    expect(bench.current()).toMatchObject({ unit: units[0], ruling: null });
    bench.undo();
    expect(casesFor(desk.state!, cat).open).toHaveLength(3);
    bench.take('left');
    const again = benchOf(cat, units[0]);
    again.undo();
    expect(casesFor(desk.state!, cat).open).toHaveLength(3);
  });

  test('stepping goes round all of them', () => {
    const bench = benchOf(cat);
    bench.step(-1);
    expect(bench.current()!.unit).toBe(units[2]);
    bench.step(1);
    expect(bench.current()!.unit).toBe(units[0]);
  });
});
