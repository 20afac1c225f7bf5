import { ipcRenderer } from 'electron';
import { PORT_CHANNEL, PORT_MESSAGE } from '../shared/port';

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
