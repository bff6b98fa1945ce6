/** Quantities of plans that are searched for, and of switching between states of inspection. */
import { z } from '../base/door.ts';
import { findPlan } from '../sampling/findPlan.ts';
import { foldSwitching } from '../sampling/switching.ts';
import { count, fraction, quantity, whole } from './quantity.ts';

export const planSearch = quantity(
  'find-plan',
  z
    .object({
      model: z.enum(['binomial', 'poisson', 'hypergeometric']),
      lot: count.optional(),
      p1: z.number().nonnegative(),
      pa1: fraction,
      p2: z.number().positive(),
      pa2: fraction,
    })
    .refine(({ p1, p2 }) => p1 < p2, { path: ['p2'], message: 'p2 must be worse than p1' })
    .refine(({ pa1, pa2 }) => pa1 > pa2, { path: ['pa2'], message: 'pa2 must be below pa1' })
    .refine(({ model, p2 }) => model === 'poisson' || p2 <= 1, { path: ['p2'], message: 'p2 is a share' })
    .refine(({ model, lot }) => model !== 'hypergeometric' || lot !== undefined, {
      path: ['lot'],
      message: 'the hypergeometric model needs the lot',
    }),
  findPlan,
);

export const switching = quantity(
  'switching',
  z.object({
    state: z.enum(['normal', 'tightened', 'reduced', 'discontinued']),
    lots: z.array(
      z.object({
        accepted: z.boolean(),
        ac: whole,
        defects: whole.optional(),
        tighterAc: whole.optional(),
        resubmission: z.boolean().optional(),
      }),
    ),
    steady: z.boolean(),
    agreed: z.boolean(),
  }),
  ({ state, lots, steady, agreed }) => foldSwitching(state, lots, { steady, agreed }),
);
