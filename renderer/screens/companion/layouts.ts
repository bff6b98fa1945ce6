/** The ready layouts of the second window: what the desk on the first screen has least room for comes first. */
import { column, type DockNode, type DockState, panel, row, tidy } from '../../dock/dockTree.ts';
import type { DockPreset } from '../../dock/useDockCommands.ts';
import type { PanelId } from '../review/panels.tsx';

const at = (id: PanelId, share: number): DockNode => panel(id, share);

const laidOut = (root: DockNode, ...hidden: PanelId[]): DockState => ({
  root: tidy(root),
  hidden,
  maximised: null,
});

const closeRow = (share: number): DockNode => row(share, at('top', 34), at('side', 36), at('end', 30));

export const picturesAndSurroundings = (): DockState =>
  laidOut(
    column(100, row(70, at('pictures', 62), at('context', 38)), closeRow(20), at('track', 10)),
    'top',
    'side',
    'end',
    'track',
  );

const pointsFirst = (): DockState =>
  laidOut(
    row(100, column(68, at('context', 79), at('track', 21)), column(32, closeRow(40), at('pictures', 60))),
    'top',
    'side',
    'end',
  );

const everything = (): DockState =>
  laidOut(column(100, closeRow(36), row(43, at('pictures', 60), at('context', 40)), at('track', 21)));

/** With the keys of their likes at the desk. */
export const companionPresets: readonly DockPreset[] = [
  { name: 'pictures', key: 'Mod+4', make: picturesAndSurroundings },
  { name: 'points', key: 'Mod+3', make: pointsFirst },
  { name: 'wide', key: 'Mod+2', make: everything },
];
