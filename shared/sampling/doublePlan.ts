/** Double sampling: a second sample is drawn only where the first one leaves the question open. */
import { binomialProbability, binomialTails } from './distributions.ts';

export interface DoublePlan {
  readonly n1: number;
  readonly ac1: number;
  readonly re1: number;
  readonly n2: number;
  /** Acceptance number for both samples together. */
  readonly ac2: number;
}

/** Probability of acceptance and mean number of units inspected, for a process with a share `p` of bad units. */
export function doublePlanAt(plan: DoublePlan, p: number): { pa: number; asn: number } {
  const { n1, ac1, re1, n2, ac2 } = plan;
  let pa = binomialTails(ac1, n1, p).lower;
  let open = 0;
  for (let first = ac1 + 1; first < re1; first++) {
    const probability = binomialProbability(first, n1, p);
    open += probability;
    pa += probability * binomialTails(ac2 - first, n2, p).lower;
  }
  return { pa, asn: n1 + n2 * open };
}
