/** What a scan says, against counts and rays made by hand. */
import { expect, test } from 'vitest';
import { scanScene } from '../../../../shared/checks/scan/scanScene.ts';
import { withScan } from '../../../../shared/checks/scene.ts';
import { countPointsInside, pointsInside } from '../../../../shared/geometry/pointsInCuboid.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { Mat4, Vec3 } from '../../../../shared/model/pose.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { makeSweep } from '../../geometry/makeSweep.ts';
import type { MadeLabel } from '../labels/labelledScene.ts';
import {
  type Block,
  castSweep,
  distanceTo,
  eyeMeters,
  farCar,
  labelOf,
  parkedCar,
  person,
  scannedCast,
  sceneOfCast,
  sourceOf,
} from './castScene.ts';

const streetSweep = castSweep([parkedCar, farCar, person]);

function randomLabels(seed: number): MadeLabel[] {
  const random = seededRandom(seed);
  return Array.from({ length: 30 }, (_, at) => ({
    ...{ id: String(at), yaw: random.between(-3, 3) },
    center: [random.between(-20, 20), random.between(-20, 20), random.between(-2, 0)] as Vec3,
    size: [random.between(0.3, 9), random.between(0.3, 3), random.between(0.3, 3)] as Vec3,
  }));
}

test.each([3, 4])(
  'points inside, and a little around, are those that looking at every point finds: seed %i',
  async (seed) => {
    const { scene, scan } = await scannedCast({ labels: randomLabels(seed), sweeps: [streetSweep] });
    const sweep = makeSweep(streetSweep);
    for (let row = 0; row < 30; row++) {
      const shape = cuboidAt(scene.index.labels, row);
      expect(scan.inside[row]).toBe(countPointsInside(sweep, shape));
      expect(scan.insideGrown[row]).toBe(pointsInside(sweep, shape, 0.1).length);
    }
    expect(scan.inside.some((count) => count > 50)).toBe(true);
  },
);

test('two lidars that stand elsewhere add up', async () => {
  const labels = [labelOf(parkedCar), labelOf(person)];
  const { scan: whole } = await scannedCast({ labels, sweeps: [streetSweep] });
  const scene = sceneOfCast({ labels, sweeps: [streetSweep] });
  const halves = [0, 1].map((half) => streetSweep.filter((_, at) => at % 2 === half));
  // A quarter turn and a step: the points of each half are given in that lidar's own axes.
  const places: Mat4[] = [
    [0, -1, 0, 1.5, 1, 0, 0, -0.5, 0, 0, 1, 0.25, 0, 0, 0, 1],
    [1, 0, 0, -1, 0, 1, 0, 0.5, 0, 0, 1, 0, 0, 0, 0, 1],
  ];
  const own = [
    halves[0]!.map(([x, y, z]): Vec3 => [y + 0.5, -(x - 1.5), z - 0.25]),
    halves[1]!.map(([x, y, z]): Vec3 => [x + 1, y - 0.5, z]),
  ];
  const sweeps = own.map((_, at) => ({
    ...scene.frames[0]!.sweeps[0]!,
    ...{ path: `${at}.pcd`, spaceFromPoints: places[at]! },
  }));
  const placed = { ...scene, frames: [{ ...scene.frames[0]!, sweeps }] };
  const scan = await scanScene(placed, sourceOf(own));
  expect([...scan!.inside]).toEqual([...whole.inside]);
  expect([...scan!.insideGrown]).toEqual([...whole.insideGrown]);
});

test('a sweep that cannot be read leaves its frame unknown and the others known', async () => {
  const labels = [0, 1].map((frame) => labelOf(parkedCar, { frame }));
  const { scan } = await scannedCast({ labels, sweeps: [null, streetSweep] });
  expect(scan.inside[0]).toBe(-1);
  expect(scan.seen[0]).toBeNaN();
  expect(scan.faceGap[0]).toBeNaN();
  expect(scan.inside[1]).toBeGreaterThan(50);
  const scene = sceneOfCast({ labels, sweeps: [null, null] });
  expect(await scanScene(scene, sourceOf([null, null]))).toBeNull();
});

test('an aborted scan rejects with the reason', async () => {
  const scene = sceneOfCast({ labels: [], sweeps: [streetSweep] });
  const aborted = AbortSignal.abort(new Error('enough'));
  await expect(scanScene(scene, sourceOf([streetSweep], aborted))).rejects.toThrow('enough');
});

test('labels without usable numbers are not counted and disturb no other', async () => {
  const broken: MadeLabel = { id: 'broken', center: [Number.NaN, 0, 0] };
  const huge: MadeLabel = { id: 'huge', center: [1e300, 0, 0], size: [1e300, 1, 1] };
  const { scan } = await scannedCast({ labels: [labelOf(parkedCar), broken, huge], sweeps: [streetSweep] });
  expect(scan.inside[0]).toBeGreaterThan(50);
  expect(scan.inside[1]).toBe(-1);
});

/** Share of an even lattice of rays through the block that reach it before anything else, by the blocks themselves. */
function seenByHand(block: Block, others: readonly Block[]): number {
  let [met, free] = [0, 0];
  for (let turn = -Math.PI; turn < Math.PI; turn += 0.004) {
    for (let rise = -0.4; rise < 0.07; rise += 0.004) {
      const direction: Vec3 = [
        Math.cos(rise) * Math.cos(turn),
        Math.cos(rise) * Math.sin(turn),
        Math.sin(rise),
      ];
      const range = distanceTo(block, direction);
      if (range === Number.POSITIVE_INFINITY) continue;
      // The lowest part is left out, as what hides it may be the ground itself.
      if (range * direction[2] + eyeMeters < 0.15 * block.size[2]) continue;
      met++;
      if (others.every((other) => distanceTo(other, direction) > range)) free++;
    }
  }
  return free / met;
}

const truck: Block = { id: 'truck', className: 'truck', at: [10, 0], size: [3, 3, 3.6] };

test.each([
  ['free', [22, 12], 0.95, 1],
  ['right behind the truck', [17, 0], 0, 0.05],
  ['half behind it', [18, 3.6], 0.2, 0.8],
] as const)('how much of an empty label is seen: %s', async (_name, at, low, high) => {
  const ghost: Block = { id: 'ghost', className: 'car', at, size: [4.5, 1.9, 1.6] };
  const { scan } = await scannedCast({ labels: [labelOf(ghost)], sweeps: [castSweep([truck])] });
  const byHand = seenByHand(ghost, [truck]);
  expect(byHand).toBeGreaterThanOrEqual(low);
  expect(byHand).toBeLessThanOrEqual(high);
  expect(Math.abs(scan.seen[0]! - byHand)).toBeLessThan(0.12);
});

const [front, rear, left, right, top] = [0, 1, 2, 3, 4] as const;

test.each([
  ['across', [0, 0.4, 0], left, right],
  ['along', [0.4, 0, 0], front, rear],
] as const)(
  'a label moved %s stands off its points on one side and cuts them on the other',
  async (_name, move, ahead, behind) => {
    for (const sign of [1, -1]) {
      const moved = labelOf(parkedCar, { move: move.map((value) => sign * value) as unknown as Vec3 });
      const { scan } = await scannedCast({ labels: [moved], sweeps: [streetSweep] });
      const [loose, cut] = sign > 0 ? [ahead, behind] : [behind, ahead];
      // The lidar sees the rear and the right side; what it does not see stays unknown.
      if (loose === rear || loose === right) expect(Math.abs(scan.faceGap[loose]! - 0.4)).toBeLessThan(0.06);
      else expect(Math.abs(scan.faceOut[cut]! - 0.35)).toBeLessThan(0.11);
    }
  },
);

test('a label that fits has no gap behind what is seen, and says nothing of what is not', async () => {
  const { scan } = await scannedCast({ labels: [labelOf(parkedCar)], sweeps: [streetSweep] });
  expect(scan.faceGap[rear]!).toBeLessThan(0.06);
  expect(scan.faceGap[right]!).toBeLessThan(0.06);
  expect([...scan.faceOut.subarray(0, 5)]).toEqual([0, 0, 0, 0, 0]);
  expect(scan.shell[0]).toBe(0);
  expect([front, left].every((face) => !(scan.faceGap[face]! > 0.1))).toBe(true);
});

test('a top that is too high stands off, one that is too low cuts', async () => {
  // Rays over the car tell something only where they come back.
  const facade: Block = { id: 'facade', className: 'wall', at: [40, 10], size: [1, 60, 12] };
  const sweeps = [castSweep([parkedCar, facade])];
  const high = labelOf(parkedCar, { grow: [0, 0, 0.6], move: [0, 0, 0.3] });
  const low = labelOf(parkedCar, { grow: [0, 0, -0.6], move: [0, 0, -0.3] });
  const { scan: loose } = await scannedCast({ labels: [high], sweeps });
  expect(loose.faceGap[top]!).toBeGreaterThan(0.4);
  const { scan: cut } = await scannedCast({ labels: [low], sweeps });
  expect(cut.shell[0]!).toBeGreaterThan(0.1 * cut.inside[0]!);
  expect(cut.faceOut[top]!).toBeGreaterThan(0.1);
});

test.each([-0.5, 0, 0.5])(
  'the height over the ground is the one the label was given: %f m',
  async (height) => {
    const labels = [parkedCar, farCar, person].map((block) => labelOf(block, { move: [0, 0, height] }));
    const { scan } = await scannedCast({ labels, sweeps: [streetSweep] });
    for (const above of scan.aboveGround) expect(Math.abs(above - height)).toBeLessThan(0.05);
    for (const tilt of scan.groundTilt) expect(tilt).toBeLessThan(0.03);
  },
);

test('what has no label is a cluster and is followed; walls, poles and labels are none', async () => {
  const wall: Block = { id: 'wall', className: 'wall', at: [5, 14], size: [30, 0.3, 6] };
  const pole: Block = { id: 'pole', className: 'pole', at: [14, -9], size: [0.25, 0.25, 6] };
  const sweeps = [1, 2, 3].map((seed) => castSweep([parkedCar, farCar, person, wall, pole], seed));
  const labels = [0, 1, 2].map((frame) => labelOf(farCar, { frame }));
  const { scan } = await scannedCast({ labels, sweeps });
  for (const { at } of [parkedCar, person]) {
    const found = scan.clusters.filter(
      ({ box }) => Math.hypot(box.center[0] - at[0], box.center[1] - at[1]) < 2.5,
    );
    expect(found.map(({ frame }) => frame)).toEqual([0, 1, 2]);
    expect(found.map(({ alsoIn }) => alsoIn)).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
    expect(new Set(found.map(({ thing }) => thing)).size).toBe(1);
  }
  expect(scan.clusters).toHaveLength(6);
});

test.each<[string, Block, number]>([
  ['a van', { id: 'van', className: 'van', at: [26, 4], size: [5, 2, 2.4], yaw: 0.6 }, 1],
  ['a column of a building as wide', { id: 'column', className: 'wall', at: [26, 3], size: [2, 2.5, 4] }, 0],
  ['a car that shows its roof', { id: 'car', className: 'car', at: [20, 3], size: [1.8, 4.3, 1.4] }, 1],
  ['a clipped bush as long', { id: 'bush', className: 'bush', at: [20, 3], size: [1.8, 4.3, 1] }, 0],
])('unlabelled, told or not: %s', async (_name, block, clusters) => {
  const { scan } = await scannedCast({ labels: [labelOf(farCar)], sweeps: [castSweep([farCar, block])] });
  expect(scan.clusters).toHaveLength(clusters);
});

test('the scan does not depend on what was scanned before', async () => {
  const cast = { labels: [labelOf(parkedCar)], sweeps: [streetSweep] };
  const alone = await scannedCast(cast);
  await scannedCast({ labels: [labelOf(person)], sweeps: [castSweep([truck, person], 9)] });
  const again = await scannedCast(cast);
  expect(withScan(again.scene, again.scan).scan).toEqual(alone.scan);
});
