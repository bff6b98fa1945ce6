/** CLEAR MOT (Bernardin and Stiefelhagen 2008): matching that goes on as long as it holds, and what it counts. */
import { assignLeastCost } from './assignment.ts';
import { lifeOf, presentAt, type TrackingTable, thresholdSlack } from './trackingTable.ts';

export interface ClearMot {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly idSwitches: number;
  /** 1 - (fn + fp + idSwitches) / reference objects; `null` without any. */
  readonly mota: number | null;
  /** Mean similarity of the matches; `null` without any. */
  readonly motp: number | null;
  /** Reference tracks matched for more than 80 % and for less than 20 % of their life. */
  readonly mostlyTracked: number;
  readonly mostlyLost: number;
  /** How often a reference track is found again after being lost. */
  readonly fragmentations: number;
}

/** Far above any sum of similarities: a pairing of the frame before always comes first. */
const continuation = 1000;

export function clearMot(table: TrackingTable, threshold = 0.5): ClearMot {
  const matched = table.reference.map(() => 0);
  const fragments = table.reference.map(() => 0);
  const lastPartner = new Map<number, number>();
  let partnerBefore = new Map<number, number>();
  let [tp, fp, fn, idSwitches, similaritySum] = [0, 0, 0, 0, 0];
  for (let time = 0; time < table.times; time++) {
    const objects = presentAt(table.reference, time);
    const tracks = presentAt(table.candidate, time);
    const pairs = matchAt(table, time, objects, tracks, partnerBefore, threshold);
    for (const [object, track] of pairs) {
      const last = lastPartner.get(object);
      if (last !== undefined && last !== track) idSwitches++;
      lastPartner.set(object, track);
      if (!partnerBefore.has(object)) fragments[object]!++;
      matched[object]!++;
      similaritySum += table.similarity(object, track, time);
    }
    tp += pairs.size;
    fn += objects.length - pairs.size;
    fp += tracks.length - pairs.size;
    partnerBefore = pairs;
  }
  const shares = matched.map((times, object) => times / lifeOf(table.reference[object]!));
  return {
    tp,
    fp,
    fn,
    idSwitches,
    mota: tp + fn === 0 ? null : 1 - (fn + fp + idSwitches) / (tp + fn),
    motp: tp === 0 ? null : similaritySum / tp,
    mostlyTracked: shares.filter((share) => share > 0.8).length,
    mostlyLost: shares.filter((share) => share < 0.2).length,
    fragmentations: fragments.reduce((sum, runs) => sum + Math.max(0, runs - 1), 0),
  };
}

/** Over all recordings: everything counted is added up. */
export function clearMotOf(recordings: readonly ClearMot[]): ClearMot {
  const total = (pick: (scores: ClearMot) => number): number =>
    recordings.reduce((sum, scores) => sum + pick(scores), 0);
  const tp = total((scores) => scores.tp);
  const fp = total((scores) => scores.fp);
  const fn = total((scores) => scores.fn);
  const idSwitches = total((scores) => scores.idSwitches);
  return {
    tp,
    fp,
    fn,
    idSwitches,
    mota: tp + fn === 0 ? null : 1 - (fn + fp + idSwitches) / (tp + fn),
    motp: tp === 0 ? null : total((scores) => scores.tp * (scores.motp ?? 0)) / tp,
    mostlyTracked: total((scores) => scores.mostlyTracked),
    mostlyLost: total((scores) => scores.mostlyLost),
    fragmentations: total((scores) => scores.fragmentations),
  };
}

function matchAt(
  table: TrackingTable,
  time: number,
  objects: readonly number[],
  tracks: readonly number[],
  before: ReadonlyMap<number, number>,
  threshold: number,
): Map<number, number> {
  const score = (object: number, track: number): number => {
    const similarity = table.similarity(object, track, time);
    if (similarity < threshold - thresholdSlack) return 0;
    return similarity + (before.get(object) === track ? continuation : 0);
  };
  const cost = objects.flatMap((object) => tracks.map((track) => -score(object, track)));
  const columns = assignLeastCost(cost, objects.length, tracks.length);
  const pairs = new Map<number, number>();
  objects.forEach((object, row) => {
    const track = tracks[columns[row]!];
    if (track !== undefined && score(object, track) > 0) pairs.set(object, track);
  });
  return pairs;
}
