/** A double plan for a lot: two samples, the second judged only where the first leaves the question open. */
import { done, type Result } from '../base/problem.ts';
import { refused } from './refused.ts';
import type { DoubleStages, InspectionLevel, InspectionState, SamplingPlan } from './samplingPlan.ts';

export const ownDoubleName = 'double plan of one’s own (not ISO 2859-1)';

export interface DoubleRequest {
  readonly lotSize: number;
  /** The standard's double plan for this AQL, or null with a plan of one's own in `stages`. */
  readonly aql: string | number | null;
  readonly level: InspectionLevel;
  readonly inspection: InspectionState;
  readonly stages: DoubleStages | null;
}

/** Problems: `plan-lot-size`, `plan-double-too-large`, `plan-double-unknown`. */
export function planDouble({ lotSize, stages }: DoubleRequest): Result<SamplingPlan> {
  if (!Number.isSafeInteger(lotSize) || lotSize < 2) {
    return refused('plan-lot-size', { lot: lotSize, smallest: 2 });
  }
  if (stages === null) return refused('plan-double-unknown', {});
  const sampleSize = stages.n1 + stages.n2;
  if (sampleSize > lotSize) return refused('plan-double-too-large', { n: sampleSize, lot: lotSize });
  return done<SamplingPlan>({
    scheme: 'double',
    standard: ownDoubleName,
    lotSize,
    level: null,
    aql: null,
    inspection: null,
    codeLetter: null,
    sampleSize,
    tableSampleSize: sampleSize,
    acceptanceNumber: stages.ac2,
    rejectionNumber: stages.re2,
    fullInspection: sampleSize === lotSize,
    limitingRate: null,
    confidence: null,
    producer: null,
    double: stages,
    sequential: null,
    model: 'binomial',
    notes: [],
  });
}
