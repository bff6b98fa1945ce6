/** Agreement between auditors. */
import { z } from '../base/door.ts';
import { cohenKappa, fleissKappa, type Kappa, krippendorffAlpha } from '../scoring/agreement.ts';
import { quantity, whole } from './quantity.ts';

const counts = z.array(z.array(whole).min(1)).min(1);

const matrixInput = z
  .object({ matrix: counts, weights: z.enum(['linear', 'quadratic']).optional() })
  .refine(({ matrix }) => matrix.every((row) => row.length === matrix.length), {
    path: ['matrix'],
    message: 'the matrix is not square',
  })
  .refine(({ matrix }) => matrix.flat().some((n) => n > 0), {
    path: ['matrix'],
    message: 'the matrix is empty',
  });

const tableInput = z.object({ table: counts }).refine(({ table }) => hasEvenRows(table), {
  path: ['table'],
  message: 'every unit needs the same categories and the same number of ratings, two or more',
});

function hasEvenRows(table: readonly (readonly number[])[]): boolean {
  const raters = (row: readonly number[]): number => row.reduce((sum, n) => sum + n, 0);
  const [first] = table;
  if (first === undefined || raters(first) < 2) return false;
  return table.every((row) => row.length === first.length && raters(row) === raters(first));
}

export const kappa = quantity('kappa', z.union([matrixInput, tableInput]), (input) =>
  explained('matrix' in input ? cohenKappa(input.matrix, input.weights ?? 'none') : fleissKappa(input.table)),
);

function explained(result: Kappa): object {
  if (result.kappa !== null) return result;
  return { ...result, reason: 'not defined: chance alone would agree always' };
}

/** `ratings[rater][unit]`. */
export const alpha = quantity(
  'alpha',
  z.discriminatedUnion('level', [
    z.object({
      level: z.literal('nominal'),
      ratings: z.array(z.array(z.union([z.number(), z.string(), z.null()]))).min(1),
    }),
    z.object({
      level: z.enum(['ordinal', 'interval', 'ratio']),
      ratings: z.array(z.array(z.number().nullable())).min(1),
    }),
  ]),
  ({ ratings, level }) => {
    const value = krippendorffAlpha(ratings, level);
    return value === null
      ? { alpha: value, reason: 'not defined: no pairs, or every rating the same' }
      : { alpha: value };
  },
);
