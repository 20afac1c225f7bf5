import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { keysOf, type OwnKeys } from '../../shared/commands';
import { acceleratorOf } from './accelerator';
import { mainText } from './text';

export interface MenuParts {
  /** Tells the page what was chosen. */
  readonly send: (command: MenuCommand) => void;
  /** The app runs in safe mode; the menu offers the other way to start it. */
  readonly safeMode: boolean;
  readonly startAnew: (wanted: { readonly safeMode: boolean }) => void;
}

/**
 * The native menu with each system's standard shortcuts, and the user's own for the app's commands.
 */
export function setMenu(own: OwnKeys, { send, safeMode, startAnew }: MenuParts): void {
  const isMac = process.platform === 'darwin';
  const item = (
    label: Parameters<typeof mainText>[0],
    command: MenuCommand,
  ): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(keysOf(command, own, isMac));
    const keys = accelerator === undefined ? {} : { accelerator };
    return { label: mainText(label), ...keys, click: () => send(command) };
  };
  const file: MenuItemConstructorOptions = {
    label: mainText('menu.file'),
    submenu: [
      item('menu.newConversation', 'newConversation'),
      item('menu.settings', 'goToSettings'),
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
      { type: 'separator' },
      item('menu.search', 'search'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: mainText('menu.view'),
    submenu: [
      item('menu.commands', 'palette'),
      item('menu.sidebar', 'toggleSidebar'),
      { type: 'separator' },
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
  const first: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  const windows: MenuItemConstructorOptions = {
    label: mainText('menu.window'),
    role: 'window',
    submenu: [{ role: 'minimize', label: mainText('menu.minimize') }],
  };
  const help: MenuItemConstructorOptions = {
    label: mainText('menu.help'),
    role: 'help',
    submenu: [
      item('menu.shortcuts', 'shortcuts'),
      { type: 'separator' },
      {
        label: mainText(safeMode ? 'menu.usualMode' : 'menu.safeMode'),
        click: () => startAnew({ safeMode: !safeMode }),
      },
    ],
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate([...first, file, edit, view, windows, help]));
}

/** What the menu can ask of the page. */
export type MenuCommand =
  | 'newConversation'
  | 'goToSettings'
  | 'search'
  | 'palette'
  | 'toggleSidebar'
  | 'shortcuts';

/** By which name the page listens for commands. */
const TO_PAGE = 'slice:command';

/** Has the page do a command of the menu. */
export function sendCommand(window: BrowserWindow, command: MenuCommand): void {
  const event = `new CustomEvent(${JSON.stringify(TO_PAGE)}, { detail: ${JSON.stringify(command)} })`;
  void window.webContents.executeJavaScript(`window.dispatchEvent(${event}); undefined`);
}

/** Brings the page to a place by its hash, which the router follows. */
export function goTo(window: BrowserWindow, hash: string): void {
  void window.webContents.executeJavaScript(`location.hash = ${JSON.stringify(hash)}`);
}
