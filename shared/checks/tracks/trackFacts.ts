/**
 * What the checks of motion ask of a track over and over: its fits, how much its labels scatter, and how far limits
 * must give way to what the spec tolerates of each label.
 */
import { median } from '../../scoring/boxResiduals.ts';
import { type Departure, departures, type MotionFit, motionFits } from '../../scoring/motionFit.ts';
import { type TrackStep, trackSteps } from '../../scoring/motionMeasures.ts';
import type { TrackMoment } from '../../scoring/trackSeries.ts';
import type { LimitPair } from '../contract.ts';
import { type CheckScene, hasShape, pointsOf, rangeOf } from '../scene.ts';
import type { CheckTrack } from './sceneTracks.ts';

export interface TrackFacts {
  /** One entry a moment; null where poses, times or neighbours are missing. */
  readonly fits: readonly (MotionFit | null)[];
  readonly departures: readonly (Departure | null)[];
  /** Steps from one moment to the next; none where nothing is known of how such a thing moves. */
  readonly steps: readonly TrackStep[];
  /** Standard deviation of places along each axis (metres) and of headings (radians) about a smooth motion. */
  readonly placeScatter: number;
  readonly yawScatter: number;
}

const known = new WeakMap<CheckTrack, TrackFacts>();

export function factsOf(track: CheckTrack): TrackFacts {
  const facts = known.get(track) ?? makeFacts(track);
  known.set(track, facts);
  return facts;
}

function makeFacts({ moments, limits }: CheckTrack): TrackFacts {
  const away = departures(moments);
  const present = away.filter((departure) => departure !== null);
  return {
    fits: motionFits(moments),
    departures: away,
    steps: limits ? trackSteps(moments, limits) : [],
    // Medians of the length of a normal vector and of the amount of a normal number, for a scatter of 1.
    placeScatter: usualOf(present.map(({ offset, gain }) => Math.hypot(...offset) / gain)) / 1.1774,
    yawScatter: usualOf(present.map(({ yaw, gain }) => Math.abs(yaw) / gain)) / 0.6745,
  };
}

/** Of a track too short to tell nothing is known: its labels are taken at their word. */
const usualOf = (values: readonly number[]): number => (values.length === 0 ? 0 : median(values));

/**
 * Whether place and heading of a label can be judged: it has points enough, or a near one of its track has. A box
 * that was put beside its object has few points for that very reason.
 */
export function hasShapeHere(scene: CheckScene, { moments }: CheckTrack, at: number): boolean {
  if (hasShape(scene, moments[at]!.row)) return true;
  const beside = moments.slice(Math.max(0, at - reachBeside), at + reachBeside + 1);
  return beside.some(({ row }) => hasShape(scene, row));
}

/** Labels on either side that speak for one. */
const reachBeside = 4;

/** How many standard errors a value must be beyond its limit before the labeller's hand cannot explain it. */
const surely = 3;

export interface LabelTolerance {
  readonly centerMeters: number;
  readonly sizeMeters: readonly [number, number, number] | null;
  readonly yawRadians: number;
}

/** Where the spec says nothing of a class: its usual tolerances for road users. */
const usual: LabelTolerance = { centerMeters: 0.2, sizeMeters: null, yawRadians: (10 * Math.PI) / 180 };

export function toleranceOf(
  scene: CheckScene,
  { kind }: CheckTrack,
  { row, size }: TrackMoment,
): LabelTolerance {
  return scene.rules.tolerance(kind.name, rangeOf(scene, row), size, pointsOf(scene, row)) ?? usual;
}

/** How much a value may owe to labels that are right: `gain` times what places or headings may scatter. */
export function doubt(
  scene: CheckScene,
  track: CheckTrack,
  moment: TrackMoment,
  of: 'place' | 'yaw',
  gain: number,
): number {
  const { placeScatter, yawScatter } = factsOf(track);
  const { centerMeters, yawRadians } = toleranceOf(scene, track, moment);
  // A tolerance is what hardly any right label goes beyond: two standard deviations.
  const scatter =
    of === 'place' ? Math.max(centerMeters / 2, placeScatter) : Math.max(yawRadians / 2, yawScatter);
  return surely * scatter * gain;
}

/** Limits that leave a value so much room. */
export function givingWay({ soft, hard }: LimitPair, by: number): LimitPair {
  return { soft: soft === null ? null : soft + by, hard: hard === null ? null : hard + by };
}

/** Limits that are never narrower than so much; the hard one stands as far beyond the soft one as it did. */
export function noNarrower(pair: LimitPair, least: number): LimitPair {
  return givingWay(pair, pair.soft === null ? 0 : Math.max(0, least - pair.soft));
}
