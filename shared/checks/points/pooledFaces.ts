/**
 * Where the faces of a vehicle's labels stand against its object, taken over all frames of its track, whichever few
 * points one frame has: of a right label most rays that enter through the middle of a face stop right there, and
 * hardly any points lie just before it.
 */
import { depthBins, depthRange, depthStep, uprightFaces } from '../scan/faceDepths.ts';
import type { CheckScene } from '../scene.ts';
import { rangeOf } from '../scene.ts';
import type { CheckTrack } from '../tracks/sceneTracks.ts';
import { heldFaces, isSolid } from './faceKind.ts';
import { median } from './trackMedians.ts';

/** Fewer rays or frames tell nothing. */
const fewestRays = 16;
const fewestOutside = 6;
const fewestFrames = 3;
/** Farther out the picture of the rays is coarse, metres. */
const farthestMeters = 60;
/** Labels of another size belong to another box, metres. */
const sameMeters = 0.05;
/** So many of the rays may stop before a face by chance. */
const strayShare = 0.15;
/** Points that are cut off are so in most frames. */
const mostFrames = 0.6;
/** A gap ends at a surface: so many of the rays stop within so much of it, metres. */
const surfaceMeters = 0.25;
const surfaceShare = 0.5;
/** One frame's share of what is pooled: near frames have so many rays that they would drown all others. */
const mostOfFrame = 40;

export interface PooledFace {
  /** In the order of `faceNames`. */
  readonly face: number;
  /** The label that shows it with most rays. */
  readonly row: number;
  readonly rays: number;
  readonly frames: number;
  /** Nearly all rays go at least so deep behind the face before they stop, metres; 0 where they do not. */
  readonly gap: number;
}

/** The faces of a track that were seen well enough. */
export function pooledFaces(scene: CheckScene, { moments }: CheckTrack): readonly PooledFace[] {
  const { scan, rowFrom } = scene;
  if (!scan || moments.length < fewestFrames) return [];
  const rows = alikeRows(scene, moments);
  const faces: PooledFace[] = [];
  for (let face = 0; face < uprightFaces; face++) {
    const pool = new Float64Array(depthBins);
    let [rays, frames, most, best] = [0, 0, 0, -1];
    for (const row of rows) {
      const from = ((row - rowFrom) * uprightFaces + face) * depthBins;
      const own = scan.faceDepths.subarray(from, from + depthBins);
      const count = own.reduce((sum, value) => sum + value, 0);
      if (count === 0) continue;
      const weight = Math.min(1, mostOfFrame / count);
      for (let bin = 0; bin < depthBins; bin++) pool[bin]! += weight * own[bin]!;
      rays += count;
      frames++;
      if (count > most) [most, best] = [count, row];
    }
    if (rays < fewestRays || frames < fewestFrames) continue;
    faces.push({
      ...{ face, row: best, rays, frames },
      gap: surfaceAt(pool, quantile(pool, strayShare)),
    });
  }
  return faces;
}

export interface PooledOutside {
  readonly face: number;
  /** The label with most of the points. */
  readonly row: number;
  readonly points: number;
  /** Frames that have some. */
  readonly frames: number;
  /** Of all points of the object, in and before the label. */
  readonly share: number;
}

/** Points just before the faces of a track's labels, added up, where most frames have some; the bottom is left out. */
export function pooledOutside(scene: CheckScene, { moments }: CheckTrack): readonly PooledOutside[] {
  const { scan, rowFrom } = scene;
  if (!scan || moments.length < fewestFrames) return [];
  const rows = alikeRows(scene, moments).filter((row) => scan.standing[row - rowFrom]! > 0);
  return heldFaces.flatMap((face) => {
    const counts = rows.map((row) => scan.outside[6 * (row - rowFrom) + face]!);
    const points = counts.reduce((sum, count) => sum + count, 0);
    const inside = rows.reduce((sum, row) => sum + scan.standing[row - rowFrom]!, 0);
    const frames = counts.filter((count) => count > 0).length;
    const isLasting = frames >= Math.max(fewestFrames, mostFrames * rows.length);
    if (points < fewestOutside || !isLasting) return [];
    const row = rows[counts.indexOf(Math.max(...counts))]!;
    return [{ face, row, points, frames, share: points / (points + inside) }];
  });
}

/** Labels of the track's own size, of vehicles, near enough. */
function alikeRows(scene: CheckScene, moments: CheckTrack['moments']): number[] {
  const usual = [0, 1, 2].map((axis) => median(moments.map(({ size }) => size[axis]!)));
  return moments
    .filter(({ size }) => size.every((extent, axis) => Math.abs(extent - usual[axis]!) <= sameMeters))
    .map(({ row }) => row)
    .filter((row) => isSolid(scene, row) && rangeOf(scene, row) <= farthestMeters);
}

/** The depth itself where it is behind the face and a surface begins there, else 0. */
function surfaceAt(counts: Float64Array, depth: number): number {
  if (depth <= 0) return 0;
  const from = Math.floor((depth - depthRange[0]) / depthStep);
  const total = counts.reduce((sum, value) => sum + value, 0);
  // The last bin holds what went through as well.
  const near = counts.subarray(
    from,
    Math.min(depthBins - 1, from + Math.round(surfaceMeters / depthStep) + 1),
  );
  return near.reduce((sum, value) => sum + value, 0) >= surfaceShare * total ? depth : 0;
}

/** Depth that a share of the counts does not reach, taken between the ends of its bin. */
function quantile(counts: Float64Array, share: number): number {
  const total = counts.reduce((sum, value) => sum + value, 0);
  let rest = share * total;
  for (let bin = 0; bin < counts.length; bin++) {
    const here = counts[bin]!;
    if (here >= rest && here > 0) return depthRange[0] + depthStep * (bin + rest / here);
    rest -= here;
  }
  return depthRange[1];
}
