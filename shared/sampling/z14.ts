/**
 * Single sampling of ANSI/ASQ Z1.4 (MIL-STD-105E): the tables of ISO 2859-1 for normal and tightened inspection under
 * its own name, and its own reduced inspection, where a count between Ac and Re accepts the lot and ends reduced
 * inspection.
 */
import { done, type Result } from '../base/problem.ts';
import { type IsoPlanRequest, lookUpIsoPlan, planOfCell, tableAddress } from './iso2859.ts';
import type { SamplingPlan } from './samplingPlan.ts';
import { z14ReducedCell, z14StandardName } from './z14Tables.ts';

/** Problems: those of `tableAddress`. */
export function lookUpZ14Plan(request: IsoPlanRequest): Result<SamplingPlan> {
  const plan = request.inspection === 'reduced' ? lookUpReduced(request) : lookUpIsoPlan(request);
  return plan.ok ? done({ ...plan.value, scheme: 'z1.4', standard: z14StandardName }) : plan;
}

function lookUpReduced(request: IsoPlanRequest): Result<SamplingPlan> {
  const address = tableAddress(request);
  if (!address.ok) return address;
  const cell = z14ReducedCell(address.value.letter, address.value.aqlIndex);
  const plan = planOfCell(address.value, cell);
  const gap = cell.re > cell.ac + 1;
  return done({
    ...plan,
    notes: [
      ...plan.notes,
      ...(gap ? [{ key: 'plan.notes.gap', params: { ac: cell.ac, re: cell.re } }] : []),
      { key: 'plan.notes.singleSource', params: {} },
    ],
  });
}
