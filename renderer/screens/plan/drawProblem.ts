/** Why the label sample cannot be drawn as the spec asks, known before it is frozen. */
import { drawMisfit } from '../../../shared/audit/drawMisfit.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import type { PlanRow } from './planRows.ts';

/** Null where nothing stands against it; strata are known once the host has answered. */
export function drawProblem(spec: QaSpec, lot: LotPreview, rows: readonly PlanRow[]): Problem | null {
  if (!spec.draw) return null;
  const plans = rows.flatMap(({ sample, severity, plan }) => {
    if (sample !== 'labels' || !plan.ok) return [];
    const { sampleSize, double, sequential } = plan.value;
    return [{ severity, sampleSize, ...(double ? { double } : {}), ...(sequential ? { sequential } : {}) }];
  });
  return drawMisfit(spec.draw, plans) ?? lot.strataProblem ?? null;
}
