/** How people work: hasty verdicts, time for a unit, and how far they agree with themselves and each other. */
import { describe, expect, test } from 'vitest';
import { pairAgreement, selfAgreement } from '../../../shared/audit/agreement.ts';
import type { Actor, EventData } from '../../../shared/audit/events.ts';
import { isHasty, paceByPerson, percentile } from '../../../shared/audit/pace.ts';
import { AuditDesk, auditor, defect, lead } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };

type Given = Partial<EventData<'verdict.given'>>;

function give(desk: AuditDesk, at: number, given: Given, by: Actor = auditor): void {
  const draft = desk.verdict(desk.units[at]!.id, 'accept');
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  desk.record({ ...draft, data: { ...draft.data, isBlind: false, ...given } }, by);
}

describe('pace', () => {
  test('a verdict in under 1.5 s is hasty, unless given in bulk or on what cannot be seen', () => {
    const verdict = { verdict: 'accept', durationMs: 1499 } as const;
    expect(isHasty(verdict)).toBe(true);
    expect(isHasty({ ...verdict, durationMs: 1500 })).toBe(false);
    expect(isHasty({ ...verdict, bulk: { id: 'b', count: 7 } })).toBe(false);
    expect(isHasty({ ...verdict, verdict: 'uninspectable' })).toBe(false);
  });

  test('one row for each person, in the order they began', () => {
    const desk = AuditDesk.ready(index);
    for (const [at, durationMs] of [1000, 2000, 3000, 4000].entries()) give(desk, at, { durationMs });
    const bulk = { id: 'b', count: 2 };
    give(desk, 4, { durationMs: 500, bulk });
    give(desk, 5, { durationMs: 500, bulk });
    give(desk, 0, { durationMs: 9000, isBlind: true }, ben);
    desk.record(desk.cell(desk.cells[0]!.id), ben);
    const [ada, second] = paceByPerson(desk.state!);
    expect(ada).toEqual({
      by: auditor,
      units: 6,
      cells: 0,
      hasty: 1,
      bulk: 2,
      blind: 0,
      unitMs: 11_000,
      cellMs: 0,
      medianMs: 2500,
      ninetiethMs: 3700,
      unitsPerHour: (6 * 3_600_000) / 11_000,
    });
    expect(second).toMatchObject({ by: ben, units: 1, cells: 1, blind: 1, cellMs: 9000, medianMs: 9000 });
  });

  test('percentiles between two values lie between them; of none there is none', () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile([4], 0.9)).toBe(4);
    expect(percentile([1, 2, 3, 4, 5], 0.25)).toBe(2);
    expect(percentile([0, 10], 0.95)).toBe(9.5);
  });
});

describe('agreement', () => {
  const repeat = (desk: AuditDesk, at: number, isSame: boolean, by: Actor = auditor): void => {
    const unit = desk.units[at]!.id;
    const verdict = isSame ? 'accept' : 'reject';
    const defects = isSame ? [] : [defect('GHOST')];
    desk.record({ type: 'repeat.judged', data: { unit, verdict, defects, durationMs: 4000 } }, by);
  };

  test('a repeat counts nowhere and is held against the verdict as it stood then', () => {
    const desk = AuditDesk.ready(index);
    give(desk, 0, {});
    give(desk, 1, { verdict: 'reject', defects: [defect('GHOST')] });
    const { verdicts, findings } = desk.state!;
    repeat(desk, 0, true);
    repeat(desk, 1, false);
    repeat(desk, 0, false);
    expect(desk.state!.verdicts).toBe(verdicts);
    expect(desk.state!.findings).toBe(findings);
    give(desk, 0, { verdict: 'unsure' });
    // accept/accept, reject/reject, accept/reject: observed 2/3, by chance 4/9, so kappa 0.4.
    expect(selfAgreement(desk.state!)).toEqual([
      { by: auditor, pairs: 3, same: 2, observed: 2 / 3, kappa: expect.closeTo(0.4, 12) },
    ]);
  });

  test('nobody repeats what she did not judge', () => {
    const desk = AuditDesk.ready(index);
    give(desk, 0, {});
    const unit = desk.units[0]!.id;
    const data = { unit, verdict: 'accept' as const, defects: [], durationMs: 1 };
    expect(desk.refuses({ type: 'repeat.judged', data }, ben)?.code).toBe('unit-not-judged');
    const unnamed = { ...data, verdict: 'reject' as const };
    expect(desk.refuses({ type: 'repeat.judged', data: unnamed }, auditor)?.code).toBe(
      'reject-without-defect',
    );
  });

  test('where chance alone agrees always kappa is not stated', () => {
    const desk = AuditDesk.ready(index);
    give(desk, 0, {});
    repeat(desk, 0, true);
    expect(selfAgreement(desk.state!)).toMatchObject([{ pairs: 1, same: 1, observed: 1, kappa: null }]);
  });

  test('two people agree over what the later judged blind; rulings and second looks are left out', () => {
    const desk = AuditDesk.ready(index);
    for (const at of [0, 1, 2, 3]) give(desk, at, {});
    give(desk, 0, { isBlind: true }, ben);
    give(desk, 1, { isBlind: true, verdict: 'reject', defects: [defect('GHOST')] }, ben);
    give(desk, 2, { isBlind: false }, ben);
    const adjudicates = desk.state!.opinions.get(desk.units[1]!.id)!.map(({ seq }) => seq);
    give(desk, 1, { adjudicates }, lead);
    expect(pairAgreement(desk.state!)).toMatchObject([
      { first: auditor, second: ben, pairs: 2, same: 1, observed: 0.5, kappa: 0 },
    ]);
  });
});
