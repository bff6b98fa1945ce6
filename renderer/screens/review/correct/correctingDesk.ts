/**
 * The desk with a correction in hand: Enter gives the code that follows from it, Undo takes back its last step
 * before any verdict, and a box drawn over the unit's own label is evidence for nothing else.
 */
import type { DefectEntry } from '../../../../shared/audit/events.ts';
import type { SpecDefect } from '../../../../shared/audit/qaSpec.ts';
import { specDefect } from '../../../../shared/audit/specLookup.ts';
import type { Desk } from '../deskContract.ts';
import type { Measured, UnitDraft } from '../unitDraft.ts';
import { defectEntry } from '../verdictDrafts.ts';
import { shapeOf } from './correctionBox.ts';
import type { Corrector } from './corrector.ts';
import { measuredByCorrection, type Suggestion, suggestionFor } from './suggestion.ts';

export interface SuggestedCode extends Suggestion {
  readonly defect: SpecDefect;
  /** True where the unit is rejected already, and this changes what its verdict says. */
  readonly isRestating: boolean;
}

/** True while the unit's own label is in front, in its own frame. */
function isOwnInFront(desk: Desk): boolean {
  const { besideRow, frame } = desk.store.getState();
  return besideRow === null && frame === null;
}

/** What of the draft is about the label in front: a correction is about the unit's own. */
export function draftInFront(desk: Desk, draft: UnitDraft): UnitDraft {
  return isOwnInFront(desk) ? draft : { ...draft, correction: null };
}

/** The code that follows from the correction in hand; null where none does. */
export function suggestedCode(desk: Desk, corrector: Corrector): SuggestedCode | null {
  const { target } = corrector.store.getState();
  const { correction } = desk.draft();
  if (!target || !correction || target.unit !== desk.unit().id || !isOwnInFront(desk)) return null;
  const standing = desk.standing();
  const isRestating = standing?.verdict === 'reject';
  if (standing && !isRestating) return null;
  if (JSON.stringify(standing?.evidence?.correction) === JSON.stringify(correction)) return null;
  const suggestion = suggestionFor(target.label, shapeOf(correction), target.limits);
  const spec = desk.audit().spec?.spec;
  if (!suggestion?.isOver || !spec) return null;
  const defect =
    specDefect(spec, suggestion.code) ?? (suggestion.code === 'FLIP' ? specDefect(spec, 'YAW') : null);
  return defect && { ...suggestion, defect, isRestating };
}

/** What the correction in hand says for a code; null where there is none or the code is not about geometry. */
export function measuredInHand(code: string, draft: UnitDraft, desk: Desk, corrector: Corrector): Measured {
  const { target } = corrector.store.getState();
  const { correction } = draftInFront(desk, draft);
  if (!target || !correction || target.unit !== desk.unit().id) return null;
  return measuredByCorrection(code, target.label, shapeOf(correction), target.limits);
}

/** Codes of which one slip has one. */
const geometric: ReadonlySet<string> = new Set(['POS', 'DIM', 'YAW', 'FLIP']);

export function withCorrections(desk: Desk, corrector: Corrector): Desk {
  let { last } = desk.store.getState();
  desk.store.subscribe((state) => {
    if (state.last !== last && state.last !== null) corrector.closeSteps();
    last = state.last;
  });
  return {
    ...desk,
    confirm() {
      const suggested = suggestedCode(desk, corrector);
      if (!suggested) desk.confirm();
      else if (suggested.isRestating) desk.amend(restated(desk, suggested));
      else desk.reject(suggested.defect);
    },
    undo() {
      if (!corrector.back()) desk.undo();
    },
  };
}

/** The standing entries with the geometric one said anew. */
function restated(desk: Desk, { defect, measured }: SuggestedCode): DefectEntry[] {
  const entries = desk.standing()?.defects ?? [];
  const before = entries.find(({ code }) => geometric.has(code));
  const severity = before?.code === defect.code ? before.severity : null;
  const entry = defectEntry(defect, severity, before?.note ?? '', measured);
  return [...entries.filter(({ code }) => !geometric.has(code)), entry];
}
