/** DUP: one object labelled twice. The label that fewer frames and fewer points stand behind is told as the second. */
import { boxLength, iouFromAbove } from '../../geometry/iou.ts';
import { NO_TRACK } from '../../model/labels.ts';
import type { Check } from '../contract.ts';
import { graded } from '../grade.ts';
import { type CheckScene, classOfRow, pointsOf } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { areSiblings, mayShareGround } from './companions.ts';
import { type FrameBoxes, forNearPairs, frameBoxes } from './nearPairs.ts';
import { oddClasses } from './parkedClass.ts';
import { boxEvidence, rounded, shapeOf } from './shapeOf.ts';

/** Metres between centres below which two labels of a class are one object, however they are turned. */
const sameCenterMeters = 0.3;
/** Share of a common height below which one stands on the other: cars on a transporter. */
const leastSharedHeight = 0.3;

interface Twin {
  readonly other: number;
  readonly value: number;
  readonly limitKey: 'all' | 'sameCenter' | 'otherClass';
  readonly meters: number;
}

export const dupCheck: Check = {
  id: 'DUP',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids'],
  code: 'DUP',
  quantity: { unit: 'share', wrong: 'above', range: [0, 1] },
  limits: {
    /** Share of the union from above. */
    all: { soft: 0.5, hard: 0.7 },
    /** The same, of labels whose centres are less than 0.3 m apart. */
    sameCenter: { soft: null, hard: 0.1 },
    otherClass: { soft: 0.6, hard: 0.8 },
    /** Share of a standing thing's labels that have another class than this one. */
    parked: { soft: 0.7, hard: null },
  },
  run(scene, sink) {
    const framesOfTrack = new Map(scene.tracks.map(({ track, moments }) => [track, moments.length]));
    for (const frame of frameBoxes(scene)) {
      const twins = twinsOf(scene, frame, framesOfTrack);
      for (const row of frame.rows) {
        const twin = twins.get(row);
        sink.measure({
          ...{ frame: frame.frame, row, value: twin?.value ?? 0, limitKey: twin?.limitKey ?? 'all' },
          ...(twin && {
            says: twin.limitKey === 'otherClass' ? 'otherClass' : 'is',
            params: {
              other: scene.index.labels.cuboids.id.at(twin.other)!,
              otherClass: classOfRow(scene, twin.other).name,
              percent: Math.round(100 * twin.value),
              meters: rounded(twin.meters),
            },
            evidence: () => [boxEvidence(shapeOf(scene, twin.other), 'other')],
          }),
        });
      }
    }
    for (const { row, usual, share, frames } of oddClasses(scene)) {
      sink.measure({
        ...{ frame: scene.index.labels.cuboids.frame[row]!, row, value: share, limitKey: 'parked' },
        ...{ says: 'parked', code: 'CLS', params: { otherClass: usual, frames } },
      });
    }
  },
};

/** By row that may be the second label of an object: the nearest first label. */
function twinsOf(
  scene: CheckScene,
  frame: FrameBoxes,
  framesOfTrack: ReadonlyMap<number, number>,
): Map<number, Twin> {
  const twins = new Map<number, Twin>();
  const { rows } = frame;
  forNearPairs(frame, (a, b) => {
    const likeness = likenessOf(scene, frame, a, b);
    if (likeness === null) return;
    const isSecond = isBetterBacked(scene, rows[a]!, rows[b]!, framesOfTrack);
    const [twice, other] = isSecond ? [rows[b]!, rows[a]!] : [rows[a]!, rows[b]!];
    const known = twins.get(twice);
    if (!known || likeness.value > known.value) twins.set(twice, { ...likeness, other });
  });
  return twins;
}

/** Whether DUP tells of two labels of a frame, at positions a and b: other checks leave them to it. */
export function areTwins(scene: CheckScene, frame: FrameBoxes, a: number, b: number): boolean {
  const likeness = likenessOf(scene, frame, a, b);
  if (likeness === null) return false;
  const limits = limitsInForce(dupCheck, scene.settings, likeness.limitKey);
  return graded(likeness.value, limits, dupCheck.quantity.wrong) !== null;
}

/** Null where the two share no ground, or may share it. */
function likenessOf(
  scene: CheckScene,
  { boxes, rows }: FrameBoxes,
  a: number,
  b: number,
): Omit<Twin, 'other'> | null {
  const [i, j] = [boxLength * a, boxLength * b];
  const value = iouFromAbove(boxes, boxes, i, j);
  if (!(value > 0) || !sharesHeight(boxes, i, j) || areSiblings(scene.index, rows[a]!, rows[b]!)) return null;
  const names = [classOfRow(scene, rows[a]!).name, classOfRow(scene, rows[b]!).name] as const;
  const isSame = names[0] === names[1];
  if (!isSame && mayShareGround(...names)) return null;
  const meters = Math.hypot(boxes[i]! - boxes[j]!, boxes[i + 1]! - boxes[j + 1]!);
  const limitKey = !isSame ? 'otherClass' : meters < sameCenterMeters ? 'sameCenter' : 'all';
  return { value, limitKey, meters };
}

/** Whether two boxes stand beside each other rather than one above the other. */
function sharesHeight(boxes: Float64Array, a: number, b: number): boolean {
  const lower = Math.min(boxes[a + 5]!, boxes[b + 5]!);
  const apart = Math.abs(boxes[a + 2]! - boxes[b + 2]!);
  return (boxes[a + 5]! + boxes[b + 5]!) / 2 - apart > leastSharedHeight * lower;
}

/** Whether more stands behind the first row than behind the second: frames of its track, then points, then order. */
function isBetterBacked(
  scene: CheckScene,
  first: number,
  second: number,
  framesOfTrack: ReadonlyMap<number, number>,
): boolean {
  const { track } = scene.index.labels.cuboids;
  const frames = (row: number): number =>
    track[row] === NO_TRACK ? 1 : (framesOfTrack.get(track[row]!) ?? 1);
  const points = (row: number): number => pointsOf(scene, row) ?? 0;
  return (frames(first) - frames(second) || points(first) - points(second) || second - first) > 0;
}
