/**
 * Holds findings against faults that were put in on purpose: which faults were found, which findings are right.
 *
 * A finding touches a fault where it lies on one of the fault's labels (by label or track, also the track it would
 * truly be), on the camera or the frames that were spoiled, or where what it shows, without a label of its own, stands
 * at the true place of a label that is not there or elsewhere. Frames count as shared within half a second, since motion is fitted over windows of that length;
 * a check that measures a track as a whole shares all of its frames.
 */
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { createCuboidFrame, setCuboidFrame } from '../../../shared/geometry/cuboid.ts';
import { isInside } from '../../../shared/geometry/pointsInCuboid.ts';
import type { SpoilKind, SpoilSize } from '../../../shared/synth/spoil/kinds.ts';
import type { SpoilRecord } from '../../../shared/synth/spoil/plan.ts';

/** What the scoring needs to know of the delivery. */
export interface ScoreFrames {
  /** Place of a frame by id; frames of a scene follow one another. */
  placeOf(frame: string): number;
  /** Seconds from one frame to the next. */
  readonly frameSeconds: number;
  /** Checks that measure a track as a whole. */
  readonly wholeTracks: ReadonlySet<CheckId>;
}

export interface ScoredFault {
  readonly fault: number;
  readonly kind: SpoilKind;
  readonly size: SpoilSize;
  /** Most lidar points in any of its true labels; null where nobody counted. */
  readonly points: number | null;
  /** Labels, or frames of the data, that are wrong. */
  readonly labels: number;
  /** Checks that found it. */
  readonly by: ReadonlySet<CheckId>;
  readonly first: SpoilRecord;
}

export interface ScoredFinding {
  readonly finding: CheckFinding;
  /** Faults it touches; none = a false alarm. */
  readonly faults: ReadonlySet<number>;
}

export interface Score {
  readonly faults: readonly ScoredFault[];
  readonly findings: readonly ScoredFinding[];
}

/** Seconds by which a finding may miss the spoiled frames. */
const slackSeconds = 0.5;
/** What a finding shows is at a label's true place within so many metres on the ground, or so near its true cuboid, */
const placeMeters = 2;
const besideMeters = 0.3;
/** and is that label within: */
const sameMeters = 0.1;

export function scoreOf(
  truth: readonly SpoilRecord[],
  findings: readonly CheckFinding[],
  frames: ScoreFrames,
): Score {
  const scored = findings.map((finding) => {
    const touched = truth.filter((record) => isTouched(record, finding, frames));
    return { finding, touched, faults: new Set(touched.map(({ fault }) => fault)) };
  });
  const byFault = new Map<number, SpoilRecord[]>();
  for (const record of truth) byFault.set(record.fault, [...(byFault.get(record.fault) ?? []), record]);
  const faults = [...byFault].map(([fault, records]): ScoredFault => {
    const first = records[0]!;
    const counted = records.flatMap(({ points }) => points ?? []);
    const by = scored.filter(
      ({ finding, touched }) => touched.some((record) => record.fault === fault) && tells(finding, first),
    );
    return {
      ...{ fault, kind: first.kind, size: first.size, first },
      points: counted.length === 0 ? null : Math.max(...counted),
      labels: records.length,
      by: new Set(by.map(({ finding }) => finding.check)),
    };
  });
  return { faults, findings: scored.map(({ finding, faults: of }) => ({ finding, faults: of })) };
}

/** An error of the data is found only where it is told as one; on a label any finding brings a person to it. */
function tells({ owner }: CheckFinding, { object }: SpoilRecord): boolean {
  return object !== null || owner === 'data';
}

function isTouched(record: SpoilRecord, finding: CheckFinding, frames: ScoreFrames): boolean {
  if (finding.scene !== record.scene) return false;
  if (isShownThere(record, finding)) return true;
  if (!isSharedFrame(record, finding, frames)) return false;
  if (record.object === null) return record.camera === null || record.camera === finding.camera;
  if (finding.track !== null) return tracksOf(record).includes(finding.track);
  return finding.object !== null && finding.object === record.object && finding.frame === record.frame;
}

function isSharedFrame(
  { frame }: SpoilRecord,
  { check, firstFrame, lastFrame, track }: CheckFinding,
  { placeOf, frameSeconds, wholeTracks }: ScoreFrames,
): boolean {
  if (track !== null && wholeTracks.has(check)) return true;
  const slack = Math.max(1, Math.floor(slackSeconds / frameSeconds));
  const at = placeOf(frame);
  return at >= placeOf(firstFrame) - slack && at <= placeOf(lastFrame) + slack;
}

/** The track as delivered, and the one it truly is. */
function tracksOf({ track, amount }: SpoilRecord): string[] {
  const isText = (name: unknown): name is string => typeof name === 'string';
  return [track, amount?.trueTrack].filter(isText);
}

/** Whether the finding draws what is wrong here: something without a label, or the other label of a pair. */
function isShownThere({ frame, truth, delivered }: SpoilRecord, finding: CheckFinding): boolean {
  if (finding.frame !== frame) return false;
  const isOfLabel = finding.object !== null || finding.track !== null || finding.camera !== null;
  return finding.evidence.some((shown) => {
    if (shown.kind !== 'box') return false;
    if (isOfLabel) return shown.role === 'other' && isAt(delivered, shown.center, sameMeters);
    return isAt(truth, shown.center, placeMeters) || isOver(truth, shown.center);
  });
}

function isAt(shape: SpoilRecord['truth'], [x, y]: readonly number[], meters: number): boolean {
  if (shape === null || !('center' in shape)) return false;
  return Math.hypot(shape.center[0] - x!, shape.center[1] - y!) <= meters;
}

/** Seen from above, within the cuboid or a little beside it: a part of the object that its label leaves out. */
function isOver(shape: SpoilRecord['truth'], center: readonly [number, number, number]): boolean {
  if (shape === null || !('center' in shape)) return false;
  const frame = setCuboidFrame(createCuboidFrame(), shape);
  return isInside(frame, center[0], center[1], shape.center[2], besideMeters);
}

/** Share, or null of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export function recallOf(faults: readonly ScoredFault[]): number | null {
  return share(faults.filter(({ by }) => by.size > 0).length, faults.length);
}

export function precisionOf(findings: readonly ScoredFinding[]): number | null {
  return share(findings.filter(({ faults }) => faults.size > 0).length, findings.length);
}

/**
 * Of the ranking by score: the precision at every finding that brings a new fault, times the share of all faults it
 * brings, added up. Faults that no finding touches count as never reached. Findings of one score come together.
 */
export function averagePrecisionOf({ faults, findings }: Score): number | null {
  if (faults.length === 0) return null;
  const ranked = findings.toSorted((a, b) => b.finding.score - a.finding.score);
  const reached = new Set<number>();
  let right = 0;
  let sum = 0;
  for (let at = 0; at < ranked.length; ) {
    const { score } = ranked[at]!.finding;
    const before = reached.size;
    while (at < ranked.length && ranked[at]!.finding.score === score) {
      const { faults: touched } = ranked[at++]!;
      if (touched.size > 0) right++;
      for (const fault of touched) reached.add(fault);
    }
    sum += (reached.size - before) * (right / at);
  }
  return sum / faults.length;
}
