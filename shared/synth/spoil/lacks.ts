/** What a delivery must have before a kind of fault can be put into it. */
import { NO_LINK, NO_TRACK } from '../../model/labels.ts';
import { otherClasses } from './classKinds.ts';
import { isDataKind, type SpoilKind } from './kinds.ts';
import { hasMotionWords } from './motionWords.ts';
import type { LeftReason } from './plan.ts';
import type { Workbench } from './workbench.ts';

const ofTracks: ReadonlySet<SpoilKind> = new Set<SpoilKind>([
  'track-switch',
  'fragment',
  'merge',
  'gap',
  'late-start',
  'early-end',
  'jitter',
  'frozen-copy',
  'class-flicker',
  'attribute',
]);

/** Null where nothing is lacking. */
export function lackOf(bench: Workbench, kind: SpoilKind): LeftReason | null {
  const { delivery, labels } = bench.index;
  const hasTracks = bench.objects.some(({ track, rows }) => track !== NO_TRACK && rows.length > 1);
  if (ofTracks.has(kind) && !hasTracks) return 'no-tracks';
  const { holder = 'memory' } = bench.tools;
  if (kind === 'class-flicker' && holder !== 'memory') return 'not-in-format';
  if (isDataKind(kind) && holder === 'openlabel-beside') return 'not-beside';
  const needsClass = kind === 'wrong-class' || kind === 'class-flicker';
  if (needsClass && !labels.classes.some((name) => otherClasses(bench, name).length > 0))
    return 'no-other-class';
  if (kind === 'attribute' && !hasMotionWords(labels)) return 'no-motion-words';
  if (kind === 'out-of-range' && bench.rules.maxRangeMeters === null) return 'no-range-limit';
  const needsBox = kind === 'box2d-off' || kind === 'link-broken';
  if (needsBox && labels.boxes2d.count === 0) return 'no-boxes2d';
  if (needsBox && labels.boxes2d.cuboid.every((row) => row === NO_LINK)) return 'no-links';
  if (kind === 'extrinsic' && delivery.calibrations.length === 0) return 'no-cameras';
  if (kind === 'time-offset' && delivery.cameras.length === 0) return 'no-cameras';
  const first = delivery.frames.at(0);
  if (kind === 'time-offset' && !first?.images.some(({ timestampNanos }) => timestampNanos !== null))
    return 'no-times';
  if (kind === 'pose-jump' && first?.worldFromSpace === undefined) return 'no-poses';
  return null;
}
