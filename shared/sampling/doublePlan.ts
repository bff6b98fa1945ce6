/** Double sampling: a second sample is drawn only where the first one leaves the question open. */
import {
  binomialProbability,
  binomialTails,
  hypergeometricProbability,
  hypergeometricTails,
  poissonTails,
} from './distributions.ts';
import { poissonDensity, type Tails } from './gammaFunctions.ts';
import type { ProcessModel } from './operatingCharacteristic.ts';

export interface DoublePlan {
  readonly n1: number;
  readonly ac1: number;
  readonly re1: number;
  readonly n2: number;
  /** Acceptance number for both samples together. */
  readonly ac2: number;
}

/** What a plan does at one quality: probability of acceptance, of its opposite, and mean number of units inspected. */
export interface PlanPoint {
  readonly pa: number;
  /** 1 - pa, with its own relative accuracy where it is small. */
  readonly notAccepted: number;
  readonly asn: number;
}

/** The counts of both samples: the first one's, and the second one's after `first` bad ones in the first. */
interface Counts {
  first(count: number): number;
  firstTails(count: number): Tails;
  secondTails(count: number, first: number): Tails;
}

/** For a process of quality `p`: a share of bad units, or defects per unit. No curtailment. */
export function doublePlanAt(plan: DoublePlan, p: number, model: ProcessModel = 'binomial'): PlanPoint {
  const { n1, n2 } = plan;
  if (model === 'poisson') {
    return pointOf(plan, {
      first: (count) => poissonDensity(count, n1 * p),
      firstTails: (count) => poissonTails(count, n1 * p),
      secondTails: (count) => poissonTails(count, n2 * p),
    });
  }
  return pointOf(plan, {
    first: (count) => binomialProbability(count, n1, p),
    firstTails: (count) => binomialTails(count, n1, p),
    secondTails: (count) => binomialTails(count, n2, p),
  });
}

/** For a real lot of `lot` units of which `defectives` are bad; both samples come from it without replacement. */
export function doublePlanInLot(plan: DoublePlan, lot: number, defectives: number): PlanPoint {
  const { n1, n2 } = plan;
  const draw = { lot, defectives, n: n1 };
  return pointOf(plan, {
    first: (count) => hypergeometricProbability(count, draw),
    firstTails: (count) => hypergeometricTails(count, draw),
    secondTails: (count, first) =>
      hypergeometricTails(count, { lot: lot - n1, defectives: defectives - first, n: n2 }),
  });
}

function pointOf({ n1, ac1, re1, n2, ac2 }: DoublePlan, counts: Counts): PlanPoint {
  let pa = counts.firstTails(ac1).lower;
  let notAccepted = counts.firstTails(re1 - 1).upper;
  let open = 0;
  for (let first = ac1 + 1; first < re1; first++) {
    const probability = counts.first(first);
    if (probability === 0) continue;
    const second = counts.secondTails(ac2 - first, first);
    open += probability;
    pa += probability * second.lower;
    notAccepted += probability * second.upper;
  }
  return { pa, notAccepted, asn: n1 + n2 * open };
}
