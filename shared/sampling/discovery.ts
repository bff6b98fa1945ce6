/**
 * Plans for defects of which none is tolerated: draw enough that, were a given share of the lot bad, at least one
 * bad unit would be found with the given confidence. Accept on zero. This is not a plan of ISO 2859-1.
 */
import { done, type Result } from '../base/problem.ts';
import { hypergeometricProbability } from './distributions.ts';
import { defectivesAtRate, tie } from './operatingCharacteristic.ts';
import { refused } from './refused.ts';
import { firstWhole } from './rootFinding.ts';
import type { SamplingPlan } from './samplingPlan.ts';

export const discoveryStandardName = 'c = 0, hypergeometric (not ISO 2859-1)';

/**
 * Smallest n whose chance of drawing none of `defectives` bad units out of `lot` is at most 1 - confidence.
 * `defectives` in [1, lot], confidence in (0, 1).
 */
export function discoverySampleSize(lot: number, defectives: number, confidence: number): number {
  const risk = (1 - confidence) * (1 + tie);
  const enough = (n: number): boolean => hypergeometricProbability(0, { lot, defectives, n }) <= risk;
  // With one unit more than there are good ones a bad one is certain.
  return firstWhole(enough, 0, lot - defectives + 1) ?? lot;
}

export interface DiscoveryRequest {
  readonly lotSize: number;
  /** Share of nonconforming units that must not go unnoticed, in (0, 1). */
  readonly limitingRate: number;
  /** In (0, 1). */
  readonly confidence: number;
}

/** Problems: `plan-lot-size`, `plan-rate-outside`, `plan-confidence-outside`. */
export function planDiscovery(request: DiscoveryRequest): Result<SamplingPlan> {
  const { lotSize, limitingRate, confidence } = request;
  if (!Number.isSafeInteger(lotSize) || lotSize < 1) {
    return refused('plan-lot-size', { lot: lotSize, smallest: 1 });
  }
  if (!(limitingRate > 0 && limitingRate < 1)) {
    return refused('plan-rate-outside', { rate: limitingRate });
  }
  if (!(confidence > 0 && confidence < 1)) {
    return refused('plan-confidence-outside', { confidence });
  }
  const defectives = defectivesAtRate(lotSize, limitingRate);
  const n = discoverySampleSize(lotSize, defectives, confidence);
  const fullInspection = n >= lotSize;
  return done<SamplingPlan>({
    scheme: 'c0',
    standard: discoveryStandardName,
    lotSize,
    level: null,
    aql: null,
    inspection: null,
    codeLetter: null,
    sampleSize: n,
    tableSampleSize: n,
    acceptanceNumber: 0,
    rejectionNumber: 1,
    fullInspection,
    limitingRate,
    confidence,
    producer: null,
    double: null,
    sequential: null,
    model: 'binomial',
    notes: [
      { key: 'plan.notes.notIso', params: {} },
      ...(fullInspection ? [{ key: 'plan.notes.fullInspection', params: { n, lot: lotSize } }] : []),
    ],
  });
}
