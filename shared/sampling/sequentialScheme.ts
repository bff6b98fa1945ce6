/** Wald's sequential plan for a lot: the lines, where it ends at the latest, and the words it is printed with. */
import { done, type Result } from '../base/problem.ts';
import { findPlan } from './findPlan.ts';
import { refused } from './refused.ts';
import type { SamplingPlan } from './samplingPlan.ts';
import { sequentialPlan } from './sequential.ts';

export const sequentialStandardName = 'Wald sequential plan (not ISO 2859-1)';

/** Ends at this many times the single plan of the same risks, where nobody said otherwise. */
const truncationFactor = 1.5;

export interface SequentialRequest {
  readonly lotSize: number;
  readonly p0: number;
  readonly p1: number;
  readonly alpha: number;
  readonly beta: number;
  /** Null = one and a half times the single plan of the same risks. */
  readonly truncateAt: number | null;
  /** At least 1; moves both lines outwards where units of one scene share their errors. */
  readonly designEffect: number;
}

/** Problems: `plan-lot-size`, `plan-points-crossed`, `plan-risks-crossed`, `plan-none-found`. */
export function planSequential(request: SequentialRequest): Result<SamplingPlan> {
  const { lotSize, p0, p1, alpha, beta, designEffect } = request;
  if (!Number.isSafeInteger(lotSize) || lotSize < 1) {
    return refused('plan-lot-size', { lot: lotSize, smallest: 1 });
  }
  if (!(p0 > 0 && p0 < p1 && p1 < 1)) return refused('plan-points-crossed', { p0, p1 });
  if (!(alpha > 0 && beta > 0 && alpha + beta < 1)) return refused('plan-risks-crossed', { alpha, beta });
  const end = endOf(request);
  if (!end.ok) return end;
  const truncateAt = Math.min(end.value, lotSize);
  const { hAccept, hReject, slope } = sequentialPlan(p0, p1, alpha, beta);
  const acceptanceNumber = Math.floor(slope * truncateAt);
  return done<SamplingPlan>({
    scheme: 'sprt',
    standard: sequentialStandardName,
    lotSize,
    level: null,
    aql: null,
    inspection: null,
    codeLetter: null,
    sampleSize: truncateAt,
    tableSampleSize: end.value,
    acceptanceNumber,
    rejectionNumber: acceptanceNumber + 1,
    // It may reach the end of the lot, but does not ask for all of it.
    fullInspection: false,
    limitingRate: null,
    confidence: null,
    producer: null,
    double: null,
    sequential: {
      p0,
      p1,
      alpha,
      beta,
      designEffect,
      hAccept: hAccept * designEffect,
      hReject: hReject * designEffect,
      slope,
      truncateAt,
    },
    model: 'binomial',
    notes: [
      { key: 'plan.notes.sequentialOrder', params: {} },
      ...(designEffect > 1 ? [{ key: 'plan.notes.clusteredLines', params: { factor: designEffect } }] : []),
    ],
  });
}

function endOf({ p0, p1, alpha, beta, truncateAt, designEffect }: SequentialRequest): Result<number> {
  if (truncateAt !== null) return done(truncateAt);
  const single = findPlan({ model: 'binomial', p1: p0, pa1: 1 - alpha, p2: p1, pa2: beta });
  return single.ok ? done(Math.ceil(truncationFactor * designEffect * single.value.n)) : single;
}
