/** The auditor's pace: from this audit, else from the last one of such units on this machine. */
import { useEffect } from 'react';
import type { AuditState } from '../../../shared/audit/state.ts';
import { z } from '../../../shared/base/door.ts';
import { useRememberedView } from '../../state/context.tsx';
import { measuredSeconds, type Pace, paceOf, type UnitSeconds } from './effort.ts';

const room = 'pace';

/** By kind of unit: a track is not judged in the time of a cuboid. */
const rememberedSchema = z.record(
  z.string(),
  z.object({ label: z.number().positive(), cell: z.number().positive() }),
);
type Remembered = z.infer<typeof rememberedSchema>;

export function usePace(audit: AuditState, unit: string, labelsOfUnit: number): Pace {
  const earlier = useEarlier()[0][unit] ?? null;
  return paceOf(audit, labelsOfUnit, earlier);
}

/** Keeps what judging took, for the effort of the audits to come. */
export function useRememberPace(audit: AuditState): void {
  const [earlier, remember] = useEarlier();
  const unit = audit.sample?.labels.unit ?? null;
  const { label, cell } = measuredSeconds(audit);
  const known: UnitSeconds | null = unit === null ? null : (earlier[unit] ?? null);
  const isNew = label !== null && cell !== null && (known?.label !== label || known.cell !== cell);
  useEffect(() => {
    if (unit !== null && isNew) remember({ ...earlier, [unit]: { label, cell } });
  });
}

function useEarlier(): readonly [Remembered, (pace: Remembered) => void] {
  const [kept, remember] = useRememberedView<unknown>(room, {});
  const read = rememberedSchema.safeParse(kept);
  return [read.success ? read.data : {}, remember];
}
