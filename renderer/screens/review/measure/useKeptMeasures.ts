/** What was measured by hand on the unit in front: prepared, or already part of its verdict. */
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { emptyDraft, type UnitDraft } from '../unitDraft.ts';
import { useDesk, useDeskState } from '../useDesk.ts';

export function useKeptMeasures(): UnitDraft['measures'] {
  const desk = useDesk();
  const id = desk.units[useDeskState((state) => state.at)]!.id;
  const draft = useDeskState((state) => state.drafts.get(id));
  const given = useVisibleAudit().verdicts.get(id)?.evidence?.measures;
  return draft?.measures ?? given ?? emptyDraft.measures;
}
