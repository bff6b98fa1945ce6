/** Scores of one set of labels against another: average precision and tracking. */
import { z } from '../base/door.ts';
import { averagePrecision } from '../scoring/averagePrecision.ts';
import { clearMot } from '../scoring/clearMot.ts';
import { hota } from '../scoring/hota.ts';
import { identityScores } from '../scoring/identityScores.ts';
import type { TrackingTable } from '../scoring/trackingTable.ts';
import { positive, quantity, share } from './quantity.ts';

const placed = z.object({ center: z.array(z.number()).min(2).max(3), class: z.string() });

export const ap = quantity(
  'ap',
  z.object({
    reference: z.record(z.string(), z.array(placed)),
    candidate: z.record(z.string(), z.array(placed.extend({ score: z.number() }))),
    class: z.string(),
    distance: positive,
    minRecall: z.number().min(0).lt(1),
    minPrecision: z.number().min(0).lt(1),
  }),
  ({ reference, candidate, ...options }) => ({ ap: averagePrecision(reference, candidate, options) }),
);

const presence = z.array(z.array(z.union([z.literal(0), z.literal(1)])));

/** `similarity` is keyed `g<reference row>-t<candidate row>`; a pair that is left out is never alike. */
export const tracking = quantity(
  'tracking',
  z
    .object({
      reference: presence,
      candidate: presence,
      similarity: z.record(z.string().regex(/^g\d+-t\d+$/), z.array(share)),
    })
    .refine(
      ({ reference, candidate }) => new Set([...reference, ...candidate].map((row) => row.length)).size <= 1,
      {
        message: 'the rows differ in length',
      },
    ),
  (input) => {
    const table = tableOf(input);
    const { tp, fp, fn, ...clear } = clearMot(table);
    return { ...clear, tp, fp, fn, ...identityScores(table), ...hota(table) };
  },
);

function tableOf(input: {
  reference: readonly (readonly number[])[];
  candidate: readonly (readonly number[])[];
  similarity: Readonly<Record<string, readonly number[]>>;
}): TrackingTable {
  const [reference, candidate] = [input.reference, input.candidate].map((rows) =>
    rows.map((row) => row.map((value) => value === 1)),
  ) as [boolean[][], boolean[][]];
  return {
    times: reference[0]?.length ?? candidate[0]?.length ?? 0,
    reference,
    candidate,
    similarity: (object, track, time) =>
      reference[object]![time] && candidate[track]![time]
        ? (input.similarity[`g${object}-t${track}`]?.[time] ?? 0)
        : 0,
  };
}
