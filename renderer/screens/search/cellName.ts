/** A cell in words: its direction, its range. */
import type { DrawnCell } from '../../../shared/audit/events.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';

export type Say = (key: string, params?: Record<string, string | number>) => string;

export function cellName(cell: DrawnCell, spec: QaSpec, say: Say): string {
  const range = `${cell.rangeFromMeters}–${cell.rangeToMeters} m`;
  const { sectors } = spec.search;
  if (cell.sector < 0 || sectors <= 1) return say('search.cellAllAround', { range });
  const degrees = Math.round((360 * cell.sector) / sectors);
  // Four sectors have names everyone uses; others are given by their middle direction.
  const names = ['front', 'left', 'rear', 'right'] as const;
  const name = sectors === 4 ? names[cell.sector] : undefined;
  const direction = name ? say(`search.direction.${name}`) : `${degrees}°`;
  return say('search.cellSector', { direction, range });
}
