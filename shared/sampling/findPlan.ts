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

/**
 * Up to this Ac every one is tried. Beyond, where one unit more or less in n no longer matters, whether an Ac
 * will do is monotone, and halving finds the first.
 */
const triedOneByOne = 200;

/**
 * Smallest n, and for it the smallest Ac, with Pa(p1) >= pa1 and Pa(p2) <= pa2. In a real lot p1 stands for the
 * most bad units that are at most that share, p2 for the fewest that are at least that share. Problem:
 * `plan-none-found`, where the two wishes cannot both be met.
 */
export function findPlan(wish: PlanWish): Result<{ n: number; ac: number }> {
  const ac = smallestAcceptance(wish);
  const n = ac === null ? null : sampleFor(wish, ac);
  if (ac !== null && n !== null) return done({ n, ac });
  return refused('plan-none-found', { p1: wish.p1, pa1: wish.pa1, p2: wish.p2, pa2: wish.pa2 });
}

/** For a fixed Ac the n that p2 asks for rises with Ac, so the first Ac that fits gives the smallest n. */
function smallestAcceptance(wish: PlanWish): number | null {
  for (let ac = 0; ac <= triedOneByOne; ac++) {
    const n = sampleFor(wish, ac);
    if (n === null) return null;
    if (isKindEnough(wish, n, ac)) return ac;
  }
  const fits = (ac: number): boolean => {
    const n = sampleFor(wish, ac);
    return n !== null && isKindEnough(wish, n, ac);
  };
  let last = 2 * triedOneByOne;
  while (!fits(last)) {
    if (sampleFor(wish, last) === null) return null;
    last *= 2;
  }
  return firstWhole(fits, triedOneByOne + 1, last);
}

function isKindEnough(wish: PlanWish, n: number, ac: number): boolean {
  return acceptance(wish, 'p1')(n, ac) >= wish.pa1 * (1 - tie);
}

/** Smallest n that accepts p2 with probability pa2 at most; `null` beyond the lot or the largest sample tried. */
function sampleFor(wish: PlanWish, ac: number): number | null {
  const most = wish.model === 'hypergeometric' ? (wish.lot ?? 0) : largestSample;
  const pa = acceptance(wish, 'p2');
  const isStrict = (n: number): boolean => pa(n, ac) <= wish.pa2 * (1 + tie);
  let reach = Math.min(most, Math.max(16, Math.ceil((ac + 1) / wish.p2)));
  while (reach < most && !isStrict(reach)) reach = Math.min(most, 2 * reach);
  return firstWhole(isStrict, 1, reach);
}

function acceptance(wish: PlanWish, point: 'p1' | 'p2'): (n: number, ac: number) => number {
  const { model } = wish;
  if (model !== 'hypergeometric') return (n, ac) => acceptanceProbability(n, ac, wish[point], model);
  const lot = wish.lot ?? 0;
  const defectives = point === 'p1' ? Math.floor(lot * wish.p1 * (1 + tie)) : defectivesAtRate(lot, wish.p2);
  return (n, ac) => lotAcceptanceProbability(n, ac, lot, defectives);
}
