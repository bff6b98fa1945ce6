/**
 * After a break a person first judges a few units she has judged before, mixed among open ones, so that she cannot
 * tell which is which. What she says of the old ones is held until the stretch is over: until then it can be taken
 * back, and the record knows no way to take back a repeat.
 */
import type { EventData } from '../../../../shared/audit/events.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';

export interface WarmUp {
  /** Positions to be judged, in turn. */
  readonly stops: readonly number[];
  readonly place: number;
  /** Ids of the units among them that were judged before. */
  readonly repeats: ReadonlySet<string>;
  /** What was said of those so far, by unit. */
  readonly held: ReadonlyMap<string, EventData<'repeat.judged'>>;
  /** Position to go on from afterwards. */
  readonly cameFrom: number;
}

/**
 * A stretch of the repeats and as many open units, shuffled (Fisher and Yates). Without an open unit there is
 * nothing to go on with and so nothing to warm up for: null.
 *
 * @param random uniform in [0, 1).
 */
export function warmUpOf(
  repeats: readonly { readonly id: string; readonly at: number }[],
  open: readonly number[],
  cameFrom: number,
  random: () => number,
): WarmUp | null {
  if (repeats.length === 0 || open.length === 0) return null;
  const stops = [...repeats.map(({ at }) => at), ...open.slice(0, repeats.length)];
  for (let last = stops.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [stops[last], stops[other]] = [stops[other]!, stops[last]!];
  }
  return { stops, place: 0, repeats: new Set(repeats.map(({ id }) => id)), held: new Map(), cameFrom };
}

/** Place of the next stop that is still to be judged, going round; null where all are. */
export function nextStop({ stops, place }: WarmUp, isDone: (stop: number) => boolean): number | null {
  for (let step = 1; step <= stops.length; step++) {
    const next = (place + step) % stops.length;
    if (!isDone(stops[next]!)) return next;
  }
  return null;
}

const known = new WeakMap<AuditState, { readonly units: ReadonlySet<string>; readonly state: AuditState }>();

/** The state as if these units had not been judged. Asked again about the same it is the same object. */
export function withoutVerdicts(state: AuditState, units: ReadonlySet<string>): AuditState {
  const cached = known.get(state);
  if (cached?.units === units) return cached.state;
  const rest = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...map].filter(([unit]) => !units.has(unit)));
  const hidden: AuditState = {
    ...state,
    verdicts: rest(state.verdicts),
    opinions: rest(state.opinions),
    findings: state.findings.filter(({ unit }) => unit === null || !units.has(unit)),
  };
  known.set(state, { units, state: hidden });
  return hidden;
}
