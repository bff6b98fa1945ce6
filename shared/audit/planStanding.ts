/**
 * What one plan says of the standings of its drawn order, scheme by scheme. Open units are counted both ways: once
 * all as good, once all as defective. In every scheme a worse unit never helps the lot, so what the worst count
 * accepts all accept, what the best count turns away all turn away, and anything else is undecided.
 *
 * A sequential plan reads the order from its beginning up to the first unit nobody has judged, and the worst and the
 * best count each keep the first line they meet: what comes after a decision cannot take it back.
 */
import { type SequentialLines, sequentialDecision } from '../sampling/sequential.ts';
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
  /** Units it counts whatever the open ones turn out to be, and units it counts at most. */
  readonly countsSurely: number;
  readonly countsAtMost: number;
}

/** `order`: the plan's own part of the drawn order, its first n units. */
export function planStanding(plan: FrozenPlan, order: readonly Counted[]): PlanStanding {
  if (plan.sequential) return sequentialStanding(plan.sequential, order);
  if (plan.double) return doubleStanding(plan, plan.double, order);
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
  const n = plan.sampleSize;
  const fixed = { asked: n, decidedAt: null, isInGap: false, countsSurely: n, countsAtMost: n };
  if (bad >= plan.rejectionNumber) return { ...fixed, outcome: 'not-met' };
  // A plan whose every unit is on hold has seen nothing: that is no proof of quality.
  if (judged + open === 0) return { ...fixed, outcome: 'undecidable' };
  // An open unit may hold any number of defects.
  const mostBad = plan.counts === 'defects' && open > 0 ? Number.POSITIVE_INFINITY : bad + open;
  if (mostBad >= plan.rejectionNumber) return { ...fixed, outcome: 'undecidable' };
  return { ...fixed, outcome: 'met', isInGap: bad > plan.acceptanceNumber };
}

/** Where one way of counting the open units leads; `at` = units of the order read until then. */
interface Way {
  readonly says: 'accept' | 'reject' | 'continue';
  readonly at: number;
}

/** What holds in the worst way and in the best. `askedWhileOpen`: how far the plan asks while they differ. */
function bothWays(worst: Way, best: Way, end: number, askedWhileOpen: number): PlanStanding {
  const outcome = worst.says === 'accept' ? 'met' : best.says === 'reject' ? 'not-met' : 'undecidable';
  const countsSurely = Math.min(worst.at, best.at);
  if (outcome === 'undecidable') {
    const open = { decidedAt: null, isInGap: false, countsSurely, countsAtMost: end };
    return { outcome, asked: askedWhileOpen, ...open };
  }
  // The way that stays undecided longest needs the most units.
  const at = Math.max(worst.at, best.at);
  return { outcome, asked: at, decidedAt: at, isInGap: false, countsSurely, countsAtMost: at };
}

function doubleStanding(
  plan: FrozenPlan,
  { n1, ac1, re1, ac2, re2 }: NonNullable<FrozenPlan['double']>,
  order: readonly Counted[],
): PlanStanding {
  const first = tally(order.slice(0, n1));
  const both = tally(order);
  // An open unit may hold any number of defects.
  const mostBad = plan.counts === 'defects' ? Number.POSITIVE_INFINITY : 1;
  const way = (openAsBad: number): Way => {
    const count = ({ bad, open }: Tally): number => (open === 0 ? bad : bad + openAsBad * open);
    const d1 = count(first);
    if (d1 >= re1) return { says: 'reject', at: n1 };
    if (d1 <= ac1) return { says: 'accept', at: n1 };
    return { says: count(both) < re2 ? 'accept' : 'reject', at: order.length };
  };
  if (first.judged + first.open === 0) {
    return bothWays({ says: 'continue', at: n1 }, { says: 'continue', at: n1 }, order.length, n1);
  }
  const worst = way(mostBad);
  const best = way(0);
  const isSecondNeeded = Math.min(worst.at, best.at) > n1;
  const standing = bothWays(worst, best, order.length, isSecondNeeded ? order.length : n1);
  return { ...standing, isInGap: standing.outcome === 'met' && isSecondNeeded && both.bad > ac2 };
}

function sequentialStanding(lines: SequentialLines, order: readonly Counted[]): PlanStanding {
  const worst = walk(lines, order, 1);
  const best = walk(lines, order, 0);
  // Where the worst way has stopped and so has the best, only a second look at the open units leads on.
  const hasStopped = worst.says !== 'continue' && best.says !== 'continue';
  const asked = hasStopped ? Math.max(worst.at, best.at) : order.length;
  return bothWays(worst, best, order.length, asked);
}

/** The first decision along the order; units on hold leave the count, the first unjudged one ends it. */
function walk(lines: SequentialLines, order: readonly Counted[], openAsBad: 0 | 1): Way {
  let [n, defectives] = [0, 0];
  for (const [place, { state, bad }] of order.entries()) {
    if (state === 'unjudged') return { says: 'continue', at: place };
    if (state === 'on-hold') continue;
    n += 1;
    defectives += state === 'open' ? openAsBad : bad;
    const says = sequentialDecision(lines, n, defectives);
    if (says !== 'continue') return { says, at: place + 1 };
  }
  // The end of the order is where the plan is cut off: the middle line decides.
  const says = n === 0 ? 'continue' : sequentialDecision(lines, n, defectives, n);
  return { says, at: order.length };
}
