/** A layout that belongs to the person who judges and to one place of the product, remembered over restarts. */
import { useMemo } from 'react';
import { useServices, useSession } from '../state/context.tsx';
import { parseDock } from './dockMemory.ts';
import { createDockStore, type DockStore } from './dockStore.ts';
import type { DockState } from './dockTree.ts';

/** `usual`: how panels stand where nothing is remembered. Another person gets a layout of her own. */
export function useDock(place: string, usual: () => DockState): DockStore {
  const { settings } = useServices();
  const profile = useSession((state) => state.actor?.profile ?? '');
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each person
  return useMemo(() => {
    const room = `dock.${place}.${profile}`;
    const { settings: now, remember } = settings.getState();
    const first = usual();
    return createDockStore(parseDock(now.views[room], first) ?? first, (layout) => remember(room, layout));
  }, [settings, place, profile]);
}
