/**
 * Plans for a lot that stands by itself (a pilot, a resubmission): the smallest single plan for this very lot by its
 * own hypergeometric chances, with no history to lean on and no switching rules.
 */
import { done, type Result } from '../base/problem.ts';
import { discoverySampleSize } from './discovery.ts';
import { findPlan } from './findPlan.ts';
import { defectivesAtRate } from './operatingCharacteristic.ts';
import { refused } from './refused.ts';
import type { SamplingPlan } from './samplingPlan.ts';

export const isolatedStandardName = 'isolated lot, hypergeometric (not ISO 2859-1)';

export interface IsolatedRequest {
  readonly lotSize: number;
  /** A lot with this share of nonconforming units passes with probability `consumerRisk` at most. */
  readonly limitingRate: number;
  readonly consumerRisk: number;
  /** A lot of this quality is turned away with probability `risk` at most; null = the smallest sample there is. */
  readonly producer: { readonly rate: number; readonly risk: number } | null;
}

/** Problems: `plan-lot-size`, `plan-rate-outside`, `plan-confidence-outside`, `plan-points-crossed`, `plan-none-found`. */
export function planIsolated(request: IsolatedRequest): Result<SamplingPlan> {
  const { lotSize, limitingRate, consumerRisk, producer } = request;
  if (!Number.isSafeInteger(lotSize) || lotSize < 1) {
    return refused('plan-lot-size', { lot: lotSize, smallest: 1 });
  }
  if (!(limitingRate > 0 && limitingRate < 1)) return refused('plan-rate-outside', { rate: limitingRate });
  if (!(consumerRisk > 0 && consumerRisk < 1)) {
    return refused('plan-confidence-outside', { confidence: 1 - consumerRisk });
  }
  if (producer && !(producer.rate < limitingRate && producer.risk < 1 - consumerRisk)) {
    return refused('plan-points-crossed', { p0: producer.rate, p1: limitingRate });
  }
  const found = smallest(request);
  if (!found.ok) return found;
  const { n, ac } = found.value;
  return done<SamplingPlan>({
    scheme: 'isolated',
    standard: isolatedStandardName,
    lotSize,
    level: null,
    aql: null,
    inspection: null,
    codeLetter: null,
    sampleSize: n,
    tableSampleSize: n,
    acceptanceNumber: ac,
    rejectionNumber: ac + 1,
    fullInspection: n >= lotSize,
    limitingRate,
    confidence: 1 - consumerRisk,
    producer,
    double: null,
    sequential: null,
    model: 'binomial',
    notes: [],
  });
}

function smallest(request: IsolatedRequest): Result<{ n: number; ac: number }> {
  const { lotSize, limitingRate, consumerRisk, producer } = request;
  if (producer === null) {
    const defectives = defectivesAtRate(lotSize, limitingRate);
    return done({ n: discoverySampleSize(lotSize, defectives, 1 - consumerRisk), ac: 0 });
  }
  const wish = { p1: producer.rate, pa1: 1 - producer.risk, p2: limitingRate, pa2: consumerRisk };
  return findPlan({ model: 'hypergeometric', lot: lotSize, ...wish });
}
