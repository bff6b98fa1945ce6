/** Where the points around a box begin and end along each of its axes: the places a pulled face rests at. */

/** Emptiness along an axis that ends a run of points, metres. */
const gapMeters = 0.15;
/** Lone points end nothing. */
const fewestInRun = 3;
/** Points this near to the underside belong to the ground as much as to the object, metres. */
const groundMeters = 0.2;

/**
 * Ends of the runs of points along axis 0..2, ascending, metres from the box's centre. `points` = along, across, up
 * each; only those count that lie between the box's other faces.
 */
export function endsOfRuns(
  points: Float32Array,
  size: readonly [number, number, number],
  axis: number,
): number[] {
  const values: number[] = [];
  for (let at = 0; at + 2 < points.length; at += 3) {
    let isBetween = true;
    for (let other = 0; other < 3; other++) {
      const low = other === 2 ? -size[2] / 2 + groundMeters : -size[other]! / 2;
      if (other !== axis && (points[at + other]! < low || points[at + other]! > size[other]! / 2)) {
        isBetween = false;
      }
    }
    if (isBetween) values.push(points[at + axis]!);
  }
  values.sort((a, b) => a - b);
  const ends: number[] = [];
  let start = 0;
  for (let at = 1; at <= values.length; at++) {
    if (at < values.length && values[at]! - values[at - 1]! < gapMeters) continue;
    if (at - start >= fewestInRun) ends.push(values[start]!, values[at - 1]!);
    start = at;
  }
  return ends;
}

/** The place nearest to `position` within `reach` metres; `position` itself where there is none. */
export function snapped(places: readonly number[], position: number, reach: number): number {
  let best = position;
  let nearest = reach;
  for (const place of places) {
    const distance = Math.abs(place - position);
    if (distance > nearest) continue;
    best = place;
    nearest = distance;
  }
  return best;
}
