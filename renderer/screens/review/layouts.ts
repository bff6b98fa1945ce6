/** The ready layouts of the desk, and how small its panels may become. */

import type { DockLimits } from '../../dock/dockSizes.ts';
import { column, type DockNode, type DockState, panel, row, tidy } from '../../dock/dockTree.ts';
import type { DockPreset } from '../../dock/useDockCommands.ts';
import type { PanelId } from './panels.tsx';

const at = (id: PanelId, share: number): DockNode => panel(id, share);
const laidOut = (root: DockNode): DockState => ({ root: tidy(root), hidden: [], maximised: null });

/** Verdict and facts are read at arm's length: they keep a width that a line of text needs. */
export const deskLimits: DockLimits = {
  judge: { minWidth: 250, maxWidth: 480, minHeight: 200 },
  track: { minWidth: 200, minHeight: 84 },
  top: { minWidth: 96 },
  side: { minWidth: 96 },
  end: { minWidth: 96 },
  pictures: { minWidth: 140, minHeight: 90 },
  context: { minWidth: 140, minHeight: 90 },
};

const closeRow = (share: number): DockNode => row(share, at('top', 34), at('side', 36), at('end', 30));

const laptop = (): DockState =>
  laidOut(
    row(
      100,
      column(78, closeRow(42), row(37, at('pictures', 64), at('context', 36)), at('track', 21)),
      at('judge', 22),
    ),
  );

/** The label close up in the middle, where the eyes rest; cameras and surroundings beside it, one above the other. */
const wide = (): DockState =>
  laidOut(
    row(
      100,
      column(47, row(72, at('top', 42), column(58, at('side', 52), at('end', 48))), at('track', 20)),
      column(37, at('pictures', 56), at('context', 44)),
      at('judge', 16),
    ),
  );

const points = (): DockState =>
  laidOut(
    row(
      100,
      column(53, at('context', 76), at('track', 21)),
      column(25, at('top', 32), at('side', 22), at('end', 22), at('pictures', 24)),
      at('judge', 22),
    ),
  );

const pictures = (): DockState =>
  laidOut(
    row(
      100,
      column(
        78,
        at('pictures', 52),
        row(28, at('top', 24), at('side', 26), at('end', 22), at('context', 28)),
        at('track', 20),
      ),
      at('judge', 22),
    ),
  );

/** In the order of their keys. */
export const deskPresets: readonly DockPreset[] = [
  { name: 'laptop', key: 'Mod+1', make: laptop },
  { name: 'wide', key: 'Mod+2', make: wide },
  { name: 'points', key: 'Mod+3', make: points },
  { name: 'pictures', key: 'Mod+4', make: pictures },
];

/** From this width on there is room for three columns. */
const wideFromPixels = 1900;

export const usualLayout = (): DockState => (innerWidth >= wideFromPixels ? wide() : laptop());
