import { describe, expect, it } from 'vitest';
import { egoCheck } from '../../../../shared/checks/labels/ego.ts';
import { headingOf } from '../../../../shared/checks/labels/heading.ts';
import { rangeCheck } from '../../../../shared/checks/labels/range.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { findingsOf, indexOf, type MadeLabel, measuredBy, poseAt } from './labelledScene.ts';

const at = (id: string, center: Vec3, more: Partial<MadeLabel> = {}): MadeLabel => ({ id, center, ...more });

describe('RANGE', () => {
  const upTo = (meters: number | null) => ({
    spec: <Spec extends { scope: object }>(spec: Spec): Spec => ({
      ...spec,
      scope: { ...spec.scope, maxRangeMeters: meters },
    }),
  });

  it('tells what lies beyond the range of the spec, and by how much', () => {
    const labels = [at('in', [30, 40, 0]), at('out', [36, 48, 0])];
    const found = findingsOf(rangeCheck, { labels }, upTo(50));
    expect(found).toMatchObject([
      { object: 'out', value: 10, grade: 'hard', says: 'is', params: { range: 60, most: 50 } },
    ]);
    expect(measuredBy(rangeCheck, { labels }, upTo(50)).measured).toBe(2);
  });

  it('without a range only what no lidar reaches is told', () => {
    const labels = [at('far', [220, 0, 0]), at('lost', [1e300, 0, 0])];
    expect(findingsOf(rangeCheck, { labels })).toMatchObject([{ object: 'lost', says: 'implausible' }]);
  });
});

describe('EGO', () => {
  it('tells a label that covers the vehicle', () => {
    const [finding] = findingsOf(egoCheck, { labels: [at('on', [1, 0.3, 0])] });
    expect(finding).toMatchObject({ code: 'GHOST', grade: 'hard' });
    expect(finding!.evidence).toMatchObject([{ kind: 'box', role: 'other' }]);
  });

  it.each<[string, MadeLabel]>([
    ['a car in the next lane', at('a', [0, 2.4, 0])],
    ['a car that waits behind', at('a', [-4.2, 0, 0])],
    ['a car bumper to bumper ahead of the rear axle', at('a', [6.2, 0, 0])],
    ['a person beside the door', at('a', [0.5, 1.1, 0], { className: 'pedestrian', size: [0.7, 0.7, 1.7] })],
    [
      'a lorry across its front',
      at('a', [5.5, 0, 0], { className: 'truck', size: [9, 2.5, 3], yaw: Math.PI / 2 }),
    ],
    ['the vehicle itself', at('a', [0, 0, 0], { className: 'Egocar' })],
  ])('says nothing of %s', (_title, label) => {
    const all = {
      spec: <Spec extends { scope: object }>(spec: Spec): Spec => ({
        ...spec,
        scope: { ...spec.scope, classes: 'all' },
      }),
    };
    const poses = [poseAt(0), poseAt(1), poseAt(2)];
    expect(findingsOf(egoCheck, { frames: 3, labels: [label], poses, space: 'vehicle' }, all)).toEqual([]);
    expect(findingsOf(egoCheck, { labels: [label] }, all)).toEqual([]);
  });

  it('reaches further ahead where the vehicle is seen to drive', () => {
    const labels = [at('ahead', [1.3, 0, 0], { className: 'pedestrian', size: [0.6, 0.6, 1.7] })];
    const poses = [poseAt(0), poseAt(2), poseAt(4)];
    expect(findingsOf(egoCheck, { frames: 3, labels, poses })).toHaveLength(1);
    expect(findingsOf(egoCheck, { frames: 3, labels })).toEqual([]);
  });

  it('a heading is told by motion alone, and not by jumps or shunting', () => {
    const heading = (places: readonly [number, number][]) =>
      headingOf(
        indexOf({
          frames: places.length,
          poses: places.map(([x, y]) => poseAt(x, y)),
        }).delivery.frames.slice(),
      );
    expect(
      heading([
        [0, 0],
        [0, 3],
        [0, 7],
      ]),
    ).toBeCloseTo(Math.PI / 2, 9);
    expect(
      heading([
        [0, 0],
        [0.1, 0],
        [0.2, 0],
      ]),
    ).toBeNull();
    expect(
      heading([
        [0, 0],
        [3, 0],
        [0, 0],
        [3, 0],
      ]),
    ).toBeNull();
    expect(
      heading([
        [0, 0],
        [900, 0],
      ]),
    ).toBeNull();
    expect(
      heading([
        [0, 0],
        [Number.NaN, 0],
      ]),
    ).toBeNull();
  });

  it('lives with hostile numbers', () => {
    const labels = [at('a', [1e308, -1e308, 0], { size: [1e300, 1e300, 1] })];
    expect(() => findingsOf(egoCheck, { labels })).not.toThrow();
  });
});
