/** What can be taken back at the desk: one step is one thing done, however many units it touched. */
import type { EventData, EventDraft } from '../../../shared/audit/events.ts';
import type { UnitVerdict } from '../../../shared/audit/state.ts';

/** What Undo takes back at once. */
export type Step =
  | {
      readonly kind: 'verdicts';
      /** Where the auditor was. */
      readonly at: number;
      /** Each unit with her own verdict from before, which comes back. */
      readonly units: readonly { readonly id: string; readonly before: UnitVerdict | null }[];
      readonly bulk: string | null;
    }
  | { readonly kind: 'finding'; readonly at: number; readonly key: string }
  | { readonly kind: 'repeat'; readonly at: number; readonly unit: string };

/** What takes a person's verdict on one unit back: the one from before stands again, or none. */
export function draftOfUndo(standing: UnitVerdict, before: UnitVerdict | null): EventDraft {
  const { unit, seq } = standing;
  return before
    ? { type: 'verdict.given', data: dataOf(before) }
    : { type: 'verdict.undone', data: { unit, seq } };
}

/** What a standing verdict said, to be given again: emptied of who gave it and when. */
function dataOf({ seq: _seq, at: _at, by: _by, ...data }: UnitVerdict): EventData<'verdict.given'> {
  return data;
}
