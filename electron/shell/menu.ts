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

/** Brings the page to the command's place; the router follows the hash. */
export function showPlace(window: BrowserWindow, command: MenuCommand): void {
  void window.webContents.executeJavaScript(`location.hash = ${JSON.stringify(PLACE[command])}`);
}

/** Native cut, copy and paste where one can write, copy where something is selected. */
export function addContextMenu(window: BrowserWindow): void {
  window.webContents.on(
    'context-menu',
    (
      _event,
      { editFlags, isEditable, selectionText, x, y, dictionarySuggestions, misspelledWord },
    ) => {
      const contents = window.webContents;
      const items: MenuItemConstructorOptions[] = [];
      for (const word of misspelledWord === '' ? [] : dictionarySuggestions) {
        items.push({ label: word, click: () => contents.replaceMisspelling(word) });
      }
      if (items.length > 0) items.push({ type: 'separator' });
      if (isEditable) {
        items.push({ role: 'cut', label: mainText('menu.cut'), enabled: editFlags.canCut });
      }
      if (isEditable || selectionText !== '') {
        items.push({ role: 'copy', label: mainText('menu.copy'), enabled: editFlags.canCopy });
      }
      if (isEditable) {
        items.push({ role: 'paste', label: mainText('menu.paste'), enabled: editFlags.canPaste });
      }
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window, x, y });
    },
  );
}
