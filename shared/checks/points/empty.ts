/** EMPTY: labels in which nothing stands, though the lidar looked there. */
import type { Check } from '../contract.ts';
import { rangeOf } from '../scene.ts';
import { shapeOfRow } from './labelShape.ts';

/** Share of the rays that must have been free to reach the label. */
const seenEnough = 0.6;
/** Share of them that something without a label must have stopped right before the label. */
const besideEnough = 0.5;
/** Whether a label is surely empty is told up to here, metres: farther out rays pass beside things. */
const nearMeters = 40;
/** Still farther out dark and wet things send nothing back though rays meet them: nothing is told there, metres. */
const farthestMeters = 75;
/** Low things, and the feet of far ones, may be taken for ground: for them every point counts. */
const lowMeters = { near: 0.5, far: 1 } as const;
const surelyNearMeters = 20;

export const emptyCheck: Check = {
  id: 'EMPTY',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'lidar'],
  code: 'GHOST',
  quantity: { unit: 'count', wrong: 'below', range: [0, 60] },
  limits: {
    all: { soft: 1, hard: null },
    near: { soft: 1, hard: 1 },
    beside: { soft: 1, hard: null },
  },
  run(scene, sink) {
    const { scan, index } = scene;
    if (!scan) return;
    const { cuboids } = index.labels;
    for (const row of scene.judged) {
      const at = row - scene.rowFrom;
      const seen = scan.seen[at]!;
      const isBeside = !(seen >= seenEnough) && scan.beside[at]! >= besideEnough;
      if (scan.inside[at]! < 0 || !(seen >= seenEnough || isBeside)) continue;
      const range = rangeOf(scene, row);
      if (range > farthestMeters) continue;
      const isNear = range <= nearMeters;
      const low = range <= surelyNearMeters ? lowMeters.near : lowMeters.far;
      const countsAll = !isNear || cuboids.size[3 * row + 2]! < low;
      const points = countsAll ? scan.insideGrown[at]! : scan.standing[at]!;
      sink.measure({
        ...{ frame: cuboids.frame[row]!, row, value: points },
        limitKey: isBeside ? 'beside' : isNear ? 'near' : 'all',
        says: isBeside ? 'beside' : scan.insideGrown[at]! > 0 ? 'onlyGround' : 'is',
        params: { percent: Math.round(100 * seen) },
        evidence: () => [{ kind: 'box', role: 'gap', ...copyOf(shapeOfRow(scene, row)) }],
        trust: isBeside ? scan.beside[at]! : seen,
      });
    }
  },
};

function copyOf({ center, size, rotation }: ReturnType<typeof shapeOfRow>) {
  const [x, y, z] = center;
  const [length, width, height] = size;
  const [qx, qy, qz, qw] = rotation;
  return {
    center: [x, y, z] as [number, number, number],
    size: [length, width, height] as [number, number, number],
    rotation: [qx, qy, qz, qw] as [number, number, number, number],
  };
}
