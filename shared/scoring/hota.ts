/** HOTA (Luiten et al. 2021): detection and association judged alike, over nineteen localisation thresholds. */
import { assignLeastCost } from './assignment.ts';
import { lifeOf, presentAt, type TrackingTable, thresholdSlack } from './trackingTable.ts';

export interface HotaScores {
  readonly hota: number;
  readonly detA: number;
  readonly assA: number;
  /** Mean similarity of the matches; 1 where there are none, as in the authors' code. */
  readonly locA: number;
}

export interface Hota extends HotaScores {
  /** By threshold, spelled `0.05` to `0.95`. */
  readonly perAlpha: Readonly<Record<string, Omit<HotaScores, 'locA'>>>;
}

const alphas = Array.from({ length: 19 }, (_, step) => (step + 1) / 20);

interface Pair {
  readonly object: number;
  readonly track: number;
  readonly similarity: number;
}

/** What one recording adds to the scores of several. */
export interface HotaCounts {
  readonly expected: number;
  readonly given: number;
  /** By threshold: matches, the sum of their associations, the sum of their similarities. */
  readonly perAlpha: readonly {
    readonly matches: number;
    readonly association: number;
    readonly similarity: number;
  }[];
}

export function hota(table: TrackingTable): Hota {
  return hotaOf([hotaCounts(table)]);
}

export function hotaCounts(table: TrackingTable): HotaCounts {
  const pairs = matchAll(table);
  return {
    expected: table.reference.reduce((sum, presence) => sum + lifeOf(presence), 0),
    given: table.candidate.reduce((sum, presence) => sum + lifeOf(presence), 0),
    perAlpha: alphas.map((alpha) => countsAt(table, pairs, alpha)),
  };
}

/** Over all recordings: detections are added up, associations weigh by their matches, as in the authors' code. */
export function hotaOf(recordings: readonly HotaCounts[]): Hota {
  const total = (pick: (counts: HotaCounts) => number): number =>
    recordings.reduce((sum, counts) => sum + pick(counts), 0);
  const objects = total(({ expected, given }) => expected + given);
  const each = alphas.map((_, at): HotaScores => {
    const matches = total(({ perAlpha }) => perAlpha[at]!.matches);
    const detA = matches / Math.max(1, objects - matches);
    const assA = total(({ perAlpha }) => perAlpha[at]!.association) / Math.max(1, matches);
    const locA = matches === 0 ? 1 : total(({ perAlpha }) => perAlpha[at]!.similarity) / matches;
    return { hota: Math.sqrt(detA * assA), detA, assA, locA };
  });
  const mean = (pick: (scores: HotaScores) => number): number =>
    each.reduce((sum, scores) => sum + pick(scores), 0) / each.length;
  return {
    hota: mean((scores) => scores.hota),
    detA: mean((scores) => scores.detA),
    assA: mean((scores) => scores.assA),
    locA: mean((scores) => scores.locA),
    perAlpha: Object.fromEntries(
      each.map(({ hota: value, detA, assA }, at) => [alphas[at]!.toFixed(2), { hota: value, detA, assA }]),
    ),
  };
}

/**
 * One matching per time for all thresholds: pairs that go together over the whole recording come first, and among
 * them those that are most alike now.
 */
function matchAll(table: TrackingTable): Pair[] {
  const tracks = table.candidate.length;
  const alignment = alignmentOf(table);
  const pairs: Pair[] = [];
  for (let time = 0; time < table.times; time++) {
    const here = presentAt(table.reference, time);
    const there = presentAt(table.candidate, time);
    const cost = here.flatMap((object) =>
      there.map((track) => -alignment[object * tracks + track]! * table.similarity(object, track, time)),
    );
    assignLeastCost(cost, here.length, there.length).forEach((column, row) => {
      const [object, track] = [here[row]!, there[column]];
      if (track === undefined) return;
      pairs.push({ object, track, similarity: table.similarity(object, track, time) });
    });
  }
  return pairs;
}

/** Jaccard index of whole tracks, each time counted by how exclusively the two are alike. */
function alignmentOf(table: TrackingTable): Float64Array {
  const tracks = table.candidate.length;
  const potential = new Float64Array(table.reference.length * tracks);
  for (let time = 0; time < table.times; time++) {
    const here = presentAt(table.reference, time);
    const there = presentAt(table.candidate, time);
    const ofObject = here.map((object) =>
      there.reduce((sum, track) => sum + table.similarity(object, track, time), 0),
    );
    const ofTrack = there.map((track) =>
      here.reduce((sum, object) => sum + table.similarity(object, track, time), 0),
    );
    here.forEach((object, row) => {
      there.forEach((track, column) => {
        const similarity = table.similarity(object, track, time);
        const either = ofObject[row]! + ofTrack[column]! - similarity;
        if (either > 0) potential[object * tracks + track]! += similarity / either;
      });
    });
  }
  return potential.map((shared, at) => {
    const lives = lifeOf(table.reference[Math.floor(at / tracks)]!) + lifeOf(table.candidate[at % tracks]!);
    return shared / (lives - shared);
  });
}

function countsAt(
  table: TrackingTable,
  pairs: readonly Pair[],
  alpha: number,
): HotaCounts['perAlpha'][number] {
  const tracks = table.candidate.length;
  const counts = new Map<number, number>();
  let matches = 0;
  let similaritySum = 0;
  for (const { object, track, similarity } of pairs) {
    if (similarity < alpha - thresholdSlack) continue;
    matches++;
    similaritySum += similarity;
    counts.set(object * tracks + track, (counts.get(object * tracks + track) ?? 0) + 1);
  }
  let association = 0;
  for (const [at, times] of counts) {
    const lives = lifeOf(table.reference[Math.floor(at / tracks)]!) + lifeOf(table.candidate[at % tracks]!);
    association += (times * times) / (lives - times);
  }
  return { matches, association, similarity: similaritySum };
}
