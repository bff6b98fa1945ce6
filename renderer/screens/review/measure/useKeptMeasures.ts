/** What was measured by hand on the unit in front: prepared, or already part of its verdict. */
import { useSession } from '../../../state/context.tsx';
import { draftOfVerdict, emptyDraft, type UnitDraft } from '../unitDraft.ts';
import { useDesk, useDeskState } from '../useDesk.ts';

export function useKeptMeasures(): UnitDraft['measures'] {
  const desk = useDesk();
  const id = desk.units[useDeskState((state) => state.at)]!.id;
  const draft = useDeskState((state) => state.drafts.get(id));
  const verdict = useSession((state) => state.shown!.verdicts.get(id) ?? null);
  if (draft) return draft.measures;
  return verdict ? draftOfVerdict(verdict).measures : emptyDraft.measures;
}
