/** Quantities of estimation from counts: confidence intervals and the bound for a finite lot. */
import { z } from '../base/door.ts';
import { clopperPearson, defectsPerHundred, finiteLotUpper, wilson } from '../sampling/intervals.ts';
import { count, fraction, quantity, whole } from './quantity.ts';

const methods = { 'clopper-pearson': clopperPearson, wilson, poisson: defectsPerHundred } as const;

/** Shares of units for `clopper-pearson` and `wilson`, defects per hundred units for `poisson`. */
export const interval = quantity(
  'interval',
  z
    .object({
      x: whole,
      n: count,
      confidence: fraction,
      method: z.enum(['clopper-pearson', 'wilson', 'poisson']),
      side: z.enum(['two', 'upper']).default('two'),
    })
    .refine(({ x, n, method }) => method === 'poisson' || x <= n, {
      path: ['x'],
      message: 'x is larger than n',
    }),
  ({ x, n, confidence, method, side }) => methods[method](x, n, confidence, side),
);

export const finiteUpper = quantity(
  'finite-upper',
  z
    .object({ lot: count, n: count, x: whole, confidence: fraction })
    .refine(({ n, lot }) => n <= lot, { path: ['n'], message: 'n is larger than the lot' })
    .refine(({ x, n }) => x <= n, { path: ['x'], message: 'x is larger than n' }),
  ({ lot, n, x, confidence }) => finiteLotUpper(lot, n, x, confidence),
);
