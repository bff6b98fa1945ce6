/** What units of few scenes are worth, in words: before the draw from what is usual, after judging from what was seen. */
import { type ClusterFacts, clusterRemedy, planForScenes } from '../audit/clusters.ts';
import type { FrozenPlan } from '../audit/events.ts';
import type { UnitKind } from '../audit/qaSpec.ts';
import type { Translate } from '../messages/translate.ts';
import { defaultRho, predictedEffective } from '../sampling/effectiveSample.ts';

export interface ClusterSubject {
  readonly units: number;
  readonly scenes: number;
  readonly unit: UnitKind;
  readonly rho?: number | undefined;
  /** The largest plan of the sample: its risks are what a plan for these scenes has to hold. */
  readonly plan?: Pick<FrozenPlan, 'sampleSize' | 'acceptanceNumber' | 'counts' | 'lotSize'> | undefined;
}

export interface ClusterWords {
  readonly isWarning: boolean;
  readonly lead: string;
  /** Why, what it is about, and what would be enough. */
  readonly lines: readonly string[];
}

/** Before anything is judged. */
export function predictedWords(subject: ClusterSubject, words: Translate): ClusterWords {
  const { units, scenes, rho = defaultRho } = subject;
  const { deff, effectiveN, unitsPerScene, isWarning } = predictedEffective({ units, scenes, rho });
  const why = words('rates.clusters.worthPredicted', {
    rho,
    perScene: rounded(unitsPerScene),
    deff: deff.toFixed(2),
  });
  return sentences(subject, { deff, effectiveN, isWarning, rho }, why, words);
}

/** From the audit itself. */
export function clusterWords(
  facts: ClusterFacts,
  { unit, plan }: Pick<ClusterSubject, 'unit' | 'plan'>,
  words: Translate,
): ClusterWords {
  const { units, scenes, rho, predicted, repeatedTracks } = facts;
  const why = facts.isMeasured
    ? words('rates.clusters.worthMeasured', {
        deff: facts.deff.toFixed(2),
        predicted: predicted.deff.toFixed(2),
      })
    : words('rates.clusters.worthPredicted', {
        rho,
        perScene: rounded(predicted.unitsPerScene),
        deff: predicted.deff.toFixed(2),
      });
  const said = sentences({ units, scenes, unit, plan }, { ...facts, rho: impliedRho(facts) }, why, words);
  if (repeatedTracks.tracks === 0) return said;
  return {
    ...said,
    lines: [
      ...said.lines,
      words('rates.clusters.tracks', { units: repeatedTracks.units, count: repeatedTracks.tracks }),
    ],
  };
}

/** How alike units of a scene are for the design effect that was seen. */
function impliedRho({ isMeasured, deff, predicted, rho }: ClusterFacts): number {
  return isMeasured ? Math.min(1, (deff - 1) / Math.max(1, predicted.unitsPerScene - 1)) : rho;
}

function sentences(
  { units, scenes, unit, plan }: ClusterSubject,
  found: Pick<ClusterFacts, 'deff' | 'effectiveN' | 'isWarning' | 'rho'>,
  why: string,
  words: Translate,
): ClusterWords {
  const { rho, isWarning } = found;
  // Rounded down: what is not there is not claimed.
  const effective = Math.max(1, Math.floor(found.effectiveN));
  const named = {
    units,
    scenes,
    count: scenes,
    effective,
    unit: words(`audit.unit.${unit}`),
    deff: found.deff.toFixed(2),
  };
  if (!isWarning) return { isWarning, lead: words('rates.clusters.fine', named), lines: [] };
  const remedy = clusterRemedy(units, scenes, rho);
  const isBeyond = plan !== undefined && remedy.units !== null && remedy.units > plan.lotSize;
  const enough =
    remedy.units === null
      ? words('rates.clusters.notEnough', { count: scenes, wanted: units, most: Math.floor(remedy.most) })
      : words(`rates.clusters.${isBeyond ? 'enoughBeyond' : 'enough'}`, {
          wanted: units,
          units: remedy.units,
          lot: plan?.lotSize ?? 0,
        });
  return {
    isWarning,
    lead: words('rates.clusters.worth', named),
    lines: [
      why,
      words('rates.clusters.holds'),
      enough,
      ...(plan ? [otherPlan(plan, scenes, rho, words)] : []),
    ],
  };
}

function otherPlan(
  plan: NonNullable<ClusterSubject['plan']>,
  scenes: number,
  rho: number,
  words: Translate,
): string {
  const other = planForScenes(plan, scenes, rho);
  const old = { n: plan.sampleSize, ac: plan.acceptanceNumber };
  return other
    ? words('rates.clusters.otherPlan', { ...old, newN: other.n, newAc: other.ac })
    : words('rates.clusters.noPlan', old);
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The plan that judges the most units: the sample is as large as it asks. */
export function largestPlan(plans: readonly FrozenPlan[]): FrozenPlan | undefined {
  return plans.toSorted((a, b) => b.sampleSize - a.sampleSize)[0];
}

/** Rows of the table of what was measured: severity, found, design effect of scenes, worth, design effect of tracks. */
export function measuredRows({ measured, units }: ClusterFacts, words: Translate): string[][] {
  return measured
    .filter(({ found, severity }) => severity === 'any' || found > 0)
    .map(({ severity, found, deff, effectiveN, trackDeff }) => [
      severity === 'any' ? words('rates.clusters.any') : words(`audit.severity.${severity}`),
      String(found),
      deff === null ? words(`rates.clusters.${found === 0 ? 'notMeasured' : 'oneScene'}`) : deff.toFixed(2),
      // Fewer differences between scenes than chance would make are luck, not information.
      effectiveN === null ? '' : String(Math.floor(Math.min(units, effectiveN))),
      trackDeff === null ? '' : trackDeff.toFixed(2),
    ]);
}
