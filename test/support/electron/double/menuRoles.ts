/** What the roles of menu items do and are called. A role outside these lists throws. */
import { notImplemented } from '../strict.ts';
import type { BrowserWindowDouble } from './browserWindow.ts';

interface Role {
  readonly label: string;
  readonly accelerator?: string;
  run?(window: BrowserWindowDouble | null): void;
}

const editing = (label: string, accelerator: string | undefined, command: string): Role => ({
  label,
  ...(accelerator ? { accelerator } : {}),
  run: (window) => window?.webContents.runEditingCommand(command),
});

/** By their names in lower case, since Electron does not mind the case. Without `run`, clicking one throws. */
const roles: Record<string, Role> = {
  undo: editing('Undo', 'CommandOrControl+Z', 'undo'),
  redo: editing('Redo', 'Shift+CommandOrControl+Z', 'redo'),
  cut: editing('Cut', 'CommandOrControl+X', 'cut'),
  copy: editing('Copy', 'CommandOrControl+C', 'copy'),
  paste: editing('Paste', 'CommandOrControl+V', 'paste'),
  delete: editing('Delete', undefined, 'delete'),
  selectall: editing('Select All', 'CommandOrControl+A', 'selectAll'),
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', run: (window) => window?.webContents.reload() },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', run: (window) => window?.minimize() },
  close: { label: 'Close Window', accelerator: 'CommandOrControl+W', run: (window) => window?.close() },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: 'F11',
    run: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  quit: { label: 'Quit', accelerator: 'CommandOrControl+Q' },
  resetzoom: { label: 'Actual Size', accelerator: 'CommandOrControl+0' },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus' },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-' },
  toggledevtools: { label: 'Toggle Developer Tools', accelerator: 'Ctrl+Shift+I' },
  editmenu: { label: 'Edit' },
};

const roleMenus: Record<string, readonly string[]> = {
  editmenu: ['undo', 'redo', '', 'cut', 'copy', 'paste', 'delete', '', 'selectAll'],
};

export function roleNamed(name: string): Role {
  return roles[name.toLowerCase()] ?? notImplemented(`the menu role '${name}'`);
}

/** Roles of the items below a role that stands for a whole menu, '' for a separator. */
export function roleSubmenu(name: string): readonly string[] | undefined {
  return roleMenus[name.toLowerCase()];
}

/** Does what clicking an item with this role does. `quit` is passed in, since only `app` can. */
export function runRole(name: string, window: BrowserWindowDouble | null, quit: () => void): void {
  const { run } = roleNamed(name);
  if (name.toLowerCase() === 'quit') quit();
  else if (run) run(window);
  else notImplemented(`clicking the menu role '${name}'`);
}
