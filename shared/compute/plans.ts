/** Quantities of plans beyond the single one: double, searched for, sequential, and switching between states. */
import { z } from '../base/door.ts';
import { doublePlanAt } from '../sampling/doublePlan.ts';
import { findPlan } from '../sampling/findPlan.ts';
import { runSequential, sequentialPlan } from '../sampling/sequential.ts';
import { foldSwitching } from '../sampling/switching.ts';
import { count, fraction, quantity, share, whole } from './quantity.ts';

export const ocDouble = quantity(
  'oc-double',
  z
    .object({ n1: count, ac1: whole, re1: count, n2: count, ac2: whole, re2: count, p: z.array(share) })
    .refine(({ ac1, re1 }) => re1 > ac1, { path: ['re1'], message: 're1 must exceed ac1' })
    .refine(({ ac2, re2 }) => re2 === ac2 + 1, { path: ['re2'], message: 're2 must be ac2 + 1' }),
  ({ p, ...plan }) => {
    const points = p.map((rate) => doublePlanAt(plan, rate));
    return { pa: points.map((point) => point.pa), asn: points.map((point) => point.asn) };
  },
);

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

export const sprt = quantity(
  'sprt',
  z
    .object({
      p0: fraction,
      p1: fraction,
      alpha: fraction,
      beta: fraction,
      outcomes: z
        .string()
        .regex(/^[01]*$/)
        .optional(),
      nMax: count.optional(),
    })
    .refine(({ p0, p1 }) => p0 < p1, { path: ['p1'], message: 'p1 must exceed p0' })
    .refine(({ alpha, beta }) => alpha + beta < 1, {
      path: ['beta'],
      message: 'alpha + beta must be below 1',
    }),
  ({ p0, p1, alpha, beta, outcomes, nMax }) => {
    const plan = sequentialPlan(p0, p1, alpha, beta);
    if (outcomes === undefined) return plan;
    return {
      ...plan,
      ...runSequential(
        plan,
        Array.from(outcomes, (outcome) => outcome === '1'),
        nMax,
      ),
    };
  },
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
