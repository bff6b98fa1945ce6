/** The gap of reduced inspection and defect counts, in double plans of the standard. */
import { describe, expect, test } from 'vitest';
import { freezePlan } from '../../../shared/audit/frozenPlan.ts';
import { type Counted, planStanding } from '../../../shared/audit/planStanding.ts';
import { makePlan } from '../../../shared/sampling/makePlan.ts';

function frozen(aql: string, inspection: 'normal' | 'reduced') {
  const plan = makePlan({ scheme: 'double', lotSize: 1000, aql, level: 'II', inspection, stages: null });
  if (!plan.ok) throw new Error(plan.problem.code);
  return freezePlan('major', plan.value);
}

const judged = (...bad: number[]): Counted[] => bad.map((count) => ({ bad: count, state: 'settled' }));
const goods = (count: number): Counted[] => judged(...new Array<number>(count).fill(0));
const open: Counted = { bad: 0, state: 'open' };

describe('a reduced double plan', () => {
  // Letter J, AQL 2.5: 20 and 20 units, 0/4 on the first and 3/6 on both.
  const plan = frozen('2.5', 'reduced');

  test('has the numbers of the table', () => {
    expect(plan.double).toEqual({ n1: 20, ac1: 0, re1: 4, n2: 20, ac2: 3, re2: 6 });
    expect(plan).toMatchObject({ acceptanceNumber: 3, rejectionNumber: 6, codeLetter: 'J' });
  });

  test('accepts a count in the gap and says so', () => {
    const standing = (bad: number) =>
      planStanding(plan, [...judged(1), ...goods(19), ...judged(bad - 1), ...goods(19)]);
    expect(standing(3)).toMatchObject({ outcome: 'met', isInGap: false });
    expect(standing(4)).toMatchObject({ outcome: 'met', isInGap: true });
    expect(standing(5)).toMatchObject({ outcome: 'met', isInGap: true });
    expect(standing(6)).toMatchObject({ outcome: 'not-met', isInGap: false });
  });
});

describe('a double plan for defects per hundred units', () => {
  // AQL 15 lies beyond percent nonconforming.
  const plan = frozen('15', 'normal');

  test('lets an open unit hold any number of defects', () => {
    expect(plan.counts).toBe('defects');
    const { n1 } = plan.double!;
    const none = planStanding(plan, [...goods(n1), ...goods(n1)]);
    expect(none).toMatchObject({ outcome: 'met', decidedAt: n1 });
    const one = planStanding(plan, [...goods(n1 - 1), open, ...goods(n1)]);
    expect(one.outcome).toBe('undecidable');
  });
});
