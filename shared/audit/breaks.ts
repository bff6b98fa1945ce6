/**
 * Going on after a break: which of her own verdicts a person is shown once more, without seeing what she said, and
 * what changed while she was away.
 */
import type { Actor } from './events.ts';
import { ownVerdict } from './opinions.ts';
import type { AuditState, Milestone, UnitVerdict } from './state.ts';

/** So long without an entry of one's own is a break. */
export const breakMs = 10 * 60 * 1000;
/** How many units are shown once more after a break. */
export const repeatsAfterBreak = 3;
/** Verdicts still fresh in mind, which are never shown once more. */
export const freshVerdicts = 10;

/**
 * Units to be shown to a person once more before she goes on, in the order to show them; empty where none is due.
 * They are due after her latest break: more than ten minutes between two entries of her own, or between her last
 * one and `now`, or a session that began after it. They stay due until each is judged once more. Which ones is
 * decided by the audit's seed, the person and the break, so that it is the same after a restart and nobody's choice.
 *
 * @param now UTC, as the events have it.
 * @param sessionStartedAt UTC, when this session began; null = not asked for.
 */
export function repeatsDue(
  state: AuditState,
  profile: Actor['profile'],
  now: string,
  sessionStartedAt: string | null = null,
): string[] {
  if (state.phase !== 'judging' || !state.sample) return [];
  const before = lastBreak(ownTimes(state, profile), Date.parse(now), sessionStartedAt);
  if (before === null) return [];
  const key = `${state.sample.labels.seed}:${profile}:${before}`;
  const earlier = ownUnitVerdicts(state, profile)
    .filter(({ at }) => Date.parse(at) <= before)
    .sort((a, b) => a.seq - b.seq);
  const done = new Set(
    state.repeats
      .filter(({ by, at }) => by.profile === profile && Date.parse(at) > before)
      .map(({ unit }) => unit),
  );
  return earlier
    .slice(0, Math.max(0, earlier.length - freshVerdicts))
    .filter(({ verdict, adjudicates }) => verdict !== 'uninspectable' && adjudicates === undefined)
    .map(({ unit }) => ({ unit, rank: rankOf(`${key}:${unit}`) }))
    .sort((a, b) => a.rank - b.rank || (a.unit < b.unit ? -1 : 1))
    .slice(0, repeatsAfterBreak)
    .map(({ unit }) => unit)
    .filter((unit) => !done.has(unit));
}

/** Time of the person's last entry before her latest break, milliseconds since 1970; null where there was none. */
function lastBreak(times: readonly number[], now: number, sessionStartedAt: string | null): number | null {
  const started = sessionStartedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(sessionStartedAt);
  for (let at = times.length - 1; at >= 0; at -= 1) {
    const time = times[at]!;
    const next = times[at + 1] ?? now;
    if (next - time > breakMs || (time < started && started <= next)) return time;
  }
  return null;
}

function ownUnitVerdicts(state: AuditState, profile: Actor['profile']): UnitVerdict[] {
  return [...state.opinions.keys()].flatMap((unit) => ownVerdict(state, profile, unit) ?? []);
}

/** When a person's standing entries were made, ascending. */
function ownTimes(state: AuditState, profile: Actor['profile']): number[] {
  const cells = [...state.cellVerdicts.values()];
  return [...ownUnitVerdicts(state, profile), ...cells, ...state.repeats]
    .filter(({ by }) => by.profile === profile)
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b);
}

/** A whole number in [0, 2^32) that spreads texts evenly: FNV-1a with a final mix. */
function rankOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What happened since a person's last entry, as far as it bears on how she goes on. */
export interface ChangedSince {
  /** Her last entry; null where she has none, and then nothing is told as new. */
  readonly last: { readonly seq: number; readonly at: string } | null;
  /** Another spec, another draw, other files, rulings …, oldest first; her own doings left out. */
  readonly milestones: readonly Milestone[];
  /** Verdicts others gave, by person. */
  readonly others: readonly { readonly by: Actor; readonly units: number; readonly cells: number }[];
  /** Units she judged that someone judged since. In a blind audit these may be shown: her verdict is saved. */
  readonly hersJudged: readonly string[];
  readonly isAnything: boolean;
}

export function changedSince(state: AuditState, profile: Actor['profile']): ChangedSince {
  const units = [...state.opinions.values()].flat();
  const entries = [...units, ...state.cellVerdicts.values(), ...state.repeats];
  const last = entries
    .filter(({ by }) => by.profile === profile)
    .reduce<ChangedSince['last']>(
      (latest, { seq, at }) => (latest === null || seq > latest.seq ? { seq, at } : latest),
      null,
    );
  if (last === null) {
    return { last, milestones: [], others: [], hersJudged: [], isAnything: false };
  }
  const isNew = ({ by, seq }: { readonly by: Actor; readonly seq: number }): boolean =>
    seq > last.seq && by.profile !== profile;
  const milestones = state.milestones.filter(isNew);
  const newUnits = units.filter(isNew);
  const others = countByPerson(newUnits, [...state.cellVerdicts.values()].filter(isNew));
  const hersJudged = [...new Set(newUnits.map(({ unit }) => unit))].filter(
    (unit) => ownVerdict(state, profile, unit) !== null,
  );
  return { last, milestones, others, hersJudged, isAnything: milestones.length + others.length > 0 };
}

function countByPerson(
  units: readonly { readonly by: Actor }[],
  cells: readonly { readonly by: Actor }[],
): ChangedSince['others'] {
  const rows = new Map<string, { by: Actor; units: number; cells: number }>();
  const rowOf = (by: Actor) => {
    const row = rows.get(by.profile) ?? { by, units: 0, cells: 0 };
    rows.set(by.profile, row);
    return row;
  };
  for (const { by } of units) rowOf(by).units += 1;
  for (const { by } of cells) rowOf(by).cells += 1;
  return [...rows.values()];
}
