/** What the auditor has prepared for a search cell and not yet given: kept over a crash, gone with the verdict. */
import { type MissedObject, missedObjectSchema } from '../../../shared/audit/events.ts';
import { z } from '../../../shared/base/door.ts';

export interface CellDraft {
  /** Objects found missing; null = as the cell's verdict has them. */
  readonly missed: readonly MissedObject[] | null;
  readonly comment: string | null;
}

const draftSchema = z.object({
  missed: z.array(missedObjectSchema).nullable(),
  comment: z.string().nullable(),
});

/** Under this name the cell that was searched last lies beside the drafts. */
export const searchPlace = 'desk.search';

/** Id of the cell that the desk was left at, or null. */
export function keptCell(kept: ReadonlyMap<string, unknown>): string | null {
  const parsed = z.object({ cell: z.string() }).safeParse(kept.get(searchPlace));
  return parsed.success ? parsed.data.cell : null;
}

/** What the shelf kept, by cell; what is another desk's, or another version's, is left out. */
export function parseCellDrafts(kept: ReadonlyMap<string, unknown>): ReadonlyMap<string, CellDraft> {
  return new Map(
    [...kept].flatMap(([cell, draft]) => {
      const parsed = draftSchema.safeParse(draft);
      return parsed.success ? [[cell, parsed.data] as const] : [];
    }),
  );
}
