/**
 * What the plans ask of whoever judges: to go on, to take the second sample, or to stop; and the path that a
 * sequential or double plan took along the drawn order. While judging only the request is shown, never the counts.
 */
import type { SequentialLines } from '../sampling/sequential.ts';
import type { FrozenPlan } from './eventPlan.ts';
import type { SeverityCount } from './events.ts';
import { planOutcome, type Side, sidesOf, stillToJudge } from './outcome.ts';
import type { Counted } from './planStanding.ts';
import type { AuditState } from './state.ts';

export type SampleName = 'labels' | 'cells';

/**
 * `go-on`: judge the next unit. `second-sample`: the first leaves the question open. `look-again`: all that is asked
 * for is judged and only open units keep the plans from deciding. `first-enough`, `stop`: the plans have decided,
 * on the first sample of a double plan or otherwise.
 */
export type Request = 'go-on' | 'second-sample' | 'look-again' | 'first-enough' | 'stop';

/** True where how much is judged depends on what is found. */
export function isStaged({ double, sequential }: FrozenPlan): boolean {
  return double !== undefined || sequential !== undefined;
}

/** What the plans of a sample ask for now; null where each of them asks for all of its units from the beginning. */
export function requestOf(state: AuditState, sample: SampleName): Request | null {
  const plans = state.sample?.[sample].plans ?? [];
  if (!plans.some(isStaged)) return null;
  const { counts, asked } = sidesOf(state)[sample];
  // All plans of both samples together: one that is not met decides the lot.
  const isNotMet = planOutcome(state).outcome === 'not-met';
  const isAskedJudged = stillToJudge(state)[sample] === 0;
  if (isNotMet || (isAskedJudged && counts.every(({ outcome }) => outcome === 'met'))) {
    const isFirstEnough =
      !plans.some(({ sequential }) => sequential) &&
      plans.some(({ double }) => double && double.n1 === asked);
    return isFirstEnough ? 'first-enough' : 'stop';
  }
  if (isAskedJudged) return 'look-again';
  return plans.some((plan, at) => isInSecond(plan, counts[at]!, sidesOf(state)[sample]))
    ? 'second-sample'
    : 'go-on';
}

function isInSecond(
  { double, sampleSize }: FrozenPlan,
  count: SeverityCount,
  { asked, standings }: Side,
): boolean {
  if (!double || count.decidedAt !== undefined || asked < sampleSize) return false;
  return standings
    .slice(0, double.n1)
    .every((standing) => standing.kind !== 'open' || standing.why !== 'unjudged');
}

/** How many of the units that the plans have asked for by now have a verdict, and how many they are. */
export function progressOf(state: AuditState, sample: SampleName): { judged: number; asked: number } {
  const { asked } = sidesOf(state)[sample];
  const units = state.sample?.[sample].units.slice(0, asked) ?? [];
  const verdicts: ReadonlyMap<string, unknown> = sample === 'labels' ? state.verdicts : state.cellVerdicts;
  return { judged: units.filter(({ id }) => verdicts.has(id)).length, asked };
}

/** Most bad units among `n` with which a sequential plan accepts (below 0: none would do), and fewest to turn away. */
export function linesAt(lines: SequentialLines, n: number): { accept: number; reject: number } {
  return {
    accept: Math.floor(lines.slope * n - lines.hAccept),
    reject: Math.ceil(lines.slope * n + lines.hReject),
  };
}

/** One unit of the drawn order as a plan took it in. */
export interface CourseStep {
  /** Place in the drawn order, from 1. */
  readonly place: number;
  /** Units counted so far, without those on hold. */
  readonly n: number;
  /** Bad units so far, and how many they are with every open one. */
  readonly least: number;
  readonly most: number;
  readonly state: Counted['state'];
}

/** A sequential or double plan with the path of its verdicts. */
export interface PlanCourse {
  readonly sample: SampleName;
  readonly plan: FrozenPlan;
  readonly count: SeverityCount;
  /** Up to the decision, else up to the first unit that nobody has judged. */
  readonly steps: readonly CourseStep[];
}

/** The courses of all sequential and double plans, in the order of the plans. */
export function planCourses(state: AuditState): PlanCourse[] {
  return (['labels', 'cells'] as const).flatMap((sample) => {
    const { counts, orders } = sidesOf(state)[sample];
    return (state.sample?.[sample].plans ?? []).flatMap((plan, at) =>
      isStaged(plan) ? [{ sample, plan, count: counts[at]!, steps: stepsOf(orders[at]!, counts[at]!) }] : [],
    );
  });
}

function stepsOf(order: readonly Counted[], { decidedAt }: SeverityCount): CourseStep[] {
  const read = order.slice(0, decidedAt ?? order.length);
  const firstUnjudged = read.findIndex(({ state }) => state === 'unjudged');
  let [n, least, most] = [0, 0, 0];
  return (firstUnjudged < 0 ? read : read.slice(0, firstUnjudged)).map(({ bad, state }, at) => {
    if (state !== 'on-hold') n += 1;
    least += bad;
    most += state === 'open' ? 1 : bad;
    return { place: at + 1, n, least, most, state };
  });
}
