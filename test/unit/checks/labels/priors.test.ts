import { describe, expect, it } from 'vitest';
import { type PriorsDocument, priorsSchema } from '../../../../shared/checks/priors.ts';
import { learnPriors } from '../../../../shared/checks/priorsLearned.ts';
import { spreadWith } from '../../../../shared/checks/priorsSpread.ts';
import { enoughObjects, usedPrior } from '../../../../shared/checks/priorsUsed.ts';
import { shippedPriors } from '../../../../shared/checks/shippedPriors.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { contextOf, indexOf, type MadeLabel, poseAt } from './labelledScene.ts';

/** Median and median absolute deviation by sorting everything. */
function exactSpread(values: readonly number[]) {
  const middle = (of: readonly number[]) => of.toSorted((a, b) => a - b)[Math.floor((of.length - 1) / 2)]!;
  const median = middle(values);
  return { median, mad: middle(values.map((value) => Math.abs(value - median))) };
}

const about = { vendor: 'v', project: 'p', on: '2026-03-02' };
const lotOf = (labels: readonly MadeLabel[], frames = 1, points: number | null = 40) => ({
  index: indexOf({ frames, labels, poses: Array.from({ length: frames }, () => poseAt(0)) }),
  rules: contextOf().rules,
  pointsInside: () => points,
});

function cars(count: number, seed: number, length: number): MadeLabel[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => ({
    id: String(n),
    center: [10 + (n % 40), n, 0] as Vec3,
    size: [length + 0.3 * random.normal(), 1.9 + 0.08 * random.normal(), 1.6 + 0.1 * random.normal()] as Vec3,
  }));
}

describe('spreads of lots that come one after the other', () => {
  it('are those of all values at once, within a step, whatever the order of lots', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed);
      const lots = Array.from({ length: 4 }, () =>
        Array.from({ length: random.integer(3, 200) }, () => Math.exp(random.between(-2, 3))),
      );
      const merged = lots.reduce<ReturnType<typeof spreadWith>>(
        (known, lot) => spreadWith(known, lot),
        null,
      )!;
      const exact = exactSpread(lots.flat());
      expect(Math.abs(merged.median / exact.median - 1), `seed ${seed}`).toBeLessThan(0.0051);
      expect(Math.abs(merged.mad - exact.mad), `seed ${seed}`).toBeLessThan(
        0.015 * (exact.median + exact.mad),
      );
      const backwards = lots
        .toReversed()
        .reduce<ReturnType<typeof spreadWith>>((known, lot) => spreadWith(known, lot), null);
      expect(backwards).toEqual(merged);
    }
  });

  it('leave out what is no number, and count nothing as nothing', () => {
    expect(spreadWith(null, [Number.NaN, Number.POSITIVE_INFINITY, -1])).toBeNull();
    expect(spreadWith(null, [0, 0, 5])).toMatchObject({ median: 0, mad: 0, objects: 3 });
    expect(spreadWith(null, [1e300, 5e-324])!.objects).toBe(2);
  });
});

describe('learned priors', () => {
  it('grow lot by lot, and a lot that was learned already changes nothing', () => {
    const first = learnPriors(null, lotOf(cars(150, 1, 4.4)), { ...about, batch: '1', labelsHash: 'a' });
    const second = learnPriors(first, lotOf(cars(150, 2, 4.4)), { ...about, batch: '2', labelsHash: 'b' });
    expect(second).toMatchObject({
      revision: 2,
      vendor: 'v',
      learnedFrom: [{ cuboids: 150 }, { batch: '2' }],
    });
    const [length] = second.classes.car!.size;
    const exact = exactSpread([...cars(150, 1, 4.4), ...cars(150, 2, 4.4)].map(({ size }) => size![0]));
    expect(length.objects).toBe(300);
    expect(length.median).toBeCloseTo(exact.median, 1);
    expect(length.mad).toBeCloseTo(exact.mad, 1);
    expect(second.mix?.classes).toEqual({ car: 300 });
    expect(learnPriors(second, lotOf(cars(9, 3, 9)), { ...about, batch: '3', labelsHash: 'a' })).toBe(second);
  });

  it('hold from two hundred objects on; until then the shipped ones do', () => {
    const few = learnPriors(null, lotOf(cars(enoughObjects - 1, 1, 4.2)), {
      ...about,
      batch: '1',
      labelsHash: 'a',
    });
    expect(usedPrior(few, shippedPriors, 'car')).toBe(shippedPriors.classes.car);
    const enough = learnPriors(few, lotOf(cars(1, 2, 4.2)), { ...about, batch: '2', labelsHash: 'b' });
    expect(usedPrior(enough, shippedPriors, 'car')!.size[0].median).toBeCloseTo(4.2, 0);
    expect(usedPrior(enough, shippedPriors, 'bus')).toBe(shippedPriors.classes.bus);
    expect(usedPrior(enough, shippedPriors, 'animal')).toBeNull();
    expect(usedPrior(enough, shippedPriors, 'constructor')).toBeNull();
  });

  it('of boxes from one template keep half of the shipped spread', () => {
    const alike = Array.from({ length: 300 }, (_, n) => ({ id: String(n), size: [4.03, 1.9, 1.7] as Vec3 }));
    const learned = learnPriors(null, lotOf(alike), { ...about, batch: '1', labelsHash: 'a' });
    expect(learned.classes.car!.size[0].mad).toBe(0);
    const used = usedPrior(learned, shippedPriors, 'car')!;
    expect(used.size[0].mad).toBeCloseTo((0.5 * learned.classes.car!.size[0].median * 0.42) / 4.61, 9);
  });

  it('count a track once, by the labels that points stand behind, and its highest speed', () => {
    const labels = Array.from(
      { length: 10 },
      (_, frame): MadeLabel => ({
        ...{ frame, id: 'a', track: 't' },
        // A metre each tenth of a second.
        center: [frame, 5, 0],
        size: [frame < 4 ? 2 : 4.5, 1.9, 1.7],
      }),
    );
    const lot = lotOf(labels, 10);
    const { index } = lot;
    const shaped = { ...lot, pointsInside: (row: number) => (index.labels.cuboids.frame[row]! < 4 ? 2 : 30) };
    const { car } = learnPriors(null, shaped, { ...about, batch: '1', labelsHash: 'a' }).classes;
    expect(car!.size[0]).toMatchObject({ objects: 1 });
    expect(car!.size[0].median).toBeCloseTo(4.5, 1);
    expect(car!.speed!.median).toBeCloseTo(10, 0);
    expect(car!.points.map(({ upToMeters, count }) => [upToMeters, count.objects])).toEqual([
      [10, 9],
      [20, 1],
    ]);
  });

  it('keep what a person set by hand, whatever later lots hold', () => {
    const learned = learnPriors(null, lotOf(cars(300, 1, 4.4)), { ...about, batch: '1', labelsHash: 'a' });
    const edited = structuredClone(learned);
    edited.classes.car!.size[0].median = 5;
    const { car } = learnPriors(edited, lotOf(cars(50, 2, 4.4)), {
      ...about,
      batch: '2',
      labelsHash: 'b',
    }).classes;
    expect(car!.size[0]).toMatchObject({ median: 5, mad: learned.classes.car!.size[0].mad, objects: 350 });
    expect(car!.size[1].median).toBeCloseTo(1.9, 1);
  });

  it('are told with the place of what does not fit', () => {
    const learned = learnPriors(null, lotOf(cars(5, 1, 4.4)), { ...about, batch: '1', labelsHash: 'a' });
    const placeOf = (change: (document: PriorsDocument) => unknown) => {
      const document = structuredClone(learned);
      change(document);
      const read = priorsSchema.safeParse(JSON.parse(JSON.stringify(document)));
      return read.success ? read.data : read.error.issues[0]!.path.join('/');
    };
    expect(placeOf(() => 0)).toEqual(learned);
    expect(placeOf(({ classes }) => Object.assign(classes.car!.size[1], { median: -2 }))).toBe(
      'classes/car/size/1/median',
    );
    expect(placeOf((document) => Object.assign(document, { revision: 0.5 }))).toBe('revision');
  });
});
