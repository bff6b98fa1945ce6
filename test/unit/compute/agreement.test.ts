import { describe, expect, it } from 'vitest';
import { answer, near, refusal } from './ask.ts';

describe('kappa', () => {
  it('gives (po - pe) / (1 - pe), by hand', () => {
    expect(
      answer('kappa', {
        matrix: [
          [30, 4],
          [6, 20],
        ],
      }),
    ).toMatchObject({
      kappa: near(0.6575342, 7),
      observed: near(50 / 60),
      expected: near((34 * 36 + 26 * 24) / 3600),
    });
  });

  it('weighs near misses', () => {
    const matrix = [
      [20, 5, 0],
      [3, 15, 4],
      [1, 2, 10],
    ];
    const weighted = (weight: (distance: number) => number) => {
      let [po, pe] = [0, 0];
      const total = matrix.flat().reduce((sum, n) => sum + n, 0);
      matrix.forEach((row, i) => {
        row.forEach((n, j) => {
          const rows = row.reduce((sum, value) => sum + value, 0);
          const columns = matrix.reduce((sum, other) => sum + other[j]!, 0);
          po += (weight(Math.abs(i - j)) * n) / total;
          pe += (weight(Math.abs(i - j)) * rows * columns) / total ** 2;
        });
      });
      return 1 - po / pe;
    };
    // As one minus the ratio of weighted disagreements (Cohen 1968).
    expect(answer('kappa', { matrix, weights: 'linear' })).toMatchObject({
      kappa: near(
        weighted((d) => d),
        12,
      ),
    });
    expect(answer('kappa', { matrix, weights: 'quadratic' })).toMatchObject({
      kappa: near(
        weighted((d) => d * d),
        12,
      ),
    });
  });

  it('is not defined where chance always agrees', () => {
    expect(
      answer('kappa', {
        matrix: [
          [7, 0],
          [0, 0],
        ],
      }),
    ).toMatchObject({ kappa: null, expected: 1, reason: expect.any(String) });
    expect(
      answer('kappa', {
        table: [
          [3, 0],
          [3, 0],
        ],
      }),
    ).toMatchObject({ kappa: null });
  });

  it('Fleiss: the worked example of ten units and fourteen raters', () => {
    // en.wikipedia.org/wiki/Fleiss'_kappa: P = 0.378, Pe = 0.213, kappa = 0.210.
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(answer('kappa', { table })).toMatchObject({
      kappa: near(0.21, 3),
      observed: near(0.378, 3),
      expected: near(0.213, 3),
    });
    expect(
      refusal('kappa', {
        table: [
          [1, 1],
          [1, 2],
        ],
      })?.field,
    ).toBe('/table');
    expect(refusal('kappa', { matrix: [[1, 2]] })?.field).toBe('/matrix');
  });
});

describe('alpha', () => {
  // K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section E.
  const _ = null;
  const ratings = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
  ];

  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
    ['ratio', 0.797],
  ])('gives the published value: %s', (level, expected) => {
    expect(answer('alpha', { ratings, level })).toEqual({ alpha: near(expected, 3) });
  });

  it('takes words for nominal data, and nothing but numbers elsewhere', () => {
    const words = ratings.map((row) => row.map((value) => (value === null ? null : `class ${value}`)));
    expect(answer('alpha', { ratings: words, level: 'nominal' })).toEqual({ alpha: near(0.743, 3) });
    expect(refusal('alpha', { ratings: words, level: 'ratio' })?.field).toBe('/ratings/0/0');
  });

  it('is not defined without variation or pairs', () => {
    expect(
      answer('alpha', {
        ratings: [
          [1, 1],
          [1, 1],
        ],
        level: 'interval',
      }),
    ).toMatchObject({ alpha: null });
    expect(
      answer('alpha', {
        ratings: [
          [1, null],
          [null, 2],
        ],
        level: 'nominal',
      }),
    ).toMatchObject({ alpha: null });
  });
});
