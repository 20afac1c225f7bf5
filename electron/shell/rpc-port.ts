import { RPCHandler } from '@orpc/server/message-port';
import { type BrowserWindow, ipcMain } from 'electron';
import { PORT_CHANNEL } from '../../shared/port';
import type { RpcParts } from '../rpc/parts';
import { router } from '../rpc/router';
import { isOurs } from './navigation';

/**
 * Serves the contract on the port that the page hands over. Only our window's main frame, on our own
 * origin, is served; a page that reloads hands over a new port.
 */
export function serveRpc(window: () => BrowserWindow | null, parts: RpcParts): void {
  const handler = new RPCHandler(router);
  ipcMain.on(PORT_CHANNEL, (event) => {
    const [port] = event.ports;
    const frame = event.senderFrame;
    const ours =
      frame !== null &&
      event.sender === window()?.webContents &&
      frame === event.sender.mainFrame &&
      isOurs(frame.url);
    if (!port) return;
    if (!ours) {
      port.close();
      parts.log('a port from a foreign frame was refused', undefined);
      return;
    }
    handler.upgrade(port, { context: parts });
    port.start();
  });
}
