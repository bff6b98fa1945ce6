/**
 * How far a second source can be believed: its own scores mean different things in every tool, so they are held
 * against how often labels of such a score agree with the judged ones in this scene.
 */
import type { SecondOpinion } from './secondOpinion.ts';

/** Candidates that a step of scores holds at least; fewer say nothing of their own. */
const fewestInStep = 20;
/** Labels' worth of belief in the stated score before any was compared. */
const priorWeight = 10;
/** What is believed of labels without a score, before any was compared. */
const usualBelief = 0.6;

/** By position of the candidate, 0..1: never falling with the stated score. */
export function calibrated({ sets, pairs, stated }: SecondOpinion): Float64Array {
  const agrees = new Uint8Array(sets.candidate.rows.length);
  for (const { candidate } of pairs.matched) agrees[candidate] = 1;
  const belief = new Float64Array(agrees.length);
  const scores = stated.map((score) => (score === null ? usualBelief : Math.max(0, Math.min(1, score))));
  const byScore = Array.from(belief, (_, at) => at).sort((a, b) => scores[a]! - scores[b]! || a - b);
  let floor = 0;
  for (let from = 0; from < byScore.length; ) {
    // Equal scores stay in one step, and a last step that would be too short joins the one before it.
    let to = Math.min(byScore.length, from + fewestInStep);
    while (to < byScore.length && scores[byScore[to]!] === scores[byScore[to - 1]!]) to++;
    if (byScore.length - to < fewestInStep) to = byScore.length;
    const step = byScore.slice(from, to);
    const agreed = step.reduce((sum, at) => sum + agrees[at]!, 0);
    // Within a step the stated scores still order the candidates.
    for (const at of step) {
      const own = (agreed + priorWeight * scores[at]!) / (step.length + priorWeight);
      floor = Math.max(floor, own);
      belief[at] = floor;
    }
    from = to;
  }
  return belief;
}

/** Labels that a source is compared by: its recall among them tells what a label that it misses is worth. */
export type RecallOf = (position: number) => number;

/** Upper ends of bands of range in which a source finds alike, metres. */
const bands = [15, 30, 50, 80];

/** By position of the reference: the share of labels of its class and range that the source finds, smoothed down. */
export function recallOf({ sets, pairs }: SecondOpinion, rangeOf: (position: number) => number): RecallOf {
  const found = new Uint8Array(sets.reference.rows.length);
  for (const { reference } of [...pairs.matched, ...pairs.confused]) found[reference] = 1;
  const keyOf = (position: number): string => {
    const range = rangeOf(position);
    return `${sets.reference.classIndex[position]} ${bands.findIndex((end) => range <= end)}`;
  };
  const counts = new Map<string, { found: number; all: number }>();
  for (const position of found.keys()) {
    const count = counts.get(keyOf(position)) ?? { found: 0, all: 0 };
    counts.set(keyOf(position), { found: count.found + found[position]!, all: count.all + 1 });
  }
  return (position) => {
    const count = counts.get(keyOf(position))!;
    return (count.found + 1) / (count.all + 2);
  };
}
