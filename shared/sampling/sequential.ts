/** Wald's sequential test of a share: after every judged unit accept, do not accept, or go on. */

/** Acceptance line d = slope n - hAccept, rejection line d = slope n + hReject. */
export interface SequentialLines {
  readonly hAccept: number;
  readonly hReject: number;
  readonly slope: number;
}

export interface SequentialPlan extends SequentialLines {
  /** Fewest units after which acceptance is possible (none of them bad). */
  readonly minAcceptN: number;
  /** Mean number of units at p0 and p1, in Wald's approximation. */
  readonly asnAtP0: number;
  readonly asnAtP1: number;
}

export type SequentialDecision = 'accept' | 'reject' | 'continue';

/** p0 < p1; alpha is the risk of rejecting p0, beta that of accepting p1. */
export function sequentialPlan(p0: number, p1: number, alpha: number, beta: number): SequentialPlan {
  const g = Math.log((p1 * (1 - p0)) / (p0 * (1 - p1)));
  const hAccept = Math.log((1 - alpha) / beta) / g;
  const hReject = Math.log((1 - beta) / alpha) / g;
  const slope = Math.log((1 - p0) / (1 - p1)) / g;
  return {
    hAccept,
    hReject,
    slope,
    minAcceptN: Math.ceil(hAccept / slope),
    asnAtP0: ((1 - alpha) * hAccept - alpha * hReject) / (slope - p0),
    asnAtP1: ((1 - beta) * hReject - beta * hAccept) / (p1 - slope),
  };
}

/**
 * What `defectives` among the first `n` units, in random order, say. At `truncateAt` units the test ends: it
 * then accepts where the count lies on or below the middle line.
 */
export function sequentialDecision(
  plan: SequentialLines,
  n: number,
  defectives: number,
  truncateAt = Number.POSITIVE_INFINITY,
): SequentialDecision {
  if (defectives <= plan.slope * n - plan.hAccept) return 'accept';
  if (defectives >= plan.slope * n + plan.hReject) return 'reject';
  if (n < truncateAt) return 'continue';
  return defectives <= plan.slope * truncateAt ? 'accept' : 'reject';
}

/** Judges unit after unit (`true` = bad) and stops at the first decision. */
export function runSequential(
  plan: SequentialLines,
  outcomes: Iterable<boolean>,
  truncateAt?: number,
): { decision: SequentialDecision; atN: number } {
  let n = 0;
  let defectives = 0;
  for (const isBad of outcomes) {
    n++;
    if (isBad) defectives++;
    const decision = sequentialDecision(plan, n, defectives, truncateAt);
    if (decision !== 'continue') return { decision, atN: n };
  }
  return { decision: 'continue', atN: n };
}
