/** Strata of a lot, and label samples drawn as a spec's rule says. */
import { describe, expect, test } from 'vitest';
import type { DrawRule, StrataKey } from '../../../shared/audit/drawRule.ts';
import { freezeSample } from '../../../shared/audit/freeze.ts';
import { buildLot, type Lot, type LotOptions } from '../../../shared/audit/lot.ts';
import type { QaSpec, UnitKind } from '../../../shared/audit/qaSpec.ts';
import { mostStrata } from '../../../shared/audit/strata.ts';
import type { Result } from '../../../shared/base/problem.ts';
import type { Scene } from '../../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { drawOrder } from '../../../shared/sampling/drawOrder.ts';
import { diskFolder } from '../../support/diskFolder.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';
import { defaultSpec, expectOk, labelsHash, seed, sha256 } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const request = { seed, labelsHash, replan: null };
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const ofUnit = (unit: UnitKind): QaSpec => ({ ...defaultSpec, unit });

function lotOf(index: DeliveryIndex, spec = defaultSpec, options: LotOptions = {}): Lot {
  return expectOk(buildLot(index, spec, options));
}

/** Stratum of each unit by its id. */
function strataById(lot: Lot, keys: readonly StrataKey[]): Record<string, string> {
  const { names, of } = expectOk(lot.strataOf(keys));
  return Object.fromEntries(lot.ids.map((id, at) => [id, names[of[at]!]!]));
}

function sizes(lot: Lot, ...keys: StrataKey[]): Record<string, number> {
  const { names, of } = expectOk(lot.strataOf(keys));
  return Object.fromEntries(names.map((name, at) => [name, of.filter((stratum) => stratum === at).length]));
}

describe('values of the keys', () => {
  // Two scenes of two frames with four cuboids each, one of every class, at 10, 30, 60 and 90 m.
  const ranges = [10, 30, 60, 90];
  const colours = ['red', 'blue', null, undefined];
  const index = makeIndex({
    framesPerScene: 2,
    cuboidsPerFrame: 4,
    row: (frame, number) => ({
      center: [0, ranges[number]!, 0],
      track: number === 3 ? null : `scene${Math.floor(frame / 2)}/${number === 2 ? `alone${frame}` : number}`,
      attributes: {
        ...(colours[number] === undefined ? {} : { colour: colours[number] }),
        visibility: [0.1, 0.5, 1, 'low'][number]!,
        occluded: number,
      },
    }),
  });

  test('class, scene, range, and several keys joined', () => {
    const lot = lotOf(index, { ...defaultSpec, scope: { ...defaultSpec.scope, maxRangeMeters: null } });
    expect(sizes(lot, 'class')).toEqual({ car: 4, cyclist: 4, pedestrian: 4, truck: 4 });
    expect(sizes(lot, 'scene')).toEqual({ scene0: 8, scene1: 8 });
    const edges = [...defaultSpec.search.rangeBandsMeters];
    expect(edges).toEqual([30, 60]);
    // The lower edge belongs to its band.
    expect(sizes(lot, 'range')).toEqual({ '0-30 m': 4, '30-60 m': 4, '60+ m': 8 });
    expect(strataById(lot, ['class', 'scene'])['scene1-0001|label-0']).toBe('car/scene1');
    expect(sizes(lot)).toEqual({ all: 16 });
  });

  test('attributes, visibility in quarters, and what is not stated', () => {
    const lot = lotOf(index, { ...defaultSpec, scope: { ...defaultSpec.scope, maxRangeMeters: null } });
    expect(sizes(lot, 'attribute:colour')).toEqual({ blue: 4, red: 4, unknown: 8 });
    expect(sizes(lot, 'visibility')).toEqual({ '0-25 %': 4, '50-75 %': 4, '75-100 %': 4, low: 4 });
    expect(sizes(lot, 'attribute:occluded')).toEqual({ 0: 4, 1: 4, 2: 4, 3: 4 });
    for (const key of ['weather', 'tag', 'annotator', 'points'] as const) {
      expect([key, codeOf(lot.strataOf([key]))]).toEqual([key, 'draw-key-unknown']);
    }
    expect(codeOf(lot.strataOf(['attribute:none']))).toBe('draw-attribute-unknown');
    expect(lot.strataKeys()).toEqual([
      'class',
      'range',
      'visibility',
      'scene',
      'camera',
      'track-length',
      'attribute:colour',
      'attribute:occluded',
      'attribute:visibility',
    ]);
  });

  test('points by count, those that cannot be counted apart', () => {
    const counts = [0, 4, 5, Number.POSITIVE_INFINITY];
    const spec = { ...defaultSpec, scope: { ...defaultSpec.scope, maxRangeMeters: null } };
    const lot = lotOf(index, spec, { pointsInside: (row) => counts[row % 4]! });
    expect(sizes(lot, 'points')).toEqual({ '0 pts': 4, '1-4 pts': 4, '5-19 pts': 4, unknown: 4 });
  });

  test('track length in frames, and labels without a track', () => {
    const lot = lotOf(index, { ...defaultSpec, scope: { ...defaultSpec.scope, maxRangeMeters: null } });
    expect(sizes(lot, 'track-length')).toEqual({ '1 frames': 4, '2-4 frames': 8, unknown: 4 });
    const tracks = lotOf(index, {
      ...ofUnit('track'),
      scope: { ...defaultSpec.scope, maxRangeMeters: null },
    });
    expect(sizes(tracks, 'track-length')).toEqual({ '1 frames': 4, '2-4 frames': 4 });
    expect(sizes(tracks, 'range')).toEqual({ '0-30 m': 2, '30-60 m': 2, '60+ m': 4 });
  });

  test('2D boxes take place and attributes from their cuboid, cuboids their cameras from their boxes', () => {
    const wide = { ...defaultSpec.scope, maxRangeMeters: null };
    const boxes = lotOf(index, { ...ofUnit('box2d'), scope: wide });
    expect(sizes(boxes, 'camera')).toEqual({ front: 16 });
    expect(sizes(boxes, 'range')).toEqual({ '0-30 m': 4, '30-60 m': 4, '60+ m': 8 });
    expect(sizes(lotOf(index, { ...defaultSpec, scope: wide }), 'camera')).toEqual({ front: 16 });
  });

  test('tags and weather are the scene’s; frames, scenes and search cells have them, but no class', () => {
    const scenes: Scene[] = index.delivery.scenes.map((scene, at) =>
      at === 0 ? { ...scene, tags: ['night', 'bridge'], weather: 'rain' } : scene,
    );
    const tagged = { ...index, delivery: { ...index.delivery, scenes } };
    for (const unit of ['frame', 'scene', 'cuboid'] as const) {
      const lot = lotOf(tagged, ofUnit(unit));
      expect(Object.keys(sizes(lot, 'tag'))).toEqual(['bridge+night', 'unknown']);
      expect(Object.keys(sizes(lot, 'weather'))).toEqual(['rain', 'unknown']);
    }
    const frames = lotOf(tagged, ofUnit('frame'));
    expect(codeOf(frames.strataOf(['class']))).toBe('draw-key-unknown');
    expect(codeOf(frames.strataOf(['range']))).toBe('draw-key-unknown');
    const cells = expectOk(frames.cellStrataOf(['scene']));
    expect(cells.names).toEqual(['scene0', 'scene1']);
    expect(cells.of.length).toBe(frames.cells.ids.length);
  });

  test('who made a label, under the name its tool gives it', () => {
    const signed = makeIndex({
      scenes: 1,
      framesPerScene: 1,
      cuboidsPerFrame: 4,
      row: (_, number) => {
        const attributes: Record<string, string>[] = [{}, { annotator: 'bo' }];
        return { attributes: attributes[number] ?? { labelerLogin: 'an' } };
      },
    });
    expect(sizes(lotOf(signed), 'annotator')).toEqual({ an: 2, bo: 1, unknown: 1 });
  });

  test('more strata than can be read are refused', () => {
    const many = makeIndex({
      scenes: 1,
      framesPerScene: 6,
      row: (frame, number) => ({ attributes: { serial: 40 * frame + number } }),
    });
    const result = lotOf(many).strataOf(['attribute:serial']);
    expect(result.ok ? null : result.problem).toMatchObject({
      code: 'draw-too-many-strata',
      params: { strata: 240, most: mostStrata },
    });
  });
});

describe('a sample by rule', () => {
  const index = makeIndex({
    scenes: 3,
    framesPerScene: 8,
    row: (_, number) => ({ className: number < 30 ? 'Car' : number < 39 ? 'Pedestrian' : 'Truck' }),
  });
  const withDraw = (draw: DrawRule, spec = defaultSpec): QaSpec => ({ ...spec, draw });
  const stratified: DrawRule = { design: 'stratified', strata: ['class'], minimumPerStratum: 12 };
  const freeze = (spec: QaSpec) => freezeSample(lotOf(index, spec), spec, request, sha256);

  test('without a rule, and with the simple one, the same units in the same order as ever', () => {
    const lot = lotOf(index);
    const without = expectOk(freeze(defaultSpec));
    expect(Object.keys(without.labels)).not.toContain('draw');
    const n = without.labels.units.length;
    const order = expectOk(drawOrder(lot.ids, seed, sha256, n)).order;
    expect(without.labels.units.map(({ id }) => id)).toEqual(Array.from(order, (at) => lot.ids[at]));
    const simple = expectOk(freeze(withDraw({ design: 'simple', strata: [], minimumPerStratum: 0 })));
    expect(simple.labels.units).toEqual(without.labels.units);
    expect(simple.labels.populationHash).toBe(without.labels.populationHash);
    expect(simple.cells).toEqual(without.cells);
  });

  test('stratified: every severity’s part holds the strata in proportion, rare ones get their minimum at the end', () => {
    const { labels, cells } = expectOk(freeze(withDraw(stratified)));
    const sizesOf = labels.plans.map(({ sampleSize }) => sampleSize);
    const n = Math.max(...sizesOf);
    const lot = lotOf(index);
    for (const size of sizesOf) {
      const part = labels.units.slice(0, size);
      for (const [name, population] of Object.entries(lot.byClass)) {
        const share = part.filter(({ stratum }) => stratum === name).length;
        expect(Math.abs(share - (size * population) / lot.ids.length)).toBeLessThan(1.5);
      }
    }
    expect(labels.draw).toEqual(stratified);
    expect(labels.units.length).toBeGreaterThan(n);
    const truck = labels.strata!.find(({ name }) => name === 'truck')!;
    expect(truck).toEqual({ name: 'truck', population: 24, drawn: 12 });
    for (const { stratum, probability, rangeMeters } of labels.units) {
      const row = labels.strata!.find(({ name }) => name === stratum)!;
      expect(probability).toBe(row.drawn / row.population);
      expect(rangeMeters).toBeGreaterThan(9);
    }
    expect(labels.strata!.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(labels.units.length);
    expect(cells).toEqual(expectOk(freeze(defaultSpec)).cells);
  });

  test('a sequential plan wants random order', () => {
    const rule = defaultSpec.plans[0]!;
    const sprt = {
      scheme: 'sprt' as const,
      severity: rule.severity,
      p0: 0.01,
      p1: 0.1,
      alpha: 0.05,
      beta: 0.1,
      truncateAt: null,
      designEffect: 1,
    };
    const spec = { ...defaultSpec, plans: [sprt] };
    for (const design of ['stratified', 'systematic'] as const) {
      expect(codeOf(freeze(withDraw({ ...stratified, design }, spec)))).toBe('draw-not-random');
    }
    expect(codeOf(freeze(withDraw({ ...stratified, design: 'simple' }, spec)))).toBe('ok');
  });

  test('systematic: only where every plan judges the whole sample; then evenly over scenes and time', () => {
    const rule: DrawRule = { design: 'systematic', strata: [], minimumPerStratum: 0 };
    const plans = (['critical', 'major'] as const).map((severity) => ({
      scheme: 'iso2859-1' as const,
      severity,
      aql: '1.5',
      level: 'II' as 'II' | 'S-2',
      inspection: 'normal' as const,
    }));
    const { labels } = expectOk(freeze(withDraw(rule, { ...defaultSpec, plans })));
    const lot = lotOf(index);
    const places = labels.units.map(({ id }) => lot.frameAt(lot.ids.indexOf(id)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(labels.units.map(({ scene }) => scene)).size).toBe(3);
    const perFrame = labels.units.length / 24;
    for (let frame = 0; frame < 24; frame += 1) {
      const held = places.filter((place) => place === frame).length;
      expect(Math.abs(held - perFrame)).toBeLessThan(1.01);
    }
    const mixed = plans.with(1, { ...plans[1]!, level: 'S-2' as const });
    expect(codeOf(freeze(withDraw(rule, { ...defaultSpec, plans: mixed })))).toBe('draw-systematic-one-size');
    const double = {
      scheme: 'double' as const,
      severity: 'major' as const,
      aql: null,
      level: 'II' as const,
      inspection: 'normal' as const,
      stages: { n1: 50, ac1: 0, re1: 2, n2: 50, ac2: 1, re2: 2 },
    };
    const staged = { ...defaultSpec, plans: [double] };
    expect(codeOf(freeze(withDraw(rule, staged)))).toBe('draw-systematic-one-size');
    expect(codeOf(freeze(withDraw(stratified, staged)))).toBe('ok');
  });

  test('a key the delivery does not know stops the draw', () => {
    expect(codeOf(freeze(withDraw({ ...stratified, strata: ['weather'] })))).toBe('draw-key-unknown');
  });
});

describeWithSharedData('KITTI, drawn in strata', 'data/kitti-object', () => {
  test('by how far its objects are hidden, as its files say it', async () => {
    const index = expectOk(await openDelivery(diskFolder(sharedData('data/kitti-object'))));
    expect(sizes(lotOf(index), 'visibility')).toEqual({ 0: 3, 3: 1 });
  });
});
