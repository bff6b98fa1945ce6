/**
 * From the offsets of one camera to a suspicion with its evidence: is it single labels, the camera's calibration, its
 * clock, or the sweep's own motion? A suspicion, not a finding: it says what to look at.
 */
import { type BoxResidual, median } from './boxResiduals.ts';
import type { CurvePeak } from './edgeAlignment.ts';
import { type Fit, fitCauses } from './misalignment.ts';

export const suspicions = [
  'too-few',
  'agrees',
  'labels',
  'calibration',
  'inverted',
  'sync',
  'motion-compensation',
  'sync-or-calibration',
  'sync-and-calibration',
  'unexplained',
] as const;
export type Suspicion = (typeof suspicions)[number];

/** One sentence of evidence: a key of the catalogue and its numbers. */
export interface Evidence {
  readonly key:
    | 'pairs'
    | 'no-pairs'
    | 'offset'
    | 'time-fits'
    | 'grows-with-motion'
    | 'stated-offset'
    | 'turn-fits'
    | 'shift-fits'
    | 'leaves'
    | 'objects'
    | 'inverse-fits'
    | 'no-motion'
    | 'all-cameras'
    | 'one-camera'
    | 'few-comparable';
  readonly params: Readonly<Record<string, number | string>>;
}

export interface CalibrationVerdict {
  readonly suspicion: Suspicion;
  readonly evidence: readonly Evidence[];
  /** What was suspected of the camera as a whole; `null` where there was too little. */
  readonly fit: Fit | null;
  /** Objects that stand apart from the rest, worst first. */
  readonly objects: readonly OddObject[];
}

export interface OddObject {
  /** Track, or the label's id where it has none. */
  readonly name: string;
  /** Rows of its cuboids. */
  readonly rows: readonly number[];
  /** Median distance after what the camera as a whole explains, pixels. */
  readonly pixels: number;
}

export interface VerdictInput {
  readonly residuals: readonly BoxResidual[];
  /** Mean overlap with the extrinsic the other way round, where some boxes then have a partner. */
  readonly invertedIou: number | null;
  /** Time of the picture less that of the sweep as the delivery states it and does not account for, seconds. */
  readonly statedSeconds: number | null;
  readonly imageWidth: number | null;
}

/** Fewer objects tell chance from cause badly. */
const leastPairs = 8;
/** Scores closer than this leave a doubt. */
const beyondDoubt = 10;
/** Middles this close, as a share of the image's width, are as close as people draw boxes. */
const drawnShare = 0.002;
const drawnPixels = 1.5;

export function judgeCalibration(input: VerdictInput): CalibrationVerdict {
  const { residuals, invertedIou } = input;
  const comparable = residuals.filter(({ isComparable }) => isComparable);
  const meanIou = residuals.reduce((sum, { iou }) => sum + iou, 0) / Math.max(1, residuals.length);
  if (invertedIou !== null && invertedIou > 0.3 && invertedIou > 2 * meanIou) {
    const params = { iou: meanIou, inverted: invertedIou };
    return { suspicion: 'inverted', evidence: [{ key: 'inverse-fits', params }], fit: null, objects: [] };
  }
  if (residuals.length === 0) {
    return { suspicion: 'too-few', evidence: [{ key: 'no-pairs', params: {} }], fit: null, objects: [] };
  }
  const pairs: Evidence = { key: 'pairs', params: { count: residuals.length, iou: meanIou } };
  if (comparable.length < leastPairs) {
    const few: Evidence = { key: 'few-comparable', params: { count: comparable.length, least: leastPairs } };
    return { suspicion: 'too-few', evidence: [pairs, few], fit: null, objects: [] };
  }
  const fits = fitCauses(residuals);
  const none = fits.find(({ cause }) => cause === 'none')!;
  const least = Math.max(drawnPixels, drawnShare * (input.imageWidth ?? 0));
  const doubtless = fits.filter(({ score }) => none.score - score > beyondDoubt);
  const asGood = simplestFirst(doubtless, least);
  // Far objects hardly move with the clock: what counts is that those which do are moved visibly.
  const isVisible = ({ largeLeft }: Fit): boolean => none.largeLeft - largeLeft >= least;
  const best = asGood[0] && isVisible(asGood[0]) ? asGood[0] : none;
  const objects = oddObjects(comparable, best, least);
  const shift: Evidence = {
    key: 'offset',
    params: {
      u: median(comparable.map(({ offset }) => offset[0])),
      v: median(comparable.map(({ offset }) => offset[1])),
      pixels: none.medianLeft,
    },
  };
  const evidence = [pairs, shift, ...evidenceOf(best, comparable, input)];
  if (objects.length > 0) {
    const [worst] = objects;
    const params = { count: objects.length, name: worst!.name, pixels: worst!.pixels };
    evidence.push({ key: 'objects', params });
  }
  if (!comparable.some(({ perSecond }) => perSecond)) evidence.push({ key: 'no-motion', params: {} });
  return { suspicion: suspicionOf(best, asGood, objects, input, least), evidence, fit: best, objects };
}

/**
 * The fits that leave as little as the best one does, to `pixels`: the one with the fewest unknowns first. More
 * unknowns always explain a little more, which is no reason to suspect two faults.
 */
function simplestFirst(fits: readonly Fit[], pixels: number): Fit[] {
  const leastLeft = Math.min(...fits.map(({ largeLeft }) => largeLeft));
  return fits
    .filter(({ largeLeft }) => largeLeft <= leastLeft + pixels)
    .sort((a, b) => a.unknowns - b.unknowns);
}

function suspicionOf(
  best: Fit,
  asGood: readonly Fit[],
  objects: readonly OddObject[],
  { statedSeconds }: VerdictInput,
  least: number,
): Suspicion {
  if (best.cause === 'none') {
    if (objects.length > 0) return 'labels';
    return best.medianLeft > 2 * least ? 'unexplained' : 'agrees';
  }
  if (best.cause === 'time-and-rotation') return 'sync-and-calibration';
  if (best.cause !== 'time') return 'calibration';
  if (explainsStated(best, statedSeconds)) return 'motion-compensation';
  const turned = asGood.find(({ cause }) => cause === 'rotation');
  if (turned && turned.score - best.score <= beyondDoubt) return 'sync-or-calibration';
  return 'sync';
}

/** Objects that move on their own pull the time that fits away from the one that is stated. */
const statedTolerance = 0.5;

/** The time that fits is the one the delivery itself states: only nobody moved the points by it. */
function explainsStated({ seconds, secondsError }: Fit, statedSeconds: number | null): boolean {
  if (statedSeconds === null || Math.abs(statedSeconds) < 0.004) return false;
  return (
    Math.abs(seconds - statedSeconds) <= Math.max(3 * secondsError, statedTolerance * Math.abs(statedSeconds))
  );
}

function evidenceOf(
  best: Fit,
  comparable: readonly BoxResidual[],
  { statedSeconds }: VerdictInput,
): Evidence[] {
  const evidence: Evidence[] = [];
  if (best.cause.startsWith('time')) {
    const params = { ms: 1000 * best.seconds, error: 1000 * best.secondsError };
    evidence.push({ key: 'time-fits', params });
    const correlation = growth(comparable);
    if (correlation !== null) evidence.push({ key: 'grows-with-motion', params: { correlation } });
    if (statedSeconds !== null) {
      evidence.push({ key: 'stated-offset', params: { ms: 1000 * statedSeconds } });
    }
  }
  if (best.cause !== 'none' && best.cause !== 'time') {
    const [x, y, z] = best.rotation.map((turn) => (turn * 180) / Math.PI);
    evidence.push({ key: 'turn-fits', params: { x: x!, y: y!, z: z! } });
  }
  if (best.cause === 'pose') {
    const [x, y, z] = best.translation.map((meters) => 100 * meters);
    evidence.push({ key: 'shift-fits', params: { x: x!, y: y!, z: z! } });
  }
  if (best.cause !== 'none') evidence.push({ key: 'leaves', params: { pixels: best.medianLeft } });
  return evidence;
}

/** Correlation of the offsets with the pixels a second that the vehicle's own motion gives; `null` without motion. */
function growth(residuals: readonly BoxResidual[]): number | null {
  let [both, offsets, flows] = [0, 0, 0];
  for (const { offset, perSecond } of residuals) {
    if (!perSecond) continue;
    for (const axis of [0, 1] as const) {
      both += offset[axis] * perSecond[axis];
      offsets += offset[axis] ** 2;
      flows += perSecond[axis] ** 2;
    }
  }
  return offsets > 0 && flows > 0 ? Math.abs(both) / Math.sqrt(offsets * flows) : null;
}

/** Objects whose own middle stays far off once the camera as a whole is accounted for. */
function oddObjects(
  residuals: readonly BoxResidual[],
  { left, medianLeft }: Fit,
  least: number,
): OddObject[] {
  const byName = new Map<string, { rows: number[]; pixels: number[]; diagonals: number[] }>();
  for (const [at, { track, id, cuboid, diagonal }] of residuals.entries()) {
    const name = track ?? id;
    const known = byName.get(name) ?? { rows: [], pixels: [], diagonals: [] };
    known.rows.push(cuboid);
    known.pixels.push(Math.hypot(...left[at]!));
    known.diagonals.push(diagonal);
    byName.set(name, known);
  }
  return [...byName]
    .map(([name, { rows, pixels, diagonals }]) => ({
      name,
      rows,
      pixels: median(pixels),
      // A near object is drawn to a share of its size, a far one to pixels.
      limit: Math.max(4 * medianLeft, 2 * least, 0.12 * median(diagonals)),
    }))
    .filter(({ pixels, limit }) => pixels > limit)
    .sort((a, b) => b.pixels - a.pixels)
    .map(({ name, rows, pixels }) => ({ name, rows, pixels }));
}

/** Times that differ by less than this are one, seconds. */
const sameSeconds = 0.008;

/**
 * What the other cameras say about one that is suspected: where all of them lack the same time, it is the lidar's clock,
 * its motion or the poses; where the others fit, it is this camera. `null` where they say neither.
 */
export function compareCameras(
  own: CalibrationVerdict,
  others: readonly CalibrationVerdict[],
): Evidence | null {
  const judged = others.filter(({ suspicion }) => suspicion !== 'too-few' && suspicion !== 'inverted');
  if (!own.fit || own.fit.cause === 'none' || judged.length === 0) return null;
  const { seconds } = own.fit;
  const count = judged.length;
  const isTime = own.fit.cause.startsWith('time');
  const isSame = ({ fit }: CalibrationVerdict): boolean =>
    fit?.cause.startsWith('time') === true && Math.abs(fit.seconds - seconds) < sameSeconds;
  if (isTime && judged.every(isSame)) return { key: 'all-cameras', params: { count } };
  return judged.every(({ fit }) => fit?.cause === 'none') ? { key: 'one-camera', params: { count } } : null;
}

/** Where the edges fit best as time, yaw and pitch are varied; `null` where that was not measured. */
export interface EdgePeaks {
  /** Depth edges that were compared. */
  readonly edges: number;
  /** Seconds. */
  readonly time: CurvePeak | null;
  /** Degrees about the camera's y, and its x. */
  readonly yaw: CurvePeak | null;
  readonly pitch: CurvePeak | null;
}

/** Optima nearer to what was delivered than this, or hardly better, are no reason to suspect anything. */
const leastSeconds = 0.015;
const leastDegrees = 0.25;
const leastGain = 0.04;
/** A few hundred edges are a handful of posts and cars: chance can line them up. */
export const leastEdges = 400;

/** The same from edges alone, where there are no 2D boxes. One kind of edge is a hint: objects say more. */
export function judgeEdges({ edges, time, yaw, pitch }: EdgePeaks): Suspicion {
  if (edges < leastEdges) return 'too-few';
  const isOff = (peak: CurvePeak | null, least: number): boolean =>
    peak?.isClear === true && Math.abs(peak.at) >= least && peak.gain >= leastGain;
  const isLate = isOff(time, leastSeconds);
  const isTurned = isOff(yaw, leastDegrees) || isOff(pitch, leastDegrees);
  if (isLate && isTurned) return 'sync-or-calibration';
  if (isTurned) return 'calibration';
  if (isLate) return 'sync';
  return yaw?.isClear && pitch?.isClear ? 'agrees' : 'too-few';
}
