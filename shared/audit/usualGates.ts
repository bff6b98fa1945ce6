/** How near two labels must be to be taken for one object, where nobody says otherwise. */
import type { Likeness } from '../scoring/labelSets.ts';
import { motionLimits } from '../scoring/motionLimits.ts';
import type { QaSpec } from './qaSpec.ts';
import { specClass } from './specLookup.ts';

/** Metres between centres by what moves, and shares of the union. */
export const usualMeters = { vulnerable: 1, other: 2 } as const;
export const usualOverlap = { iou3d: 0.1, iou2d: 0.5 } as const;

/** Metres between centres, or a share of the union, for a class by the vendor's name. */
export function usualGate(spec: QaSpec, className: string, likeness: Likeness): number {
  if (likeness !== 'center') return usualOverlap[likeness];
  const kind = motionLimits(specClass(spec, className)?.name ?? className)?.kind;
  return kind === 'pedestrian' || kind === 'cycle' ? usualMeters.vulnerable : usualMeters.other;
}
