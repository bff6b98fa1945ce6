/** Quantities of plans in stages: double and sequential, for a process and for a real lot. */
import { z } from '../base/door.ts';
import { doublePlanAt, doublePlanInLot, type PlanPoint } from '../sampling/doublePlan.ts';
import { runSequential, type SequentialPlan, sequentialPlan } from '../sampling/sequential.ts';
import { sequentialPlanAt, sequentialPlanInLot } from '../sampling/sequentialCurve.ts';
import { count, fraction, quantity, whole } from './quantity.ts';

/** Qualities to answer for: rates of a process, or counts of bad units in a real lot. */
const qualities = {
  p: z.array(z.number().nonnegative()).optional(),
  lot: count.optional(),
  defectives: z.array(whole).optional(),
};

interface Qualities {
  readonly p?: readonly number[] | undefined;
  readonly lot?: number | undefined;
  readonly defectives?: readonly number[] | undefined;
}

const areShares = ({ p = [], model }: Qualities & { model?: string | undefined }): boolean =>
  model === 'poisson' || p.every((rate) => rate <= 1);
const notShares = { path: ['p'], message: 'p is a share' };

const fitsLot = ({ lot, defectives }: Qualities): boolean =>
  (lot === undefined) === (defectives === undefined) && (defectives ?? []).every((bad) => bad <= (lot ?? 0));
const unfitLot = {
  path: ['defectives'],
  message: 'a lot needs the counts of its bad units, none above its size',
};

/** One curve for the rates, or for the counts where there is a lot. */
function curve(
  { p = [], lot, defectives }: Qualities,
  process: (rate: number) => PlanPoint,
  inLot: (lot: number, bad: number) => PlanPoint,
): { pa: number[]; asn: number[] } {
  const points = lot !== undefined && defectives ? defectives.map((bad) => inLot(lot, bad)) : p.map(process);
  return { pa: points.map((point) => point.pa), asn: points.map((point) => point.asn) };
}

export const ocDouble = quantity(
  'oc-double',
  z
    .object({
      ...{ n1: count, ac1: whole, re1: count, n2: count, ac2: whole, re2: count },
      ...qualities,
      model: z.enum(['binomial', 'poisson']).optional(),
    })
    .refine(({ ac1, re1 }) => re1 > ac1, { path: ['re1'], message: 're1 must exceed ac1' })
    .refine(({ ac2, re2 }) => re2 > ac2, { path: ['re2'], message: 're2 must exceed ac2' })
    .refine(({ p, lot }) => p !== undefined || lot !== undefined, { path: ['p'], message: 'p or a lot' })
    .refine(areShares, notShares)
    .refine(fitsLot, unfitLot)
    .refine(({ n1, n2, lot }) => lot === undefined || n1 + n2 <= lot, {
      path: ['lot'],
      message: 'both samples are larger than the lot',
    }),
  ({ model, ...input }) => {
    // A count in the gap of reduced inspection accepts the lot.
    const plan = { ...input, ac2: input.re2 - 1 };
    return curve(
      input,
      (rate) => doublePlanAt(plan, rate, model),
      (lot, bad) => doublePlanInLot(plan, lot, bad),
    );
  },
);

/** A curve walks the lines unit by unit, so its end is bounded. */
const longestCurve = 1_000_000;

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
      /** Both lines this many times as far apart, for units that share their errors. */
      designEffect: z.number().min(1).max(100).optional(),
      ...qualities,
    })
    .refine(({ p0, p1 }) => p0 < p1, { path: ['p1'], message: 'p1 must exceed p0' })
    .refine(({ alpha, beta }) => alpha + beta < 1, {
      path: ['beta'],
      message: 'alpha + beta must be below 1',
    })
    .refine(areShares, notShares)
    .refine(fitsLot, unfitLot)
    .refine(
      ({ p, lot, nMax }) =>
        (!p && !lot) || (nMax !== undefined && nMax <= Math.min(longestCurve, lot ?? nMax)),
      {
        path: ['nMax'],
        message: `a curve ends at nMax units, at most ${longestCurve} and at most the lot`,
      },
    ),
  ({ p0, p1, alpha, beta, outcomes, nMax, designEffect = 1, ...asked }) => {
    const plan = apart(sequentialPlan(p0, p1, alpha, beta), designEffect);
    const bounds = { ...plan, truncateAt: nMax ?? 0 };
    return {
      ...plan,
      ...(outcomes === undefined ? {} : runSequential(plan, Array.from(outcomes, isBad), nMax)),
      ...(asked.p || asked.lot
        ? curve(
            asked,
            (rate) => sequentialPlanAt(bounds, rate),
            (lot, bad) => sequentialPlanInLot(bounds, lot, bad),
          )
        : {}),
    };
  },
);

/** Wald's mean lengths are proportional to the distance of the lines. */
function apart({ slope, ...lines }: SequentialPlan, factor: number): SequentialPlan {
  const hAccept = lines.hAccept * factor;
  return {
    hAccept,
    hReject: lines.hReject * factor,
    slope,
    minAcceptN: Math.ceil(hAccept / slope),
    asnAtP0: lines.asnAtP0 * factor,
    asnAtP1: lines.asnAtP1 * factor,
  };
}

function isBad(outcome: string): boolean {
  return outcome === '1';
}
