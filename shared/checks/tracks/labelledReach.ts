/** How far from the vehicle a scene is labelled. */
import { type CheckScene, rangeOf } from '../scene.ts';

/** Beyond this share of the labels only stragglers stand. */
const mostLabels = 0.95;

/** The spec's own range, or less where the labels themselves do not reach so far, metres. */
export function labelledReach(scene: CheckScene): number {
  const ranges = scene.judged.map((row) => rangeOf(scene, row)).sort((a, b) => a - b);
  const reached = ranges[Math.floor(mostLabels * (ranges.length - 1))] ?? 0;
  return Math.min(reached, scene.rules.maxRangeMeters ?? Number.POSITIVE_INFINITY);
}
