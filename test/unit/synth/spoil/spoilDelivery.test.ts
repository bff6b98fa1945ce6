import { describe, expect, it } from 'vitest';
import { box2dAt, cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { type SpoilKind, spoilKinds } from '../../../../shared/synth/spoil/kinds.ts';
import { type Spoiled, type SpoilPlan, usualSpans } from '../../../../shared/synth/spoil/plan.ts';
import { spoilDelivery } from '../../../../shared/synth/spoil/spoilDelivery.ts';
import { pointsOf, streetIndex, streetRules } from './streetIndex.ts';

const base: SpoilPlan = {
  seed: 5,
  amount: 0.5,
  kinds: 'all',
  sizes: 'both',
  isMixed: false,
  spans: usualSpans,
};

function spoil(index: DeliveryIndex, plan: Partial<SpoilPlan>): Spoiled {
  return spoilDelivery(index, { ...base, ...plan }, { rules: streetRules, points: pointsOf(index) });
}

const one = (kind: SpoilKind, count = 1): Partial<SpoilPlan> => ({ amount: { [kind]: count } });

/** Everything a label says, by frame and id. */
function said({ delivery, labels }: DeliveryIndex): Map<string, string> {
  const lines = new Map<string, string>();
  for (let row = 0; row < labels.cuboids.count; row++) {
    const { row: _row, frame, id, ...rest } = cuboidAt(labels, row);
    const links = Array.from({ length: labels.boxes2d.count }, (_, box) => box)
      .filter((box) => labels.boxes2d.cuboid[box] === row)
      .map((box) => {
        const { row: _box, cuboid: _cuboid, ...more } = box2dAt(labels, box);
        return more;
      });
    const stated = labels.cuboids.statedPoints[row];
    lines.set(`${delivery.frames.at(frame)!.id} ${id}`, JSON.stringify({ rest, links, stated }));
  }
  return lines;
}

describe('spoiling a delivery', () => {
  it.each(spoilKinds)('%s: changes what its record says and nothing else', (kind) => {
    const index = streetIndex();
    const before = said(index);
    const { index: after, truth, left } = spoil(index, one(kind, 2));
    expect(left).toEqual([]);
    expect(truth.length).toBeGreaterThan(0);
    expect(new Set(truth.map(({ fault }) => fault)).size).toBe(2);
    const touched = new Set(truth.map(({ frame, object }) => `${frame} ${object}`));
    const now = said(after);
    for (const [key, text] of before) if (!touched.has(key)) expect(now.get(key), key).toBe(text);
    for (const key of now.keys()) if (!before.has(key)) expect(touched).toContain(key);
    for (const { frame, object, delivered, truth: was } of truth) {
      if (object === null) continue;
      expect(now.has(`${frame} ${object}`)).toBe(delivered !== null);
      expect(before.has(`${frame} ${object}`)).toBe(was !== null);
      expect(now.get(`${frame} ${object}`)).not.toBe(before.get(`${frame} ${object}`));
    }
  });

  it('leaves the delivery it was given as it was', () => {
    const index = streetIndex();
    const copy = structuredClone(index);
    spoil(index, { amount: 1, isMixed: true });
    expect(index).toEqual(copy);
  });

  it('gives the same faults for the same seed and others for another', () => {
    const [first, again, other] = [5, 5, 6].map((seed) => spoil(streetIndex(), { amount: 1, seed }));
    expect(again).toEqual(first);
    expect(other!.truth).not.toEqual(first!.truth);
  });

  it('keeps rows in order of frames, ids unique in a frame and links within it', () => {
    const { index } = spoil(streetIndex(), { amount: 1, isMixed: true });
    const { cuboids, boxes2d } = index.labels;
    expect(cuboids.frameStart.at(-1)).toBe(cuboids.count);
    for (let frame = 0; frame < index.delivery.frames.length; frame++) {
      const ids = new Set<string>();
      for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
        expect(cuboids.frame[row]).toBe(frame);
        ids.add(cuboids.id.at(row)!);
      }
      expect(ids.size).toBe(cuboids.frameStart[frame + 1]! - cuboids.frameStart[frame]!);
    }
    for (const [box, row] of boxes2d.cuboid.entries()) {
      if (row >= 0) expect(cuboids.frame[row]).toBe(boxes2d.frame[box]);
    }
  });

  it('keeps to the sizes that were asked for', () => {
    for (const sizes of ['mild', 'gross'] as const) {
      const { truth } = spoil(streetIndex(), { amount: { 'shift-x': 4, yaw: 4, loose: 3 }, sizes });
      expect(truth.length).toBeGreaterThan(10);
      for (const { size, timesTolerance } of truth) {
        expect(size).toBe(sizes);
        const [low, high] = sizes === 'mild' ? [1, 2] : [2, 10];
        expect(timesTolerance).toBeGreaterThanOrEqual(low);
        expect(timesTolerance).toBeLessThanOrEqual(high);
      }
    }
  });

  it('spoils the share of objects that was asked for, each once', () => {
    const { truth, left } = spoil(streetIndex(), { amount: 0.5, kinds: ['shift-x', 'yaw', 'missing'] });
    expect(left).toEqual([]);
    expect(new Set(truth.map(({ fault }) => fault)).size).toBe(9);
    expect(new Set(truth.map(({ scene, object }) => `${scene} ${object}`)).size).toBe(9);
  });

  it('puts several faults on one object only where that is allowed', () => {
    const kinds = ['shift-x', 'resize-width', 'yaw'] as const;
    const perObject = (isMixed: boolean): number => {
      const { truth } = spoil(streetIndex({ scenes: 1 }), { amount: 1, kinds, isMixed });
      const faults = new Map<string, Set<number>>();
      for (const { object, fault } of truth) {
        faults.set(object!, (faults.get(object!) ?? new Set()).add(fault));
      }
      return Math.max(...[...faults.values()].map((set) => set.size));
    };
    expect(perObject(false)).toBe(1);
    expect(perObject(true)).toBeGreaterThan(1);
  });

  it('leaves labels alone that have too few points to be judged', () => {
    const index = streetIndex();
    const points = pointsOf(index).fill(4);
    const plan = { ...base, amount: { 'shift-x': 1, missing: 1 } };
    const { truth, left } = spoilDelivery(index, plan, { rules: streetRules, points });
    expect(truth).toEqual([]);
    expect(left).toEqual([
      { kind: 'missing', why: 'nothing-fits', count: 1 },
      { kind: 'shift-x', why: 'nothing-fits', count: 1 },
    ]);
  });

  it('makes no multiple of a tolerance that is none', () => {
    const index = streetIndex();
    for (const centerMeters of [0, Number.POSITIVE_INFINITY]) {
      const tolerance = (...asked: Parameters<typeof streetRules.tolerance>) => ({
        ...streetRules.tolerance(...asked)!,
        centerMeters,
      });
      const tools = { rules: { ...streetRules, tolerance }, points: pointsOf(index) };
      const { truth } = spoilDelivery(index, { ...base, amount: { 'shift-x': 3 } }, tools);
      expect(truth).toEqual([]);
    }
  });

  it('says which kinds the delivery has nothing for', () => {
    const index = streetIndex({ hasTracks: false });
    const bare: DeliveryIndex = {
      ...index,
      delivery: {
        ...index.delivery,
        cameras: [],
        calibrations: [],
        frames: index.delivery.frames.map(({ worldFromSpace: _pose, ...frame }) => ({
          ...frame,
          images: [],
        })),
      },
      labels: {
        ...index.labels,
        boxes2d: { ...index.labels.boxes2d, count: 0, cuboid: new Int32Array(0) },
      },
    };
    const { left } = spoil(bare, { amount: 1 });
    const why = Object.fromEntries(left.map((entry) => [entry.kind, entry.why]));
    expect(why).toMatchObject({
      'track-switch': 'no-tracks',
      gap: 'no-tracks',
      'box2d-off': 'no-boxes2d',
      extrinsic: 'no-cameras',
      'time-offset': 'no-cameras',
      'pose-jump': 'no-poses',
    });
  });

  it('keeps other label sources', () => {
    const index = streetIndex();
    const others = [{ name: 'model', kind: 'model' as const, labels: index.labels }];
    const { index: after } = spoil({ ...index, others }, { amount: 1 });
    expect(after.others).toBe(others);
  });
});
