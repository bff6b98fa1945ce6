/** Makes the desk of groups and offers its keys. */
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type Command, useCommands } from '../../../app/commands.ts';
import { useServices } from '../../../state/context.tsx';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { nextLook, secondLooks } from '../pace/secondLook.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import { type BulkDesk, type BulkState, createBulkDesk } from './bulkDesk.ts';
import { type Likeness, type SimilarUnit, similarUnits } from './similar.ts';

export interface Bulk {
  readonly desk: BulkDesk;
  readonly likeness: Likeness;
  /** What the grid shows, odd ones first. */
  readonly similar: readonly SimilarUnit[];
  readonly openSimilar: (likeness: Likeness) => void;
}

export function useBulk(canJudge: boolean): Bulk {
  const { desk, locator } = useDeskValue();
  const { index } = useEngine();
  const { session } = useServices();
  const bulk = useMemo(() => createBulkDesk(desk), [desk]);
  const [likeness, setLikeness] = useState<Likeness>('scene');
  const [similar, setSimilar] = useState<readonly SimilarUnit[]>([]);
  const isWarmUp = useDeskState((state) => state.warmUp !== null);

  const openSimilar = (wanted: Likeness): void => {
    const { verdicts } = desk.audit();
    const { at } = desk.store.getState();
    const found = similarUnits(index, locator, desk.units, at, wanted, ({ id }) => !verdicts.has(id));
    setLikeness(wanted);
    setSimilar(found);
    bulk.openAll(found.map((one) => one.at));
  };
  const secondLook = (): void => {
    const next = nextLook(secondLooks(desk.audit(), desk.units), desk.store.getState().at);
    if (next === null) session.getState().notify('pace.noSecondLook');
    else desk.goTo(next);
  };

  const command = (id: string, name: string, key: string, run: () => void): Command => ({
    id: `review.${id}`,
    room: 'review',
    titleKey: `bulk.commands.${name}`,
    keys: [key],
    run,
    isEnabled: () => canJudge && !isWarmUp,
    whyNot: () => (isWarmUp ? 'bulk.notInWarmUp' : null),
  });
  useCommands([
    command('bulkTrack', 'track', 'Shift+A', () => bulk.open('track')),
    command('bulkFrame', 'frame', 'Shift+G', () => bulk.open('frame')),
    command('similar', 'similar', 'I', () => openSimilar(likeness)),
    command('bulkUndo', 'undo', 'Shift+Z', () => desk.undoGroup()),
    command('secondLook', 'secondLook', 'Shift+I', secondLook),
  ]);
  return { desk: bulk, likeness, similar, openSimilar };
}

export function useBulkState<Fact>(bulk: BulkDesk, selector: (state: BulkState) => Fact): Fact {
  return useStore(bulk.store, selector);
}
