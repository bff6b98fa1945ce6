/** What a stratified draw takes of each stratum on this lot. */
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { nestedPlaces } from '../../../shared/sampling/stratifiedDraw.ts';
import { drawnOf, type PlanRow } from './planRows.ts';

export interface DrawShares {
  /** Units of each stratum in the order of the lot's strata; null where the draw is not stratified or not known yet. */
  readonly shares: readonly number[] | null;
  /** Units drawn beyond what the plans judge. */
  readonly added: number;
}

export function drawShares(spec: QaSpec, lot: LotPreview, rows: readonly PlanRow[]): DrawShares {
  if (spec.draw?.design !== 'stratified' || !lot.strata) return { shares: null, added: 0 };
  const n = Math.min(drawnOf(rows, 'labels'), lot.lotSize);
  const sizes = lot.strata.map(({ population }) => population);
  const { places, shares } = nestedPlaces(sizes, n, spec.draw.minimumPerStratum);
  return { shares, added: places.length - n };
}
