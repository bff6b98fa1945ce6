/** SHORT: tracks of a frame or two where an object does not come and go so fast. */
import type { Check } from '../contract.ts';
import { type CheckScene, pointsOf, rangeOf } from '../scene.ts';
import { labelledReach } from './labelledReach.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { labelledFrames } from './trackProbes.ts';

/** In scenes of fewer frames every track is short. */
const fewestFrames = 8;
/** Nearer to the edge of what is labelled than this share of it, objects come and go. */
const wellInside = 0.8;
/** An object of fewer points than so many times the least comes and goes with its points. */
const plainPoints = 4;

export const shortCheck: Check = {
  id: 'SHORT',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids', 'tracks'],
  code: 'FRAG',
  quantity: { unit: 'count', wrong: 'below', range: [0, 60] },
  limits: { all: { soft: 2.5, hard: null } },
  run(scene, sink) {
    const labelled = labelledFrames(
      scene,
      scene.scene.frameStart,
      scene.scene.frameStart + scene.scene.frameCount,
    );
    if (labelled.length < fewestFrames) return;
    const reach = labelledReach(scene);
    for (const track of scene.tracks) {
      const { moments } = track;
      const [first, last] = [moments[0]!, moments.at(-1)!];
      const isWhole = first.frame > labelled[0]! && last.frame < labelled.at(-1)!;
      if (!isWhole || !isPlain(scene, track, reach)) continue;
      sink.measure({
        ...{ frame: first.frame, row: first.row, value: moments.length },
        params: { frames: moments.length },
      });
    }
  },
};

/** Whether the object is near and has points enough to be there before and after. */
function isPlain(scene: CheckScene, { moments }: CheckTrack, reach: number): boolean {
  return moments.every(({ row }) => {
    const points = pointsOf(scene, row);
    const seen = scene.scan?.seen[row - scene.rowFrom] ?? Number.NaN;
    const isHidden = seen < 0.5;
    const hasPoints = points === null || points >= plainPoints * scene.rules.leastPoints;
    return rangeOf(scene, row) <= wellInside * reach && hasPoints && !isHidden;
  });
}
