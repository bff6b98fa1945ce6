import { describe, expect, it } from 'vitest';
import { answer, near, refusal } from './ask.ts';

describe('chart', () => {
  it('p: limits follow the size of each lot', () => {
    const result = answer('chart', { kind: 'p', x: [2, 3, 20, 1], n: [100, 100, 100, 400] });
    const center = 26 / 700;
    const half = (n: number) => 3 * Math.sqrt((center * (1 - center)) / n);
    expect(result).toEqual({
      center: near(center, 12),
      upper: [center + half(100), center + half(100), center + half(100), center + half(400)].map((value) =>
        near(value, 12),
      ),
      lower: [0, 0, 0, near(Math.max(0, center - half(400)), 12)],
      points: [0.02, 0.03, 0.2, 0.0025],
      // The last lot is better than its lower limit allows, which is a signal too.
      signals: [2, 3],
    });
  });

  it('u: defects may outnumber units', () => {
    expect(answer('chart', { kind: 'u', x: [150, 100], n: [50, 50] })).toMatchObject({
      center: 2.5,
      points: [3, 2],
      upper: [near(2.5 + 3 * Math.sqrt(0.05), 12), expect.any(Number)],
    });
    expect(refusal('chart', { kind: 'p', x: [150], n: [50] })?.field).toBe('/x');
  });

  it('ewma: limits widen to their end', () => {
    // NIST/SEMATECH e-Handbook 6.3.2.4: target 50, sigma 2.0539, lambda 0.3, 3 sigma; limits at the end 52.5884, 47.4115.
    const x = [
      52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
      52.1,
    ];
    const result = answer('chart', { kind: 'ewma', x, target: 50, sigma: 2.0539, lambda: 0.3, L: 3 }) as {
      points: number[];
      upper: number[];
      lower: number[];
      signals: number[];
    };
    [
      50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38,
      49.92, 50.73, 51.23, 51.94, 51.99,
    ].forEach((expected, at) => {
      expect(Math.abs(result.points[at]! - expected)).toBeLessThan(0.0101);
    });
    expect(result.upper.at(-1)).toBeCloseTo(52.5884, 2);
    expect(result.lower.at(-1)).toBeCloseTo(47.4115, 2);
    expect(result.upper[0]).toBeCloseTo(50 + 3 * 2.0539 * 0.3, 10);
    expect(result.signals).toEqual([]);
  });

  it('cusum: sums what exceeds the allowance', () => {
    expect(answer('chart', { kind: 'cusum', x: [10, 12, 13, 13, 7], target: 10, k: 0.5, h: 5 })).toEqual({
      ...{ center: 10, high: [0, 1.5, 4, 6.5, 3], low: [0, 0, 0, 0, 2.5], signals: [3] },
    });
  });
});
