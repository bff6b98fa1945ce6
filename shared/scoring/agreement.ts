/** How far auditors agree beyond chance: Cohen's and Fleiss' kappa, Krippendorff's alpha. */

export interface Kappa {
  /** `null` where chance alone already agrees always: the ratio is then 0 / 0. */
  readonly kappa: number | null;
  readonly observed: number;
  readonly expected: number;
}

export type KappaWeights = 'none' | 'linear' | 'quadratic';

/** Cohen's kappa of two raters; `matrix[i][j]` counts units the first put into i and the second into j. */
export function cohenKappa(matrix: readonly (readonly number[])[], weights: KappaWeights = 'none'): Kappa {
  const categories = matrix.length;
  const total = matrix.flat().reduce((sum, n) => sum + n, 0);
  const rowSum = matrix.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columnSum = matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0));
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      const weight = agreementWeight(i, j, categories, weights);
      observed += (weight * matrix[i]![j]!) / total;
      expected += (weight * rowSum[i]! * columnSum[j]!) / total ** 2;
    }
  }
  return { kappa: beyondChance(observed, expected), observed, expected };
}

function agreementWeight(i: number, j: number, categories: number, weights: KappaWeights): number {
  if (weights === 'none' || categories < 2) return i === j ? 1 : 0;
  const distance = Math.abs(i - j) / (categories - 1);
  return 1 - (weights === 'linear' ? distance : distance ** 2);
}

function beyondChance(observed: number, expected: number): number | null {
  return 1 - expected < 1e-15 ? null : (observed - expected) / (1 - expected);
}

/** Fleiss' kappa; `table[unit][category]` counts ratings, the same number of them for every unit (2 or more). */
export function fleissKappa(table: readonly (readonly number[])[]): Kappa {
  const units = table.length;
  const raters = table[0]!.reduce((sum, n) => sum + n, 0);
  const observed =
    table.reduce((sum, row) => sum + (row.reduce((s, n) => s + n * n, 0) - raters), 0) /
    (units * raters * (raters - 1));
  const shares = table[0]!.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0) / (units * raters));
  const expected = shares.reduce((sum, p) => sum + p * p, 0);
  return { kappa: beyondChance(observed, expected), observed, expected };
}

export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio';
export type Rating = number | string;

/**
 * Krippendorff's alpha. `ratings[rater][unit]`, `null` where a rater did not rate; a unit with fewer than two
 * ratings drops out. Every level but `nominal` needs numbers. `null` where all ratings are the same or none pair.
 */
export function krippendorffAlpha(
  ratings: readonly (readonly (Rating | null)[])[],
  level: MeasurementLevel,
): number | null {
  const units = Math.max(0, ...ratings.map((row) => row.length));
  const byUnit = Array.from({ length: units }, (_, unit) =>
    ratings.map((row) => row[unit] ?? null).filter((value) => value !== null),
  ).filter((values) => values.length >= 2);
  const values = [...new Set(byUnit.flat())];
  if (level !== 'nominal') values.sort((a, b) => Number(a) - Number(b));
  const index = new Map(values.map((value, at) => [value, at]));
  const coincidence = values.map(() => new Float64Array(values.length));
  for (const unit of byUnit) {
    unit.forEach((a, i) => {
      unit.forEach((b, j) => {
        if (i !== j) coincidence[index.get(a)!]![index.get(b)!]! += 1 / (unit.length - 1);
      });
    });
  }
  const marginals = coincidence.map((row) => row.reduce((sum, n) => sum + n, 0));
  const total = marginals.reduce((sum, n) => sum + n, 0);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < values.length; c++) {
    for (let k = 0; k < values.length; k++) {
      const distance = squaredDistance(level, values, marginals, c, k);
      observed += coincidence[c]![k]! * distance;
      expected += marginals[c]! * marginals[k]! * distance;
    }
  }
  return expected === 0 ? null : 1 - ((total - 1) * observed) / expected;
}

function squaredDistance(
  level: MeasurementLevel,
  values: readonly Rating[],
  marginals: readonly number[],
  c: number,
  k: number,
): number {
  if (c === k) return 0;
  const [a, b] = [Number(values[c]), Number(values[k])];
  switch (level) {
    case 'nominal':
      return 1;
    case 'ordinal': {
      // Ranks between the two, each end counted half.
      const between = marginals.slice(Math.min(c, k), Math.max(c, k) + 1).reduce((sum, n) => sum + n, 0);
      return (between - (marginals[c]! + marginals[k]!) / 2) ** 2;
    }
    case 'interval':
      return (a - b) ** 2;
    case 'ratio':
      return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2;
  }
}
