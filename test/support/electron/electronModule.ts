/** Puts the doubles together into what `require('electron')` gives the main process. */
import type { AppDouble } from './double/app.ts';
import { BrowserWindowDouble } from './double/browserWindow.ts';
import { ipcMain } from './double/ipcMain.ts';
import { MenuDouble, MenuItemDouble, menuQuit } from './double/menu.ts';
import { nativeTheme } from './double/nativeTheme.ts';
import { dialog, shell } from './double/person.ts';
import { protocol } from './double/protocol.ts';
import { screen } from './double/screen.ts';
import { session } from './double/session.ts';
import { WebContentsDouble } from './double/webContents.ts';
import { strictly } from './strict.ts';

export function electronModule(app: AppDouble): object {
  menuQuit.run = () => app.quit();
  nativeTheme.onChange = () => {
    for (const contents of WebContentsDouble.getAllWebContents()) contents.applyTheme();
  };
  return strictly('electron', {
    app,
    BrowserWindow: strictly('BrowserWindow', BrowserWindowDouble),
    Menu: strictly('Menu', MenuDouble),
    MenuItem: MenuItemDouble,
    dialog,
    ipcMain,
    nativeTheme,
    protocol,
    screen,
    session,
    shell,
    webContents: strictly('webContents', {
      getAllWebContents: WebContentsDouble.getAllWebContents,
      getFocusedWebContents: WebContentsDouble.getFocusedWebContents,
      fromId: WebContentsDouble.fromId,
      fromDevToolsTargetId: WebContentsDouble.fromDevToolsTargetId,
    }),
  });
}
