/** Process charts over lots. */
import { z } from '../base/door.ts';
import { cusumChart, ewmaChart, pChart, uChart } from '../scoring/processCharts.ts';
import { count, positive, quantity, whole } from './quantity.ts';

const lots = { x: z.array(whole).min(1), n: z.array(count).min(1) };
const series = z.array(z.number()).min(1);

export const chart = quantity(
  'chart',
  z.discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('p'), ...lots })
      .refine(({ x, n }) => x.length === n.length, { message: 'the lists differ in length' })
      .refine(({ x, n }) => x.every((bad, lot) => bad <= n[lot]!), {
        path: ['x'],
        message: 'x is larger than n',
      }),
    z
      .object({ kind: z.literal('u'), ...lots })
      .refine(({ x, n }) => x.length === n.length, { message: 'the lists differ in length' }),
    z.object({
      kind: z.literal('ewma'),
      x: series,
      target: z.number(),
      sigma: positive,
      lambda: z.number().gt(0).max(1),
      L: positive,
    }),
    z.object({
      kind: z.literal('cusum'),
      x: series,
      target: z.number(),
      k: z.number().nonnegative(),
      h: positive,
    }),
  ]),
  (input) => {
    switch (input.kind) {
      case 'p':
        return pChart(input.x, input.n);
      case 'u':
        return uChart(input.x, input.n);
      case 'ewma':
        return ewmaChart(input.x, input.target, input.sigma, input.lambda, input.L);
      case 'cusum':
        return cusumChart(input.x, input.target, input.k, input.h);
    }
  },
);
