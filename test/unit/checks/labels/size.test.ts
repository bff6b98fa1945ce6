import { describe, expect, it } from 'vitest';
import type { QaSpec } from '../../../../shared/audit/qaSpec.ts';
import { sizeCheck } from '../../../../shared/checks/labels/size.ts';
import { axisFits, farthest } from '../../../../shared/checks/labels/sizePriors.ts';
import { shippedPriors } from '../../../../shared/checks/shippedPriors.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { car, findingsOf, type MadeLabel, measuredBy, scanOf } from './labelledScene.ts';

const lone = (className: string, size: Vec3, id = 'a'): MadeLabel => ({ id, className, size });

describe('SIZE', () => {
  it('tells how many times too large a car is, with a box of the usual size on the same floor', () => {
    const [finding] = findingsOf(sizeCheck, {
      labels: [{ ...lone('Car', [4.6, 3.9, 1.7]), center: [20, 0, 1] }],
    });
    expect(finding).toMatchObject({
      ...{ says: 'width', limitKey: 'large', grade: 'hard', code: 'DIM', value: 2, className: 'car' },
      params: { extent: 3.9, usual: 1.95, times: 2 },
    });
    const [box] = finding!.evidence;
    expect(box).toMatchObject({ kind: 'box', role: 'expected', size: [4.61, 1.95, 1.72] });
    // Half of 1.7 m below 1 m stands the floor; half of 1.72 m above it the middle.
    expect(box?.kind === 'box' && box.center[2]).toBeCloseTo(1.01, 9);
  });

  it('half and double lie equally far from the usual size', () => {
    const prior = shippedPriors.classes.car!;
    const usual = prior.size.map(({ median }) => median) as unknown as Vec3;
    const z = (factor: number) => farthest(axisFits([factor * usual[0], usual[1], usual[2]], 'car', prior)).z;
    expect(z(2)).toBeCloseTo(-z(0.5), 9);
    // ln 2 over 1.4826 x 0.42 / 4.61.
    expect(z(2)).toBeCloseTo(Math.LN2 / 0.135074, 3);
  });

  it('is soft where only the deviations are passed', () => {
    const [finding] = findingsOf(sizeCheck, { labels: [lone('car', [4.6, 1.3, 1.7])] });
    expect(finding).toMatchObject({ says: 'width', limitKey: 'all', grade: 'soft' });
    expect(finding!.value).toBeCloseTo(Math.log(1.95 / 1.3) / ((1.4826 * 0.14) / 1.95), 6);
  });

  it.each<[string, Vec3]>([
    ['truck', [12.34, 2.63, 2.85]],
    ['truck', [20, 2.6, 4]],
    ['truck', [4.54, 1.79, 2.06]],
    ['truck', [5.22, 2.02, 1.89]],
    ['bus', [18, 2.55, 3.2]],
    ['bus', [6.91, 2.91, 3.56]],
    ['trailer', [3.84, 1.86, 2.24]],
    ['construction_vehicle', [2.68, 1.47, 2.85]],
    ['construction_vehicle', [11.01, 4.13, 7.54]],
    ['car', [3.06, 1.71, 1.6]],
    ['car', [5.9, 2.1, 1.95]],
    ['car', [4.0, 1.58, 1.47]],
    ['pedestrian', [0.4, 0.46, 1.7]],
    ['pedestrian', [0.5, 0.5, 1.1]],
    ['traffic_cone', [0.23, 0.21, 0.6]],
    ['barrier', [0.7, 2, 1.1]],
    // The same barrier with its long side called its length.
    ['barrier', [2, 0.7, 1.1]],
    ['cyclist', [1.8, 0.67, 1.7]],
  ])('says nothing of a right %s of %j', (className, size) => {
    const present = ['car', 'bus', 'cyclist', 'pedestrian', 'traffic_cone'].map((name, at) => ({
      ...lone(
        name,
        shippedPriors.classes[name]!.size.map(({ median }) => median) as unknown as Vec3,
        `p${at}`,
      ),
      center: [20, 10 * at + 10, 1] as Vec3,
    }));
    expect(findingsOf(sizeCheck, { labels: [lone(className, size), ...present] })).toEqual([]);
  });

  it('names the class that the size fits, if the delivery uses it', () => {
    const cone = lone('traffic_cone', [0.4, 0.4, 1.06], 'cone');
    const wrong = lone('car', [0.4, 0.4, 1]);
    const [named] = findingsOf(sizeCheck, { labels: [wrong, cone] });
    expect(named).toMatchObject({ says: 'otherClass', code: 'CLS', params: { otherClass: 'traffic_cone' } });
    const [unnamed] = findingsOf(sizeCheck, { labels: [wrong] });
    expect(unnamed).toMatchObject({ code: 'DIM', limitKey: 'small' });
  });

  it('draws the usual size along the sides that the vendor calls so', () => {
    const [finding] = findingsOf(sizeCheck, { labels: [lone('barrier', [2.4, 0.5, 4])] });
    expect(finding).toMatchObject({ says: 'height', limitKey: 'large' });
    expect(finding!.evidence).toMatchObject([{ size: [2.49, 0.49, 0.98] }]);
  });

  it('judges a track once, by the median of its labels', () => {
    const labels = Array.from({ length: 5 }, (_, frame) => ({
      ...{ frame, id: 'a', track: 't', className: 'car' },
      size: (frame === 2 ? [9, 1.95, 1.7] : car) as Vec3,
    }));
    const { findings, measured } = measuredBy(sizeCheck, { frames: 5, labels });
    expect([findings.length, measured]).toEqual([0, 1]);
  });

  it('judges only gross errors below the least number of points', () => {
    const labels = [lone('car', [4.6, 1.3, 1.7])];
    expect(findingsOf(sizeCheck, { labels }, { scan: scanOf(4) })).toEqual([]);
    expect(findingsOf(sizeCheck, { labels }, { scan: scanOf(5) })).toHaveLength(1);
    const gross = [lone('car', [4.6, 4.4, 1.7])];
    expect(findingsOf(sizeCheck, { labels: gross }, { scan: scanOf(1) })).toHaveLength(1);
  });

  it('leaves out classes that nothing is known of, whatever their name', () => {
    const all = {
      spec: (spec: QaSpec): QaSpec => ({ ...spec, scope: { ...spec.scope, classes: 'all' } }),
    };
    const labels = ['constructor', 'animal', '__proto__'].map((name, at) =>
      lone(name, [90, 90, 90], String(at)),
    );
    expect(measuredBy(sizeCheck, { labels }, all).measured).toBe(0);
  });

  it('lives with hostile sizes', () => {
    const sizes: Vec3[] = [
      [1e300, 1e300, 1e300],
      [5e-324, 5e-324, 5e-324],
      [1e-9, 4, 1e9],
    ];
    const labels = sizes.map((size, at) => lone('car', size, String(at)));
    expect(findingsOf(sizeCheck, { labels }).map(({ grade }) => grade)).toEqual(['hard', 'hard', 'hard']);
  });

  it('gives way to limits that a person set', () => {
    const labels = [lone('car', [4.6, 1.3, 1.7])];
    const settings = { limits: { SIZE: { all: { soft: 5, hard: null } } } };
    expect(findingsOf(sizeCheck, { labels }, { settings })).toEqual([]);
  });
});
