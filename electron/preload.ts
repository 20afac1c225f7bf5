import { ipcRenderer, webUtils } from 'electron';
import { isImported, TAKES_FILES } from '../shared/dropped-file';
import { FILE_CHANNEL, PORT_CHANNEL, PORT_MESSAGE } from '../shared/port';

/**
 * Hands one MessagePort from the page to main and exposes nothing. The page asks by posting a message
 * to itself; a message from anywhere else is not for us.
 */
window.addEventListener('message', (event) => {
  const data: unknown = event.data;
  if (event.source !== window || typeof data !== 'object' || data === null) return;
  const [port] = event.ports;
  if (!('type' in data) || data.type !== PORT_MESSAGE || !port) return;
  ipcRenderer.postMessage(PORT_CHANNEL, null, [port]);
});

/**
 * Hands one file of conversations to main that the user drops on the window. The page learns only that the drop
 * is taken: paths are not for it, and what it makes up itself is no drop.
 */
window.addEventListener(
  'drop',
  (event) => {
    const [file, another] = event.dataTransfer?.files ?? [];
    if (!event.isTrusted || !file || another || !isImported(file.name)) return;
    if (event.target instanceof Element && event.target.closest(`[${TAKES_FILES}]`)) return;
    const path = webUtils.getPathForFile(file);
    if (path === '') return;
    event.preventDefault();
    ipcRenderer.send(FILE_CHANNEL, path);
  },
  { capture: true },
);
