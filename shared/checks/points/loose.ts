/** LOOSE: faces that stand off the points behind them, where rays of the lidar went through the gap. */
import type { Check, CheckSink } from '../contract.ts';
import { type CheckScene, hasShape, rangeOf } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import {
  faceKind,
  faceName,
  faceOfTrack,
  heldFaces,
  isSolid,
  limitsAtRange,
  pooledSays,
} from './faceKind.ts';
import { metres, segmentAtFace } from './labelShape.ts';
import { steadyRows } from './ownDepartures.ts';
import { pooledFaces } from './pooledFaces.ts';
import { usualInTracks } from './trackMedians.ts';

/** Share of the rays that must have been free to reach the label. */
const seenEnough = 0.5;
/** Farther out rings lie too far apart, metres. */
const farthestMeters = 50;
/** A wider gap, as a share of the extent, says that most of the object was not hit, whatever the reason. */
const mostShare = 0.6;
/** A departure from the track's usual gap is told where that is steady: its scatter may be so large a share of it. */
const steadyShare = 1 / 3;

export const looseCheck: Check = {
  id: 'LOOSE',
  version: 2,
  looksAt: 'cuboid',
  needs: ['cuboids', 'lidar'],
  code: 'DIM',
  quantity: { unit: 'm', wrong: 'above', range: [0, 1.5] },
  limits: {
    end: { soft: 0.15, hard: 0.3 },
    side: { soft: 0.15, hard: 0.3 },
    top: { soft: 0.4, hard: 0.7 },
    softEnd: { soft: 0.7, hard: 1 },
    softSide: { soft: 0.4, hard: 0.7 },
    softTop: { soft: 0.4, hard: 0.7 },
    departure: { soft: 0.2, hard: 0.4 },
    softDeparture: { soft: 0.25, hard: 0.5 },
    pooled: { soft: 0.25, hard: 0.4 },
  },
  run(scene, sink) {
    const { scan } = scene;
    if (!scan) return;
    const steady = steadyRows(scene);
    const told = new Set<string>();
    for (const face of heldFaces) {
      const gapOf = (row: number): number => scan.faceGap[6 * (row - scene.rowFrom) + face]!;
      const usual = usualInTracks(scene, gapOf);
      for (const row of scene.judged) {
        const ownGap = gapOf(row);
        if (Number.isNaN(ownGap) || !isFit(scene, row, face, ownGap)) continue;
        const frame = scene.index.labels.cuboids.frame[row]!;
        const limitKey = faceKind(scene, row, face);
        const limits = limitsOf(scene, row, limitKey);
        const known = usual.get(row);
        // A label that is as its track is loose where the track is: what one frame misses of a bumper another one shows.
        if (steady.has(row) && !known) continue;
        const gap = steady.has(row) ? Math.min(ownGap, known!.low) : ownGap;
        const common = { frame, row, evidence: () => [segmentAtFace(scene, row, face, gap)] };
        if (gap > (limits.soft ?? Number.POSITIVE_INFINITY)) told.add(faceOfTrack(scene, row, face));
        sink.measure({
          ...{ ...common, value: gap, limitKey, limits },
          ...{ says: faceName(face), params: { meters: metres(gap) } },
        });
        if (!known || steady.has(row)) continue;
        const key = isSolid(scene, row) ? 'departure' : 'softDeparture';
        const departure = gap - known.median;
        if (known.scatter > steadyShare * Math.max(departure, 0)) continue;
        sink.measure({
          ...{ ...common, value: departure, limitKey: key, says: 'departure' },
          params: { meters: metres(gap), usual: metres(known.median) },
          limits: limitsOf(scene, row, key),
        });
      }
    }
    measurePooled(scene, sink, told);
  },
};

/** Gaps that all frames of a track show together, once a track and face, where no frame told of it by itself. */
function measurePooled(scene: CheckScene, sink: CheckSink, told: ReadonlySet<string>): void {
  for (const track of scene.tracks) {
    for (const { face, row, frames, gap } of pooledFaces(scene, track)) {
      if (told.has(faceOfTrack(scene, row, face))) continue;
      sink.measure({
        ...{ frame: scene.index.labels.cuboids.frame[row]!, row, value: gap, limitKey: 'pooled' },
        says: pooledSays[face]!,
        params: { meters: metres(gap), frames },
        limits: limitsOf(scene, row, 'pooled'),
        evidence: () => [segmentAtFace(scene, row, face, gap)],
      });
    }
  }
}

/** Whether enough of the label was seen, from near enough, for a gap to be one. */
function isFit(scene: CheckScene, row: number, face: number, gap: number): boolean {
  const extent = scene.index.labels.cuboids.size[3 * row + (face >> 1)]!;
  return (
    hasShape(scene, row) &&
    scene.scan!.seen[row - scene.rowFrom]! >= seenEnough &&
    rangeOf(scene, row) <= farthestMeters &&
    gap <= mostShare * extent
  );
}

function limitsOf(scene: CheckScene, row: number, key: string) {
  return limitsAtRange(scene, row, limitsInForce(looseCheck, scene.settings, key));
}
