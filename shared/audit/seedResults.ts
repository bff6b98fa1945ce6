/**
 * How auditors do against known errors: what each was shown, saw and missed, with exact intervals, beside the usual
 * limits of an attribute agreement study. Few errors prove little, and the judgement of a limit says so.
 */
import { clopperPearson, type Interval } from '../sampling/intervals.ts';
import { differing } from './disagreement.ts';
import { type Actor, seedKinds } from './events.ts';
import { type SeedKind, type SeedSize, seedSizes, sizeOfSeed } from './seeds.ts';
import type { AuditState, SeedVerdict } from './state.ts';

export const seedConfidence = 0.95;

/** Usual limits: bad called good, good called bad, and errors called what they are. */
export const auditorLimits = { miss: 0.02, falseAlarm: 0.05, effectiveness: 0.9 } as const;

/**
 * `named`: rejected with a code that fits. `misnamed`: rejected with another one. `missed`: accepted. `undecided`:
 * neither, which is no decision about the label and no miss.
 */
export const seedFates = ['named', 'misnamed', 'missed', 'undecided'] as const;
export type SeedFate = (typeof seedFates)[number];

export function fateOfSeed({ verdict, defects, shown }: SeedVerdict): SeedFate {
  if (verdict === 'accept') return 'missed';
  if (verdict !== 'reject') return 'undecided';
  return defects.some(({ code }) => shown.codes.includes(code)) ? 'named' : 'misnamed';
}

/** A share with its exact interval; null bounds where nothing was counted. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly interval: Interval | null;
}

/**
 * Whether a limit is kept: `kept` and `broken` where the whole interval lies on one side of it, `open` where too
 * little was shown to tell.
 */
export type LimitState = 'kept' | 'broken' | 'open';

export interface SeedTally extends Readonly<Record<SeedFate, number>> {
  readonly shown: number;
}

export interface AuditorResult extends SeedTally {
  readonly by: Actor;
  /** Missed among those accepted or rejected. */
  readonly miss: Share;
  readonly missLimit: LimitState;
  /** Named rightly among all that were shown. */
  readonly effectiveness: Share;
  readonly effectivenessLimit: LimitState;
  /**
   * Her rejects among the units that a second person judged too and that stand as good by now: accepted by agreement
   * or by a ruling, or taken back in a dispute. Known errors say nothing of it.
   */
  readonly falseAlarm: Share;
  readonly falseAlarmLimit: LimitState;
  readonly byKind: readonly (SeedTally & { readonly kind: SeedKind })[];
  /** Of errors that have a size. */
  readonly bySize: readonly (SeedTally & { readonly size: SeedSize })[];
}

/** One row for each person among the verdicts, in the order they began. */
export function auditorResults(state: AuditState, verdicts: readonly SeedVerdict[]): AuditorResult[] {
  const people = new Map<string, SeedVerdict[]>();
  for (const verdict of verdicts) {
    const own = people.get(verdict.by.profile);
    if (own) own.push(verdict);
    else people.set(verdict.by.profile, [verdict]);
  }
  return [...people.values()].map((own) => resultOf(state, own));
}

function resultOf(state: AuditState, own: readonly SeedVerdict[]): AuditorResult {
  const { by } = own[0]!;
  const tally = tallyOf(own);
  const miss = shareOf(tally.missed, tally.missed + tally.named + tally.misnamed);
  const effectiveness = shareOf(tally.named, tally.shown);
  const falseAlarm = falseAlarms(state, by.profile);
  const { miss: mostMissed, falseAlarm: mostAlarms, effectiveness: leastNamed } = auditorLimits;
  return {
    by,
    ...tally,
    miss,
    missLimit: atMost(miss, mostMissed),
    effectiveness,
    effectivenessLimit: atLeast(effectiveness, leastNamed),
    falseAlarm,
    falseAlarmLimit: atMost(falseAlarm, mostAlarms),
    byKind: seedKinds.flatMap((kind) => {
      const some = own.filter(({ shown }) => shown.kind === kind);
      return some.length === 0 ? [] : [{ kind, ...tallyOf(some) }];
    }),
    bySize: seedSizes.flatMap((size) => {
      const some = own.filter(({ shown }) => sizeOfSeed(shown) === size);
      return some.length === 0 ? [] : [{ size, ...tallyOf(some) }];
    }),
  };
}

function tallyOf(verdicts: readonly SeedVerdict[]): SeedTally {
  const fates = verdicts.map(fateOfSeed);
  const count = (wanted: SeedFate): number => fates.filter((fate) => fate === wanted).length;
  return {
    shown: verdicts.length,
    named: count('named'),
    misnamed: count('misnamed'),
    missed: count('missed'),
    undecided: count('undecided'),
  };
}

/** Counts units, not findings: one with several findings stands as good when all of them were taken back. */
function falseAlarms(state: AuditState, profile: Actor['profile']): Share {
  let alarms = 0;
  let good = 0;
  for (const [unit, opinions] of state.opinions) {
    const plain = opinions.filter(({ adjudicates }) => adjudicates === undefined);
    const own = plain.find(({ by }) => by.profile === profile);
    const isSecond = plain.some(({ by }) => by.profile !== profile);
    // What one person alone said is no standard to hold her to.
    if (!own || !isSecond || !standsAsGood(state, unit)) continue;
    if (own.verdict === 'reject') alarms += 1;
    if (own.verdict === 'reject' || own.verdict === 'accept') good += 1;
  }
  return shareOf(alarms, good);
}

function standsAsGood(state: AuditState, unit: string): boolean {
  const opinions = state.opinions.get(unit) ?? [];
  const standing = opinions.at(-1);
  if (differing(opinions).length > 0 || !standing) return false;
  if (standing.verdict !== 'reject') return standing.verdict === 'accept';
  const found = state.findings.filter((finding) => finding.source === 'sample' && finding.unit === unit);
  return found.length > 0 && found.every(({ status }) => status === 'overturned');
}

function shareOf(count: number, of: number): Share {
  return { count, of, interval: of === 0 ? null : clopperPearson(count, of, seedConfidence) };
}

function atMost({ interval }: Share, limit: number): LimitState {
  if (interval === null) return 'open';
  return interval.upper <= limit ? 'kept' : interval.lower > limit ? 'broken' : 'open';
}

function atLeast({ interval }: Share, limit: number): LimitState {
  if (interval === null) return 'open';
  return interval.lower >= limit ? 'kept' : interval.upper < limit ? 'broken' : 'open';
}

/**
 * So many errors must be shown, and none missed, before the limit on misses is known to be kept: what a plan to
 * measure an auditor has to reckon with.
 */
export const errorsToProveMisses = Math.ceil(
  Math.log((1 - seedConfidence) / 2) / Math.log(1 - auditorLimits.miss),
);
