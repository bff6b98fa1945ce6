/** The application menu: each item pushes the id of a command of the renderer, which alone knows what it does. */
import type { MenuItemConstructorOptions } from 'electron';
import type { RecentDelivery } from '../../shared/host/contract.ts';
import type { Translate } from '../../shared/messages/translate.ts';

export interface MenuActions {
  /** Runs a command of the renderer, e.g. `deliveries.open`. */
  command(id: string): void;
  /** Opens a folder as if it had been dropped on the window. */
  open(path: string): void;
}

export interface MenuFacts {
  readonly isMac: boolean;
  readonly recent: readonly RecentDelivery[];
}

/** The template of the whole menu. Item ids are the command ids, so that a test can find and click them. */
export function menuTemplate(
  t: Translate,
  facts: MenuFacts,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const item = (id: string, key: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label: t(`desktop.${key}`),
    ...(accelerator ? { accelerator } : {}),
    click: () => actions.command(id),
  });
  const recent: MenuItemConstructorOptions[] = facts.recent.map((delivery, index) => ({
    id: `recent.${index}`,
    label: `${delivery.name} — ${delivery.path}`,
    click: () => actions.open(delivery.path),
  }));
  return [
    ...(facts.isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: t('desktop.file'),
      submenu: [
        item('deliveries.open', 'openDelivery', 'CmdOrCtrl+O'),
        item('deliveries.sample', 'openSample'),
        { id: 'recent', label: t('desktop.recent'), enabled: recent.length > 0, submenu: recent },
        { type: 'separator' },
        item('app.settings', 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        { role: facts.isMac ? 'close' : 'quit', label: t(facts.isMac ? 'desktop.close' : 'desktop.quit') },
      ],
    },
    { role: 'editMenu', label: t('desktop.edit') },
    {
      label: t('desktop.view'),
      submenu: [
        item('app.palette', 'palette', 'CmdOrCtrl+K'),
        item('app.theme', 'theme'),
        item('app.language', 'language'),
        { type: 'separator' },
        { role: 'resetZoom', label: t('desktop.resetZoom') },
        { role: 'zoomIn', label: t('desktop.zoomIn') },
        { role: 'zoomOut', label: t('desktop.zoomOut') },
        { role: 'togglefullscreen', label: t('desktop.fullScreen') },
      ],
    },
    { label: t('desktop.help'), submenu: [item('app.keys', 'keys')] },
  ];
}
