import { describe, expect, it } from 'vitest';
import { compute, quantityNames } from '../../../shared/compute/compute.ts';
import { answer, near, refusal } from './ask.ts';

describe('compute', () => {
  it('answers arrays in their order', () => {
    const one = { lot: 400, defectives: 8, confidence: 0.95 };
    expect(answer('discovery', one)).toEqual({ n: 124 });
    expect(answer('discovery', [one, { ...one, defectives: 400 }, one])).toEqual([
      { n: 124 },
      { n: 1 },
      { n: 124 },
    ]);
    expect(answer('discovery', [])).toEqual([]);
  });

  it('names the quantities there are when asked for another', () => {
    const result = compute('ocx', {});
    expect(result.ok).toBe(false);
    expect(!result.ok && result.problem.code).toBe('compute-unknown-quantity');
    expect(!result.ok && result.problem.params?.known).toBe(quantityNames.join(', '));
  });

  it('says where an input does not fit', () => {
    expect(refusal('oc', { n: 60, ac: 2, p: [0.03, 1.5], model: 'binomial' })).toEqual({
      code: 'compute-input-invalid',
      field: '/p/1',
    });
    expect(refusal('oc', { n: 60, ac: 2, p: [0.03, 1.5], model: 'poisson' })).toBeNull();
    expect(refusal('oc', { n: 60.5, ac: 2, lot: 300, defectives: [9] })).toMatchObject({ field: '/n' });
    expect(refusal('oc', { n: 301, ac: 2, lot: 300, defectives: [9] })).toMatchObject({ field: '/n' });
    expect(refusal('oc', { n: 30, ac: 2, lot: 300, defectives: [301] })).toMatchObject({
      field: '/defectives',
    });
    expect(refusal('oc', 'nothing')).toMatchObject({ code: 'compute-input-invalid', field: '/' });
    expect(
      refusal('discovery', [
        { lot: 4, defectives: 1, confidence: 0.9 },
        { lot: 4, defectives: 5, confidence: 0.9 },
      ]),
    ).toEqual({
      ...{ code: 'compute-input-invalid', field: '/1/defectives' },
    });
    expect(refusal('interval', { x: 5, n: 4, confidence: 0.95, method: 'wilson' })).toMatchObject({
      field: '/x',
    });
    expect(refusal('interval', { x: 5, n: 4, confidence: 0.95, method: 'poisson' })).toBeNull();
    expect(refusal('interval', { x: 1, n: 4, confidence: 1, method: 'wilson' })).toMatchObject({
      field: '/confidence',
    });
    expect(refusal('iou', { a: [0, 0, 0, 4, 0, 1, 0], b: [0, 0, 0, 4, 2, 1, 0] })).toMatchObject({
      field: '/a/4',
    });
    expect(refusal('iou', { a: [0, 0, 0, 4, 2, 1], b: [0, 0, 0, 4, 2, 1, 0] })).toMatchObject({
      field: '/a',
    });
  });
});

describe('quantities of plans and intervals', () => {
  it('oc', () => {
    // By hand: 0.97^60 (1 + 60 t + 1770 t^2) with t = 0.03 / 0.97; Poisson exp(-1.8) (1 + 1.8 + 1.62).
    const t = 0.03 / 0.97;
    expect(0.97 ** 60 * (1 + 60 * t + 1770 * t * t)).toBeCloseTo(0.731466, 6);
    expect(Math.exp(-1.8) * (1 + 1.8 + 1.62)).toBeCloseTo(0.730621, 6);
    expect(answer('oc', { n: 60, ac: 2, p: [0.03, 0], model: 'binomial' })).toEqual({
      pa: [near(0.731466), 1],
    });
    expect(answer('oc', { n: 60, ac: 2, p: [0.03], model: 'poisson' })).toEqual({ pa: [near(0.730621)] });
    expect(answer('oc', { n: 60, ac: 2, lot: 300, defectives: [9, 0, 300] })).toEqual({
      pa: [near(0.740012), 1, 0],
    });
  });

  it('aoq', () => {
    // Pa p (N - n) / N and n + (1 - Pa)(N - n) with the Pa above.
    expect(answer('aoq', { lot: 300, n: 60, ac: 2, p: [0.03] })).toEqual({
      aoq: [near(0.731466 * 0.03 * (240 / 300), 6)],
      ati: [near(124.448, 3)],
    });
  });

  it('interval', () => {
    const input = { x: 4, n: 60, confidence: 0.95 };
    expect(answer('interval', { ...input, method: 'clopper-pearson' })).toEqual({
      lower: near(0.0184618),
      upper: near(0.1619868),
    });
    expect(answer('interval', { ...input, method: 'clopper-pearson', side: 'upper' })).toEqual({
      lower: 0,
      upper: near(0.1460972),
    });
    expect(answer('interval', { ...input, method: 'wilson' })).toEqual({
      lower: near(0.0262287),
      upper: near(0.1592535),
    });
    expect(answer('interval', { ...input, method: 'poisson' })).toEqual({
      lower: near(1.81644, 5),
      upper: near(17.06931, 5),
    });
  });

  it('finite-upper', () => {
    expect(answer('finite-upper', { lot: 50, n: 50, x: 3, confidence: 0.95 })).toEqual({
      defectives: 3,
      rate: 0.06,
    });
  });

  it('iou', () => {
    const a = [0, 0, 0, 4, 2, 1.5, 0];
    const b = [0.4, 0.1, 0.05, 4, 2, 1.5, (8 * Math.PI) / 180];
    expect(answer('iou', { a, b })).toEqual({ bev: near(0.7259556), iou3d: near(0.6851768) });
  });
});
