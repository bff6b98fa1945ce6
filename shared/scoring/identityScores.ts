/** IDF1 (Ristani et al. 2016): one partner per reference track for the whole recording, the best set of partners. */
import { assignLeastCost } from './assignment.ts';
import { lifeOf, type TrackingTable, thresholdSlack } from './trackingTable.ts';

export interface IdentityScores {
  /** `null` where there is nothing to divide by. */
  readonly idf1: number | null;
  readonly idp: number | null;
  readonly idr: number | null;
}

/** Times shared with the partner, and all times of each side. */
export interface IdentityCounts {
  readonly shared: number;
  readonly expected: number;
  readonly given: number;
}

export function identityScores(table: TrackingTable, threshold = 0.5): IdentityScores {
  return identityOf([identityCounts(table, threshold)]);
}

/** Over all recordings. */
export function identityOf(recordings: readonly IdentityCounts[]): IdentityScores {
  const total = (key: keyof IdentityCounts): number =>
    recordings.reduce((sum, counts) => sum + counts[key], 0);
  const [shared, expected, given] = [total('shared'), total('expected'), total('given')];
  return {
    idf1: expected + given === 0 ? null : (2 * shared) / (expected + given),
    idp: given === 0 ? null : shared / given,
    idr: expected === 0 ? null : shared / expected,
  };
}

export function identityCounts(table: TrackingTable, threshold = 0.5): IdentityCounts {
  const { reference, candidate } = table;
  const together = reference.flatMap((_, object) =>
    candidate.map((_, track) => {
      let times = 0;
      for (let time = 0; time < table.times; time++) {
        if (!reference[object]![time] || !candidate[track]![time]) continue;
        if (table.similarity(object, track, time) >= threshold - thresholdSlack) times++;
      }
      return times;
    }),
  );
  // Fewest misidentified times and most shared times are the same assignment: every track's life is counted once.
  const partner = assignLeastCost(
    together.map((times) => -times),
    reference.length,
    candidate.length,
  );
  let shared = 0;
  partner.forEach((track, object) => {
    if (track !== -1) shared += together[object * candidate.length + track]!;
  });
  return {
    shared,
    expected: reference.reduce((sum, presence) => sum + lifeOf(presence), 0),
    given: candidate.reduce((sum, presence) => sum + lifeOf(presence), 0),
  };
}
