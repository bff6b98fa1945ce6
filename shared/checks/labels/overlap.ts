/** OVERLAP: two solid things in one place. Told of the label that the points support less. */
import { boxLength, iou3d, overlapArea } from '../../geometry/iou.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';
import type { Check } from '../contract.ts';
import { type CheckScene, classOfRow, hasShape, pointsOf } from '../scene.ts';
import { areSiblings, isVehicle, mayShareGround } from './companions.ts';
import { areTwins } from './dup.ts';
import { type FrameBoxes, forNearPairs, frameBoxes } from './nearPairs.ts';
import { boxEvidence, rounded, shapeOf } from './shapeOf.ts';

/**
 * Metres that each side of a label may stand out without being wrong; labels must share ground beyond it. Parked cars
 * whose mirrors touch are no overlap.
 */
const slackMeters = 0.1;

interface Meeting {
  readonly other: number;
  /** Share of the smaller one's volume. */
  readonly value: number;
  readonly limitKey: 'all' | 'crowd';
  readonly meters: number;
}

export const overlapCheck: Check = {
  id: 'OVERLAP',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids'],
  code: 'POS',
  quantity: { unit: 'share', wrong: 'above', range: [0, 1] },
  limits: {
    // Two equal boxes that share 2 % and 10 % of their union share 4 % and 18 % of each.
    all: { soft: 0.04, hard: 0.18 },
    /** People walk arm in arm, and an excavator's box reaches over the truck that it loads. */
    crowd: { soft: 0.4, hard: 0.7 },
  },
  run(scene, sink) {
    for (const frame of frameBoxes(scene)) {
      const meetings = meetingsOf(scene, frame);
      for (const row of frame.rows) {
        const meeting = meetings.get(row);
        sink.measure({
          ...{ frame: frame.frame, row, value: meeting?.value ?? 0, limitKey: meeting?.limitKey ?? 'all' },
          ...(meeting && {
            params: {
              other: scene.index.labels.cuboids.id.at(meeting.other)!,
              otherClass: classOfRow(scene, meeting.other).name,
              percent: Math.round(100 * meeting.value),
              meters: rounded(meeting.meters),
            },
            evidence: () => [boxEvidence(shapeOf(scene, meeting.other), 'other')],
          }),
        });
      }
    }
  },
};

function meetingsOf(scene: CheckScene, frame: FrameBoxes): Map<number, Meeting> {
  const meetings = new Map<number, Meeting>();
  const { boxes, rows } = frame;
  const shrunk = boxes.map((value, at) => {
    const isExtent = at % boxLength === 3 || at % boxLength === 4;
    return isExtent ? Math.max(value / 2, value - 2 * slackMeters) : value;
  });
  forNearPairs(frame, (a, b) => {
    const limitKey = limitKeyOf(classOfRow(scene, rows[a]!).name, classOfRow(scene, rows[b]!).name);
    const [i, j] = [boxLength * a, boxLength * b];
    if (limitKey === null || !(overlapArea(shrunk, shrunk, i, j) > 0)) return;
    const value = sharedVolume(boxes, i, j);
    if (!(value > 0) || !hasShape(scene, rows[a]!) || !hasShape(scene, rows[b]!)) return;
    if (areTwins(scene, frame, a, b) || areSiblings(scene.index, rows[a]!, rows[b]!)) return;
    const told = isLessSupported(scene, rows[a]!, rows[b]!) ? rows[a]! : rows[b]!;
    const other = told === rows[a] ? rows[b]! : rows[a]!;
    const meters = Math.hypot(boxes[i]! - boxes[j]!, boxes[i + 1]! - boxes[j + 1]!);
    const known = meetings.get(told);
    if (!known || value > known.value) meetings.set(told, { other, value, limitKey, meters });
  });
  return meetings;
}

/** Null where the two may stand in one place, or where one of them is nothing that moves about. */
function limitKeyOf(a: string, b: string): 'all' | 'crowd' | null {
  if (mayShareGround(a, b)) return null;
  const isAgent = (name: string): boolean => {
    const kind = motionLimits(name)?.kind;
    return kind !== undefined && kind !== 'still';
  };
  if (!isAgent(a) || !isAgent(b)) return null;
  const isSolid = (name: string): boolean => isVehicle(name) && name !== 'construction_vehicle';
  return isSolid(a) && isSolid(b) ? 'all' : 'crowd';
}

/** Share of the smaller box that lies in the other. */
function sharedVolume(boxes: Float64Array, a: number, b: number): number {
  const overlap = iou3d(boxes, boxes, a, b);
  const volume = (at: number): number => boxes[at + 3]! * boxes[at + 4]! * boxes[at + 5]!;
  const shared = (overlap * (volume(a) + volume(b))) / (1 + overlap);
  return Math.min(1, shared / Math.min(volume(a), volume(b)));
}

/** Whether the points speak against the first row rather than the second; without points the later row is told. */
function isLessSupported(scene: CheckScene, first: number, second: number): boolean {
  const outside = (row: number): number => {
    const inside = pointsOf(scene, row);
    if (inside === null || !scene.scan) return 0;
    return (
      scene.scan.shell[row - scene.rowFrom]! / Math.max(1, inside + scene.scan.shell[row - scene.rowFrom]!)
    );
  };
  const points = (row: number): number => pointsOf(scene, row) ?? 0;
  return (outside(first) - outside(second) || points(second) - points(first) || first - second) > 0;
}
