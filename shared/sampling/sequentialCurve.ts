/**
 * What a truncated sequential plan does, exactly: the chances of every count of bad units that is still between the
 * lines are carried from unit to unit, and what crosses a line is taken off. Wald's formulas are approximations of
 * this. All terms are positive, so small chances keep their relative accuracy.
 */
import type { PlanPoint } from './doublePlan.ts';

/** The lines with the design effect in them, and the unit after which the middle line decides. */
export interface SequentialBounds {
  readonly hAccept: number;
  readonly hReject: number;
  readonly slope: number;
  readonly truncateAt: number;
}

/** For a process with a share `p` of bad units. */
export function sequentialPlanAt(bounds: SequentialBounds, p: number): PlanPoint {
  return sweep(bounds, { bad: p, lot: null });
}

/** For a real lot in random order, of which `defectives` are bad; `truncateAt` is at most `lot`. */
export function sequentialPlanInLot(bounds: SequentialBounds, lot: number, defectives: number): PlanPoint {
  return sweep(bounds, { bad: defectives, lot });
}

/** A share of bad units that stays (`lot` null), or so many bad units of a lot, fewer with each that is found. */
interface Source {
  readonly bad: number;
  readonly lot: number | null;
}

/** What is left between the lines matters no more once it is this much smaller than the rarer decision. */
const negligible = 1e-18;

function sweep({ hAccept, hReject, slope, truncateAt }: SequentialBounds, source: Source): PlanPoint {
  const chance = new Float64Array(Math.ceil(slope * truncateAt + hReject) + 2);
  chance[0] = 1;
  const found = source.lot === null ? 0 : 1;
  let [lowest, highest] = [0, 0];
  let [pa, notAccepted, asn, left] = [0, 0, 0, 1];
  for (let n = 1; n <= truncateAt && left > negligible * Math.min(pa, notAccepted); n++) {
    asn += left;
    const remaining = source.lot === null ? 1 : source.lot - n + 1;
    const scale = 1 / remaining;
    for (let bad = highest; bad >= lowest; bad--) {
      const badLeft = source.bad - found * bad;
      // Nothing bad is left to find: every path stays, without a rounding.
      if (badLeft === 0) continue;
      const here = chance[bad]! * scale;
      chance[bad + 1]! += here * badLeft;
      chance[bad] = here * (remaining - badLeft);
    }
    highest++;
    const isEnd = n === truncateAt;
    const acceptTo = isEnd ? Math.floor(slope * n) : Math.floor(slope * n - hAccept);
    const rejectFrom = isEnd ? acceptTo + 1 : Math.ceil(slope * n + hReject);
    for (; lowest <= Math.min(acceptTo, highest); lowest++) {
      pa += chance[lowest]!;
      chance[lowest] = 0;
    }
    for (; highest >= Math.max(rejectFrom, lowest); highest--) {
      notAccepted += chance[highest]!;
      chance[highest] = 0;
    }
    left = 0;
    for (let bad = lowest; bad <= highest; bad++) left += chance[bad]!;
  }
  // The rarer decision has the better digits; the other one is the rest.
  return pa < notAccepted ? { pa, notAccepted: 1 - pa, asn } : { pa: 1 - notAccepted, notAccepted, asn };
}
