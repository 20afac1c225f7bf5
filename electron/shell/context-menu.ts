import type { MenuItemConstructorOptions, WebContents } from 'electron';
import { type BrowserWindow, type ContextMenuParams, Menu } from 'electron';
import { mainText } from './text';

/**
 * The native menu of the page: cut, copy and paste where one can write, copy where something is
 * selected, and what could be meant by a word that the dictionary does not have.
 */
export function addContextMenu(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.on('context-menu', (_event, params) => {
    const parts = [spellingItems(contents, params), editItems(params)];
    const items = parts
      .filter((part) => part.length > 0)
      .flatMap((part, at) => (at === 0 ? part : [SEPARATOR, ...part]));
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window, x: params.x, y: params.y });
  });
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

function spellingItems(
  contents: WebContents,
  { misspelledWord, dictionarySuggestions }: ContextMenuParams,
): MenuItemConstructorOptions[] {
  if (misspelledWord === '') return [];
  const suggestions = dictionarySuggestions.map((word) => ({
    label: word,
    click: () => contents.replaceMisspelling(word),
  }));
  const none = { label: mainText('menu.noSuggestions'), enabled: false };
  return [
    ...(suggestions.length > 0 ? suggestions : [none]),
    {
      label: mainText('menu.addToDictionary'),
      click: () => contents.session.addWordToSpellCheckerDictionary(misspelledWord),
    },
  ];
}

function editItems(params: ContextMenuParams): MenuItemConstructorOptions[] {
  const { editFlags, isEditable, selectionText } = params;
  const items: MenuItemConstructorOptions[] = [];
  if (isEditable) {
    items.push({ role: 'cut', label: mainText('menu.cut'), enabled: editFlags.canCut });
  }
  if (isEditable || selectionText !== '') {
    items.push({ role: 'copy', label: mainText('menu.copy'), enabled: editFlags.canCopy });
  }
  if (isEditable) {
    items.push({ role: 'paste', label: mainText('menu.paste'), enabled: editFlags.canPaste });
  }
  return items;
}
