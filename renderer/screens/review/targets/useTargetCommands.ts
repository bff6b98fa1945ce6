/** The keys of the targeted queue: over to it and back, and into it with what is pointed at. */
import { targetProgress } from '../../../../shared/audit/targets.ts';
import { commandMaker, useCommands } from '../../../app/commands.ts';
import { useServices } from '../../../state/context.tsx';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { useDesk } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import { type PickedTarget, pickedTarget } from './pickedTarget.ts';
import { useQueue } from './useQueues.ts';

export interface TargetActions {
  readonly subject: Subject | null;
  readonly canJudge: boolean;
  /** Asks why, and queues it then. */
  readonly ask: (target: PickedTarget) => void;
  readonly openList: () => void;
}

export function useTargetCommands({ subject, canJudge, ask, openList }: TargetActions): void {
  const { session } = useServices();
  const desk = useDesk();
  const engine = useEngine();
  const { queue, show } = useQueue();

  function pick(): void {
    const { notify, shown } = session.getState();
    // What lies under the pointer goes before what was clicked, and that before the label in front.
    const { besideRow } = desk.store.getState();
    const row = engine.facts.getState().hoveredRow ?? besideRow ?? subject?.label?.row ?? null;
    if (row === null) {
      notify('targets.nothingPicked');
      return;
    }
    const picked = pickedTarget(shown!, engine.index, row, crypto.randomUUID());
    if (picked.kind === 'target') ask(picked.target);
    else notify(picked.kind === 'queued' ? 'targets.isQueued' : 'targets.isInSample');
  }

  function turn(): void {
    if (queue === 'targets') show('sample');
    else if (targetProgress(session.getState().shown!).queued === 0) openList();
    else show('targets');
  }

  const command = commandMaker('review', 'targets');
  useCommands([
    command('turn', ['Alt+J'], turn),
    command('queue', ['Shift+Q'], pick, { isEnabled: () => canJudge }),
    command('list', [], openList),
  ]);
}
