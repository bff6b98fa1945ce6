/**
 * A double plan for a lot: two samples, the second judged only where the first leaves the question open. The plans of
 * ANSI/ASQ Z1.4 by AQL, or a plan of one's own.
 */
import { done, type Result } from '../base/problem.ts';
import { planOfCell, type TableAddress, tableAddress } from './iso2859.ts';
import { refused } from './refused.ts';
import type {
  DoubleStages,
  InspectionLevel,
  InspectionState,
  SamplingPlan,
  Sentence,
} from './samplingPlan.ts';
import { lookUpZ14Plan } from './z14.ts';
import { z14DoubleCell, z14StandardName } from './z14Tables.ts';

export const ownDoubleName = 'double plan of one’s own (not ISO 2859-1)';
export const z14DoubleName = `${z14StandardName}, double sampling`;

export interface DoubleRequest {
  readonly lotSize: number;
  /** The standard's double plan for this AQL, or null with a plan of one's own in `stages`. */
  readonly aql: string | number | null;
  readonly level: InspectionLevel;
  readonly inspection: InspectionState;
  readonly stages: DoubleStages | null;
}

/**
 * Stages of one's own come before an AQL. Where the standard has no double plan for a cell it names the single plan
 * of the cell, and that is the answer. Problems: `plan-lot-size`, `plan-double-crossed`,
 * `plan-double-too-large`, `plan-double-without-aql`, `plan-double-unknown`, and those of `tableAddress`.
 */
export function planDouble(request: DoubleRequest): Result<SamplingPlan> {
  const { lotSize, stages, aql } = request;
  if (stages !== null) return ownDouble(lotSize, stages);
  if (aql === null) return refused('plan-double-without-aql');
  const address = tableAddress({ ...request, aql });
  return address.ok ? tableDouble(address.value) : address;
}

function ownDouble(lotSize: number, stages: DoubleStages): Result<SamplingPlan> {
  if (!Number.isSafeInteger(lotSize) || lotSize < 2) {
    return refused('plan-lot-size', { lot: lotSize, smallest: 2 });
  }
  if (!isSound(stages)) return refused('plan-double-crossed', { ...stages });
  const sizes = sizesOf(lotSize, stages);
  if (!sizes.ok) return sizes;
  return done<SamplingPlan>({
    scheme: 'double',
    standard: ownDoubleName,
    lotSize,
    level: null,
    aql: null,
    inspection: null,
    codeLetter: null,
    ...sizes.value,
    limitingRate: null,
    confidence: null,
    producer: null,
    sequential: null,
    model: 'binomial',
    notes: [],
  });
}

/** It can go on to its second sample, and decides after it. */
function isSound({ n1, ac1, re1, n2, ac2, re2 }: DoubleStages): boolean {
  const areWhole = [n1, ac1, re1, n2, ac2, re2].every((value) => Number.isSafeInteger(value) && value >= 0);
  return areWhole && n1 > 0 && n2 > 0 && re1 > ac1 + 1 && ac2 > ac1 && re2 === ac2 + 1;
}

function tableDouble(address: TableAddress): Result<SamplingPlan> {
  const { inspection, letter, aql, aqlIndex, lotSize } = address;
  const cell = z14DoubleCell(inspection, letter, aqlIndex);
  if (cell.kind === 'unsure') return refused('plan-double-unknown', { inspection, letter, aql });
  if (cell.kind === 'single') return singleInstead(address);
  const { n1, ac2, re2 } = cell.stages;
  const sizes = sizesOf(lotSize, cell.stages);
  if (!sizes.ok) return sizes;
  const plan = planOfCell(address, { letter: cell.letter, n: n1, ac: ac2, re: re2 });
  return done({
    ...plan,
    scheme: 'double',
    standard: z14DoubleName,
    ...sizes.value,
    notes: [
      ...plan.notes,
      ...(re2 > ac2 + 1 ? [note('gap', { ac: ac2, re: re2 })] : []),
      note('doubleOfZ14', {}),
      note('singleSource', {}),
    ],
  });
}

function singleInstead({ model, ...address }: TableAddress): Result<SamplingPlan> {
  const plan = lookUpZ14Plan({ ...address, counts: model === 'poisson' ? 'defects' : 'units' });
  return plan.ok ? done({ ...plan.value, notes: [note('doubleIsSingle', {}), ...plan.value.notes] }) : plan;
}

function sizesOf(
  lotSize: number,
  double: DoubleStages,
): Result<
  Pick<
    SamplingPlan,
    'double' | 'sampleSize' | 'tableSampleSize' | 'acceptanceNumber' | 'rejectionNumber' | 'fullInspection'
  >
> {
  const sampleSize = double.n1 + double.n2;
  if (sampleSize > lotSize) return refused('plan-double-too-large', { n: sampleSize, lot: lotSize });
  return done({
    double,
    sampleSize,
    tableSampleSize: sampleSize,
    acceptanceNumber: double.ac2,
    rejectionNumber: double.re2,
    // Even where both samples are the whole lot, the first alone may settle it.
    fullInspection: false,
  });
}

function note(name: string, params: Sentence['params']): Sentence {
  return { key: `plan.notes.${name}`, params };
}
