/**
 * How people work: how long a unit takes them and how often a verdict came faster than anybody can look. Times are
 * those the verdicts carry, idle excluded. Nothing here blocks or counts; it is there to be looked at.
 */
import type { Actor } from './events.ts';
import type { AuditState, CellVerdict, UnitVerdict } from './state.ts';

/** A verdict given in less is flagged: in that time nobody has looked at a label in three views and a picture. */
export const hastyMs = 1500;

/**
 * True for a verdict given in less than `hastyMs`. Verdicts given together with others are stated as such instead,
 * and where there is nothing to be seen there is nothing to look at.
 */
export function isHasty(verdict: Pick<UnitVerdict, 'durationMs' | 'bulk' | 'verdict'>): boolean {
  return verdict.bulk === undefined && verdict.verdict !== 'uninspectable' && verdict.durationMs < hastyMs;
}

export interface PersonPace {
  readonly by: Actor;
  /** Standing verdicts on drawn units. */
  readonly units: number;
  readonly cells: number;
  readonly hasty: number;
  /** Verdicts given together with others in one action. */
  readonly bulk: number;
  readonly blind: number;
  /** Time over units, milliseconds, idle excluded. */
  readonly unitMs: number;
  readonly cellMs: number;
  /** Milliseconds for one unit judged by itself; null where none was. */
  readonly medianMs: number | null;
  readonly ninetiethMs: number | null;
  /** Units in an hour of work; null where no time was taken. */
  readonly unitsPerHour: number | null;
}

/** One row for each person, in the order they began. */
export function paceByPerson(state: AuditState): PersonPace[] {
  const rows = new Map<string, { by: Actor; units: UnitVerdict[]; cells: CellVerdict[]; first: number }>();
  const rowOf = ({ by, seq }: UnitVerdict | CellVerdict) => {
    const row = rows.get(by.profile) ?? { by, units: [], cells: [], first: seq };
    row.first = Math.min(row.first, seq);
    rows.set(by.profile, row);
    return row;
  };
  for (const opinions of state.opinions.values()) {
    for (const verdict of opinions) rowOf(verdict).units.push(verdict);
  }
  for (const verdict of state.cellVerdicts.values()) rowOf(verdict).cells.push(verdict);
  return [...rows.values()]
    .sort((a, b) => a.first - b.first)
    .map(({ by, units, cells }) => paceOf(by, units, cells));
}

function paceOf(by: Actor, units: readonly UnitVerdict[], cells: readonly CellVerdict[]): PersonPace {
  const unitMs = sumOf(units);
  const single = units.filter(({ bulk }) => bulk === undefined);
  const times = single.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  return {
    by,
    units: units.length,
    cells: cells.length,
    hasty: units.filter(isHasty).length,
    bulk: units.length - single.length,
    blind: units.filter(({ isBlind }) => isBlind === true).length,
    unitMs,
    cellMs: sumOf(cells),
    medianMs: percentile(times, 0.5),
    ninetiethMs: percentile(times, 0.9),
    unitsPerHour: unitMs === 0 ? null : (units.length * 3_600_000) / unitMs,
  };
}

function sumOf(verdicts: readonly { readonly durationMs: number }[]): number {
  return verdicts.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/**
 * The value that the share `at` (0..1) of sorted numbers does not exceed, interpolated linearly between the two
 * next to it; null where there are none.
 */
export function percentile(sorted: readonly number[], at: number): number | null {
  if (sorted.length === 0) return null;
  const place = at * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}
