/** Quantities of plans: operating characteristics, outgoing quality, discovery. */
import { z } from '../base/door.ts';
import { discoverySampleSize } from '../sampling/discovery.ts';
import {
  acceptanceProbability,
  lotAcceptanceProbability,
  outgoing,
} from '../sampling/operatingCharacteristic.ts';
import { count, fraction, quantity, share, whole } from './quantity.ts';

const ocOfProcess = z.discriminatedUnion('model', [
  z.object({ model: z.literal('binomial'), n: count, ac: whole, p: z.array(share) }),
  z.object({ model: z.literal('poisson'), n: count, ac: whole, p: z.array(z.number().nonnegative()) }),
]);

const ocOfLot = z
  .object({ n: count, ac: whole, lot: count, defectives: z.array(whole) })
  .refine(({ n, lot }) => n <= lot, { path: ['n'], message: 'n is larger than the lot' })
  .refine(({ defectives, lot }) => defectives.every((bad) => bad <= lot), {
    path: ['defectives'],
    message: 'more defectives than units in the lot',
  });

export const oc = quantity('oc', z.union([ocOfLot, ocOfProcess]), (input) => ({
  pa:
    'lot' in input
      ? input.defectives.map((bad) => lotAcceptanceProbability(input.n, input.ac, input.lot, bad))
      : input.p.map((p) => acceptanceProbability(input.n, input.ac, p, input.model)),
}));

export const aoq = quantity(
  'aoq',
  z
    .object({ lot: count, n: count, ac: whole, p: z.array(share) })
    .refine(({ n, lot }) => n <= lot, { path: ['n'], message: 'n is larger than the lot' }),
  ({ lot, n, ac, p }) => {
    const points = p.map((rate) => outgoing(lot, n, ac, rate));
    return { aoq: points.map((point) => point.aoq), ati: points.map((point) => point.ati) };
  },
);

export const discovery = quantity(
  'discovery',
  z
    .object({ lot: count, defectives: count, confidence: fraction })
    .refine(({ defectives, lot }) => defectives <= lot, {
      path: ['defectives'],
      message: 'more defectives than units in the lot',
    }),
  ({ lot, defectives, confidence }) => ({ n: discoverySampleSize(lot, defectives, confidence) }),
);
