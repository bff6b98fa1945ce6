/** Evidence added up over the frames of a track, on scans whose every number is made up by hand. */
import { expect, test } from 'vitest';
import { pooledFaces, pooledOutside } from '../../../../shared/checks/points/pooledFaces.ts';
import {
  addDepth,
  createFaceDepths,
  depthBins,
  depthRange,
  depthStep,
  uprightFaces,
} from '../../../../shared/checks/scan/faceDepths.ts';
import type { MetRay } from '../../../../shared/checks/scan/rays.ts';
import type { SceneScan } from '../../../../shared/checks/scan/sceneScan.ts';
import { type CheckScene, withScan } from '../../../../shared/checks/scene.ts';
import { scanned, sceneOfDrive, standing } from '../tracks/trackLab.ts';

const frames = 6;

/** One standing car and what a scan saw of it, three points a frame. */
function sceneWith(change: (scan: SceneScan, at: number) => void, className = 'car'): CheckScene {
  const drive = { actors: [{ track: 'car', className, at: standing(20, 5) }], frames, ego: standing(0, 0) };
  const scene = scanned(sceneOfDrive(drive), 3);
  const scan = scene.scan!;
  for (let at = 0; at < frames; at++) change(scan, at);
  return withScan(scene, scan);
}

const binOf = (depth: number): number => Math.floor((depth - depthRange[0]) / depthStep);
const [rear, top] = [1, 4];

function stops(depths: readonly number[], face = rear) {
  return (scan: SceneScan, at: number): void => {
    const from = (at * uprightFaces + face) * depthBins;
    for (const depth of depths) scan.faceDepths[from + Math.min(depthBins - 1, binOf(depth))]!++;
  };
}

const facesOf = (scene: CheckScene) => pooledFaces(scene, scene.tracks[0]!);

test('three rays a frame that stop at one depth are a gap; the width of a bin is what it is known to', () => {
  const [found] = facesOf(sceneWith(stops([0.42, 0.43, 0.44])));
  expect(found).toMatchObject({ face: rear, frames, rays: 18 });
  expect(Math.abs(found!.gap - 0.42)).toBeLessThan(depthStep);
});

test('rays that stop at the face, or all over behind it, make no gap', () => {
  expect(facesOf(sceneWith(stops([0.01, 0.02, 0.4])))[0]!.gap).toBeLessThan(depthStep);
  expect(facesOf(sceneWith(stops([0.3, 0.7, 1.1, 2])))[0]!.gap).toBe(0);
  expect(facesOf(sceneWith(stops([2, 2, 2])))[0]!.gap).toBe(0);
});

test('too few rays, and things that are mostly air, tell nothing', () => {
  expect(facesOf(sceneWith((scan, at) => stops([0.4, 0.4])(scan, at)))).toEqual([]);
  expect(facesOf(sceneWith(stops([0.4, 0.4, 0.4]), 'pedestrian'))).toEqual([]);
});

test('points above the top add up where most frames have some', () => {
  const scene = sceneWith((scan, at) => {
    scan.outside[6 * at + top] = at < 5 ? 2 : 0;
  });
  expect(pooledOutside(scene, scene.tracks[0]!)).toEqual([
    { face: top, row: scene.rowFrom, points: 10, frames: 5, share: 10 / 28 },
  ]);
  const once = sceneWith((scan, at) => {
    scan.outside[6 * at + top] = at === 0 ? 12 : 0;
  });
  expect(pooledOutside(once, once.tracks[0]!)).toEqual([]);
});

test('a ray counts for the face that it enters through, in its middle, by the depth where it stops', () => {
  const half = [2, 1, 1];
  const rayTo = (x: number, y: number, change: Partial<MetRay> = {}): MetRay => ({
    ...{ from: Float64Array.of(-12, y, -0.3), way: Float64Array.of(x + 12, 0, 0) },
    ...{ enter: 10 / (x + 12), leave: 14 / (x + 12), stop: 1, scale: x + 12, point: 7, ...change },
  });
  const countsOf = (ray: MetRay, mayBeOwn = true): [number, number][] => {
    const depths = createFaceDepths();
    addDepth(depths, half, ray, () => mayBeOwn);
    return [...depths].flatMap((count, at): [number, number][] => (count > 0 ? [[at, count]] : []));
  };
  expect(countsOf(rayTo(-1.68, 0))).toEqual([[rear * depthBins + binOf(0.32), 1]]);
  expect(countsOf(rayTo(-2.28, 0))).toEqual([[rear * depthBins + binOf(-0.28), 1]]);
  // What stands before the label and belongs to something else stops the ray on its way.
  expect(countsOf(rayTo(-2.28, 0), false)).toEqual([]);
  expect(countsOf(rayTo(-1.68, 0.9))).toEqual([]);
  const open = rayTo(-1.68, 0, { stop: Number.POSITIVE_INFINITY, point: -1 });
  expect(countsOf(open)).toEqual([[rear * depthBins + depthBins - 1, 1]]);
});
