/** CUT: labels that cut off points of their object. */

import type { Check } from '../contract.ts';
import { lookMeters } from '../scan/labelPoints.ts';
import type { CheckScene } from '../scene.ts';
import { faceName, heldFaces, isSolid } from './faceKind.ts';
import { metres, segmentAtFace } from './labelShape.ts';

/** Fewer points in and around a label tell nothing of where its faces belong. */
const fewestPoints = 10;
/** What stands out by so large a share of the reach is not cut off but goes on: a wall, a hedge, another thing. */
const goesOnShare = 0.85;

export const cutCheck: Check = {
  id: 'CUT',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'lidar'],
  code: 'DIM',
  quantity: { unit: 'share', wrong: 'above', range: [0, 0.6] },
  limits: { all: { soft: 0.03, hard: 0.1 }, limbs: { soft: 0.06, hard: 0.15 } },
  run(scene, sink) {
    const { scan, index } = scene;
    if (!scan) return;
    for (const row of scene.judged) {
      const at = row - scene.rowFrom;
      const [inside, shell] = [scan.inside[at]!, scan.shell[at]!];
      if (inside < 0 || inside + shell < fewestPoints) continue;
      const face = farthestOut(scene, row);
      const out = scan.faceOut[6 * at + face]!;
      const isCut = out > 0 && out < goesOnShare * lookMeters;
      sink.measure({
        ...{ frame: index.labels.cuboids.frame[row]!, row },
        value: isCut ? shell / (inside + shell) : 0,
        limitKey: isSolid(scene, row) ? 'all' : 'limbs',
        says: faceName(face),
        params: { percent: Math.round((100 * shell) / (inside + shell)), meters: metres(out) },
        evidence: () => [segmentAtFace(scene, row, face, -out)],
      });
    }
  },
};

/** The face that points stand out of most. */
function farthestOut({ scan, rowFrom }: CheckScene, row: number): number {
  const from = 6 * (row - rowFrom);
  return heldFaces.reduce<number>(
    (best, face) => (scan!.faceOut[from + face]! > scan!.faceOut[from + best]! ? face : best),
    0,
  );
}
