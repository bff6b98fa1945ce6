/** Tracking scores of one set of labels against another, scene by scene and class by class. */
import { type ClearMot, clearMot, clearMotOf } from './clearMot.ts';
import { type HotaCounts, hotaCounts, hotaOf } from './hota.ts';
import { type IdentityCounts, identityCounts, identityOf } from './identityScores.ts';
import { groundDistance, type LabelSet, type LabelSets, overlapOf } from './labelSets.ts';
import type { TrackingTable } from './trackingTable.ts';

export interface TrackScores {
  readonly mota: number | null;
  readonly motp: number | null;
  readonly idf1: number | null;
  readonly hota: number;
  readonly detA: number;
  readonly assA: number;
  readonly idSwitches: number;
  readonly fragmentations: number;
  readonly mostlyTracked: number;
  readonly mostlyLost: number;
}

/** Everything counted in one scene and class; scores of several are made of these. */
export interface TrackCounts {
  readonly classIndex: number;
  readonly clear: ClearMot;
  readonly identity: IdentityCounts;
  readonly hota: HotaCounts;
}

/**
 * Counts of every scene and class in which either side has a track. `limit`: the gate of a class, as for pairing;
 * at the gate the similarity of two centres is one half, so that every measure draws the line at the same place.
 */
export function trackCounts(
  sets: LabelSets,
  sceneOf: (frame: number) => number,
  limit: (classIndex: number) => number,
): TrackCounts[] {
  const reference = trackedParts(sets.reference, sceneOf);
  const candidate = trackedParts(sets.candidate, sceneOf);
  return [...new Set([...reference.keys(), ...candidate.keys()])].map((part) => {
    const classIndex = part % classesPerScene;
    const gate = limit(classIndex);
    const table = tableOf(sets, reference.get(part) ?? [], candidate.get(part) ?? [], gate);
    const threshold = sets.likeness === 'center' ? 0.5 : gate;
    return {
      classIndex,
      clear: clearMot(table, threshold),
      identity: identityCounts(table, threshold),
      hota: hotaCounts(table),
    };
  });
}

/** Null where there is no track to score. */
export function trackScoresOf(counts: readonly TrackCounts[]): TrackScores | null {
  if (counts.length === 0) return null;
  const { tp: _tp, fp: _fp, fn: _fn, ...clear } = clearMotOf(counts.map((part) => part.clear));
  const { hota, detA, assA } = hotaOf(counts.map((part) => part.hota));
  const { idf1 } = identityOf(counts.map((part) => part.identity));
  return { ...clear, idf1, hota, detA, assA };
}

const classesPerScene = 65_536;

/** Positions of labels with a track by scene and class. */
function trackedParts(set: LabelSet, sceneOf: (frame: number) => number): Map<number, number[]> {
  const parts = new Map<number, number[]>();
  for (const [at, track] of set.track.entries()) {
    if (track < 0) continue;
    const part = sceneOf(set.frame[at]!) * classesPerScene + set.classIndex[at]!;
    const known = parts.get(part);
    if (known) known.push(at);
    else parts.set(part, [at]);
  }
  return parts;
}

/** Tracks of one side: where each is at each time, -1 = nowhere. A track that is twice in one place counts once. */
type Courses = readonly Int32Array[];

function tableOf(
  sets: LabelSets,
  reference: readonly number[],
  candidate: readonly number[],
  limit: number,
): TrackingTable {
  const places = [
    ...new Set([
      ...reference.map((at) => sets.reference.place[at]!),
      ...candidate.map((at) => sets.candidate.place[at]!),
    ]),
  ].sort((a, b) => a - b);
  const timeOf = new Map(places.map((place, time) => [place, time]));
  const here = coursesOf(sets.reference, reference, timeOf);
  const there = coursesOf(sets.candidate, candidate, timeOf);
  return {
    times: places.length,
    reference: presence(here),
    candidate: presence(there),
    similarity: (object, track, time) => {
      const [a, b] = [here[object]![time]!, there[track]![time]!];
      return a < 0 || b < 0 ? 0 : similarityOf(sets, a, b, limit);
    },
  };
}

function coursesOf(
  set: LabelSet,
  positions: readonly number[],
  timeOf: ReadonlyMap<number, number>,
): Courses {
  const courses = new Map<number, Int32Array>();
  for (const at of positions) {
    const track = set.track[at]!;
    let course = courses.get(track);
    if (!course) {
      course = new Int32Array(timeOf.size).fill(-1);
      courses.set(track, course);
    }
    course[timeOf.get(set.place[at]!)!] = at;
  }
  return [...courses.values()];
}

function presence(courses: Courses): boolean[][] {
  return courses.map((course) => Array.from(course, (at) => at >= 0));
}

function similarityOf(sets: LabelSets, a: number, b: number, limit: number): number {
  if (sets.likeness !== 'center') return overlapOf(sets, a, b);
  return Math.max(0, 1 - groundDistance(sets, a, b) / (2 * limit));
}
