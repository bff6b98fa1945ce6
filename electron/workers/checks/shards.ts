/** A delivery in parts that are checked apart: blocks of whole scenes, as even in frames as scenes allow. */

/** Part `index` (from 1) of `of`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Positions of scenes: [from, to). */
export interface SceneBlock {
  readonly from: number;
  readonly to: number;
}

/** The scenes of a part. Every scene is in exactly one; a part is empty where there are more parts than scenes. */
export function scenesOfShard(frameCounts: readonly number[], { index, of }: Shard): SceneBlock {
  return { from: boundary(frameCounts, index - 1, of), to: boundary(frameCounts, index, of) };
}

/** How many scenes the first `parts` parts hold: the fewest that have their share of the frames. */
function boundary(frameCounts: readonly number[], parts: number, of: number): number {
  if (parts === of) return frameCounts.length;
  const total = frameCounts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  let scene = 0;
  while (scene < frameCounts.length && before * of < parts * total) before += frameCounts[scene++]!;
  return scene;
}
