/** A layout that is being used: what stands where now, what stood before, and what was done last. No React. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DockState, resized } from './dockTree.ts';

/** Something that was done to the layout, for a screen reader to say. Catalogue keys of the room `dock`. */
export interface DockDeed {
  readonly key: string;
  /** Ids of panels that the sentence names. */
  readonly panels: readonly string[];
}

export interface DockFacts {
  readonly layout: DockState;
  /** Grows with every change but that of sizes: the rows and columns are laid out anew. */
  readonly version: number;
  readonly past: readonly DockState[];
  readonly last: DockDeed | null;
}

export interface DockStore extends StoreApi<DockFacts> {
  /** Does something to the layout; what changes nothing is not remembered. */
  change(next: (layout: DockState) => DockState, deed: DockDeed): void;
  /** Takes over the sizes that neighbours were given, named by any panel in each. */
  resize(sizes: ReadonlyMap<string, number>): void;
  undo(): void;
}

/** Steps that can be taken back. */
const mostSteps = 50;

/** `remember` is called with every layout that a person chose. */
export function createDockStore(first: DockState, remember: (layout: DockState) => void): DockStore {
  const store = createStore<DockFacts>(() => ({ layout: first, version: 0, past: [], last: null }));

  function put(layout: DockState, facts: Partial<DockFacts>): void {
    store.setState({ layout, ...facts });
    remember(layout);
  }

  return {
    ...store,
    change(next, last) {
      const { layout, version, past } = store.getState();
      const changed = next(layout);
      if (changed === layout) return;
      put(changed, { version: version + 1, past: [...past, layout].slice(-mostSteps), last });
    },
    resize(sizes) {
      const { layout, past } = store.getState();
      const changed = resized(layout, sizes);
      if (changed !== layout) put(changed, { past: [...past, layout].slice(-mostSteps) });
    },
    undo() {
      const { past, version } = store.getState();
      const before = past.at(-1);
      if (!before) return;
      put(before, {
        past: past.slice(0, -1),
        version: version + 1,
        last: { key: 'said.undone', panels: [] },
      });
    },
  };
}
