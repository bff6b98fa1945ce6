/** The QA spec that ships: valid, free of contradictions, and with the numbers the field agrees on. */
import { describe, expect, test } from 'vitest';
import { freezePlans } from '../../../shared/audit/freeze.ts';
import { cuboidLimits, isIgnoreRegion, specClass, specDefect } from '../../../shared/audit/specLookup.ts';
import { defaultSpec, expectOk } from './auditDesk.ts';

describe('the default QA spec', () => {
  test.each([
    ['KITTI', ['Car', 'Van', 'Truck', 'Pedestrian', 'Person_sitting', 'Cyclist', 'Tram']],
    ['SUSTechPOINTS', ['Car', 'Bus', 'Truck', 'Motor', 'Pedestrian', 'Rider', 'BicycleRider', 'Cone']],
    [
      'nuScenes',
      [
        'vehicle.car',
        'vehicle.truck',
        'vehicle.bus.rigid',
        'vehicle.trailer',
        'vehicle.construction',
        'vehicle.motorcycle',
        'vehicle.bicycle',
        'human.pedestrian.adult',
        'movable_object.trafficcone',
        'movable_object.barrier',
      ],
    ],
    ['made deliveries', ['car', 'van', 'truck', 'bus', 'pedestrian', 'cyclist', 'traffic_cone', 'barrier']],
  ])('knows the classes of %s', (_, names) => {
    for (const name of names) expect(specClass(defaultSpec, name), name).not.toBeNull();
  });

  test('no spelling means two classes, and regions mean none', () => {
    const spellings = defaultSpec.classes.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((it) => it.toLowerCase()),
    );
    expect(spellings.filter((name, at) => spellings.indexOf(name) !== at)).toEqual([]);
    for (const region of ['DontCare', 'ignore']) {
      expect(isIgnoreRegion(region)).toBe(true);
      expect(specClass(defaultSpec, region)).toBeNull();
    }
  });

  test('every class has tolerances, and both languages say everything', () => {
    for (const entry of defaultSpec.classes) {
      expect(defaultSpec.tolerances.map(({ group }) => group)).toContain(entry.group);
      expect(
        [entry.title, entry.rule].flatMap(({ en, zh }) => [en, zh]).every((text) => text.length > 1),
      ).toBe(true);
    }
    expect(defaultSpec.defects.every(({ title }) => title.en.length > 1 && title.zh.length > 1)).toBe(true);
  });

  test('tolerances by range and points: the smaller of length and share holds', () => {
    const limits = (range: number, points: number | null, size: [number, number, number] = [4, 1.5, 1.8]) =>
      cuboidLimits(defaultSpec, 'Car', range, size, points)!;
    expect([30, 30.1, 60, 60.1].map((range) => limits(range, 50).centerMeters)).toEqual([0.2, 0.3, 0.3, 0.5]);
    const [length, width, height] = limits(10, 50).sizeMeters;
    expect(length).toBe(0.2);
    expect(width).toBeCloseTo(0.15, 12);
    expect(height).toBeCloseTo(0.18, 12);
    expect(limits(10, 10).yawRadians).toBeCloseTo((5 * Math.PI) / 180, 12);
    expect(limits(10, 9).yawRadians).toBeCloseTo((10 * Math.PI) / 180, 12);
    expect(limits(10, null).yawRadians).toBeCloseTo((5 * Math.PI) / 180, 12);
    expect(cuboidLimits(defaultSpec, 'pedestrian', 20, [0.7, 0.7, 1.8], 40)).toMatchObject({
      centerMeters: 0.15,
    });
    expect(cuboidLimits(defaultSpec, 'spaceship', 20, [1, 1, 1], 40)).toBeNull();
  });

  test('the digits of the review screen stand in their order, each once', () => {
    const digits = defaultSpec.defects.filter(({ digit }) => digit !== null);
    expect(digits.map(({ digit, code }) => `${digit} ${code}`)).toEqual([
      '1 GHOST',
      '2 DUP',
      '3 CLS',
      '4 POS',
      '5 DIM',
      '6 YAW',
      '7 IDSW',
      '8 ATTR',
      '9 LINK',
    ]);
    const codes = defaultSpec.defects.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('sensor faults are the data’s, a missed object is for cells, a file is nobody’s', () => {
    const owned = defaultSpec.defects.filter(({ owner }) => owner === 'data').map(({ code }) => code);
    expect(owned).toEqual(['SYNC', 'CALIB', 'POSE']);
    expect(specDefect(defaultSpec, 'MISS')).toMatchObject({ where: 'cell', severity: 'major' });
    expect(specDefect(defaultSpec, 'FLIP')).toMatchObject({ severity: 'critical', where: 'label' });
    expect(specDefect(defaultSpec, 'FILE')).toBeNull();
  });

  test('its effort stays sane: a day’s labels and some thirty cells, whatever the lot', () => {
    for (const lot of [1_000, 100_000, 1_000_000]) {
      const labels = expectOk(freezePlans(lot, defaultSpec.plans)).map(({ sampleSize }) => sampleSize);
      const cells = expectOk(freezePlans(lot, defaultSpec.search.plans)).map(({ sampleSize }) => sampleSize);
      expect(Math.max(...labels)).toBeLessThanOrEqual(1250);
      expect(Math.max(...cells)).toBeLessThanOrEqual(50);
    }
  });
});
