/** CUT: labels that cut off points of their object. */

import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { faceName, faceOfTrack, heldFaces, isSolid, pooledSays } from './faceKind.ts';
import { metres, segmentAtFace } from './labelShape.ts';
import { steadyRows } from './ownDepartures.ts';
import { pooledOutside } from './pooledFaces.ts';
import { goesOn, usualInTracks } from './trackMedians.ts';

/** Fewer points in and around a label tell nothing of where its faces belong. */
const fewestPoints = 7;
/** No label drawn by hand is nearer to its points than this: less counts where frames agree on it. Metres. */
const leastOut = 0.08;
/** What stands out by so much is not cut off but goes on: a wall, a hedge, another thing. Metres. */
const goesOnMeters = 0.85;
const goesOnMetersLimbs = 0.6;

export const cutCheck: Check = {
  id: 'CUT',
  version: 2,
  looksAt: 'cuboid',
  needs: ['cuboids', 'lidar'],
  code: 'DIM',
  quantity: { unit: 'share', wrong: 'above', range: [0, 0.6] },
  limits: {
    all: { soft: 0.03, hard: 0.1 },
    limbs: { soft: 0.06, hard: 0.15 },
    pooled: { soft: 0.06, hard: 0.15 },
  },
  run(scene, sink) {
    const { scan, index } = scene;
    if (!scan) return;
    const steady = steadyRows(scene);
    const told = new Set<string>();
    const usual = usualInTracks(scene, (row) => cutShare(scene, row));
    for (const row of scene.judged) {
      const value = cutShare(scene, row);
      if (Number.isNaN(value)) continue;
      const limitKey = isSolid(scene, row) ? 'all' : 'limbs';
      const { soft } = limitsInForce(cutCheck, scene.settings, limitKey);
      if (value > 0 && steady.has(row) && !goesOn(usual.get(row), soft)) continue;
      const face = farthestOut(scene, row);
      const out = scan.faceOut[6 * (row - scene.rowFrom) + face]!;
      if (value > 0 && out < leastOut && !usual.has(row)) continue;
      if (value > (soft ?? Number.POSITIVE_INFINITY)) told.add(faceOfTrack(scene, row, face));
      sink.measure({
        ...{ frame: index.labels.cuboids.frame[row]!, row, value, limitKey, says: faceName(face) },
        params: { percent: Math.round(100 * value), meters: metres(out) },
        evidence: () => [segmentAtFace(scene, row, face, -out)],
      });
    }
    measurePooled(scene, sink, told);
  },
};

/** What all frames of a vehicle's track leave outside of a face together, where no frame told of it by itself. */
function measurePooled(scene: CheckScene, sink: CheckSink, told: ReadonlySet<string>): void {
  for (const track of scene.tracks) {
    for (const { face, row, frames, share } of pooledOutside(scene, track)) {
      if (told.has(faceOfTrack(scene, row, face))) continue;
      const out = scene.scan!.faceOut[6 * (row - scene.rowFrom) + face]!;
      sink.measure({
        ...{ frame: scene.index.labels.cuboids.frame[row]!, row, value: share, limitKey: 'pooled' },
        says: pooledSays[face]!,
        params: { percent: Math.round(100 * share), frames },
        evidence: () => (out > 0 ? [segmentAtFace(scene, row, face, -out)] : []),
      });
    }
  }
}

/** Share of the points in and around the label that are cut off; NaN where there are too few. */
function cutShare(scene: CheckScene, row: number): number {
  const scan = scene.scan!;
  const at = row - scene.rowFrom;
  const [inside, shell] = [scan.inside[at]!, scan.shell[at]!];
  if (inside < 0 || inside + shell < fewestPoints) return Number.NaN;
  const out = scan.faceOut[6 * at + farthestOut(scene, row)]!;
  const most = isSolid(scene, row) ? goesOnMeters : goesOnMetersLimbs;
  return out > 0 && out < most ? shell / (inside + shell) : 0;
}

/** The face that points stand out of most. */
function farthestOut({ scan, rowFrom }: CheckScene, row: number): number {
  const from = 6 * (row - rowFrom);
  return heldFaces.reduce<number>(
    (best, face) => (scan!.faceOut[from + face]! > scan!.faceOut[from + best]! ? face : best),
    0,
  );
}
