/** What a scene lacks of what a check needs: the check is then skipped, with the reason. */
import { type Need, needs } from './checkIds.ts';
import type { Check } from './contract.ts';
import type { CheckScene } from './scene.ts';
import { statedMotion } from './tracks/statedMotion.ts';

const has: Readonly<Record<Need, (scene: CheckScene) => boolean>> = {
  cuboids: ({ judged }) => judged.length > 0,
  lidar: ({ scan }) => scan !== null,
  poses: ({ frames }) => frames.some(({ worldFromSpace }) => worldFromSpace !== undefined),
  times: ({ seconds }) => seconds.filter((at) => !Number.isNaN(at)).length > 1,
  tracks: ({ tracks }) => tracks.length > 0,
  cameras: ({ frames }) => frames.some(({ images }) => images.some(({ calibration }) => calibration >= 0)),
  boxes2d: (scene) => box2dRows(scene).length > 0,
  links: (scene) => box2dRows(scene).some((row) => scene.index.labels.boxes2d.cuboid[row]! >= 0),
  'motion-attributes': ({ index, judged }) =>
    judged.some(
      (row) => statedMotion(index.labels.attributeSets[index.labels.cuboids.attributes[row]!]!) !== null,
    ),
  history: ({ priors }) => priors.mix !== null,
  'second-source': ({ index }) => index.others.some(({ kind }) => kind !== 'earlier'),
};

/** The first need that is not met; null where the check can run. */
export function lackOf({ needs: wanted }: Check, scene: CheckScene): Need | null {
  return needs.find((need) => wanted.includes(need) && !has[need](scene)) ?? null;
}

/** Rows of the 2D boxes of the scene. */
export function box2dRows({ index, scene }: CheckScene): number[] {
  const { frameStart } = index.labels.boxes2d;
  const from = frameStart[scene.frameStart]!;
  const to = frameStart[scene.frameStart + scene.frameCount]!;
  return Array.from({ length: to - from }, (_, at) => from + at);
}
