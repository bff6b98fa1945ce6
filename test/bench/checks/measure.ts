/** Runs the checks over a delivery as it is and with faults of every kind put in, a few objects at a time. */
import { checks } from '../../../shared/checks/catalogue.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { dataKinds, hasSizes, labelKinds, type SpoilKind } from '../../../shared/synth/spoil/kinds.ts';
import { type SpoilLeft, type SpoilPlan, usualSpans } from '../../../shared/synth/spoil/plan.ts';
import { type LabWorld, spoiledAndChecked } from '../../support/checkLab.ts';
import { type Score, type ScoreFrames, scoreOf } from './score.ts';

/** Share of the objects that are spoiled at once, and over how many runs the kinds are spread. */
const share = 0.15;
const runs = 4;

export interface Measured {
  readonly world: string;
  /** Cuboids judged, and what was found, in the delivery as it is. */
  readonly cleanObjects: number;
  readonly cleanFindings: readonly CheckFinding[];
  /** With faults in the labels, a share of the objects at once. */
  readonly ofLabels: readonly Score[];
  /** With one fault of the data each. */
  readonly ofData: readonly Score[];
  readonly left: readonly SpoilLeft[];
  /** Checks that did not run, with what the delivery lacks. */
  readonly skipped: readonly string[];
  /** Frames, and those of them with a sweep. */
  readonly frames: number;
  readonly swept: number;
}

/**
 * Every kind, in so many runs that at most a share of the objects is wrong in any of them. Where the labels are not
 * `known` to be right, what the checks say of the delivery as it is may be true: it is counted apart, and left out of
 * the runs with faults. A small delivery is spoiled `rounds` times, each time otherwise.
 */
export async function measured(
  world: LabWorld,
  seed: number,
  known: 'right' | 'unknown' = 'right',
  rounds = 1,
): Promise<Measured> {
  const left: SpoilLeft[] = [];
  const before = new Set(known === 'right' ? [] : world.results.findings.map(({ id }) => id));
  const scoreAll = async (plans: readonly SpoilPlan[]): Promise<Score[]> => {
    const scores: Score[] = [];
    for (const plan of plans) {
      const { spoiled, results } = await spoiledAndChecked(world, plan);
      left.push(...spoiled.left);
      // Nothing of this sort could be made of the delivery: it says nothing.
      if (spoiled.truth.length === 0) continue;
      const findings = results.findings.filter(({ id }) => !before.has(id));
      scores.push(scoreOf(spoiled.truth, findings, framesOf(world.index)));
    }
    return scores;
  };
  const plans = Array.from({ length: rounds }, (_, round) => plansFor(world.index, seed + 100 * round));
  const { objects, findings, checks: tallies } = world.results;
  const { frames } = world.index.delivery;
  return {
    ...{ world: world.name, cleanObjects: objects, cleanFindings: findings, left },
    ofLabels: await scoreAll(plans.flatMap(({ ofLabels }) => ofLabels)),
    ofData: await scoreAll(plans.flatMap(({ ofData }) => ofData)),
    skipped: tallies.flatMap(({ id, ran, skipped }) =>
      ran > 0 ? [] : [`${id} (${Object.keys(skipped).join(', ')})`],
    ),
    ...{ frames: frames.length, swept: frames.filter(({ sweeps }) => sweeps.length > 0).length },
  };
}

/** Each label kind once, mild and gross alike; faults of the data apart, since one of them touches everything. */
export function plansFor(
  { labels }: DeliveryIndex,
  seed: number,
): { ofLabels: SpoilPlan[]; ofData: SpoilPlan[] } {
  const objects = labels.tracks.length || labels.cuboids.count;
  const perKind = Math.max(1, Math.round((share * objects * runs) / labelKinds.length));
  const amountOf = (kinds: readonly SpoilKind[], count: number): SpoilPlan['amount'] =>
    Object.fromEntries(kinds.map((kind) => [kind, hasSizes(kind) ? 2 * Math.ceil(count / 2) : count]));
  const plan = (amount: SpoilPlan['amount'], sizes: SpoilPlan['sizes'], number: number): SpoilPlan => ({
    ...{ seed: seed + number, amount, sizes, kinds: 'all', isMixed: false, spans: usualSpans },
  });
  const ofLabels = Array.from({ length: runs }, (_, run) =>
    plan(
      amountOf(
        labelKinds.filter((_kind, at) => at % runs === run),
        perKind,
      ),
      'both',
      run,
    ),
  );
  const ofData = dataKinds.flatMap((kind, at) =>
    (['mild', 'gross'] as const).map((size) => plan({ [kind]: 1 }, size, runs + at)),
  );
  return { ofLabels, ofData };
}

/** Frames by id, and what of the checks the scoring has to know. */
export function framesOf({ delivery }: DeliveryIndex): ScoreFrames {
  const places = new Map([...delivery.frameIds].map((id, at) => [id, at]));
  const wholeTracks = new Set(checks.filter(({ looksAt }) => looksAt === 'track').map(({ id }) => id));
  return { placeOf: (frame) => places.get(frame) ?? -1, frameSeconds: frameSecondsOf(delivery), wholeTracks };
}

/** The median step of time; a tenth of a second where frames have none. */
function frameSecondsOf({ frames }: DeliveryIndex['delivery']): number {
  const steps: number[] = [];
  let before: bigint | null = null;
  for (const { timestampNanos, index } of frames) {
    const at = timestampNanos === null ? null : BigInt(timestampNanos);
    if (at !== null && before !== null && index > 0) steps.push(Number(at - before) / 1e9);
    before = at;
  }
  const sorted = steps.sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0.1;
}
