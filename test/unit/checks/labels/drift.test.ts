import { describe, expect, it } from 'vitest';
import type { Measured } from '../../../../shared/checks/contract.ts';
import { driftCheck } from '../../../../shared/checks/labels/drift.ts';
import { stabilityOf } from '../../../../shared/checks/labels/stability.ts';
import type { Mix, PriorsDocument } from '../../../../shared/checks/priors.ts';
import { addMixes, emptyMix, mixOf } from '../../../../shared/checks/priorsMix.ts';
import { shippedPriors } from '../../../../shared/checks/shippedPriors.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { type MadeLabel, measuredBy, sceneOf } from './labelledScene.ts';

const counts = (of: Readonly<Record<string, number>>) => new Map(Object.entries(of));

describe('population stability index', () => {
  it('is the sum by hand', () => {
    // (0.4-0.5) ln 0.8 + (0.35-0.3) ln (7/6) + (0.25-0.2) ln 1.25 = 0.0223144 + 0.0077075 + 0.0111572.
    const stability = stabilityOf(
      counts({ a: 5e7, b: 3e7, c: 2e7 }),
      counts({ a: 4e7, b: 3.5e7, c: 2.5e7 }),
    )!;
    expect(stability.index).toBeCloseTo(0.0411791, 6);
    expect(stability).toMatchObject({ bin: 'a' });
    expect(stability.before).toBeCloseTo(0.5, 6);
  });

  it('allows for what chance makes of so few', () => {
    // Chi-squared with 2 degrees: 9.2103 at its upper hundredth.
    const { chance } = stabilityOf(counts({ a: 50, b: 30, c: 20 }), counts({ a: 40, b: 40, c: 20 }))!;
    expect(chance).toBeCloseTo(9.2103 * 0.02, 2);
  });

  it('of two draws from one distribution chance is passed about once in a hundred', () => {
    const random = seededRandom(7);
    const draw = (count: number) => {
      const drawn = new Map<string, number>();
      for (let n = 0; n < count; n++) {
        const at = random.next();
        const bin = at < 0.4 ? 'a' : at < 0.7 ? 'b' : at < 0.9 ? 'c' : 'd';
        drawn.set(bin, (drawn.get(bin) ?? 0) + 1);
      }
      return drawn;
    };
    const passed = Array.from({ length: 2000 }, () => stabilityOf(draw(300), draw(150))!).filter(
      ({ index, chance }) => index > chance,
    );
    expect(passed.length).toBeGreaterThan(4);
    expect(passed.length).toBeLessThan(45);
  });

  it('is nothing where a side is empty, and 0 where nothing changed', () => {
    expect(stabilityOf(counts({}), counts({ a: 3 }))).toBeNull();
    expect(stabilityOf(counts({ a: 30, b: 10 }), counts({ a: 30, b: 10 }))!.index).toBe(0);
    expect(Number.isFinite(stabilityOf(counts({ a: 500 }), counts({ b: 500 }))!.index)).toBe(true);
  });
});

describe('DRIFT', () => {
  const history = (mix: Partial<Mix>): PriorsDocument => ({
    ...shippedPriors,
    mix: { ...emptyMix(), ...mix },
  });
  const labels = (classes: Readonly<Record<string, number>>): MadeLabel[] =>
    Object.entries(classes).flatMap(([className, count]) =>
      Array.from({ length: count }, (_, n) => ({ id: `${className}${n}`, className })),
    );
  function concluded(of: Readonly<Record<string, number>>, priors: PriorsDocument) {
    const { tallies } = measuredBy(driftCheck, { labels: labels(of) }, { priors });
    const measured: Pick<Measured, 'value' | 'says' | 'params'>[] = [];
    driftCheck.conclude!(tallies, { measure: (one) => measured.push(one) });
    return measured;
  }

  it('tells that people have become cars, and from what share to what', () => {
    const [classes] = concluded(
      { car: 900, pedestrian: 100 },
      history({ classes: { car: 500, pedestrian: 500 } }),
    );
    expect(classes).toMatchObject({ says: 'classes', params: { bin: 'pedestrian', before: 50, after: 10 } });
    expect(classes!.value).toBeGreaterThan(driftCheck.limits.all!.hard!);
  });

  it('few counts do not fire', () => {
    const measured = concluded({ car: 9, pedestrian: 1 }, history({ classes: { car: 50, pedestrian: 50 } }));
    expect(measured.every(({ value }) => value < driftCheck.limits.all!.soft!)).toBe(true);
  });

  it('tallies of scenes add up to those of the whole', () => {
    const scene = sceneOf({ frames: 2, labels: labels({ car: 7, bus: 2 }) });
    const mix = mixOf(scene, () => 12);
    expect(mix).toEqual({
      classes: { car: 7, bus: 2 },
      boxesPerFrame: { '1': 1 },
      pointsPerBox: { '10': 9 },
    });
    expect(addMixes(mix, mix).classes).toEqual({ car: 14, bus: 4 });
    expect(addMixes(emptyMix(), mix)).toEqual(mix);
  });

  it('an object counts once, however many frames it is in', () => {
    const frames = Array.from({ length: 30 }, (_, frame) => ({ frame, id: 'a', track: 't' }));
    expect(mixOf(sceneOf({ frames: 30, labels: frames }), () => null)).toMatchObject({
      ...{ classes: { car: 1 }, pointsPerBox: {} },
    });
  });
});
