/** The ruler: its key, and what a click means while it is out. */
import { useCommands } from '../../../app/commands.ts';
import type { Pointing } from '../../../viewport/pointing.ts';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { useDesk, useDeskState } from '../useDesk.ts';

/** Null while nothing is measured. */
export function useMeasuring(): Pointing | null {
  const engine = useEngine();
  const desk = useDesk();
  const tool = useDeskState((state) => state.tool);
  useCommands([
    {
      id: 'review.ruler',
      room: 'review',
      titleKey: 'review.commands.ruler',
      keys: ['R'],
      run() {
        engine.setRulerPoint(null);
        desk.patch({ tool: tool === 'ruler' ? 'select' : 'ruler' });
      },
    },
  ]);
  if (tool !== 'ruler') return null;
  return {
    cursor: 'cross',
    onClick(place) {
      void place.point().then((point) => point && engine.setRulerPoint(point));
    },
  };
}
