/** Which track of one set of labels has become which one of another, whatever they are called. */
import { assignLeastCost } from './assignment.ts';
import type { LabelPair } from './labelPairs.ts';
import type { LabelSets } from './labelSets.ts';

/**
 * By track of the reference: its one partner, the best set of partners over all labels that were found again. Tracks
 * only compete with those they ever met, so that a delivery of ten thousand tracks falls into small groups.
 */
export function trackPartners(
  { reference, candidate }: LabelSets,
  pairs: readonly LabelPair[],
): ReadonlyMap<number, number> {
  const shared = new Map<number, Map<number, number>>();
  for (const pair of pairs) {
    const [old, now] = [reference.track[pair.reference]!, candidate.track[pair.candidate]!];
    if (old < 0 || now < 0) continue;
    const row = shared.get(old) ?? new Map<number, number>();
    row.set(now, (row.get(now) ?? 0) + 1);
    shared.set(old, row);
  }
  const partners = new Map<number, number>();
  for (const { olds, nows } of groupsOf(shared)) {
    const cost = olds.flatMap((old) => nows.map((now) => -(shared.get(old)!.get(now) ?? 0)));
    const columns = assignLeastCost(cost, olds.length, nows.length);
    for (const [row, old] of olds.entries()) {
      const now = nows[columns[row]!];
      if (now !== undefined && shared.get(old)!.has(now)) partners.set(old, now);
    }
  }
  return partners;
}

/** Tracks of both sides that are joined by any label. */
function groupsOf(
  shared: ReadonlyMap<number, ReadonlyMap<number, number>>,
): { readonly olds: number[]; readonly nows: number[] }[] {
  const oldsOf = new Map<number, number[]>();
  for (const [old, row] of shared) {
    for (const now of row.keys()) oldsOf.set(now, [...(oldsOf.get(now) ?? []), old]);
  }
  const seen = new Set<number>();
  const groups: { olds: number[]; nows: number[] }[] = [];
  for (const start of shared.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const olds = [start];
    const nows = new Set<number>();
    for (const old of olds) {
      for (const now of shared.get(old)!.keys()) {
        nows.add(now);
        for (const next of oldsOf.get(now)!) {
          if (seen.has(next)) continue;
          seen.add(next);
          olds.push(next);
        }
      }
    }
    groups.push({ olds, nows: [...nows] });
  }
  return groups;
}
