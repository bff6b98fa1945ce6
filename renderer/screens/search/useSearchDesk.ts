/** Makes the search desk for the open audit and ties it to the session, the viewport and the clock. */

import { useEffect, useState } from 'react';
import type { DrawnCell } from '../../../shared/audit/events.ts';
import { judgingOrderOfCells } from '../../../shared/audit/presentation.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { positionsOf } from '../../../shared/model/frames.ts';
import { useRoute } from '../../app/routes.ts';
import { useServices } from '../../state/context.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { createActiveTime } from '../review/activeTime.ts';
import { listenForLife } from '../review/signsOfLife.ts';
import { keptCell, parseCellDrafts, searchPlace } from './cellDraft.ts';
import { labelsInCell } from './cellLabels.ts';
import { createSearchDesk, openCells, type SearchDesk } from './searchDesk.ts';

export function useSearchDesk(): SearchDesk {
  const { session } = useServices();
  const engine = useEngine();
  const route = useRoute();
  const asked = route && 'unit' in route ? route.unit : null;
  const [{ desk, time }] = useState(() => {
    const { index } = engine;
    const audit = (): AuditState => session.getState().shown!;
    const cells = judgingOrderOfCells(audit().sample!.cells, index.delivery);
    const made = createActiveTime(performance.now());
    const frames = positionsOf(index.delivery.frameIds);
    const matched = async (cell: DrawnCell): Promise<number> => {
      const spec = audit().spec!.spec;
      const frame = frames.get(cell.frame);
      if (frame === undefined) return 0;
      const counts = spec.scope.minPoints > 0 ? await engine.countsOf(frame) : new Map<number, number>();
      return labelsInCell(index, spec, cell, frame, counts).length;
    };
    const { drafts } = session.getState();
    const wanted = asked ?? keptCell(drafts);
    const at = cells.findIndex(({ id }) => id === wanted);
    const first = at >= 0 ? at : (openCells(cells, audit(), new Set(), -1)[0] ?? 0);
    return {
      time: made,
      desk: createSearchDesk(
        {
          cells,
          time: made,
          now: () => performance.now(),
          audit,
          record: (draft) => session.getState().record(draft),
          matched,
          newId: () => crypto.randomUUID(),
          keepDraft: (id, draft) => session.getState().keepDraft(id, draft),
          missDefect: () =>
            audit().spec!.spec.defects.find(({ where, owner }) => where === 'cell' && owner === 'vendor') ??
            null,
        },
        first,
        parseCellDrafts(drafts),
      ),
    };
  });
  useEffect(() => listenForLife(time), [time]);
  useEffect(() => {
    const keep = (): void => session.getState().keepDraft(searchPlace, { cell: desk.cell().id });
    return desk.store.subscribe((now, before) => {
      if (now.at !== before.at) keep();
    });
  }, [session, desk]);
  return desk;
}
