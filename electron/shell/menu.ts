import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { mainText } from './text';

/** The native menu with each system's standard shortcuts. `send` tells the page what was chosen. */
export function setMenu(send: (command: MenuCommand) => void): void {
  const isMac = process.platform === 'darwin';
  const file: MenuItemConstructorOptions = {
    label: mainText('menu.file'),
    submenu: [
      {
        label: mainText('menu.newConversation'),
        accelerator: 'CmdOrCtrl+N',
        click: () => send('new-conversation'),
      },
      {
        label: mainText('menu.settings'),
        accelerator: 'CmdOrCtrl+,',
        click: () => send('settings'),
      },
      { type: 'separator' },
      isMac
        ? { role: 'close', label: mainText('menu.closeWindow') }
        : { role: 'quit', label: mainText('menu.quit') },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: mainText('menu.edit'),
    submenu: [
      { role: 'undo', label: mainText('menu.undo') },
      { role: 'redo', label: mainText('menu.redo') },
      { type: 'separator' },
      { role: 'cut', label: mainText('menu.cut') },
      { role: 'copy', label: mainText('menu.copy') },
      { role: 'paste', label: mainText('menu.paste') },
      { role: 'selectAll', label: mainText('menu.selectAll') },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: mainText('menu.view'),
    submenu: [
      { role: 'resetZoom', label: mainText('menu.actualSize') },
      { role: 'zoomIn', label: mainText('menu.zoomIn') },
      { role: 'zoomOut', label: mainText('menu.zoomOut') },
      { type: 'separator' },
      { role: 'togglefullscreen', label: mainText('menu.fullScreen') },
      ...(app.isPackaged
        ? []
        : [
            { role: 'reload', label: mainText('menu.reload') } as const,
            { role: 'toggleDevTools', label: mainText('menu.developerTools') } as const,
          ]),
    ],
  };
  const own: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  const windows: MenuItemConstructorOptions = {
    label: mainText('menu.window'),
    role: 'window',
    submenu: [{ role: 'minimize', label: mainText('menu.minimize') }],
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate([...own, file, edit, view, windows]));
}

/** What the menu can ask of the page. */
export type MenuCommand = 'new-conversation' | 'settings';

/** Where the page goes for each command. */
const PLACE: Readonly<Record<MenuCommand, string>> = {
  'new-conversation': '#/chat',
  settings: '#/settings',
};

/** Brings the page to the command's place. */
export function showPlace(window: BrowserWindow, command: MenuCommand): void {
  goTo(window, PLACE[command]);
}

/** Brings the page to a place by its hash, which the router follows. */
export function goTo(window: BrowserWindow, hash: string): void {
  void window.webContents.executeJavaScript(`location.hash = ${JSON.stringify(hash)}`);
}
