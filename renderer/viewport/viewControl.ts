/** What belongs to the views of one screen and is not remembered: whether their options lie open, and whose they are. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine } from './engineContract.ts';

export type ViewRoom = 'review' | 'search' | 'look' | 'checks';

export interface ViewControl {
  /** Null until the screen has asked for its options. */
  readonly room: ViewRoom | null;
  readonly isPanelOpen: boolean;
}

const controls = new WeakMap<Engine, StoreApi<ViewControl>>();

/** One for each engine, for as long as it lives. */
export function viewControlOf(engine: Engine): StoreApi<ViewControl> {
  const known = controls.get(engine);
  if (known) return known;
  const made = createStore<ViewControl>(() => ({ room: null, isPanelOpen: false }));
  controls.set(engine, made);
  return made;
}
