import { describe, expect, it } from 'vitest';
import { dupCheck } from '../../../../shared/checks/labels/dup.ts';
import { forNearPairs, frameBoxes } from '../../../../shared/checks/labels/nearPairs.ts';
import { overlapCheck } from '../../../../shared/checks/labels/overlap.ts';
import { boxLength, iouFromAbove } from '../../../../shared/geometry/iou.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { car, findingsOf, type MadeLabel, measuredBy, poseAt, scanOf, sceneOf } from './labelledScene.ts';

const at = (id: string, x: number, y = 0, more: Partial<MadeLabel> = {}): MadeLabel => ({
  ...{ id, center: [20 + x, y, 0.85], size: car },
  ...more,
});

/** Shared area by counting a grid of places, the slow way. */
function countedIou(a: Float64Array, b: Float64Array): number {
  const holds = (box: Float64Array, x: number, y: number): boolean => {
    const [dx, dy] = [x - box[0]!, y - box[1]!];
    const [c, s] = [Math.cos(box[6]!), Math.sin(box[6]!)];
    return Math.abs(dx * c + dy * s) <= box[3]! / 2 && Math.abs(dy * c - dx * s) <= box[4]! / 2;
  };
  let [both, either] = [0, 0];
  for (let x = -4; x <= 8; x += 0.05) {
    for (let y = -6; y <= 6; y += 0.05) {
      const [inA, inB] = [holds(a, x, y), holds(b, x, y)];
      if (inA && inB) both++;
      if (inA || inB) either++;
    }
  }
  return both / either;
}

describe('labels that stand near each other', () => {
  it('every two boxes that share ground are visited, and once', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seededRandom(seed);
      const labels = Array.from({ length: 60 }, (_, n) => ({
        id: String(n),
        center: [random.between(-30, 30), random.between(-30, 30), 0] as Vec3,
        size: [random.between(0.3, 12), random.between(0.3, 3), 1.5] as Vec3,
        yaw: random.between(-4, 4),
      }));
      const [frame] = frameBoxes(sceneOf({ labels }));
      const visited = new Map<string, number>();
      forNearPairs(frame!, (a, b) => visited.set(`${a} ${b}`, (visited.get(`${a} ${b}`) ?? 0) + 1));
      expect([...visited.values()].every((times) => times === 1)).toBe(true);
      for (let a = 0; a < labels.length; a++) {
        for (let b = a + 1; b < labels.length; b++) {
          const iou = iouFromAbove(frame!.boxes, frame!.boxes, boxLength * a, boxLength * b);
          if (iou > 0) expect(visited.has(`${a} ${b}`), `seed ${seed}: ${a} ${b}`).toBe(true);
        }
      }
    }
  });

  it('the share told is that of counted places', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = seededRandom(seed);
      const yaw = random.between(-0.3, 0.3);
      const [dx, dy] = [random.between(0.4, 0.8), random.between(-0.2, 0.2)];
      const labels = [at('a', 0), at('b', dx, dy, { yaw })];
      const [finding] = findingsOf(dupCheck, { labels });
      const box = (x: number, y: number, turn: number) => Float64Array.of(x, y, 0, ...car, turn);
      expect(finding!.value, `seed ${seed}`).toBeCloseTo(countedIou(box(0, 0, 0), box(dx, dy, yaw)), 1);
    }
  });
});

describe('DUP', () => {
  it('tells two labels of one object once, of the one that less stands behind', () => {
    // 0.5 m along 4.6 m: (4.6 - 0.5) / (4.6 + 0.5).
    const labels = [at('a', 0.5), at('b', 0)];
    const found = findingsOf(dupCheck, { labels }, { scan: scanOf({ a: 40, b: 90 }) });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      object: 'a',
      code: 'DUP',
      grade: 'hard',
      params: { other: 'b', meters: 0.5 },
    });
    expect(found[0]!.value).toBeCloseTo(4.1 / 5.1, 9);
    expect(found[0]!.evidence).toMatchObject([{ kind: 'box', role: 'other', center: [20, 0, 0.85] }]);
  });

  it('the shorter track is the second one, and the finding spans its frames', () => {
    const labels = Array.from({ length: 8 }, (_, frame) => [
      at('long', 0, 0, { frame, track: 'long' }),
      ...(frame >= 3 && frame < 6 ? [at('short', 0.1, 0, { frame, track: 'short' })] : []),
    ]).flat();
    const found = findingsOf(dupCheck, { frames: 8, labels });
    expect(found).toMatchObject([{ track: 'short', frames: 3, firstFrame: '3', lastFrame: '5' }]);
  });

  it('knows one object turned across by its centre', () => {
    const labels = [at('a', 0), at('b', 0.2, 0, { yaw: Math.PI / 2 })];
    expect(findingsOf(dupCheck, { labels })).toMatchObject([{ limitKey: 'sameCenter', grade: 'hard' }]);
  });

  it('tells another class in the same place', () => {
    const labels = [at('a', 0), at('b', 0.05, 0, { className: 'van' })];
    expect(findingsOf(dupCheck, { labels })).toMatchObject([
      { limitKey: 'otherClass', says: 'otherClass', params: { otherClass: 'car' } },
    ]);
  });

  it.each<[string, MadeLabel[]]>([
    ['cars behind one another', [at('a', 0), at('b', 4.8)]],
    ['cars side by side', [at('a', 0), at('b', 0, 2.1)]],
    [
      'cars one above the other',
      [at('a', 0, 0, { center: [20, 0, 0.85] }), at('b', 0, 0, { center: [20, 0, 2.4] })],
    ],
    [
      'a rider on a bicycle',
      [
        at('a', 0, 0, { className: 'bicycle', size: [1.7, 0.6, 1.2] }),
        at('b', 0, 0, { className: 'pedestrian', size: [0.8, 0.6, 1.5] }),
      ],
    ],
    [
      'one label for each lidar',
      [
        at('a', 0, 0, { attributes: { 'cuboids.sibling_id': 'b' } }),
        at('b', 0.1, 0, { attributes: { 'cuboids.sibling_id': 'a' } }),
      ],
    ],
    ['one place in two frames', [at('a', 0), at('b', 0, 0, { frame: 1 })]],
  ])('says nothing of %s', (_title, labels) => {
    expect(findingsOf(dupCheck, { frames: 2, labels })).toEqual([]);
    expect(measuredBy(dupCheck, { frames: 2, labels }).measured).toBe(labels.length);
  });

  it('lives with hostile places and sizes', () => {
    const centers: Vec3[] = [
      [1e300, 1e300, 0],
      [-1e300, 1e308, 0],
      [1e300, 1e300, 0],
    ];
    const labels = centers.map((center, n) => at(String(n), 0, 0, { center, size: [1e150, 1e300, 1e300] }));
    expect(() => findingsOf(dupCheck, { labels })).not.toThrow();
    expect(() => findingsOf(overlapCheck, { labels })).not.toThrow();
  });
});

describe('DUP of standing things', () => {
  /** A car that stands in the world while the vehicle drives by, without tracks. */
  const standing = (
    classOf: (frame: number) => string,
    more: (frame: number) => Partial<MadeLabel> = () => ({}),
  ) => ({
    frames: 8,
    poses: Array.from({ length: 8 }, (_, frame) => poseAt(2 * frame)),
    labels: Array.from({ length: 8 }, (_, frame) =>
      at('a', -2 * frame, 5, { frame, className: classOf(frame), ...more(frame) }),
    ),
  });
  const once = (frame: number) => (frame === 6 ? 'van' : 'car');

  it('tells the frame in which it has another class', () => {
    expect(findingsOf(dupCheck, standing(once))).toMatchObject([
      { says: 'parked', code: 'CLS', frame: '6', className: 'van', params: { otherClass: 'car', frames: 7 } },
    ]);
  });

  it('says nothing where its class stays, where it is half and half, or where nobody knows the poses', () => {
    expect(
      findingsOf(
        dupCheck,
        standing(() => 'car'),
      ),
    ).toEqual([]);
    expect(
      findingsOf(
        dupCheck,
        standing((frame) => (frame % 2 ? 'van' : 'car')),
      ),
    ).toEqual([]);
    const { poses: _poses, ...unplaced } = standing(once);
    expect(findingsOf(dupCheck, unplaced)).toEqual([]);
  });

  it('says nothing of another thing that stops in its place, or of a track, which shows it by itself', () => {
    const lorry = standing(once, (frame) => (frame === 6 ? { size: [8, 2.5, 3] } : {}));
    expect(findingsOf(dupCheck, lorry)).toEqual([]);
    expect(
      findingsOf(
        dupCheck,
        standing(once, () => ({ track: 't' })),
      ),
    ).toEqual([]);
  });
});

describe('OVERLAP', () => {
  it('tells the share of the smaller one', () => {
    // A van's end 1 m into a bus's: 1 x 2 x 2 of 5 x 2 x 2.
    const labels = [
      at('bus', 0, 0, { className: 'bus', size: [11, 3, 3], center: [20, 0, 1.5] }),
      at('van', 0, 0, { className: 'van', size: [5, 2, 2], center: [27, 0, 1] }),
    ];
    const [finding] = findingsOf(overlapCheck, { labels });
    expect(finding).toMatchObject({
      object: 'van',
      code: 'POS',
      grade: 'hard',
      params: { other: 'bus', percent: 20 },
    });
    expect(finding!.value).toBeCloseTo(0.2, 9);
  });

  it.each<[string, MadeLabel, MadeLabel]>([
    ['cars that touch within what a label may be off', at('a', 0), at('b', 4.45)],
    [
      'a truck and its trailer',
      at('a', 0, 0, { className: 'truck' }),
      at('b', 3.5, 0, { className: 'trailer' }),
    ],
    ['a person in a car', at('a', 0), at('b', 0.4, 0, { className: 'pedestrian', size: [0.7, 0.7, 1.3] })],
    [
      'people arm in arm',
      at('a', 0, 0, { className: 'pedestrian', size: [0.8, 0.7, 1.7] }),
      at('b', 0, 0.5, { className: 'pedestrian', size: [0.8, 0.7, 1.7] }),
    ],
    ['a car on a bridge over another', at('a', 0), at('b', 0, 0, { center: [20, 0, 7] })],
    [
      'an excavator that loads a truck',
      at('a', 0, 0, { className: 'excavator', size: [9, 3, 4], center: [20, 0, 2] }),
      at('b', 6, 0, { className: 'truck', size: [7, 2.5, 3], center: [26.5, 0, 1.5] }),
    ],
    [
      'a barrier in a barrier',
      at('a', 0, 0, { className: 'barrier' }),
      at('b', 1, 0, { className: 'barrier' }),
    ],
  ])('says nothing of %s', (_title, a, b) => {
    expect(findingsOf(overlapCheck, { labels: [a, b] })).toEqual([]);
  });

  it('leaves one object labelled twice to DUP', () => {
    const labels = [at('a', 0), at('b', 0.3, 0.1)];
    expect(findingsOf(dupCheck, { labels })).toHaveLength(1);
    expect(findingsOf(overlapCheck, { labels })).toEqual([]);
  });

  it('does not judge where points are too few', () => {
    const labels = [at('a', 0), at('b', 3)];
    expect(findingsOf(overlapCheck, { labels }, { scan: scanOf({ a: 80, b: 60 }) })).toMatchObject([
      { object: 'b' },
    ]);
    expect(findingsOf(overlapCheck, { labels }, { scan: scanOf({ a: 80, b: 2 }) })).toEqual([]);
  });
});
