/** The lot: scope, counts by reason, units of every kind, search cells, and the draw from them. */
import { describe, expect, test } from 'vitest';
import { isInCell, sectorOf } from '../../../shared/audit/cells.ts';
import { freezePlans, freezeSample } from '../../../shared/audit/freeze.ts';
import { buildLot, type Lot } from '../../../shared/audit/lot.ts';
import { presentationOrder, presentationOrderOfCells } from '../../../shared/audit/presentation.ts';
import type { QaSpec, UnitKind } from '../../../shared/audit/qaSpec.ts';
import { fileKey } from '../../../shared/audit/scope.ts';
import { makePlan } from '../../../shared/sampling/makePlan.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { defaultSpec, expectOk, labelsHash, seed, sha256 } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

function withScope(scope: Partial<QaSpec['scope']>, unit: UnitKind = 'cuboid'): QaSpec {
  return { ...defaultSpec, unit, scope: { ...defaultSpec.scope, ...scope } };
}

function unitsOf(lot: Lot) {
  return lot.ids.map((_, at) => lot.unitAt(at));
}

const request = { seed, labelsHash, replan: null };

describe('scope', () => {
  test('classes count under the spec’s own name, whatever the vendor’s spelling', () => {
    const spellings = ['CAR', 'vehicle.car', 'Rider', 'Person_sitting', 'Misc', 'DontCare'];
    const index = makeIndex({ cuboidsPerFrame: 6, row: (_, number) => ({ className: spellings[number]! }) });
    const lot = expectOk(buildLot(index, defaultSpec));
    expect(lot.byClass).toEqual({ car: 20, cyclist: 10, pedestrian: 10 });
    expect(lot.excluded).toEqual({ class: 20 });
    const all = expectOk(buildLot(index, withScope({ classes: 'all' })));
    expect(all.byClass).toEqual({ car: 20, cyclist: 10, pedestrian: 10, Misc: 10 });
    expect(all.excluded).toEqual({ class: 10 });
  });

  test('range is the ground distance of the centre, the limit inclusive', () => {
    const places = [
      [3, 4, 100],
      [3, 4.0001, 0],
      [0, -5, 0],
    ] as const;
    const index = makeIndex({ cuboidsPerFrame: 3, row: (_, number) => ({ center: places[number]! }) });
    const lot = expectOk(buildLot(index, withScope({ maxRangeMeters: 5 })));
    expect(lot.excluded).toEqual({ range: 10 });
    expect(new Set(unitsOf(lot).map(({ label }) => label))).toEqual(new Set(['label-0', 'label-2']));
  });

  test('derived labels, few points and ignore zones are counted by reason', () => {
    const zone: [number, number][] = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ];
    const index = makeIndex({
      cuboidsPerFrame: 4,
      row: (_, number) => ({ isDerived: number === 0, center: number === 1 ? [0.5, 0.2, 0] : [20, 0, 0] }),
    });
    const pointsInside = (row: number): number => (index.labels.cuboids.id.at(row) === 'label-2' ? 4 : 5);
    const spec = withScope({ minPoints: 5, ignoreZones: [zone] });
    expect(expectOk(buildLot(index, spec, { pointsInside })).excluded).toEqual({
      derived: 10,
      'ignore-zone': 10,
      points: 10,
    });
    expect(buildLot(index, spec)).toMatchObject({ ok: false, problem: { code: 'lot-needs-point-counts' } });
  });

  test('unusable cuboids and unreadable sweeps stay in the lot, uninspectable', () => {
    const index = makeIndex({ row: (_, number) => (number === 7 ? { size: [0, 2, 1] } : {}) });
    const [first] = index.delivery.frames;
    const unreadable = new Set([fileKey(first!.sweeps[0]!)]);
    const lot = expectOk(buildLot(index, defaultSpec, { unreadable }));
    expect(lot.ids).toHaveLength(400);
    expect(lot.uninspectable).toBe(40 + 9);
    const blind = unitsOf(lot).filter(({ isInspectable }) => !isInspectable);
    expect(blind).toHaveLength(49);
    expect(blind.every(({ frame, label }) => frame === first!.id || label === 'label-7')).toBe(true);
    expect(
      lot.cells.ids.map((_, at) => lot.cells.cellAt(at)).filter((cell) => !cell.isInspectable),
    ).toHaveLength(8);
  });
});

describe('units of every kind', () => {
  const index = makeIndex({ row: (_, number) => (number === 5 ? { track: null } : {}) });

  test.each([
    ['cuboid', 400, 'scene0-0000|label-0', {}],
    ['box2d', 400, 'scene0-0000|label-0', {}],
    ['track', 78, 'scene0/0', { untracked: 20 }],
    ['frame', 10, 'scene0-0000', {}],
    ['scene', 2, 'scene0', {}],
  ] as const)('%s: %i units', (unit, size, firstId, excluded) => {
    const lot = expectOk(buildLot(index, withScope({}, unit)));
    expect(lot.ids).toHaveLength(size);
    expect(new Set(lot.ids).size).toBe(size);
    expect(lot.excluded).toEqual(excluded);
    const units = unitsOf(lot);
    expect(units.map(({ id }) => id)).toEqual(lot.ids);
    expect(units.every(({ kind }) => kind === unit)).toBe(true);
    expect(units.find(({ id }) => id === firstId)).toMatchObject({ scene: 'scene0', frame: 'scene0-0000' });
  });

  test('a track is in the lot when one of its labels is, and is shown from there', () => {
    const far = makeIndex({
      scenes: 1,
      cuboidsPerFrame: 2,
      row: (frame, number) => ({ track: `t${number}`, center: [number === 0 && frame === 3 ? 5 : 90, 0, 0] }),
    });
    const lot = expectOk(buildLot(far, withScope({ maxRangeMeters: 50 }, 'track')));
    expect(unitsOf(lot)).toMatchObject([{ id: 't0', frame: 'scene0-0003', label: null, className: 'car' }]);
    expect(lot.excluded).toEqual({ range: 1 });
  });

  test('2D boxes follow the place of the cuboid they are linked to', () => {
    const lot = expectOk(buildLot(index, withScope({ maxRangeMeters: 29 }, 'box2d')));
    expect(lot.excluded).toEqual({ range: 200 });
  });
});

describe('search cells', () => {
  test('frame by sector and range band, cut at the scope’s range', () => {
    const lot = expectOk(buildLot(makeIndex(), withScope({ maxRangeMeters: 45 })));
    expect(lot.cells.ids).toHaveLength(10 * 4 * 2);
    const cells = lot.cells.ids.map((_, at) => lot.cells.cellAt(at));
    expect(cells.map(({ id }) => id)).toEqual(lot.cells.ids);
    expect(new Set(cells.map((cell) => `${cell.rangeFromMeters}-${cell.rangeToMeters}`))).toEqual(
      new Set(['0-30', '30-45']),
    );
  });

  test('a whole frame is one cell', () => {
    const spec = { ...defaultSpec, search: { ...defaultSpec.search, cell: 'frame' as const } };
    const lot = expectOk(buildLot(makeIndex(), spec));
    expect(lot.cells.cellAt(0)).toMatchObject({ id: 'scene0-0000', sector: -1, rangeToMeters: 60 });
    expect(lot.cells.ids).toHaveLength(10);
  });

  test('every place within reach lies in exactly one cell; the first sector is centred on +x', () => {
    const lot = expectOk(buildLot(makeIndex(), defaultSpec));
    const ofFrame = lot.cells.ids
      .map((_, at) => lot.cells.cellAt(at))
      .filter(({ frame }) => frame === 'scene1-0002');
    const random = seededRandom(5);
    for (let round = 0; round < 2000; round += 1) {
      const [x, y] = [random.between(-80, 80), random.between(-80, 80)];
      const holding = ofFrame.filter((cell) => isInCell(cell, 4, x, y));
      expect(holding).toHaveLength(Math.hypot(x, y) < 60 ? 1 : 0);
    }
    expect(
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
        [1, 0.99],
        [1, -0.99],
      ].map(([x, y]) => sectorOf(4, x!, y!)),
    ).toEqual([0, 1, 2, 3, 0, 0]);
  });
});

describe('the frozen sample', () => {
  const index = makeIndex({ cuboidsPerFrame: 120 });
  const lot = expectOk(buildLot(index, defaultSpec));
  const sample = expectOk(freezeSample(lot, defaultSpec, request, sha256));

  test('each severity has its plan, and the draw is the largest n of one random order', () => {
    expect(sample.labels.plans.map(({ severity, scheme, standard }) => [severity, scheme, standard])).toEqual(
      [
        ['critical', 'c0', expect.stringContaining('not ISO 2859-1')],
        ['major', 'iso2859-1', 'ISO 2859-1:1999'],
        ['minor', 'iso2859-1', 'ISO 2859-1:1999'],
      ],
    );
    for (const plan of sample.labels.plans) {
      const rule = defaultSpec.plans.find(({ severity }) => severity === plan.severity)!;
      expect(expectOk(makePlan({ ...rule, lotSize: 1200 }))).toMatchObject({
        sampleSize: plan.sampleSize,
        acceptanceNumber: plan.acceptanceNumber,
      });
    }
    const largest = Math.max(...sample.labels.plans.map(({ sampleSize }) => sampleSize));
    expect(sample.labels.units).toHaveLength(largest);
    expect(sample.labels.units.every(({ probability }) => probability === largest / 1200)).toBe(true);
  });

  test('the same seed and delivery draw the same units, however the lot is ordered', () => {
    const reversed: Lot = {
      ...lot,
      ids: lot.ids.toReversed(),
      unitAt: (position) => lot.unitAt(lot.ids.length - 1 - position),
      rangeAt: (position) => lot.rangeAt(lot.ids.length - 1 - position),
    };
    expect(expectOk(freezeSample(reversed, defaultSpec, request, sha256)).labels).toEqual(sample.labels);
    const other = expectOk(freezeSample(lot, defaultSpec, { ...request, seed: 'e'.repeat(32) }, sha256));
    expect(other.labels.populationHash).toBe(sample.labels.populationHash);
    expect(other.labels.units.map(({ id }) => id)).not.toEqual(sample.labels.units.map(({ id }) => id));
  });

  test('a stricter plan only adds to the end of the draw', () => {
    const minorOnly = { ...defaultSpec, plans: defaultSpec.plans.slice(2) };
    const shorter = expectOk(freezeSample(lot, minorOnly, request, sha256));
    const length = shorter.labels.units.length;
    expect(shorter.labels.units.map(({ id }) => id)).toEqual(
      sample.labels.units.slice(0, length).map(({ id }) => id),
    );
  });

  test('an empty lot, an AQL of defects and a broken seed are problems', () => {
    const none = expectOk(buildLot(makeIndex({ row: () => ({ className: 'Misc' }) }), defaultSpec));
    const code = (result: ReturnType<typeof freezeSample>) => (result.ok ? null : result.problem.code);
    expect(code(freezeSample(none, defaultSpec, request, sha256))).toBe('lot-empty');
    const rule = {
      scheme: 'iso2859-1',
      severity: 'minor',
      aql: '15',
      level: 'II',
      inspection: 'normal',
    } as const;
    const perHundred = { ...defaultSpec, plans: [rule] };
    expect(code(freezeSample(lot, perHundred, request, sha256))).toBe('plan-counts-defects');
    expect(code(freezeSample(lot, defaultSpec, { ...request, seed: 'xyz' }, sha256))).toBe(
      'draw-seed-malformed',
    );
  });

  test('a lot of one unit is inspected whole, though the standard has no plan for it', () => {
    const plans = freezePlans(1, defaultSpec.plans);
    for (const plan of expectOk(plans)) {
      expect(plan).toMatchObject({ scheme: 'c0', sampleSize: 1, acceptanceNumber: 0, fullInspection: true });
    }
    const major = expectOk(plans).find(({ severity }) => severity === 'major');
    expect(major).toMatchObject({ limitingRate: null, aql: null, codeLetter: null });
  });

  test('units are presented by scene, track and frame; none is lost', () => {
    const shown = presentationOrder(sample.labels.units, index.delivery);
    expect(new Set(shown)).toEqual(new Set(sample.labels.units));
    const keys = shown.map(({ scene, track, frame }) => `${scene} ${track} ${frame}`);
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
    const cells = presentationOrderOfCells(sample.cells.units, index.delivery);
    expect(cells.map(({ frame }) => frame)).toEqual(cells.map(({ frame }) => frame).sort());
  });
});
