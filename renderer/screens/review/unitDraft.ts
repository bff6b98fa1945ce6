/** What the auditor has prepared for a unit and not yet given: kept over a crash, gone with the verdict. */
import {
  type Correction,
  correctionSchema,
  type DefectEntry,
  measuredSchema,
} from '../../../shared/audit/events.ts';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import { z } from '../../../shared/base/door.ts';

export type Measured = DefectEntry['measured'];
export type KeptMeasure = NonNullable<Measured>;

export interface UnitDraft {
  readonly comment: string;
  /** Her own box beside the vendor's. */
  readonly correction: Correction | null;
  /** Measured by hand and kept as evidence. */
  readonly measures: readonly KeptMeasure[];
}

export const emptyDraft: UnitDraft = { comment: '', correction: null, measures: [] };

/** What a standing verdict says, to be worked on from there. */
export function draftOfVerdict(verdict: UnitVerdict | null): UnitDraft {
  if (!verdict) return emptyDraft;
  const { comment, evidence } = verdict;
  return { comment, correction: evidence?.correction ?? null, measures: evidence?.measures ?? [] };
}

const draftSchema = z.object({
  comment: z.string(),
  correction: correctionSchema.nullable(),
  measures: z.array(measuredSchema),
});

/** What the shelf kept, by unit; what another version wrote and this one cannot read is left out. */
export function parseDrafts(kept: ReadonlyMap<string, unknown>): ReadonlyMap<string, UnitDraft> {
  return new Map(
    [...kept].flatMap(([unit, draft]) => {
      const parsed = draftSchema.safeParse(draft);
      return parsed.success ? [[unit, parsed.data] as const] : [];
    }),
  );
}
