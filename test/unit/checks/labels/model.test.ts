import { describe, expect, it } from 'vitest';
import { modelCheck } from '../../../../shared/checks/labels/model.ts';
import { urgencyOf } from '../../../../shared/checks/labels/urgency.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { car, findingsOf, type MadeLabel, type MadeScene, scanOf } from './labelledScene.ts';

const frames = 6;

/** Twenty cars in rows, in every frame. */
function street(
  change: (label: MadeLabel & { center: Vec3 }) => MadeLabel | null = (label) => label,
): MadeLabel[] {
  return Array.from({ length: frames }, (_, frame) => frame).flatMap((frame) =>
    Array.from({ length: 20 }, (_, n) => {
      const center: Vec3 = [8 + 7 * Math.floor(n / 2), n % 2 ? 4 : -4, 0.85];
      return change({ frame, id: `c${n}`, track: `t${n}`, className: 'car', center, size: car });
    }).filter((label) => label !== null),
  );
}

/** As a good program labels it: a few centimetres off, and fairly sure. */
function asSeen(labels: readonly MadeLabel[], score = 0.9): MadeLabel[] {
  const random = seededRandom(3);
  return labels.map((label) => ({
    ...label,
    center: label.center!.map((value) => value + 0.05 * random.normal()) as unknown as Vec3,
    yaw: 0.01 * random.normal(),
    attributes: { score },
  }));
}

const beside = (labels: readonly MadeLabel[], other: readonly MadeLabel[]): MadeScene => ({
  frames,
  labels,
  others: [{ name: 'program', kind: 'model', labels: other }],
});
const found = (labels: readonly MadeLabel[], other: readonly MadeLabel[]) =>
  findingsOf(modelCheck, beside(labels, other));

describe('MODEL', () => {
  it('says nothing where both see the same', () => {
    expect(found(street(), asSeen(street()))).toEqual([]);
  });

  it('tells an object that has no label once, with the box it would have', () => {
    const other = asSeen(street());
    const labels = street((label) => (label.id === 'c4' ? null : label));
    const [finding, ...more] = found(labels, other);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      ...{ says: 'missing', code: 'MISS', grade: 'hard', frames, object: null },
      params: { source: 'program', otherClass: 'car' },
    });
    expect(finding!.evidence).toMatchObject([{ kind: 'box', role: 'expected' }]);
  });

  it('two objects without labels in one frame are two findings, with and without tracks', () => {
    const labels = street((label) => (label.id === 'c4' || label.id === 'c9' ? null : label));
    const untracked = asSeen(street()).map(({ track: _track, ...label }) => label);
    for (const other of [asSeen(street()), untracked]) {
      expect(found(labels, other).map(({ says, frames: lasts }) => [says, lasts])).toEqual([
        ['missing', frames],
        ['missing', frames],
      ]);
    }
  });

  it('a label that the program never sees is a ghost, one that it misses now and then is not', () => {
    const other = asSeen(street());
    const ghost = Array.from({ length: frames }, (_, frame) => ({
      ...{ frame, id: 'g', track: 'g', center: [15, 12, 0.85] as Vec3 },
    }));
    expect(found([...street(), ...ghost], other)).toMatchObject([
      { says: 'ghost', track: 'g', code: 'GHOST' },
    ]);
    const flickering = other.filter(({ id, frame }) => id !== 'c3' || frame! % 2 === 0);
    expect(found(street(), flickering)).toEqual([]);
  });

  it('a program that rarely finds such labels makes no ghosts of them', () => {
    const other = asSeen(street()).filter(({ id }) => Number(id.slice(1)) % 3 === 0);
    expect(found(street(), other)).toEqual([]);
  });

  it('labels with too few points are no ghosts', () => {
    const ghost = { frame: 0, id: 'g', center: [15, 12, 0.85] as Vec3 };
    const points = { ...Object.fromEntries(street().map(({ id }) => [id, 50])), g: 3 };
    const made = beside([...street(), ghost], asSeen(street()));
    expect(findingsOf(modelCheck, made, { scan: scanOf(points) })).toEqual([]);
  });

  it('another class in the same place is a wrong class, not one missing and one too many', () => {
    const other = asSeen(street()).map((label) =>
      label.id === 'c7' ? { ...label, className: 'truck' } : label,
    );
    expect(found(street(), other)).toMatchObject([
      { says: 'otherClass', code: 'CLS', track: 't7', params: { otherClass: 'truck', frames } },
    ]);
  });

  it.each<[string, Partial<MadeLabel>, string, number]>([
    ['place', { center: [37, 4, 0.85] }, 'POS', 1],
    ['size', { size: [5.9, 1.95, 1.7] }, 'DIM', 1.3],
    ['heading', { yaw: 0.6 }, 'YAW', 34],
    ['heading', { yaw: Math.PI }, 'FLIP', 180],
  ])('tells %s apart (%j)', (says, change, code, amount) => {
    const labels = street((label) => (label.id === 'c9' ? { ...label, ...change } : label));
    const [finding, ...more] = found(labels, asSeen(street()));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ says, code, track: 't9' });
    const told = finding!.params.amount as number;
    expect(Math.abs(told / amount - 1)).toBeLessThan(0.2);
  });

  it('a program that is always half a metre off tells nothing of each label', () => {
    const other = asSeen(street()).map((label) => ({
      ...label,
      center: [label.center![0] + 0.5, label.center![1], 0.85] as Vec3,
    }));
    expect(found(street(), other)).toEqual([]);
  });

  it('long things whose ends were guessed are one object', () => {
    const bus = (x: number): MadeLabel => ({
      id: 'b',
      className: 'bus',
      center: [x, 14, 1.6],
      size: [12, 2.6, 3.2],
    });
    const says = found(
      [...street(), bus(20)],
      [...asSeen(street()), { ...bus(24), attributes: { score: 0.9 } }],
    );
    expect(says.map((finding) => finding.says)).toEqual(['place']);
  });

  it('scores are held against how often they agree here', () => {
    // Sure of everything, and wrong in three of four.
    const random = seededRandom(5);
    const noise = Array.from(
      { length: 360 },
      (_, n): MadeLabel => ({
        ...{ frame: n % frames, id: `n${n}`, attributes: { score: 0.95 } },
        center: [random.between(-90, -20), random.between(-60, 60), 0.85],
      }),
    );
    expect(
      found(street(), [...asSeen(street(), 0.95), ...noise]).filter(({ grade }) => grade === 'hard'),
    ).toEqual([]);
  });

  it('leaves out what the agreement leaves out', () => {
    const far = { frame: 0, id: 'x', center: [90, 0, 0.85] as Vec3, attributes: { score: 0.99 } };
    const region = { frame: 0, id: 'y', className: 'DontCare', attributes: { score: 0.99 } };
    const made = beside(street(), [...asSeen(street()), far, region]);
    const spec = <Spec extends { scope: object }>(as: Spec): Spec => ({
      ...as,
      scope: { ...as.scope, maxRangeMeters: 85 },
    });
    expect(findingsOf(modelCheck, made, { spec })).toEqual([]);
  });

  it('earlier versions of the same labels are no second opinion', () => {
    const made: MadeScene = {
      frames,
      labels: street(),
      others: [{ name: 'v1', kind: 'earlier', labels: [] }],
    };
    expect(() => findingsOf(modelCheck, made)).toThrow('second-source');
  });

  it('compares boxes in pictures as well', () => {
    const box = (id: string, left: number, wide = 100, more: Partial<MadeLabel> = {}) => ({
      ...{ id, track: id, ltrb: [left, 100, left + wide, 200] as const, attributes: { score: 0.95 } },
      ...more,
    });
    const shared = Array.from({ length: 30 }, (_, n) => box(`s${n}`, 200 * n));
    const made: MadeScene = {
      boxes: [...shared, box('wide', 7000, 250)],
      others: [{ name: 'program', kind: 'model', boxes: [...shared, box('wide', 7000), box('new', 8000)] }],
    };
    const told = findingsOf(modelCheck, made);
    expect(told.map(({ says, code, camera }) => [says, code, camera])).toEqual([
      ['missingBox', 'MISS', 'front'],
      ['box', 'BOX2D', 'front'],
    ]);
    expect(told[1]!.value).toBeCloseTo(1 - 100 / 250, 9);
  });

  it('lives with hostile labels of the other source', () => {
    const hostile: MadeLabel[] = [
      { id: 'a', center: [1e308, -1e308, 0], attributes: { score: 1e300 } },
      { id: 'b', center: [Number.NaN, 0, 0] },
      { id: 'c', size: [1e-300, 1e300, 1], attributes: { score: -5 } },
      { id: 'd', attributes: { score: 'high', confidence: Number.NaN } },
    ];
    expect(() => found(street(), hostile)).not.toThrow();
  });

  it('near, ahead and vulnerable comes first', () => {
    const ahead = urgencyOf(20, 0, 'car', 0);
    expect(ahead).toBeGreaterThan(urgencyOf(-20, 0, 'car', 0));
    expect(ahead).toBeGreaterThan(urgencyOf(70, 0, 'car', 0));
    expect(urgencyOf(20, 0, 'pedestrian', 0)).toBeGreaterThan(ahead);
    expect(urgencyOf(0, 20, 'car', Math.PI / 2)).toBe(ahead);
    expect(urgencyOf(1e300, -1e300, 'car', 0)).toBeLessThanOrEqual(1);
  });
});
