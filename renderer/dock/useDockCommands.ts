/** Everything that can be done to the layout without a mouse: by key, in the palette and from the Panels list. */
import { useStore } from 'zustand';
import { commandMaker, useCommands } from '../app/commands.ts';
import type { DockStore } from './dockStore.ts';
import { type DockState, hidden, maximised, panelsIn, shown } from './dockTree.ts';

export interface DockPreset {
  readonly name: string;
  readonly key: string;
  readonly make: () => DockState;
}

export interface DockCommandNeeds {
  readonly dock: DockStore;
  readonly presets: readonly DockPreset[];
  readonly openMenu: () => void;
  /** Present where a second window can be opened from here. */
  readonly openWindow?: () => void;
}

export function useDockCommands({ dock, presets, openMenu, openWindow }: DockCommandNeeds): void {
  const layout = useStore(dock, (facts) => facts.layout);
  const command = commandMaker('review', 'dock');
  useCommands([
    command('maximise', ['\\'], () => toggleUnderCursor(dock)),
    command('panels', ['Shift+\\'], openMenu),
    ...presets.map(({ name, key, make }) =>
      command(`preset.${name}`, [key], () => choosePreset(dock, name, make)),
    ),
    command('undo', [], () => dock.undo(), { isEnabled: () => dock.getState().past.length > 0 }),
    ...panelsIn(layout.root)
      .toSorted()
      .map((id) => command(`toggle.${id}`, [], () => toggle(dock, id))),
    ...(openWindow ? [command('companion', [], openWindow)] : []),
  ]);
}

export function choosePreset(dock: DockStore, name: string, make: () => DockState): void {
  dock.change(make, { key: `said.preset.${name}`, panels: [] });
}

export function toggle(dock: DockStore, id: string): void {
  const isHidden = dock.getState().layout.hidden.includes(id);
  dock.change((layout) => (isHidden ? shown(layout, id) : hidden(layout, id)), {
    key: isHidden ? 'said.shown' : 'said.hidden',
    panels: [id],
  });
}

/** The panel under the cursor, else the one with the focus, else the first. */
function toggleUnderCursor(dock: DockStore): void {
  const { layout } = dock.getState();
  const frame =
    document.querySelector<HTMLElement>('[data-dock-panel]:hover') ??
    document.activeElement?.closest<HTMLElement>('[data-dock-panel]') ??
    document.querySelector<HTMLElement>('[data-dock-panel]');
  const id = layout.maximised ?? frame?.dataset.dockPanel;
  if (id === undefined) return;
  dock.change((now) => maximised(now, id), {
    key: layout.maximised === null ? 'said.filled' : 'said.restored',
    panels: [id],
  });
}
