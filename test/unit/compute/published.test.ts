/** Quantities against numbers that others have printed, each with its source. */
import { describe, expect, it } from 'vitest';
import { answer, near } from './ask.ts';

describe('plans', () => {
  it('oc, aoq: NIST/SEMATECH e-Handbook of Statistical Methods 6.2.3.1, n 52 and c 3, lot 10,000', () => {
    const p = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12];
    const printed = [0.998, 0.98, 0.93, 0.845, 0.739, 0.62, 0.502, 0.394, 0.3, 0.223, 0.162, 0.115];
    const { pa } = answer('oc', { n: 52, ac: 3, model: 'binomial', p }) as { pa: number[] };
    // The handbook's own rounding is off by one in the third place here and there.
    for (const [at, value] of printed.entries()) expect(Math.abs(pa[at]! - value)).toBeLessThan(0.0011);
    const { aoq, ati } = answer('aoq', { lot: 10_000, n: 52, ac: 3, p: [0.03, 0.01, 0.02] }) as {
      aoq: number[];
      ati: number[];
    };
    expect(aoq[0]).toBeCloseTo(0.02775, 4);
    expect(ati.map(Math.round)).toEqual([753, 70, 253]);
  });

  it('oc-double: Montgomery, Introduction to Statistical Quality Control, chapter 15: 50/1, 100/3 at 5 %', () => {
    const { pa } = answer('oc-double', { n1: 50, ac1: 1, re1: 4, n2: 100, ac2: 3, re2: 4, p: [0.05] }) as {
      pa: number[];
    };
    // 0.279 on the first sample and 0.010 on the second, each rounded by hand.
    expect(Math.abs(pa[0]! - 0.289)).toBeLessThan(0.002);
  });

  it('find-plan: Kiermeier, Journal of Statistical Software 26(6), 2008', () => {
    expect(answer('find-plan', { model: 'binomial', p1: 0.05, pa1: 0.95, p2: 0.15, pa2: 0.075 })).toEqual({
      n: 80,
      ac: 7,
    });
  });

  it('discovery: Cannon & Roe, Livestock Disease Surveys (1982), table 1', () => {
    expect(answer('discovery', { lot: 1000, defectives: 10, confidence: 0.95 })).toEqual({ n: 258 });
    expect(answer('discovery', { lot: 1600, defectives: 16, confidence: 0.99 })).toEqual({ n: 399 });
  });

  it('sprt: NIST/SEMATECH e-Handbook 6.2.6, and Montgomery, chapter 15', () => {
    expect(answer('sprt', { p0: 0.01, p1: 0.1, alpha: 0.05, beta: 0.1 })).toMatchObject({
      ...{ hAccept: near(0.939, 3), hReject: near(1.205, 3), slope: near(0.0397, 4) },
    });
    expect(answer('sprt', { p0: 0.01, p1: 0.06, alpha: 0.05, beta: 0.1 })).toMatchObject({
      ...{ hAccept: near(1.22, 2), hReject: near(1.57, 2), slope: near(0.028, 3) },
    });
  });
});

describe('intervals', () => {
  it('clopper-pearson, wilson: Newcombe, Statistics in Medicine 17 (1998), table I', () => {
    for (const [x, n, exact, score] of [
      [81, 263, [0.2527, 0.3676], [0.2553, 0.3662]],
      [15, 148, [0.0578, 0.1617], [0.0624, 0.1605]],
      [0, 20, [0, 0.1684], [0, 0.1611]],
      [1, 29, [0.0009, 0.1776], [0.0061, 0.1718]],
    ] as const) {
      const limits = (method: string) => answer('interval', { x, n, confidence: 0.95, method });
      expect(limits('clopper-pearson')).toEqual({ lower: near(exact[0], 4), upper: near(exact[1], 4) });
      expect(limits('wilson')).toEqual({ lower: near(score[0], 4), upper: near(score[1], 4) });
    }
  });

  it('poisson: Garwood, Biometrika 28 (1936), for 0, 5 and 10 events', () => {
    for (const [x, lower, upper] of [
      [0, 0, 3.689],
      [5, 1.623, 11.668],
      [10, 4.795, 18.39],
    ] as const) {
      // Defects per hundred units of one hundred units are the events themselves.
      const limits = answer('interval', { x, n: 100, confidence: 0.95, method: 'poisson' });
      expect(limits).toEqual({ lower: near(lower, 3), upper: near(upper, 3) });
    }
  });

  it('finite-upper: the largest count of bad units that still gives the sample more than 5 %', () => {
    // None of 10 drawn from a lot of 50, of which `bad` are bad.
    const none = (bad: number): number => {
      let chance = 1;
      for (let k = 0; k < 10; k++) chance *= (50 - bad - k) / (50 - k);
      return chance;
    };
    let defectives = 0;
    while (none(defectives + 1) > 0.05) defectives++;
    const bound = answer('finite-upper', { lot: 50, n: 10, x: 0, confidence: 0.95 });
    expect(bound).toEqual({ defectives, rate: defectives / 50 });
  });
});

describe('agreement and charts', () => {
  it('kappa: en.wikipedia.org/wiki/Cohen’s_kappa, the two readers of fifty grants', () => {
    const matrix = [
      [20, 5],
      [10, 15],
    ];
    expect(answer('kappa', { matrix })).toMatchObject({ kappa: near(0.4, 12), observed: 0.7, expected: 0.5 });
  });

  it('chart, cusum: NIST/SEMATECH e-Handbook 6.3.2.3, target 325, k 0.3175, h 4.1959', () => {
    const x = [
      ...[324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6],
      ...[324.625, 325.15, 328.325, 327.25, 327.825, 328.5, 326.675, 327.775, 326.875, 328.35],
    ];
    const { high, low, signals } = answer('chart', {
      kind: 'cusum',
      x,
      target: 325,
      k: 0.3175,
      h: 4.1959,
    }) as {
      high: number[];
      low: number[];
      signals: number[];
    };
    const printedHigh = [3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16, 19.04];
    for (const [at, value] of printedHigh.entries()) {
      expect(Math.abs(high[12 + at]! - value)).toBeLessThan(0.0051);
    }
    const printedLow = [0, 0.01, 0, 0.33, 0, 0, 0.56, 0.72, 0.17, 0.26, 0.31, 0];
    for (const [at, value] of printedLow.entries()) expect(Math.abs(low[at]! - value)).toBeLessThan(0.0051);
    expect(signals).toEqual([13, 14, 15, 16, 17, 18, 19]);
  });
});

describe('overlap', () => {
  it('iou: shapes whose areas are known without clipping', () => {
    // Shifted by half a side each way: 2 x 2 x 1 shared by two boxes of 4 x 4 x 2.
    expect(answer('iou', { a: [0, 0, 0, 4, 4, 2, 0], b: [2, 2, 1, 4, 4, 2, 0] })).toEqual({
      ...{ bev: near(1 / 7, 12), iou3d: near(1 / 15, 12) },
    });
    // Two strips of width 1 that cross at 60 degrees share a rhombus of area 1 / sin 60.
    const shared = 1 / Math.sin(Math.PI / 3);
    const strips = answer('iou', { a: [0, 0, 0, 3, 1, 1, 0], b: [0, 0, 0, 3, 1, 1, Math.PI / 3] });
    expect(strips).toEqual({ bev: near(shared / (6 - shared), 12), iou3d: near(shared / (6 - shared), 12) });
    // A square turned by 45 degrees inside itself leaves a regular octagon: side 2, area 8 (sqrt 2 - 1).
    const octagon = 8 * (Math.SQRT2 - 1);
    expect(answer('iou', { a: [0, 0, 0, 2, 2, 1, 0], b: [0, 0, 0, 2, 2, 1, Math.PI / 4] })).toEqual({
      ...{ bev: near(octagon / (8 - octagon), 12), iou3d: near(octagon / (8 - octagon), 12) },
    });
  });
});
