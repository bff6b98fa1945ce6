/**
 * What one plan says of the standings of its drawn order, scheme by scheme. Open units are counted both ways, as
 * good and as defective: only what holds both ways is decided.
 *
 * A sequential plan reads the order from its beginning up to the first unit nobody has judged. Counting an open unit
 * as good can only lead to acceptance earlier and to rejection later, so the plan accepts where the worse count does
 * and rejects where the better one does.
 */
import type { FrozenPlan } from './eventPlan.ts';
import type { SeverityCount } from './events.ts';

/** How one unit or cell counts for one plan: so many bad for sure, and whether it may still turn out bad. */
export interface Counted {
  /** 0 or 1 where units are counted; any number where defects are. */
  readonly bad: number;
  readonly state: 'settled' | 'unjudged' | 'open' | 'on-hold';
}

export interface PlanStanding {
  readonly outcome: SeverityCount['outcome'];
  /** Units of the drawn order that the plan has asked for by now; none beyond need be judged for it. */
  readonly asked: number;
  /** Set by double and sequential plans once they have decided. */
  readonly decidedAt: number | null;
  readonly isInGap: boolean;
}

/** `order`: the plan's own part of the drawn order, its first n units. */
export function planStanding(plan: FrozenPlan, order: readonly Counted[]): PlanStanding {
  if (plan.sequential) return sequentialStanding(plan.sequential, order);
  if (plan.double) return doubleStanding(plan.double, order);
  return singleStanding(plan, order);
}

interface Tally {
  readonly bad: number;
  readonly open: number;
  readonly judged: number;
}

export function tally(order: readonly Counted[]): Tally {
  let [bad, open, judged] = [0, 0, 0];
  for (const counted of order) {
    bad += counted.bad;
    if (counted.state === 'unjudged' || counted.state === 'open') open += 1;
    if (counted.state === 'settled') judged += 1;
  }
  return { bad, open, judged };
}

function singleStanding(plan: FrozenPlan, order: readonly Counted[]): PlanStanding {
  const { bad, open, judged } = tally(order);
  const fixed = { asked: plan.sampleSize, decidedAt: null, isInGap: false };
  if (bad >= plan.rejectionNumber) return { ...fixed, outcome: 'not-met' };
  // A plan whose every unit is on hold has seen nothing: that is no proof of quality.
  if (judged + open === 0) return { ...fixed, outcome: 'undecidable' };
  // An open unit may hold any number of defects.
  const mostBad = plan.counts === 'defects' && open > 0 ? Number.POSITIVE_INFINITY : bad + open;
  if (mostBad >= plan.rejectionNumber) return { ...fixed, outcome: 'undecidable' };
  return { ...fixed, outcome: 'met', isInGap: bad > plan.acceptanceNumber };
}

function doubleStanding(stages: NonNullable<FrozenPlan['double']>, order: readonly Counted[]): PlanStanding {
  const { n1, ac1, re1, ac2, re2 } = stages;
  const first = tally(order.slice(0, n1));
  const decided = (outcome: 'met' | 'not-met', at: number): PlanStanding => ({
    outcome,
    asked: at,
    decidedAt: at,
    isInGap: false,
  });
  const open = (asked: number): PlanStanding => ({
    outcome: 'undecidable',
    asked,
    decidedAt: null,
    isInGap: false,
  });
  if (first.judged + first.open === 0) return open(n1);
  if (first.bad >= re1) return decided('not-met', n1);
  if (first.bad + first.open <= ac1) return decided('met', n1);
  if (first.bad <= ac1 || first.bad + first.open >= re1) return open(n1);
  const both = tally(order);
  if (both.bad >= re2) return decided('not-met', order.length);
  return both.bad + both.open <= ac2 ? decided('met', order.length) : open(order.length);
}

function sequentialStanding(
  { slope, hAccept, hReject }: NonNullable<FrozenPlan['sequential']>,
  order: readonly Counted[],
): PlanStanding {
  let [n, least, most] = [0, 0, 0];
  const decided = (outcome: 'met' | 'not-met', asked: number): PlanStanding => ({
    outcome,
    asked,
    decidedAt: asked,
    isInGap: false,
  });
  const undecided = { outcome: 'undecidable', asked: order.length, decidedAt: null, isInGap: false } as const;
  for (const [at, { state, bad }] of order.entries()) {
    if (state === 'unjudged') return undecided;
    if (state === 'on-hold') continue;
    n += 1;
    least += bad;
    most += state === 'open' ? 1 : bad;
    if (most <= slope * n - hAccept) return decided('met', at + 1);
    if (least >= slope * n + hReject) return decided('not-met', at + 1);
  }
  // The end of the order is where the plan is cut off: the middle line decides.
  if (n === 0) return undecided;
  if (most <= slope * n) return decided('met', order.length);
  return least > slope * n ? decided('not-met', order.length) : undecided;
}
