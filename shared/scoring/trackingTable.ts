/** What every tracking measure reads: who is there at each time, and how alike each pair is. */

export interface TrackingTable {
  readonly times: number;
  /** presence[object][time]. */
  readonly reference: readonly (readonly boolean[])[];
  readonly candidate: readonly (readonly boolean[])[];
  /** Similarity in [0, 1] of reference r and candidate c at a time; 0 where either is absent. */
  similarity(reference: number, candidate: number, time: number): number;
}

/** Similarities that differ by rounding from a threshold count as reaching it. */
export const thresholdSlack = 2 ** -52;

/** Reference objects present at a time. */
export function presentAt(presence: readonly (readonly boolean[])[], time: number): number[] {
  return [...presence.keys()].filter((object) => presence[object]![time]);
}

export function lifeOf(presence: readonly boolean[]): number {
  return presence.reduce((sum, isThere) => sum + (isThere ? 1 : 0), 0);
}
