/** Judging many units in one action: who gets which verdict, who is left out, and how the time is shared. */
import type { DefectEntry, DrawnUnit, EventData } from '../../../../shared/audit/events.ts';

type Verdict = EventData<'verdict.given'>['verdict'];

/** A verdict on one unit among many. */
export interface BulkEntry {
  readonly unit: DrawnUnit;
  readonly verdict: Verdict;
  readonly defects: readonly DefectEntry[];
}

/** What one unit of the group gets instead of the common verdict. */
export type Exception = Omit<BulkEntry, 'unit'>;

export interface BulkPlan {
  readonly entries: readonly BulkEntry[];
  /** Cannot be read: judged one by one, never with others. */
  readonly uninspectable: readonly DrawnUnit[];
  /** Have a verdict already, which stays. */
  readonly standing: readonly DrawnUnit[];
}

/**
 * The verdicts of one action, in the order of `units`. A unit that has a verdict keeps it unless it is excepted by
 * name: what was judged with care is never run over by a group.
 */
export function planBulk(
  units: readonly DrawnUnit[],
  verdict: Verdict,
  exceptions: ReadonlyMap<string, Exception>,
  isStanding: (unit: DrawnUnit) => boolean,
): BulkPlan {
  const entries: BulkEntry[] = [];
  const uninspectable: DrawnUnit[] = [];
  const standing: DrawnUnit[] = [];
  for (const unit of units) {
    const exception = exceptions.get(unit.id);
    if (!unit.isInspectable) uninspectable.push(unit);
    else if (exception) entries.push({ unit, ...exception });
    else if (isStanding(unit)) standing.push(unit);
    else entries.push({ unit, verdict, defects: [] });
  }
  return { entries, uninspectable, standing };
}

/** Whole milliseconds for each of `count`, which add up to the total exactly; the first ones get what is over. */
export function shareOut(totalMs: number, count: number): number[] {
  const each = Math.floor(totalMs / count);
  const over = totalMs - each * count;
  return Array.from({ length: count }, (_, at) => each + (at < over ? 1 : 0));
}

/** How many of a plan get which verdict, the common one first, for the sentence before and after. */
export function countByVerdict(entries: readonly BulkEntry[]): ReadonlyMap<Verdict, number> {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of entries) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

/** Positions of the drawn units of the same track as the one at `at`, in order of presentation; itself where it has none. */
export function unitsOfTrack(units: readonly DrawnUnit[], at: number): number[] {
  const { track, scene, kind } = units[at]!;
  if (track === null) return [at];
  return positionsWhere(units, (unit) => unit.track === track && unit.scene === scene && unit.kind === kind);
}

/** Positions of the drawn units of the same frame as the one at `at`. */
export function unitsOfFrame(units: readonly DrawnUnit[], at: number): number[] {
  const { frame } = units[at]!;
  return positionsWhere(units, (unit) => unit.frame === frame);
}

function positionsWhere(units: readonly DrawnUnit[], fits: (unit: DrawnUnit) => boolean): number[] {
  return units.flatMap((unit, at) => (fits(unit) ? [at] : []));
}
