/** Estimates from designed samples, with the interval where a confidence is given. */
import { z } from '../base/door.ts';
import {
  type Estimate,
  estimateClusters,
  estimateStratified,
  estimateUnequal,
  logitInterval,
} from '../sampling/estimates.ts';
import { count, fraction, quantity, whole } from './quantity.ts';

const sameLength = { message: 'the lists differ in length' };

const stratified = z
  .object({
    design: z.literal('stratified'),
    N: z.array(count).min(1),
    n: z.array(count).min(1),
    defects: z.array(whole).min(1),
    confidence: fraction.optional(),
  })
  .refine(({ N, n, defects }) => N.length === n.length && n.length === defects.length, sameLength)
  .refine(({ N, n }) => n.every((drawn, h) => drawn <= N[h]!), {
    path: ['n'],
    message: 'more drawn than there are',
  })
  .refine(({ n, defects }) => defects.every((bad, h) => bad <= n[h]!), {
    path: ['defects'],
    message: 'more defects than units drawn',
  });

const cluster = z
  .object({
    design: z.literal('cluster'),
    sizes: z.array(count).min(1),
    defects: z.array(whole).min(1),
    clusters: count.optional(),
    confidence: fraction.optional(),
  })
  .refine(({ sizes, defects }) => sizes.length === defects.length, sameLength)
  .refine(({ sizes, defects }) => defects.every((bad, i) => bad <= sizes[i]!), {
    path: ['defects'],
    message: 'more defects than units in the cluster',
  })
  .refine(({ sizes, clusters }) => clusters === undefined || sizes.length <= clusters, {
    path: ['clusters'],
    message: 'more clusters drawn than there are',
  });

const unequal = z
  .object({
    design: z.literal('unequal'),
    probability: z.array(z.number().gt(0).max(1)).min(1),
    y: z.array(z.number()).min(1),
    confidence: fraction.optional(),
  })
  .refine(({ probability, y }) => probability.length === y.length, sameLength);

export const estimate = quantity(
  'estimate',
  z.discriminatedUnion('design', [stratified, cluster, unequal]),
  (input) => {
    switch (input.design) {
      case 'stratified': {
        const { N, n, defects } = input;
        const strata = N.map((population, h) => ({ population, drawn: n[h]!, defects: defects[h]! }));
        return finished(estimateStratified(strata), input.confidence);
      }
      case 'cluster':
        return finished(estimateClusters(input.sizes, input.defects, input.clusters), input.confidence);
      case 'unequal':
        return finished(estimateUnequal(input.probability, input.y), input.confidence);
    }
  },
);

function finished(result: Estimate, confidence: number | undefined): object {
  return {
    ...result,
    ...(result.se === null
      ? { reason: 'one cluster, or one unit of a stratum, tells nothing of the spread' }
      : {}),
    ...(confidence === undefined ? {} : { interval: logitInterval(result, confidence) }),
  };
}
