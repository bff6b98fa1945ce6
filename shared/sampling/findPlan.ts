/** The smallest single plan through two points of the operating characteristic. */
import { done, type Result } from '../base/problem.ts';
import {
  acceptanceProbability,
  defectivesAtRate,
  lotAcceptanceProbability,
  tie,
} from './operatingCharacteristic.ts';
import { refused } from './refused.ts';
import { firstWhole } from './rootFinding.ts';

export interface PlanWish {
  readonly model: 'binomial' | 'poisson' | 'hypergeometric';
  /** Size of the real lot; the hypergeometric model needs it. */
  readonly lot?: number | undefined;
  /** Quality p1 is to be accepted with probability pa1 or more, ... */
  readonly p1: number;
  readonly pa1: number;
  /** ... the worse quality p2 with probability pa2 or less. */
  readonly p2: number;
  readonly pa2: number;
}

const largestSample = 10_000_000;
const largestAcceptance = 100_000;

/**
 * Smallest n, and for it the smallest Ac, with Pa(p1) >= pa1 and Pa(p2) <= pa2. In a real lot p1 stands for the
 * most bad units that are at most that share, p2 for the fewest that are at least that share. Problem:
 * `plan-none-found`, where the two wishes cannot both be met.
 */
export function findPlan(wish: PlanWish): Result<{ n: number; ac: number }> {
  const { pa1, pa2 } = wish;
  const most = wish.model === 'hypergeometric' ? (wish.lot ?? 0) : largestSample;
  const pa = acceptance(wish);
  let smallest = 1;
  for (let ac = 0; ac <= largestAcceptance && smallest <= most; ac++) {
    // For a fixed Ac, Pa falls with n; the n that p2 asks for rises with Ac, so the first Ac that fits is the answer.
    const isStrict = (n: number): boolean => pa(n, ac, 'p2') <= pa2 * (1 + tie);
    let reach = Math.min(most, Math.max(16, 2 * smallest));
    while (reach < most && !isStrict(reach)) reach = Math.min(most, 2 * reach);
    const n = firstWhole(isStrict, Math.max(smallest, 1), reach);
    if (n === null) break;
    if (pa(n, ac, 'p1') >= pa1 * (1 - tie)) return done({ n, ac });
    smallest = n;
  }
  return refused('plan-none-found', { p1: wish.p1, pa1, p2: wish.p2, pa2 });
}

function acceptance(wish: PlanWish): (n: number, ac: number, point: 'p1' | 'p2') => number {
  const { model } = wish;
  if (model !== 'hypergeometric') return (n, ac, point) => acceptanceProbability(n, ac, wish[point], model);
  const lot = wish.lot ?? 0;
  const defectives = {
    p1: Math.floor(lot * wish.p1 * (1 + tie)),
    p2: defectivesAtRate(lot, wish.p2),
  };
  return (n, ac, point) => lotAcceptanceProbability(n, ac, lot, defectives[point]);
}
