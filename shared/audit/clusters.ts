/**
 * Scenes as clusters, and tracks within them: units of one scene, and still more the boxes of one track, are right or
 * wrong together. For the lot itself a random draw of its units stays what it is; as evidence of the vendor's work
 * beyond these scenes they tell less than as many units from scenes of their own.
 */

import { groupedBy } from '../base/groupedBy.ts';
import {
  clusteredPlan,
  defaultRho,
  enoughUnits,
  isClustered,
  predictedEffective,
} from '../sampling/effectiveSample.ts';
import { estimateClusters } from '../sampling/estimates.ts';
import { rateAcceptedWith } from '../sampling/operatingCharacteristic.ts';
import type { DrawnUnit, FrozenPlan } from './events.ts';
import { type JudgedUnit, judgedUnits } from './judgedUnits.ts';
import { type DefectSeverity, severities } from './qaSpec.ts';
import type { AuditState } from './state.ts';

export interface MeasuredCluster {
  readonly severity: DefectSeverity | 'any';
  readonly found: number;
  /** Between scenes; null where nothing (or nothing but) was found, or all comes from one scene. */
  readonly deff: number | null;
  readonly effectiveN: number | null;
  /** Between tracks, where some were drawn more than once. */
  readonly trackDeff: number | null;
}

export interface ClusterFacts {
  /** Judged units that estimates rest on, or all drawn ones while nothing may be estimated yet. */
  readonly units: number;
  readonly scenes: number;
  readonly rho: number;
  readonly predicted: { readonly unitsPerScene: number; readonly deff: number; readonly effectiveN: number };
  /** Tracks of which several units were drawn, and how many units those are. */
  readonly repeatedTracks: { readonly tracks: number; readonly units: number };
  /** Empty while nothing may be estimated yet. */
  readonly measured: readonly MeasuredCluster[];
  /** The larger of the predicted and the measured design effect, which the warning is about. */
  readonly deff: number;
  readonly effectiveN: number;
  readonly isMeasured: boolean;
  readonly isWarning: boolean;
}

/** `null` before the draw, and where the unit is the scene itself. */
export function clusterFacts(state: AuditState, rho: number = defaultRho): ClusterFacts | null {
  if (!state.sample || state.sample.labels.unit === 'scene') return null;
  const judged = judgedUnits(state);
  const drawn = judged.length > 0 ? judged.map(({ unit }) => unit) : state.sample.labels.units;
  if (drawn.length === 0) return null;
  const scenes = new Set(drawn.map(({ scene }) => scene)).size;
  const { unitsPerScene, deff, effectiveN } = predictedEffective({ units: drawn.length, scenes, rho });
  const measured =
    judged.length === 0 ? [] : (['any', ...severities] as const).map((one) => measure(judged, one));
  const seen = measured[0]?.deff ?? null;
  const isMeasured = seen !== null && seen > deff;
  const larger = isMeasured ? seen : deff;
  return {
    units: drawn.length,
    scenes,
    rho,
    predicted: { unitsPerScene, deff, effectiveN },
    repeatedTracks: repeatedTracks(drawn),
    measured,
    deff: larger,
    effectiveN: drawn.length / larger,
    isMeasured,
    isWarning: isClustered(scenes, unitsPerScene, larger),
  };
}

function measure(judged: readonly JudgedUnit[], severity: MeasuredCluster['severity']): MeasuredCluster {
  const isBad = ({ standing }: JudgedUnit): boolean =>
    standing.kind === 'defective' && (severity === 'any' || standing.severity === severity);
  const byScene = clustersOf(judged, isBad, ({ scene }) => scene);
  const byTrack = clustersOf(judged, isBad, trackKey);
  const { deff, effectiveN } = estimateClusters(byScene.sizes, byScene.defects);
  const found = byScene.defects.reduce((sum, bad) => sum + bad, 0);
  const hasRepeats = byTrack.sizes.some((size) => size > 1);
  const trackDeff = hasRepeats ? estimateClusters(byTrack.sizes, byTrack.defects).deff : null;
  return { severity, found, deff, effectiveN, trackDeff };
}

function clustersOf(
  judged: readonly JudgedUnit[],
  isBad: (unit: JudgedUnit) => boolean,
  keyOf: (unit: DrawnUnit) => string,
): { readonly sizes: number[]; readonly defects: number[] } {
  const groups = [...groupedBy(judged, ({ unit }) => keyOf(unit)).values()];
  return {
    sizes: groups.map((members) => members.length),
    defects: groups.map((members) => members.filter(isBad).length),
  };
}

/** Track ids need only be unique in their scene; a unit without a track stands by itself. */
function trackKey({ id, scene, track }: DrawnUnit): string {
  return track === null ? `unit ${id}` : `track ${scene}|${track}`;
}

function repeatedTracks(drawn: readonly DrawnUnit[]): ClusterFacts['repeatedTracks'] {
  const groups = groupedBy(
    drawn.filter(({ track, kind }) => track !== null && kind !== 'track'),
    trackKey,
  );
  const repeated = [...groups.values()].filter((members) => members.length > 1);
  return { tracks: repeated.length, units: repeated.reduce((sum, { length }) => sum + length, 0) };
}

/** What would be enough to make up for few scenes. */
export interface ClusterRemedy {
  /** Units from these scenes that tell as much as `wanted` single ones; null where no number does. */
  readonly units: number | null;
  /** All that any number of units from these scenes can tell; infinite with rho 0. */
  readonly most: number;
}

export function clusterRemedy(wanted: number, scenes: number, rho: number = defaultRho): ClusterRemedy {
  return enoughUnits(wanted, scenes, rho);
}

/**
 * The smallest (n, Ac) from these scenes with the risks that the plan has for single units: what it accepts 95 times
 * in 100, and what it accepts 10 times in 100. `null` where there is none, and for plans that count defects.
 */
export function planForScenes(
  plan: Pick<FrozenPlan, 'sampleSize' | 'acceptanceNumber' | 'counts' | 'lotSize'>,
  scenes: number,
  rho: number = defaultRho,
): { readonly n: number; readonly ac: number } | null {
  const { sampleSize: n, acceptanceNumber: ac, lotSize } = plan;
  if (plan.counts === 'defects' || ac >= n) return null;
  const [pa1, pa2] = [0.95, 0.1];
  const p1 = rateAcceptedWith(pa1, n, ac, 'binomial');
  const p2 = rateAcceptedWith(pa2, n, ac, 'binomial');
  return clusteredPlan({
    scenes,
    rho,
    p1,
    pa1,
    p2,
    pa2,
    mostPerScene: Math.max(1, Math.floor(lotSize / scenes)),
  });
}
