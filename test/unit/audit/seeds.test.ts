/** Known errors: each is wrong in the spec's own terms, named by codes of the spec, and drawn so that anyone can repeat it. */
import { describe, expect, test } from 'vitest';
import { seedKinds, seedSchema } from '../../../shared/audit/events.ts';
import { usualSeeds } from '../../../shared/audit/seedDraw.ts';
import { makeSeed, type SeedCandidate, seedSizes, sizeOfSeed } from '../../../shared/audit/seeds.ts';
import { cuboidLimits, specClass, specDefect } from '../../../shared/audit/specLookup.ts';
import { boxDelta } from '../../../shared/geometry/boxDelta.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import { randomSource } from '../../../shared/sampling/randomSource.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, defaultSpec, lead, seed as otherSeed } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';
import { labelled, seedsFor } from './seedLab.ts';

const classNames = ['Car', 'Pedestrian', 'Truck', 'Cyclist', 'Unheard_of'];

/** Any label of any listed class, from close by to beyond every range band. */
function anyLabel(number: number): SeedCandidate {
  const random = seededRandom(number);
  const entry = defaultSpec.classes[random.integer(0, defaultSpec.classes.length - 1)]!;
  const [range, angle] = [random.between(3, 90), random.between(-Math.PI, Math.PI)];
  return {
    unit: `f|${number}`,
    scene: 's',
    frame: 'f',
    label: String(number),
    className: entry.name,
    center: [range * Math.cos(angle), range * Math.sin(angle), random.between(-1, 2)],
    size: entry.typicalSize.map((extent) => extent * random.between(0.7, 1.3)) as [number, number, number],
    rotation: quaternionFromYaw(random.between(-Math.PI, Math.PI)),
    points: random.integer(10, 400),
  };
}

const randomOf = (number: number) => randomSource([number + 1, 7, 11, 13]);

describe('making an error', () => {
  test.each(seedKinds.flatMap((kind) => seedSizes.map((size) => [kind, size] as const)))(
    '%s, %s: beyond the tolerance of the vendor’s label and of the one that is shown',
    (kind, size) => {
      let made = 0;
      for (let number = 0; number < 400; number++) {
        const label = anyLabel(number);
        const seed = makeSeed(label, { id: 'K', kind, size }, defaultSpec, classNames, randomOf(number));
        if (seed === null) continue;
        made += 1;
        expect(seedSchema.parse(seed)).toEqual(seed);
        for (const code of seed.codes) expect(specDefect(defaultSpec, code)?.owner).toBe('vendor');
        const delta = boxDelta(label, seed.shown);
        const limits = [label, seed.shown].map(
          (shape) =>
            cuboidLimits(
              defaultSpec,
              label.className,
              Math.hypot(shape.center[0], shape.center[1]),
              shape.size,
              label.points,
            )!,
        );
        const times = seed.timesTolerance;
        if (times !== null) {
          expect(sizeOfSeed(seed)).toBe(size);
          expect(times).toBeGreaterThan(size === 'mild' ? 1.2 : 2);
          expect(times).toBeLessThanOrEqual(size === 'mild' ? 2 : 3.5);
        }
        switch (kind) {
          case 'shift': {
            const off = Math.hypot(delta.along, delta.across);
            for (const { centerMeters } of limits) expect(off).toBeGreaterThan(1.2 * centerMeters);
            expect(off).toBeCloseTo(times! * Math.max(...limits.map(({ centerMeters }) => centerMeters)), 5);
            expect([delta.up, delta.yaw, delta.length]).toEqual([
              expect.closeTo(0, 9),
              expect.closeTo(0, 9),
              expect.closeTo(0, 9),
            ]);
            break;
          }
          case 'resize': {
            const sides = [delta.length, delta.width, delta.height];
            const axis = sides.findIndex((side) => Math.abs(side) > 1e-9);
            expect(sides.filter((side) => Math.abs(side) > 1e-9)).toHaveLength(1);
            for (const { sizeMeters } of limits)
              expect(Math.abs(sides[axis]!)).toBeGreaterThan(1.2 * sizeMeters[axis]!);
            expect(Math.min(...seed.shown.size)).toBeGreaterThan(0);
            // One face stays in its place.
            const middle = [delta.along, delta.across, delta.up][axis]!;
            expect(Math.abs(middle)).toBeCloseTo(Math.abs(sides[axis]!) / 2, 9);
            break;
          }
          case 'turn':
            for (const { yawRadians } of limits)
              expect(Math.abs(delta.yaw)).toBeGreaterThan(1.2 * yawRadians - 1e-9);
            expect(Math.abs(delta.yaw)).toBeLessThan(Math.PI / 2);
            break;
          case 'flip':
            expect(Math.abs(delta.yaw)).toBeCloseTo(Math.PI, 6);
            break;
          case 'class':
            expect(specClass(defaultSpec, seed.shown.className)).not.toBeNull();
            expect(specClass(defaultSpec, seed.shown.className)?.name).not.toBe(label.className);
            expect(classNames).toContain(seed.shown.className);
            expect({ ...seed.shown, className: '' }).toMatchObject({
              center: label.center,
              size: label.size,
            });
            break;
        }
      }
      expect(made).toBeGreaterThan(100);
    },
  );

  test('not where nobody could see it, nor where the spec has no name for it', () => {
    const label = { ...anyLabel(3), className: 'car', size: [4.5, 1.9, 1.6] as const };
    const wish = { id: 'K', size: 'gross' } as const;
    const made = (change: Partial<SeedCandidate>, kind: (typeof seedKinds)[number], spec = defaultSpec) =>
      makeSeed({ ...label, ...change }, { ...wish, kind }, spec, classNames, randomOf(1));
    for (const kind of seedKinds) {
      expect(made({}, kind)).not.toBeNull();
      expect(made({ points: 4 }, kind)).toBeNull();
      expect(made({ points: null }, kind)).toBeNull();
      const nameless = {
        ...defaultSpec,
        defects: defaultSpec.defects.filter(({ code }) => code === 'GHOST'),
      };
      expect(made({}, kind, nameless)).toBeNull();
    }
    // Below the spec's "few points" a place or a heading cannot be judged, a class can.
    expect(made({ points: 9 }, 'shift')).toBeNull();
    expect(made({ points: 9 }, 'class')).not.toBeNull();
    // A footprint as wide as long has no heading to be wrong.
    expect(made({ size: [2.2, 1.9, 1.6] }, 'turn')).toBeNull();
    expect(made({ size: [2.2, 1.9, 1.6] }, 'flip')).toBeNull();
    // Nor is anybody asked to see which way a person on foot looks: the spec allows 20 degrees.
    expect(made({ size: [0.9, 0.5, 1.8], className: 'pedestrian' }, 'turn')).toBeNull();
    expect(made({ size: [0.9, 0.5, 1.8], className: 'pedestrian' }, 'flip')).toBeNull();
    expect(made({ className: 'Unheard_of' }, 'class')).toBeNull();
    expect(made({ className: 'Unheard_of' }, 'shift')).toBeNull();
  });

  test('a mild error of class takes the class most like it, a gross one the most like it of another group', () => {
    const label = { ...anyLabel(3), className: 'car' };
    const wrong = (size: (typeof seedSizes)[number]) =>
      makeSeed(label, { id: 'K', kind: 'class', size }, defaultSpec, classNames, randomOf(1))!.shown
        .className;
    expect(wrong('mild')).toBe('Truck');
    expect(wrong('gross')).toBe('Cyclist');
  });
});

describe('drawing errors', () => {
  const index = makeIndex();

  test('same seed, same errors; outside the sample; kinds and sizes take turns; one on a track', async () => {
    const desk = AuditDesk.ready(index);
    const first = await seedsFor(desk, index);
    expect(await seedsFor(desk, index)).toEqual(first);
    const others = await seedsFor(desk, index, { seed: otherSeed.split('').reverse().join('') });
    expect(others.seeds).not.toEqual(first.seeds);
    expect(first.seeds).toHaveLength(12);
    expect(first.draw).toMatchObject({ seed: otherSeed, population: 400 - desk.units.length });
    const drawn = new Set(desk.units.map(({ id }) => id));
    expect(first.seeds.filter(({ unit }) => drawn.has(unit))).toEqual([]);
    expect(new Set(first.seeds.map(({ id }) => id)).size).toBe(12);
    const kinds = seedKinds.map((kind) => first.seeds.filter((seed) => seed.kind === kind).length);
    expect(Math.min(...kinds)).toBeGreaterThanOrEqual(2);
    const sizes = first.seeds.map(sizeOfSeed);
    expect(sizes.filter((size) => size === 'mild').length).toBeGreaterThan(1);
    expect(sizes.filter((size) => size === 'gross').length).toBeGreaterThan(1);
    const labels = labelled(index);
    const tracks = first.seeds.map(({ unit }) => labels.get(unit)!.track);
    expect(new Set(tracks).size).toBe(12);
    desk.record({ type: 'seeds.set', data: first }, lead);
    expect(desk.state!.seeds).toEqual(first.seeds);
    expect(desk.state!.seedsSet).toMatchObject({ by: lead });
  });

  test('of one size where that is asked for; none where nothing can be seen', async () => {
    const desk = AuditDesk.ready(index);
    const { seeds } = await seedsFor(desk, index, { mix: 'gross' });
    expect(new Set(seeds.map(sizeOfSeed))).toEqual(new Set(['gross', null]));
    await expect(seedsFor(desk, index, {}, 3)).rejects.toThrow('seeds-not-possible');
    // Moved off its points a label is a ghost, and no code says what was done to it.
    await expect(seedsFor(desk, index, {}, 40, 4)).rejects.toThrow('seeds-not-possible');
    expect(await seedsFor(desk, index, { count: 0 })).toEqual({ seeds: [] });
  });

  test('one for every twenty units unless somebody says otherwise', () => {
    expect([1, 20, 80, 125].map(usualSeeds)).toEqual([1, 1, 4, 6]);
  });
});
